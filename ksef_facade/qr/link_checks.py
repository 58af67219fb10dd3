"""KOD II taken apart and checked against a certificate, as far as that goes without KSeF."""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from attrs import field, frozen

from ksef_facade.environments import Environment
from ksef_facade.errors import InvalidIdentifier
from ksef_facade.identifiers import shown
from ksef_facade.logins.contexts import Context, has_the_shape_of
from ksef_facade.qr.coded_invoices import CodedInvoice
from ksef_facade.qr.links import signed_text
from ksef_facade.qr.offline_certificates import fit_serial, unfitness
from ksef_facade.qr.sites import SITES, verification_site

if TYPE_CHECKING:
    from ksef_facade.crypto.certificate_reading import CertificateFacts
    from ksef_facade.crypto.identities import Source
    from ksef_facade.invoices.facts import InvoiceFacts

# RSA-4096 makes links of some 900 characters; what is much longer is no link of a QR code.
_LONGEST: Final = 4096
_LINK: Final = re.compile(
    r"(https?://[^/?#\s]+)/certificate/([A-Za-z]+)/([^/?#\s]+)/([0-9]{10})/([0-9A-F]{16})"
    r"/([A-Za-z0-9_-]{43})/([A-Za-z0-9_-]+)"
)
_HALF: Final = 32


@frozen(kw_only=True)
class CertificateLink:
    """What a link of KOD II says.

    Attributes:
        site: scheme and host.
        context: on whose behalf the invoice was issued.
        seller_nip: NIP of the seller.
        certificate_serial: 16 hexadecimal digits of the Offline certificate.
        invoice_hash: Base64 SHA-256 of the invoice, KSeF's `invoiceHash`.
        signature: the signature's bytes.
        signed: the text that is signed.
    """

    site: str
    context: Context
    seller_nip: str
    certificate_serial: str
    invoice_hash: str
    signature: bytes = field(repr=False)
    signed: str = field(repr=False)

    @classmethod
    def parse(cls, link: str) -> Self:
        """Take a link apart; nothing is verified, and no request is made.

        Raises:
            InvalidIdentifier: it is no KOD II.
        """
        match = _LINK.fullmatch(link.strip()) if len(link) <= _LONGEST else None
        if match is None:
            raise InvalidIdentifier(
                f"{shown(link)} is no KOD II; it must look like https://qr.ksef.mf.gov.pl/certificate/"
                "Nip/..., with seller, serial number, hash and signature"
            )
        site, kind, value, seller, serial, digest, signature = match.groups()
        if not _is_known(site):
            raise InvalidIdentifier(f"the link leads to {shown(site)}, which is no site of KSeF")
        if not has_the_shape_of(kind, value):
            raise InvalidIdentifier(f"the link names no context: {shown(f'{kind}/{value}')}")
        return cls(
            site=site,
            context=Context(kind, value),
            seller_nip=seller,
            certificate_serial=serial,
            invoice_hash=b64encode(_decoded(digest)).decode(),
            signature=_decoded(signature),
            signed=signed_text(match[0].rpartition("/")[0]),
        )


@frozen
class CertificateLinkCheck:
    """Whether a link of KOD II holds.

    Attributes:
        reason: why it does not, in one sentence; `None` when it does.
        link: what it says; `None` when it is no KOD II.
    """

    reason: str | None
    link: CertificateLink | None

    @property
    def is_valid(self) -> bool:
        """Whether nothing speaks against it."""
        return self.reason is None


def check_certificate_link(
    link: str,
    certificate: Source,
    *,
    invoice: bytes | InvoiceFacts | CodedInvoice | None = None,
    environment: str | Environment | None = None,
    now: datetime | None = None,
) -> CertificateLinkCheck:
    """Whether a link of KOD II was signed with this certificate, and with a fit one; no request.

    It is what the verification page checks (documented rule), but for what only KSeF knows: whether
    it issued the certificate and has not revoked it, and whether its holder may issue invoices in
    that context and for that seller.

    Args:
        link: the text of the QR code.
        certificate: path or content of the Offline certificate, PEM or DER; of several, the one
            that the link names.
        invoice: the invoice that the link must be of, if it is known.
        environment: the one whose site the link must lead to, if it matters.
        now: the moment at which the certificate must be valid; by default this one.

    Raises:
        ConfigurationError: no certificate can be read, no such environment, or the given invoice
            has no codes.
        InvalidIdentifier: the given invoice's NIP is none.
    """
    from ksef_facade.crypto.identities import load_certificates

    coded = None if invoice is None else CodedInvoice.of(invoice)
    site = None if environment is None else verification_site(environment)
    known = load_certificates(certificate)
    try:
        read = CertificateLink.parse(link)
    except InvalidIdentifier as error:
        return CertificateLinkCheck(str(error), None)
    named = [facts for facts in known if fit_serial(facts) == read.certificate_serial]
    if not named:
        reason: str | None = (
            f"the link names the certificate {read.certificate_serial}, not this one"
        )
    else:
        reason = (
            unfitness(named[0], now)
            or _unsigned(read, named[0])
            or (None if site in (None, read.site) else f"the link leads to {read.site}, not {site}")
            or (None if coded is None else _mismatch(read, coded))
        )
    return CertificateLinkCheck(reason, read)


def _is_known(site: str) -> bool:
    if site in SITES.values():
        return True
    try:
        _ = urlsplit(site).port
    except ValueError:
        return False
    return Environment("", site).is_loopback


def _decoded(text: str) -> bytes:
    try:
        content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        content = b""
    # Of the texts that decode to the same bytes only one is what was written.
    if urlsafe_b64encode(content).decode().rstrip("=") != text:
        raise InvalidIdentifier("the link's hash or signature is no Base64URL")
    return content


def _mismatch(link: CertificateLink, invoice: CodedInvoice) -> str | None:
    if link.invoice_hash != invoice.invoice_hash:
        return "the link is of another invoice: its hash is not that of this one"
    if link.seller_nip != invoice.seller_nip:
        return f"the link names the seller {link.seller_nip}, the invoice {invoice.seller_nip}"
    return None


def _unsigned(link: CertificateLink, facts: CertificateFacts) -> str | None:
    """Why the signature is not the certificate's, if it is not."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(facts.public_key_der)
    text, signature = link.signed.encode(), link.signature
    try:
        if isinstance(key, rsa.RSAPublicKey):
            scheme = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
            key.verify(signature, text, scheme, SHA256())
        else:
            assert isinstance(key, ec.EllipticCurvePublicKey), "unfit keys are refused before"
            if len(signature) == 2 * _HALF:
                # As ASN.1 it would be longer, but for one signature in millions of millions.
                r, s = (
                    int.from_bytes(half, "big") for half in (signature[:_HALF], signature[_HALF:])
                )
                signature = encode_dss_signature(r, s)
            key.verify(signature, text, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return "the signature is not that of the certificate over this link"
    return None
