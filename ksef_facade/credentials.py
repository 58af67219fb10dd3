"""Who logs in, and on whose behalf."""

from __future__ import annotations

import re

from attrs import field, frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.identifiers import Nip

_CONTEXT_IN_TOKEN = re.compile(r"\|(nip|internalId|nipVatUe|peppolId)-([^|]+)\|", re.IGNORECASE)
_CONTEXT_TYPES = {
    "nip": "Nip",
    "internalid": "InternalId",
    "nipvatue": "NipVatUe",
    "peppolid": "PeppolId",
}
_LONGEST_TOKEN = 160
"""Contract schema `GenerateTokenResponse.token`: a KSeF token has at most 160 characters."""


@frozen
class Context:
    """The taxpayer on whose behalf a token acts (contract `AuthenticationContextIdentifier`)."""

    type: str
    value: str

    def __str__(self) -> str:
        """Type and value, e.g. `Nip:5265877635`."""
        return f"{self.type}:{self.value}"


@frozen(init=False)
class TokenAuth:
    """Login with a KSeF token, in the context of a taxpayer.

    A KSeF token usually names its context, so `nip` may be left out; a `nip` that is given is
    checked. The token is never part of `repr`.
    """

    token: str = field(repr=False)
    context: Context

    def __init__(
        self,
        token: str,
        *,
        nip: str | None = None,
        internal_id: str | None = None,
        nip_vat_ue: str | None = None,
        peppol_id: str | None = None,
    ) -> None:
        """Take the token and, unless the token names it, exactly one kind of context.

        Raises:
            ConfigurationError: empty or overlong token, no context, or more than one.
            InvalidIdentifier: `nip` fails its shape or checksum.
        """
        text = token.strip()
        if not text or len(text) > _LONGEST_TOKEN or not text.isascii() or not text.isprintable():
            raise ConfigurationError(
                f"a KSeF token is a printable text of 1 to {_LONGEST_TOKEN} characters; this one is not"
            )
        given = [
            Context(kind, value.strip())
            for kind, value in (
                ("Nip", str(Nip.parse(nip)) if nip is not None else None),
                ("InternalId", internal_id),
                ("NipVatUe", nip_vat_ue),
                ("PeppolId", peppol_id),
            )
            if value is not None
        ]
        if not given:
            named = _CONTEXT_IN_TOKEN.search(text)
            if named:
                given = [Context(_CONTEXT_TYPES[named[1].lower()], named[2])]
        if len(given) != 1:
            raise ConfigurationError(
                "the token does not name its context; pass nip=..."
                if not given
                else "pass one context, not several (nip, internal_id, nip_vat_ue, peppol_id)"
            )
        self.__attrs_init__(text, given[0])


Credentials = TokenAuth
"""Every way to log in that the client knows."""
