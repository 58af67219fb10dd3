"""Certificates as KSeF's authority writes them, of both types, and of every unfit kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from ksef_facade import SigningIdentity
from tests.unit.crypto.conftest import make_key

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
#: Of the documentation's example of KOD II.
SERIAL = 0x01F20A5D352AE590
_AUTHORITY = ec.generate_private_key(ec.SECP384R1())
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@cache
def certificate(
    kind: str = "p256",
    *usages: str,
    serial: int = SERIAL,
    start: datetime = NOW - timedelta(days=1),
    end: datetime = NOW + timedelta(days=729),
    own: bool = False,
    silent: bool = False,
) -> x509.Certificate:
    """A certificate of the type Offline unless `usages` say otherwise; a `silent` one has none."""
    key: Any = make_key(kind)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Firma Testowa")])
    issuer = subject if own else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CCK KSeF")])
    wanted = usages or ("content_commitment",)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    if not silent:
        usage = x509.KeyUsage(**{name: name in wanted for name in _USAGES})
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(_AUTHORITY, hashes.SHA256())


def offline_identity(kind: str = "p256", *usages: str, **changes: Any) -> SigningIdentity:
    """The certificate with its key."""
    made = certificate(kind, *usages, **changes)
    return SigningIdentity(made.public_bytes(Encoding.DER), make_key(kind))
