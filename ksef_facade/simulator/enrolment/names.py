"""Who a certificate names, in the attributes that an application must repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cryptography.x509 import ObjectIdentifier
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from cryptography.x509 import Name

#: organizationIdentifier is not among the names that the library knows.
ORGANISATION_IDENTIFIER = ObjectIdentifier("2.5.4.97")
#: Members of the contract's CertificateEnrollmentDataResponse by the attribute they stand for, in
#: the order of an issued certificate (observed).
_MEMBERS: Mapping[ObjectIdentifier, str] = {
    NameOID.COUNTRY_NAME: "countryName",
    ORGANISATION_IDENTIFIER: "organizationIdentifier",
    NameOID.ORGANIZATION_NAME: "organizationName",
    NameOID.GIVEN_NAME: "givenName",
    NameOID.SURNAME: "surname",
    NameOID.SERIAL_NUMBER: "serialNumber",
    NameOID.COMMON_NAME: "commonName",
    NameOID.X500_UNIQUE_IDENTIFIER: "uniqueIdentifier",
}
ORDER: tuple[ObjectIdentifier, ...] = tuple(_MEMBERS)
_ALWAYS = ("countryName", "commonName")
#: What only certificates of persons, and of organisations, are asked to repeat (documented table).
_OF_PERSONS = frozenset({"givenName", "surname", "serialNumber"})
_OF_ORGANISATIONS = frozenset({"organizationName", "organizationIdentifier"})


def requested_data(subject: Name) -> dict[str, str] | None:
    """What an application by the holder of a certificate must say; None if that cannot be told.

    Several given names are one text, separated by spaces: the contract has a text there.
    """
    data = _read(subject)
    is_personal = "givenName" in data or "surname" in data
    left_out = _OF_ORGANISATIONS if is_personal else _OF_PERSONS
    if not is_personal and "organizationIdentifier" not in data:
        # Neither a person's nor an organisation's: known by its fingerprint alone.
        left_out = frozenset()
    data = {member: text for member, text in data.items() if member not in left_out}
    return data if all(data.get(member) for member in _ALWAYS) else None


def says(subject: Name, data: Mapping[str, str]) -> bool:
    """Whether an application says exactly this, no more and no less."""
    known = all(attribute.oid in _MEMBERS for attribute in subject)
    return known and _read(subject) == data


def _read(subject: Name) -> dict[str, str]:
    found = {
        member: " ".join(_text(one.value) for one in subject.get_attributes_for_oid(oid))
        for oid, member in _MEMBERS.items()
    }
    return {member: text for member, text in found.items() if text}


def _text(value: str | bytes) -> str:
    # A unique identifier may be a string of bits, which has no text of its own.
    return value if isinstance(value, str) else value.hex()
