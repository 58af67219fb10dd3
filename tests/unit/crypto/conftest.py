"""Identities that several tests sign with; a key is made once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from ksef_facade import SigningIdentity

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MakeKey = Callable[[str], Any]
Certify = Callable[..., x509.Certificate]


@cache
def make_key(kind: str) -> Any:
    """`rsa-2048`, `p256`, `ed25519` and so on."""
    if kind.startswith("rsa-"):
        return rsa.generate_private_key(public_exponent=65537, key_size=int(kind[4:]))
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    if kind == "dsa":
        return dsa.generate_private_key(2048)
    curves = {"p192": ec.SECP192R1(), "p256": ec.SECP256R1(), "p384": ec.SECP384R1()}
    return ec.generate_private_key(curves[kind])


@cache
def certify(key: Any, *names: tuple[x509.ObjectIdentifier, str]) -> x509.Certificate:
    """A certificate of a key, signed by an authority that nobody knows."""
    authority = make_key("p256")
    subject = names or ((NameOID.COMMON_NAME, "Jan Testowy"),)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(*name) for name in subject]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Urząd")]))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=700))
        .sign(authority, hashes.SHA256())
    )


def with_needless_parameter(certificate: x509.Certificate) -> bytes:
    """The certificate with NULL beside its ECDSA algorithm, signed anew, as KSeF's authority does."""
    plain = bytes.fromhex("300a06082a8648ce3d040302")
    odd = bytes.fromhex("300c06082a8648ce3d0403020500")
    assert certificate.tbs_certificate_bytes.count(plain) == 1
    _, fields = split(certificate.tbs_certificate_bytes)
    signed_part = sequence(fields.replace(plain, odd))
    signature = b"\x00" + make_key("p256").sign(signed_part, ec.ECDSA(hashes.SHA256()))
    return sequence(signed_part + odd + bytes([3, len(signature)]) + signature)


def split(der: bytes) -> tuple[int, bytes]:
    """Tag and content of an element with a length of at least 128."""
    return der[0], der[2 + (der[1] & 0x7F) :]


def sequence(content: bytes) -> bytes:
    size = 1 if len(content) < 256 else 2
    return bytes([0x30, 0x80 | size]) + len(content).to_bytes(size, "big") + content


@pytest.fixture(params=["rsa-2048", "p256", "p384"])
def identity(request: pytest.FixtureRequest) -> SigningIdentity:
    key = make_key(request.param)
    return SigningIdentity(certify(key).public_bytes(Encoding.DER), key)
