"""Certificates of signers: whom they name, and whether they may be relied upon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from attrs import frozen
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from .credentials import Party
from .register import PEPPOL, SEAL, SIGNATURE, Method

#: organizationIdentifier is not among the names that the library knows.
_ORGANISATION_IDENTIFIER = x509.ObjectIdentifier("2.5.4.97")
#: Attributes that a certificate's subject must have (documented table of attributes).
_PERSONAL = (
    NameOID.GIVEN_NAME,
    NameOID.SURNAME,
    NameOID.SERIAL_NUMBER,
    NameOID.COMMON_NAME,
    NameOID.COUNTRY_NAME,
)
_ORGANISATION = (
    NameOID.ORGANIZATION_NAME,
    _ORGANISATION_IDENTIFIER,
    NameOID.COMMON_NAME,
    NameOID.COUNTRY_NAME,
)
#: Where identifiers stand within the attributes (documented patterns).
_PESEL_IN_SERIAL = re.compile(r"(PNOPL|PESEL).*?(\d{11})", re.ASCII)
_NIP_IN_SERIAL = re.compile(r"(TINPL|NIP).*?(\d{10})", re.ASCII)
_NIP_IN_ORGANISATION = re.compile(r"(VATPL).*?(\d{10})", re.ASCII)
_PEPPOL_ID = re.compile(r"P[A-Z]{2}[0-9]{6}", re.ASCII)
#: Smallest keys accepted, in bits (documented table of signatures).
_RSA_BITS, _EC_BITS = 2048, 256


class Unfit(Exception):
    """Raised with a sentence for a certificate that cannot be accepted."""


@frozen
class Signer:
    """Whom a certificate's subject names; nobody when it holds no identifier known to KSeF."""

    party: Party | None
    method: Method


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate in upper-case hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex().upper()


def check_key(certificate: x509.Certificate) -> None:
    """Raise Unfit for a key of another kind than RSA or EC, or a short one."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        fits = key.key_size >= _RSA_BITS
    else:
        fits = isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= _EC_BITS
    if not fits:
        raise Unfit("The key is neither RSA of 2048 bits nor EC of 256 bits, or more.")


def read_signer(certificate: x509.Certificate) -> Signer:
    """Whom the subject names: a person, an organisation, or a Peppol provider.

    Raises Unfit when an attribute is missing that certificates of the kind must have.
    """
    subject = certificate.subject
    organisation = _first(subject, _ORGANISATION_IDENTIFIER)
    is_personal = bool(_first(subject, NameOID.GIVEN_NAME) or _first(subject, NameOID.SURNAME))
    if organisation and not is_personal:
        return _organisation(subject, organisation)
    serial = _first(subject, NameOID.SERIAL_NUMBER)
    if not serial:
        return Signer(None, SIGNATURE)
    _require(subject, _PERSONAL)
    for pattern, kind in ((_PESEL_IN_SERIAL, "Pesel"), (_NIP_IN_SERIAL, "Nip")):
        found = pattern.search(serial)
        if found:
            return Signer(Party(kind, found.group(2)), SIGNATURE)
    return Signer(None, SIGNATURE)


def _organisation(subject: x509.Name, identifier: str) -> Signer:
    _require(subject, _ORGANISATION)
    for text in (identifier, _first(subject, NameOID.COMMON_NAME)):
        if _PEPPOL_ID.fullmatch(text):
            return Signer(Party("PeppolId", text), PEPPOL)
    found = _NIP_IN_ORGANISATION.search(identifier)
    return Signer(Party("Nip", found.group(2)) if found else None, SEAL)


def organisation_name(certificate: x509.Certificate) -> str:
    """What the organisation that a certificate names is called; empty for a person."""
    return _first(certificate.subject, NameOID.ORGANIZATION_NAME)


def _first(subject: x509.Name, name: x509.ObjectIdentifier) -> str:
    for attribute in subject.get_attributes_for_oid(name):
        return str(attribute.value)
    return ""


def _require(subject: x509.Name, names: Iterable[x509.ObjectIdentifier]) -> None:
    for name in names:
        if not _first(subject, name):
            raise Unfit(f"The subject has no attribute {name.dotted_string}.")


def is_valid_at(certificate: x509.Certificate, moment: datetime) -> bool:
    """Whether a moment is within the certificate's validity."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Whether a certificate was issued by itself."""
    return _issued(certificate, certificate)


def leads_to(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
) -> bool:
    """Whether a chain of issuers, found among `others`, ends at a trusted certificate."""
    link: x509.Certificate | None = certificate
    # Each step uses up one of the others at most, so a loop of issuers ends too.
    for _ in range(len(others) + 1):
        if link is None:
            return False
        if any(link == anchor or _issued(anchor, link) for anchor in trusted):
            return True
        link = next((one for one in others if one != link and _issued(one, link)), None)
    return False


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
