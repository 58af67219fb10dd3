"""KSeF tokens: long-lived secrets that log a program in to one context."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


@define
class KsefToken:
    """A KSeF token as the server keeps it."""

    reference: str
    secret: str = field(repr=False)
    context: Party
    author: Party
    permissions: tuple[str, ...]
    is_active: bool = True
    is_revoked: bool = False


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
    ) -> KsefToken:
        """A new active token. Raises ValueError for a permission that tokens cannot carry."""
        granted = tuple(DEFAULT_PERMISSIONS if permissions is None else permissions)
        for name in granted:
            if name not in TOKEN_PERMISSIONS:
                raise ValueError(f"{name!r} is not a permission of a KSeF token")
        reference = self._references.reference("EC", self._clock.now())
        kind = context.kind[0].lower() + context.kind[1:]
        secret = f"{reference}|{kind}-{context.value}|{self._references.hexadecimal(64)}"
        token = KsefToken(reference, secret, context, author or context, granted)
        self._by_reference[reference] = token
        return token

    def find(self, secret: str) -> KsefToken | None:
        """The token with exactly this secret, active or not."""
        token = self._by_reference.get(secret[:_REFERENCE_LENGTH])
        return token if token is not None and token.secret == secret else None

    def by_reference(self, reference: str) -> KsefToken | None:
        """The token of a reference number."""
        return self._by_reference.get(reference)
