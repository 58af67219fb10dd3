"""Self-signed identities, which KSeF takes in its TEST environment and nowhere else.

Anyone can make one for any NIP there, and what is sent on TEST is visible to all who do: use
made-up companies and people.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from ksef_facade.crypto.identities import PrivateKey, SigningIdentity
from ksef_facade.errors import ConfigurationError, InvalidIdentifier
from ksef_facade.identifiers import Nip, shown

if TYPE_CHECKING:
    from cryptography.x509 import NameAttribute

KeyKind = Literal["rsa", "ec"]

# The certificate is valid already for a service whose clock is behind, across a change of the hour.
_VALID_SINCE: Final = timedelta(minutes=61)
_VALID_FOR: Final = timedelta(days=2 * 365)
_PUBLIC_EXPONENT: Final = 65537
_RSA_BITS: Final = 2048

# Documented rule of the PESEL: the month also tells the century, and the last digit is a checksum.
_PESEL: Final = re.compile(
    r"[0-9]{2}(?:0[1-9]|1[0-2]|2[1-9]|3[0-2]|4[1-9]|5[0-2]|6[1-9]|7[0-2]|8[1-9]|9[0-2])[0-9]{7}"
)
_PESEL_WEIGHTS: Final = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def self_signed_person(
    *,
    nip: str | None = None,
    pesel: str | None = None,
    given_name: str = "Jan",
    surname: str = "Testowy",
    key: KeyKind = "rsa",
    now: datetime | None = None,
) -> SigningIdentity:
    """A person for TEST, recognised by PESEL or by NIP, with a fresh RSA-2048 or EC P-256 key.

    Valid from an hour ago for two years. No request; making an RSA key takes up to a second.

    Raises:
        ConfigurationError: not exactly one of `nip` and `pesel`, or another `key`.
        InvalidIdentifier: the PESEL or NIP fails its shape or checksum.
    """
    from cryptography.x509 import NameAttribute
    from cryptography.x509.oid import NameOID

    if (nip is None) == (pesel is None):
        raise ConfigurationError("a person is known by pesel=... or by nip=...; pass one of them")
    number = (
        f"PNOPL-{_parse_pesel(pesel)}" if pesel is not None else f"TINPL-{Nip.parse(nip or '')}"
    )
    return _sign_itself(
        [
            NameAttribute(NameOID.GIVEN_NAME, given_name),
            NameAttribute(NameOID.SURNAME, surname),
            NameAttribute(NameOID.SERIAL_NUMBER, number),
            NameAttribute(NameOID.COMMON_NAME, f"{given_name} {surname}"),
        ],
        key,
        now,
    )


def self_signed_seal(
    nip: str,
    *,
    organization: str = "Firma Testowa",
    key: KeyKind = "rsa",
    now: datetime | None = None,
) -> SigningIdentity:
    """A company's seal for TEST, recognised by NIP, with a fresh RSA-2048 or EC P-256 key.

    Valid from an hour ago for two years. No request; making an RSA key takes up to a second.

    Raises:
        ConfigurationError: another `key`.
        InvalidIdentifier: the NIP fails its shape or checksum.
    """
    from cryptography.x509 import NameAttribute
    from cryptography.x509.oid import NameOID

    return _sign_itself(
        [
            NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"VATPL-{Nip.parse(nip)}"),
            NameAttribute(NameOID.COMMON_NAME, organization),
        ],
        key,
        now,
    )


def _sign_itself(
    names: list[NameAttribute[str]], key: KeyKind, now: datetime | None
) -> SigningIdentity:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    private_key = _make_key(key)
    subject = x509.Name([*names, x509.NameAttribute(NameOID.COUNTRY_NAME, "PL")])
    start = (now or datetime.now(UTC)) - _VALID_SINCE
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _VALID_SINCE + _VALID_FOR)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(private_key, SHA256())
    )
    return SigningIdentity(certificate.public_bytes(Encoding.DER), private_key)


def _make_key(kind: KeyKind) -> PrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=_PUBLIC_EXPONENT, key_size=_RSA_BITS)
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    raise ConfigurationError(f"key is rsa or ec, not {kind!r}")


def _parse_pesel(text: str) -> str:
    tidy = text.strip()
    if not _PESEL.fullmatch(tidy):
        raise InvalidIdentifier(
            f"{shown(tidy)} is not a PESEL: 11 digits, of which 3 and 4 a month"
        )
    total = sum(w * int(digit) for w, digit in zip(_PESEL_WEIGHTS, tidy, strict=False))
    if -total % 10 != int(tidy[-1]):
        raise InvalidIdentifier(
            f"{shown(tidy)} is mistyped: its last digit does not match the rest"
        )
    return tidy
