"""Who may do what, and what else the tax office says of taxpayers when it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, TypeAlias

from attrs import define

from .clock import Clock
from .logins.credentials import Party
from .permissions.register import SYSTEM, Grant, GrantRegister, Kind
from .permissions.rights import is_authorized, scopes
from .references import References
from .taxpayer_register import ENFORCEMENT_ROLES, TaxpayerRegister, Withdrawal

#: Permissions that a person or a company can be granted (contract, permission types; `Owner`
#: cannot be granted).
PERMISSIONS: tuple[str, ...] = (
    "InvoiceRead",
    "InvoiceWrite",
    "PefInvoiceWrite",
    "CredentialsRead",
    "CredentialsManage",
    "Introspection",
    "SubunitManage",
    "EnforcementOperations",
    "VatUeManage",
    "CollectiveIdentifierManage",
)
SubjectKind = Literal["Nip", "Pesel", "Fingerprint"]
#: Ways of invoicing on behalf of a seller (contract, InvoicePermissionType).
Authorization: TypeAlias = Literal[
    "SelfInvoicing", "RRInvoicing", "TaxRepresentative", "PefInvoicing"
]

_ENFORCEMENT = "EnforcementOperations"
_NOTE = "Uprawnienie nadane w symulatorze"
#: What administrators of entities of the Union hold and their representatives do not.
_EU_ADMINISTRATION = frozenset({"VatUeManage", "Introspection"})


@define
class Taxpayers:
    """The answers behind logins, permissions and invoices."""

    clock: Clock
    references: References
    register: TaxpayerRegister
    grants: GrantRegister

    def grant(
        self,
        context: str,
        subject: str,
        permissions: Iterable[str],
        *,
        subject_kind: SubjectKind = "Pesel",
        context_kind: str = "Nip",
    ) -> None:
        """Let a subject act in a context, in addition to what it was granted before.

        Raises ValueError for a permission that cannot be granted.
        """
        names = tuple(permissions)
        unknown = sorted(set(names).difference(PERMISSIONS))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not a permission that can be granted")
        self.note(
            Party(context_kind, context),
            Party(subject_kind, subject),
            [(name, _NOTE) for name in names],
        )

    def note(self, context: Party, subject: Party, named: Iterable[tuple[str, str]]) -> None:
        """Note permissions, each with its description, without anybody having granted them."""
        now = self.clock.now()
        author, kind = SYSTEM, _kind_of_system(context)
        if kind != "system":
            # Of such grants the contract knows no author but a taxpayer or a person.
            author = Party("Nip", context.nip or "")
        for name, description in named:
            if kind != "system":
                kind = "eu-administrator" if name in _EU_ADMINISTRATION else "eu-representative"
            grant_id = self.references.uuid()
            self.grants.add(
                Grant(grant_id, kind, context, context, subject, name, description, author, now)
            )

    def revoke(
        self,
        context: str,
        subject: str,
        *,
        subject_kind: SubjectKind = "Pesel",
        context_kind: str = "Nip",
    ) -> None:
        """Take every permission of a subject in a context away."""
        where = Party(context_kind, context)
        now = self.clock.now()
        for grant in self.grants.of({Party(subject_kind, subject)}, now):
            if grant.context == where and grant.kind != "authorization":
                self.grants.end(grant.id, now)

    def permissions(
        self, context: Party, subject: Party, at: datetime | None = None
    ) -> tuple[str, ...]:
        """What a subject may do in a context, by name, now or at a moment; empty for strangers.

        On TEST a company is the owner of the context of its own tax number, and a Peppol
        provider registers itself by logging in (documented rules).
        """
        identities = self.register.identities(subject)
        granted = scopes(self.grants, context, identities, at or self.clock.now())
        if context.kind == "Nip" and context in identities:
            granted |= {"Owner"}
            if self.register.has_role(context.value, ENFORCEMENT_ROLES):
                granted |= {_ENFORCEMENT}
        if subject.kind == "PeppolId" and context == subject:
            granted |= {"PefInvoiceWrite"}
        return tuple(sorted(granted))

    def authorize(
        self,
        seller: str,
        issuer: str,
        how: Authorization,
        *,
        issuer_kind: Literal["Nip", "PeppolId"] = "Nip",
    ) -> None:
        """Let another company, or a Peppol provider, issue a seller's invoices in a way."""
        context = Party("Nip", seller)
        self.grants.add(
            Grant(
                id=self.references.uuid(),
                kind="authorization",
                context=context,
                granted_in=context,
                subject=Party(issuer_kind, issuer),
                scope=how,
                description=_NOTE,
                author=SYSTEM,
                start=self.clock.now(),
            )
        )

    def may_issue_for(self, seller_nip: str, context: Party, how: Authorization) -> bool:
        """Whether a context may issue a seller's invoices in a way that the seller grants."""
        issuers = {context}
        if context.kind in ("Nip", "InternalId") and context.nip is not None:
            issuers.add(Party("Nip", context.nip))
        seller = Party("Nip", seller_nip)
        return is_authorized(self.grants, seller, issuers, how, self.clock.now())

    def are_related(self, seller_nip: str, context: Party) -> bool:
        """Whether a context and a seller belong to one VAT group or unit of local government."""
        return context.kind == "Nip" and self.register.are_related(seller_nip, context.value)

    def may_enforce(self, context: Party) -> bool:
        """Whether a context belongs to an enforcement authority or to a bailiff."""
        return context.kind == "Nip" and self.register.has_role(context.value, ENFORCEMENT_ROLES)

    def allow_attachments(self, nip: str) -> None:
        """Note a seller's consent to attachments in batch sessions."""
        self.register.consents[nip] = None

    def forbid_attachments(self, nip: str, since: datetime | None = None) -> None:
        """Note that a seller has taken its consent back, as of now or of a moment."""
        self.register.consents[nip] = since or self.clock.now()

    def has_attachments(self, nip: str) -> bool:
        """Whether a seller may send attachments."""
        if nip not in self.register.consents:
            return False
        end = self.register.consents[nip]
        return end is None or self.clock.now() < end

    def block(self, context: str, context_kind: str = "Nip") -> None:
        """Block a context: logins to it end with 480."""
        self.register.blocked.add(Party(context_kind, context))

    def unblock(self, context: str, context_kind: str = "Nip") -> None:
        """Let a context log in again."""
        self.register.blocked.discard(Party(context_kind, context))

    def is_blocked(self, context: Party) -> bool:
        """Whether a context is blocked."""
        return context in self.register.blocked

    def bury(self, identifier: str) -> None:
        """Note the death of a person by PESEL or tax number: its logins end with 470."""
        self.register.deceased.add(identifier)

    def is_deceased(self, subject: Party) -> bool:
        """Whether a subject is dead."""
        return self.register.is_deceased(subject)

    def withdraw_certificate(self, fingerprint: str, how: Withdrawal = "revoked") -> None:
        """Revoke or suspend a certificate by the SHA-256 of its DER in hexadecimal digits."""
        self.register.withdrawn[fingerprint.upper()] = how

    def withdrawal_of(self, fingerprint: str) -> Withdrawal | None:
        """How a certificate was withdrawn; None when it is good."""
        return self.register.withdrawn.get(fingerprint.upper())


def _kind_of_system(context: Party) -> Kind:
    return "eu-representative" if context.kind == "NipVatUe" else "system"
