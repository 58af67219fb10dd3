"""KSeF tokens: long-lived secrets that log a program in to one context."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from attrs import define, field, frozen

from ..clock import Clock
from ..references import References

#: Permissions a KSeF token can carry (contract, TokenPermissionType).
TOKEN_PERMISSIONS: tuple[str, ...] = (
    "InvoiceRead",
    "InvoiceWrite",
    "CredentialsRead",
    "CredentialsManage",
    "SubunitManage",
    "EnforcementOperations",
    "Introspection",
    "CollectiveIdentifierManage",
)
#: What a token made without a word about permissions carries: all but those that need a role.
DEFAULT_PERMISSIONS: tuple[str, ...] = tuple(
    name for name in TOKEN_PERMISSIONS if name != "EnforcementOperations"
)
#: Shape of a tax number (contract, pattern of Nip).
_NIP = re.compile(r"[1-9]((\d[1-9])|([1-9]\d))\d{7}", re.ASCII)
_REFERENCE_LENGTH = 36


@frozen
class Party:
    """An identifier with its kind: a context, or the subject who acts."""

    kind: str
    value: str

    @property
    def nip(self) -> str | None:
        """The tax number in the identifier, for the kinds that begin with one."""
        if self.kind in ("Nip", "InternalId", "NipVatUe"):
            return self.value.partition("-")[0]
        return None


def is_tax_number(text: str) -> bool:
    """Whether a text has the shape of a Polish tax number; its checksum is not looked at."""
    return _NIP.fullmatch(text) is not None


#: Contract, AuthenticationTokenStatus.
TokenStatus = Literal["Pending", "Active", "Revoking", "Revoked", "Failed"]
#: Description of a token that nobody described.
_DESCRIPTION = "Token wydany przez symulator"


@define
class KsefToken:
    """A KSeF token as the server keeps it."""

    reference: str
    secret: str = field(repr=False)
    context: Party
    author: Party
    permissions: tuple[str, ...]
    description: str
    created: datetime
    #: When it can be used from.
    active: datetime
    #: When its revocation was asked for, and when that is through.
    revoking: datetime | None = None
    revoked: datetime | None = None
    last_used: datetime | None = None

    @property
    def is_revoked(self) -> bool:
        """Whether it is revoked, or about to be: it cannot be used any more in either case."""
        return self.revoking is not None

    def status(self, at: datetime) -> TokenStatus:
        """What it is at a moment."""
        if self.revoked is not None and self.revoked <= at:
            return "Revoked"
        if self.revoking is not None:
            return "Revoking"
        return "Active" if self.active <= at else "Pending"


class TokenRegister:
    """All KSeF tokens of a simulator."""

    def __init__(self, clock: Clock, references: References) -> None:
        self._clock = clock
        self._references = references
        self._by_reference: dict[str, KsefToken] = {}

    def issue(
        self,
        context: Party,
        permissions: Iterable[str] | None = None,
        author: Party | None = None,
        description: str = _DESCRIPTION,
        activation: float = 0.0,
    ) -> KsefToken:
        """A new token, active after so many seconds.

        Raises ValueError for a permission that tokens cannot carry.
        """
        granted = tuple(DEFAULT_PERMISSIONS if permissions is None else permissions)
        for name in granted:
            if name not in TOKEN_PERMISSIONS:
                raise ValueError(f"{name!r} is not a permission of a KSeF token")
        now = self._clock.now()
        reference = self._references.reference("EC", now)
        kind = context.kind[0].lower() + context.kind[1:]
        token = KsefToken(
            reference=reference,
            secret=f"{reference}|{kind}-{context.value}|{self._references.hexadecimal(64)}",
            context=context,
            author=author or context,
            permissions=granted,
            description=description,
            created=now,
            active=now + timedelta(seconds=activation),
        )
        self._by_reference[reference] = token
        return token

    def revoke(self, token: KsefToken, duration: float = 0.0) -> None:
        """Revoke a token, which takes so many seconds; one that is revoked stays as it is."""
        if token.revoking is None:
            token.revoking = self._clock.now()
            token.revoked = token.revoking + timedelta(seconds=duration)

    def of_context(self, context: Party) -> list[KsefToken]:
        """Tokens of one context, oldest first."""
        return [token for token in self._by_reference.values() if token.context == context]

    def find(self, secret: str) -> KsefToken | None:
        """The token with exactly this secret, active or not."""
        token = self._by_reference.get(secret[:_REFERENCE_LENGTH])
        return token if token is not None and token.secret == secret else None

    def by_reference(self, reference: str) -> KsefToken | None:
        """The token of a reference number, in any letter case."""
        return self._by_reference.get(reference.upper())
