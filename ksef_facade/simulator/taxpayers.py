"""What the tax office knows of taxpayers: permissions, consents, blocks, withdrawn certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .logins.credentials import Party

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
Withdrawal = Literal["revoked", "suspended"]


class Taxpayers:
    """The register behind logins and invoices."""

    def __init__(self) -> None:
        self._granted: dict[tuple[Party, Party], frozenset[str]] = {}
        self._attachments: set[str] = set()
        self._blocked: set[Party] = set()
        self._deceased: set[str] = set()
        self._withdrawn: dict[str, Withdrawal] = {}

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
        names = frozenset(permissions)
        unknown = sorted(names.difference(PERMISSIONS))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not a permission that can be granted")
        key = Party(context_kind, context), Party(subject_kind, subject)
        self._granted[key] = self._granted.get(key, frozenset()) | names

    def revoke(
        self,
        context: str,
        subject: str,
        *,
        subject_kind: SubjectKind = "Pesel",
        context_kind: str = "Nip",
    ) -> None:
        """Take every permission of a subject in a context away."""
        self._granted.pop((Party(context_kind, context), Party(subject_kind, subject)), None)

    def permissions(self, context: Party, subject: Party) -> tuple[str, ...]:
        """What a subject may do in a context, by name; empty for strangers.

        On TEST a company is the owner of the context of its own tax number, and a Peppol
        provider registers itself by logging in (documented rules).
        """
        granted = self._granted.get((context, subject), frozenset())
        if subject.kind == "Nip" and context.kind == "Nip" and subject.value == context.value:
            granted |= {"Owner"}
        if subject.kind == "PeppolId" and context == subject:
            granted |= {"PefInvoiceWrite"}
        return tuple(sorted(granted))

    def allow_attachments(self, nip: str) -> None:
        """Note a seller's consent to attachments in batch sessions."""
        self._attachments.add(nip)

    def forbid_attachments(self, nip: str) -> None:
        """Note that a seller has taken its consent back."""
        self._attachments.discard(nip)

    def has_attachments(self, nip: str) -> bool:
        """Whether a seller may send attachments."""
        return nip in self._attachments

    def block(self, context: str, context_kind: str = "Nip") -> None:
        """Block a context: logins to it end with 480."""
        self._blocked.add(Party(context_kind, context))

    def unblock(self, context: str, context_kind: str = "Nip") -> None:
        """Let a context log in again."""
        self._blocked.discard(Party(context_kind, context))

    def is_blocked(self, context: Party) -> bool:
        """Whether a context is blocked."""
        return context in self._blocked

    def bury(self, identifier: str) -> None:
        """Note the death of a person by PESEL or tax number: its logins end with 470."""
        self._deceased.add(identifier)

    def is_deceased(self, subject: Party) -> bool:
        """Whether a subject is dead."""
        return subject.value in self._deceased

    def withdraw_certificate(self, fingerprint: str, how: Withdrawal = "revoked") -> None:
        """Revoke or suspend a certificate by the SHA-256 of its DER in hexadecimal digits."""
        self._withdrawn[fingerprint.upper()] = how

    def withdrawal_of(self, fingerprint: str) -> Withdrawal | None:
        """How a certificate was withdrawn; None when it is good."""
        return self._withdrawn.get(fingerprint.upper())
