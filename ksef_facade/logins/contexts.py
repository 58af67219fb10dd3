"""On whose behalf a login acts: the four kinds of context, and the texts that each takes."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from ksef_facade.errors import ConfigurationError, InvalidIdentifier
from ksef_facade.identifiers import Nip, shown

_CONTEXT_IN_TOKEN: Final = re.compile(
    r"\|(nip|internalId|nipVatUe|peppolId)-([^|]+)\|", re.IGNORECASE
)
_TYPES: Final = {
    "nip": "Nip",
    "internalid": "InternalId",
    "nipvatue": "NipVatUe",
    "peppolid": "PeppolId",
}

_NIP: Final = r"[1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}"

# What follows the country code of an EU VAT number (authentication schema, type TNipVatUE).
_VAT_NUMBERS: Final = {
    "AT": r"U[0-9]{8}",
    "BE": r"[01][0-9]{9}",
    "BG": r"[0-9]{9,10}",
    "CY": r"[0-9]{8}[A-Z]",
    "CZ": r"[0-9]{8,10}",
    "DE": r"[0-9]{9}",
    "DK": r"[0-9]{8}",
    "EE": r"[0-9]{9}",
    "EL": r"[0-9]{9}",
    "ES": r"[A-Z][0-9]{8}|[0-9]{8}[A-Z]|[A-Z][0-9]{7}[A-Z]",
    "FI": r"[0-9]{8}",
    "FR": r"[A-Z0-9]{2}[0-9]{9}",
    "HR": r"[0-9]{11}",
    "HU": r"[0-9]{8}",
    "IE": r"[0-9]{7}[A-Z]{2}|[0-9][A-Z0-9+*][0-9]{5}[A-Z]",
    "IT": r"[0-9]{11}",
    "LT": r"[0-9]{9}|[0-9]{12}",
    "LU": r"[0-9]{8}",
    "LV": r"[0-9]{11}",
    "MT": r"[0-9]{8}",
    "NL": r"[A-Z0-9+*]{12}",
    "PT": r"[0-9]{9}",
    "RO": r"[0-9]{2,10}",
    "SE": r"[0-9]{12}",
    "SI": r"[0-9]{8}",
    "SK": r"[0-9]{10}",
    "XI": r"[0-9]{9}|[0-9]{12}|(?:GD|HA)[0-9]{3}",
}
_VAT: Final = "|".join(f"{country}(?:{number})" for country, number in _VAT_NUMBERS.items())

# Authentication schema, types TNIP, TIID, TNipVatUE and TPeppolId, and the words for a refusal.
_SHAPES: Final = {
    "Nip": (re.compile(_NIP), "a NIP: 10 digits"),
    "InternalId": (
        re.compile(rf"{_NIP}-[0-9]{{5}}"),
        "an internal identifier: a NIP, a hyphen and 5 digits",
    ),
    "NipVatUe": (
        re.compile(rf"{_NIP}-(?:{_VAT})"),
        "a NIP with an EU VAT number: like 5265877635-DE123456789",
    ),
    "PeppolId": (
        re.compile(r"P[A-Z]{2}[0-9]{6}"),
        "a Peppol provider's identifier: P, 2 letters and 6 digits",
    ),
}


@frozen
class Context:
    """On whose behalf a login acts (contract `AuthenticationContextIdentifier`).

    Attributes:
        type: `Nip`, `InternalId`, `NipVatUe` or `PeppolId`.
        value: the identifier of that kind.
    """

    type: str
    value: str

    def __str__(self) -> str:
        """Type and value, e.g. `Nip:5265877635`."""
        return f"{self.type}:{self.value}"


def has_the_shape_of(kind: str, value: str) -> bool:
    """Whether `value` is what the authentication schema takes for this kind of context."""
    known = _SHAPES.get(kind)
    return known is not None and known[0].fullmatch(value) is not None


def given_context(
    nip: str | None, internal_id: str | None, nip_vat_ue: str | None, peppol_id: str | None
) -> Context | None:
    """The one context that is given; `None` when none is.

    Raises:
        ConfigurationError: more than one is given.
        InvalidIdentifier: it has another shape, or, for a NIP, a wrong checksum.
    """
    given = [
        (kind, value)
        for kind, value in (
            ("Nip", nip),
            ("InternalId", internal_id),
            ("NipVatUe", nip_vat_ue),
            ("PeppolId", peppol_id),
        )
        if value is not None
    ]
    if len(given) > 1:
        raise ConfigurationError(
            "pass one context, not several (nip, internal_id, nip_vat_ue, peppol_id)"
        )
    if not given:
        return None
    kind, value = given[0]
    if kind == "Nip":
        return Context(kind, str(Nip.parse(value)))
    tidy = value.strip().upper() if value.isascii() else value
    if not has_the_shape_of(kind, tidy):
        raise InvalidIdentifier(f"{shown(tidy)} is not {_SHAPES[kind][1]}")
    return Context(kind, tidy)


def context_in_token(token: str) -> Context | None:
    """The context that a KSeF token names between its bars (observed form), or `None`."""
    named = _CONTEXT_IN_TOKEN.search(token)
    return Context(_TYPES[named[1].lower()], named[2]) if named else None
