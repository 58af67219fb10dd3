"""The links behind the codes: KOD I leads to the invoice, KOD II also carries a signature."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.identifiers import shown
from ksef_facade.logins.contexts import Context, has_the_shape_of
from ksef_facade.qr.coded_invoices import CodedInvoice
from ksef_facade.qr.offline_certificates import fit_serial, refuse_unfit
from ksef_facade.qr.sites import verification_site

if TYPE_CHECKING:
    from ksef_facade.crypto.identities import SigningIdentity
    from ksef_facade.environments import Environment
    from ksef_facade.invoices.facts import InvoiceFacts

SignatureEncoding = Literal["p1363", "der"]
"""How an ECDSA signature is written: r and s side by side (IEEE P1363), or as ASN.1."""

# Documented rule: each half of a signature of P-256 has 32 bytes.
_HALF: Final = 32


def invoice_link(
    invoice: bytes | InvoiceFacts | CodedInvoice, environment: str | Environment
) -> str:
    """KOD I: `https://<site>/invoice/<NIP>/<DD-MM-YYYY>/<hash>`; no request is made.

    Documented rule of KOD I; the hash is the Base64URL of the SHA-256 of the bytes that are sent.

    Args:
        invoice: its bytes, what `read_invoice` said of them, or a `CodedInvoice`.
        environment: `test`, `demo` or `prod`, or the environment of a simulator.

    Raises:
        ConfigurationError: no such environment, or the invoice lacks what the link tells.
        InvalidIdentifier: the seller's NIP is not ten digits.
    """
    coded = CodedInvoice.of(invoice)
    site = verification_site(environment)
    return f"{site}/invoice/{coded.seller_nip}/{coded.date_in_links}/{coded.hash_in_links}"


def certificate_link(
    invoice: bytes | InvoiceFacts | CodedInvoice,
    environment: str | Environment,
    identity: SigningIdentity,
    context: Context | None = None,
    *,
    encoding: SignatureEncoding = "p1363",
    now: datetime | None = None,
) -> str:
    """KOD II: a link signed with a KSeF certificate of the type Offline; no request is made.

    `https://<site>/certificate/<context>/<value>/<NIP>/<serial>/<hash>/<signature>`, where the text
    from the site's host to the hash is signed: RSASSA-PSS with SHA-256 and a salt of 32 bytes, or
    ECDSA P-256 with SHA-256 (documented rule of KOD II). Both take a random number, so two links for
    one invoice differ, and both are valid.

    Args:
        invoice: its bytes, what `read_invoice` said of them, or a `CodedInvoice`.
        environment: `test`, `demo` or `prod`, or the environment of a simulator.
        identity: the Offline certificate with its key, e.g. `SigningIdentity.from_files(...)`.
        context: on whose behalf the invoice was issued; by default the seller's.
        encoding: of an ECDSA signature; KSeF recommends `p1363` and takes `der` as well.
        now: the moment at which the certificate must be valid; by default this one.

    Raises:
        ConfigurationError: a certificate for logging in, one that KSeF did not issue, an expired one
            or one of another kind of key; no such environment; the invoice lacks what the link tells.
        InvalidIdentifier: the context or the seller's NIP has another shape.
    """
    coded = CodedInvoice.of(invoice)
    acting = context or Context("Nip", coded.seller_nip)
    if not has_the_shape_of(acting.type, acting.value):
        raise InvalidIdentifier(
            f"{shown(acting.value)} is no context of the kind {shown(acting.type)}"
        )
    facts = refuse_unfit(identity.certificate_der, now)
    site = verification_site(environment)
    parts = (acting.type, acting.value, coded.seller_nip, fit_serial(facts), coded.hash_in_links)
    unsigned = "/".join((site, "certificate", *parts))
    signature = _sign(identity, signed_text(unsigned).encode(), encoding)
    return f"{unsigned}/{urlsafe_b64encode(signature).decode().rstrip('=')}"


def signed_text(unsigned: str) -> str:
    """What of a link without its signature is signed: all but the scheme (documented rule)."""
    return unsigned.partition("://")[2]


def _sign(identity: SigningIdentity, text: bytes, encoding: SignatureEncoding) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    key = identity.private_key
    if isinstance(key, rsa.RSAPrivateKey):
        # The salt is as long as the digest: 32 bytes.
        scheme = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
        return key.sign(text, scheme, SHA256())
    signature = key.sign(text, ec.ECDSA(SHA256()))
    if encoding == "der":
        return signature
    r, s = decode_dss_signature(signature)
    return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
