"""The certificate that a signature brings along, also where `cryptography` refuses to read it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from attrs import define, field

from ksef_facade.crypto.certificate_reading import CertificateFacts, read_certificate

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

# X.520 attribute types, DER without tag and length, by their usual short names.
_NAMES: Final = {
    bytes.fromhex("550403"): "CN",
    bytes.fromhex("550405"): "serialNumber",
    bytes.fromhex("550406"): "C",
    bytes.fromhex("550407"): "L",
    bytes.fromhex("550408"): "ST",
    bytes.fromhex("55040a"): "O",
    bytes.fromhex("55040b"): "OU",
    bytes.fromhex("550461"): "organizationIdentifier",
}


@define
class SignerCertificate:
    """A certificate by its DER bytes.

    Attributes:
        der: the bytes, as they came.
        facts: what stands in it.
    """

    der: bytes = field(repr=False)
    facts: CertificateFacts

    @classmethod
    def read(cls, der: bytes) -> SignerCertificate:
        """Read a certificate.

        Raises:
            ValueError: it is none.
        """
        return cls(der, read_certificate(der))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the DER bytes, in 64 upper-case hexadecimal digits, as KSeF writes them."""
        return hashlib.sha256(self.der).hexdigest().upper()

    @property
    def subject(self) -> str:
        """The subject in one line, e.g. `CN=Krajowa Administracja Skarbowa, C=PL`."""
        parts = (
            f"{_NAMES.get(kind, kind.hex())}={text}" for kind, text in reversed(self.facts.subject)
        )
        return "".join(c if c.isprintable() else "?" for c in ", ".join(parts))

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the moment is within the certificate's validity."""
        return self.facts.valid_from <= moment <= self.facts.valid_to


def stand_in(facts: CertificateFacts) -> Certificate:
    """A certificate with the same key and validity, good for checking a signature and nothing else.

    `cryptography` refuses some of KSeF's certificates, and warns about what a stranger wrote into
    others; neither says anything of the key.

    Raises:
        ValueError: the public key cannot be used.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(facts.public_key_der)
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ValueError("neither an RSA nor an elliptic curve key")
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(x509.Name([]))
        .public_key(key)
        .serial_number(1)
        .not_valid_before(facts.valid_from.astimezone(UTC))
        .not_valid_after(facts.valid_to.astimezone(UTC))
        .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    )
