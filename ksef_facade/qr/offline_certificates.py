"""Which certificates sign KOD II: KSeF's own of the type Offline, within their time, and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ksef_facade.errors import ConfigurationError

if TYPE_CHECKING:
    from ksef_facade.crypto.certificate_reading import CertificateFacts

# Documented rule: KSeF's certificates have serial numbers of 8 bytes, told as 16 digits.
_SERIAL_BITS: Final = 64
_SERIAL_DIGITS: Final = 16
# Documented rule: RSA from 2048 bits, or EC on the curve P-256.
_SMALLEST_RSA: Final = 2048
_CURVE: Final = "secp256r1"
# Documented rule: the two types of KSeF's certificates are told by these, and exclude each other.
_LOGS_IN: Final = "digitalSignature"
_PROVES: Final = "nonRepudiation"


def refuse_unfit(certificate_der: bytes, now: datetime | None = None) -> CertificateFacts:
    """The facts of a certificate that may sign KOD II.

    Raises:
        ConfigurationError: it may not; the message says why.
    """
    from ksef_facade.crypto.certificate_reading import read_certificate

    try:
        facts = read_certificate(certificate_der)
    except ValueError:
        raise ConfigurationError("the certificate cannot be read: it is no X.509") from None
    if reason := unfitness(facts, now):
        raise ConfigurationError(reason)
    return facts


def unfitness(facts: CertificateFacts, now: datetime | None = None) -> str | None:
    """Why a certificate signs no KOD II, or `None` if it does.

    Whether KSeF has revoked or blocked it, only KSeF knows.

    Raises:
        ConfigurationError: `now` has no time zone.
    """
    moment = now or datetime.now(UTC)
    if moment.tzinfo is None:
        raise ConfigurationError(f"{moment.isoformat()} has no time zone; pass an aware datetime")
    if facts.issuer_der == facts.subject_der:
        return (
            "the certificate is self-signed; KOD II wants one that KSeF issued, of the type Offline"
        )
    usage = facts.key_usage or frozenset()
    if _LOGS_IN in usage:
        return (
            f"the certificate is for logging in ({_LOGS_IN}); KOD II wants a KSeF certificate of the "
            "type Offline"
        )
    if _PROVES not in usage:
        return (
            f"the certificate's key usage lacks {_PROVES}; KOD II wants a KSeF certificate of the "
            "type Offline"
        )
    if facts.serial_number <= 0 or facts.serial_number.bit_length() > _SERIAL_BITS:
        return (
            f"the certificate's serial number is not of {_SERIAL_DIGITS} hexadecimal digits, so KSeF did "
            "not issue it"
        )
    if moment > facts.valid_to:
        return f"the certificate expired on {facts.valid_to:%Y-%m-%d}; apply to KSeF for another"
    if moment < facts.valid_from:
        return f"the certificate is not valid before {facts.valid_from:%Y-%m-%d %H:%M} UTC"
    return _unfitness_of_key(facts.public_key_der)


def fit_serial(facts: CertificateFacts) -> str:
    """The serial number as KSeF writes it: 16 upper-case hexadecimal digits (documented rule)."""
    return f"{facts.serial_number:0{_SERIAL_DIGITS}X}"


def _unfitness_of_key(public_key_der: bytes) -> str | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key = load_der_public_key(public_key_der)
    except (ValueError, UnsupportedAlgorithm):
        return "the certificate's key cannot be read"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _SMALLEST_RSA:
        return None
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == _CURVE:
        return None
    return f"the certificate's key is another than RSA from {_SMALLEST_RSA} bits or EC P-256"
