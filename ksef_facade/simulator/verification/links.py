"""The two kinds of links that codes on invoices hold, read as a server gets them."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date

from attrs import field, frozen

from ..logins.credentials import Party

#: Of both, as documented; contexts have many characters, and those of a path are checked by use.
_INVOICE = re.compile(r"/invoice/([0-9]{10})/([0-9]{2})-([0-9]{2})-([0-9]{4})/([A-Za-z0-9_-]{43})")
_CERTIFICATE = re.compile(
    r"(/certificate/(Nip|InternalId|NipVatUe|PeppolId)/([0-9A-Za-z+*-]{1,40})/([0-9]{10})"
    r"/([0-9A-F]{16})/([A-Za-z0-9_-]{43}))/([A-Za-z0-9_-]{1,2000})"
)


@frozen
class InvoiceLink:
    """KOD I: which invoice is asked for."""

    seller: str
    #: As invoices write it: YYYY-MM-DD.
    issued: str
    #: Base64, as the API writes it.
    hash: str


@frozen
class CertificateLink:
    """KOD II: which invoice was issued by whom, and the proof."""

    context: Party
    seller: str
    serial: str
    hash: str
    signature: bytes = field(repr=False)
    #: The part of the path that is signed.
    signed_path: str


def read_invoice_link(path: str) -> InvoiceLink | None:
    """What a path of KOD I asks for; None if it is none."""
    match = _INVOICE.fullmatch(path)
    hash_ = _bytes(match[5]) if match else None
    if match is None or hash_ is None:
        return None
    try:
        issued = date(int(match[4]), int(match[3]), int(match[2]))
    except ValueError:
        return None
    return InvoiceLink(match[1], issued.isoformat(), base64.b64encode(hash_).decode())


def read_certificate_link(path: str) -> CertificateLink | None:
    """What a path of KOD II says; None if it is none."""
    match = _CERTIFICATE.fullmatch(path)
    if match is None:
        return None
    signed, kind, value, seller, serial, code, proof = match.groups()
    hash_, signature = _bytes(code), _bytes(proof)
    if hash_ is None or signature is None:
        return None
    return CertificateLink(
        Party(kind, value), seller, serial, base64.b64encode(hash_).decode(), signature, signed
    )


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
