"""Certificates with their private keys: read from PEM, DER or PKCS#12, and checked to belong together."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from attrs import field, frozen

from ksef_facade.crypto.certificate_reading import (
    ORGANIZATION_IDENTIFIER,
    SERIAL_NUMBER,
    CertificateFacts,
    read_certificate,
)
from ksef_facade.errors import ConfigurationError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

PrivateKey: TypeAlias = "RSAPrivateKey | EllipticCurvePrivateKey"
Source: TypeAlias = "str | os.PathLike[str] | bytes"
"""A path, or the content itself as bytes."""

# Documented rule: KSeF takes signatures of RSA keys from 2048 bits and of EC keys from 256 bits.
_SMALLEST: Final = {"RSA": 2048, "EC": 256}
_ARMOUR: Final = b"-----BEGIN"
_CERTIFICATES: Final = re.compile(
    rb"-----BEGIN (?:X509 )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END (?:X509 )?CERTIFICATE-----"
)
_KEY: Final = re.compile(
    rb"-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----.+?-----END \1PRIVATE KEY-----", re.DOTALL
)
_NO_CERTIFICATE: Final = "the certificate cannot be read: it is no X.509"
# Larger than any file of certificates and keys: what exceeds it was named by mistake.
_LARGEST_FILE: Final = 1 << 20

# Documented patterns of the identifier attributes: serialNumber of a person, organizationIdentifier
# of a seal.
_PERSON_PATTERNS: Final = (
    ("pesel", re.compile(r"(?:PNOPL|PESEL).*?([0-9]{11})")),
    ("nip", re.compile(r"(?:TINPL|NIP).*?([0-9]{10})")),
)
_SEAL_PATTERN: Final = re.compile(r"VATPL.*?([0-9]{10})")


class PasswordNeeded(ConfigurationError):
    """A private key is encrypted, and no password was given."""


@frozen(eq=False, repr=False)
class SigningIdentity:
    """A certificate and its private key, which sign a login. `repr` shows the fingerprint, no key.

    Attributes:
        certificate_der: the certificate, DER.
        private_key: the key, an object of the package `cryptography`; one that keeps the key in
            hardware works as well if it has the same methods.
    """

    certificate_der: bytes
    private_key: PrivateKey
    _facts: CertificateFacts = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a key that is not the certificate's, or that KSeF takes no signatures of."""
        object.__setattr__(self, "_facts", _facts_of(self.certificate_der))
        kind, size = self._measure()
        if size < _SMALLEST.get(kind, 0) or kind not in _SMALLEST:
            raise ConfigurationError(
                f"the key is {kind} of {size} bits; KSeF takes RSA from 2048 and EC from 256 bits"
            )
        if not _same_key(self._facts, self.private_key):
            raise ConfigurationError("the private key is not that of the certificate")

    @classmethod
    def from_pem(
        cls, certificate: Source, key: Source | None = None, password: str | bytes | None = None
    ) -> Self:
        """The identity in PEM (or DER) files, or their content as bytes.

        Args:
            certificate: the certificate; of several in it, the one that the key belongs to.
            key: the private key: PKCS#8, PKCS#1 or SEC 1, encrypted or not. `None` when it stands
                beside the certificate.
            password: what the key is encrypted with; not needed for a key that is not.

        Raises:
            ConfigurationError: a file cannot be read or holds something else, the password is
                missing or wrong, the key is not the certificate's, or KSeF does not take its kind.
        """
        first = _read(certificate, "certificate")
        private_key = _load_key(first if key is None else _read(key, "key"), password)
        certificates = _load_certificates(first)
        own = [der for der in certificates if _same_key(_facts_of(der), private_key)]
        return cls(own[0] if own else certificates[0], private_key)

    @classmethod
    def from_pkcs12(cls, source: Source, password: str | bytes | None = None) -> Self:
        """The identity in a PKCS#12 file (`.p12`, `.pfx`), or its content as bytes.

        Raises:
            ConfigurationError: the file cannot be read or holds no certificate with its key, the
                password is missing or wrong, or KSeF does not take this kind of key.
        """
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

        content = _read(source, "PKCS#12 file")
        try:
            key, certificate, _ = pkcs12.load_key_and_certificates(content, _bytes(password))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise _not_opened(error, password) from None
        if key is None or certificate is None:
            raise ConfigurationError("the PKCS#12 file holds no certificate with its private key")
        return cls(certificate.public_bytes(Encoding.DER), _suitable(key))

    @classmethod
    def from_files(
        cls, certificate: Source, key: Source | None = None, password: str | bytes | None = None
    ) -> Self:
        """The identity in files of any form: PKCS#12 is told from PEM and DER by what is in it.

        Raises:
            PasswordNeeded: the key is encrypted and no password was given.
            ConfigurationError: as `from_pem` and `from_pkcs12`.
        """
        content = _read(certificate, "certificate")
        if key is not None or _ARMOUR in content:
            return cls.from_pem(content, key, password)
        return cls.from_pkcs12(content, password)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 upper-case hexadecimal digits, as KSeF names it."""
        return hashlib.sha256(self.certificate_der).hexdigest().upper()

    @property
    def key_kind(self) -> str:
        """`RSA-2048`, `EC-256` and the like."""
        kind, size = self._measure()
        return f"{kind}-{size}"

    @property
    def nip(self) -> str | None:
        """The NIP that the certificate names, by which KSeF recognises a seal or a person."""
        return self._identifiers().get("nip")

    @property
    def pesel(self) -> str | None:
        """The PESEL that the certificate names, by which KSeF recognises a person."""
        return self._identifiers().get("pesel")

    @property
    def valid_from(self) -> datetime:
        """First moment at which the certificate is valid."""
        return self._facts.valid_from

    @property
    def valid_to(self) -> datetime:
        """Last moment at which the certificate is valid."""
        return self._facts.valid_to

    @property
    def is_self_signed(self) -> bool:
        """Whether the certificate names itself as issuer; KSeF takes such ones on TEST only."""
        return self._facts.issuer_der == self._facts.subject_der

    def to_pem(self, password: str | bytes | None = None) -> tuple[bytes, bytes]:
        """Certificate and key in PEM, the key as PKCS#8, encrypted when a password is given."""
        from cryptography.hazmat.primitives import serialization as s

        secret = _bytes(password)
        encryption = s.BestAvailableEncryption(secret) if secret else s.NoEncryption()
        encoded = base64.encodebytes(self.certificate_der)
        return (
            b"-----BEGIN CERTIFICATE-----\n" + encoded + b"-----END CERTIFICATE-----\n",
            self.private_key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, encryption),
        )

    def _measure(self) -> tuple[str, int]:
        from cryptography.hazmat.primitives.asymmetric import ec, rsa

        key = self.private_key
        if isinstance(key, rsa.RSAPrivateKey):
            return "RSA", key.key_size
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return "EC", key.key_size
        return type(key).__name__, 0

    def _identifiers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for text in self._facts.texts(SERIAL_NUMBER):
            for name, pattern in _PERSON_PATTERNS:
                if match := pattern.search(text):
                    found.setdefault(name, match[1])
        for text in self._facts.texts(ORGANIZATION_IDENTIFIER):
            if match := _SEAL_PATTERN.search(text):
                found.setdefault("nip", match[1])
        return found

    def __repr__(self) -> str:
        """Kind of key and fingerprint; the subject may hold personal data."""
        return f"SigningIdentity({self.key_kind}, fingerprint={self.fingerprint!r})"


def load_certificates(source: Source) -> list[CertificateFacts]:
    """What stands in the certificates of a file, PEM or DER, or of its content as bytes.

    Raises:
        ConfigurationError: it cannot be read, or holds no certificate.
    """
    return [_facts_of(der) for der in _load_certificates(_read(source, "certificate"))]


def _read(source: Source, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and _ARMOUR.decode() in source:
        # A key pasted where a path belongs: as a path, it would stand in the error's text.
        return source.encode()
    try:
        with Path(source).open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a path"
        raise ConfigurationError(f"the {name} {str(source)!r} cannot be read: {reason}") from None
    if len(content) > _LARGEST_FILE:
        raise ConfigurationError(f"{str(source)!r} is too large to be a {name}")
    return content


def _load_certificates(content: bytes) -> list[bytes]:
    if _ARMOUR not in content:
        return [content]
    try:
        found = [base64.b64decode(block) for block in _CERTIFICATES.findall(content)]
    except binascii.Error:
        raise ConfigurationError(_NO_CERTIFICATE) from None
    if not found:
        raise ConfigurationError("there is no certificate in the PEM text")
    return found


def _facts_of(der: bytes) -> CertificateFacts:
    try:
        return read_certificate(der)
    except ValueError:
        raise ConfigurationError(_NO_CERTIFICATE) from None


def _not_opened(error: Exception, password: str | bytes | None) -> ConfigurationError:
    reason = str(error)
    if "asn1" in reason:
        # What `cryptography` says of the certificates of KSeF's own authority.
        return ConfigurationError(
            "the certificate in the PKCS#12 file can be read from a PEM file only; make one: "
            "openssl pkcs12 -in FILE -out identity.pem"
        )
    if "password" not in reason:
        return ConfigurationError("the PKCS#12 file cannot be opened: it is no PKCS#12")
    if password is None:
        return PasswordNeeded("the PKCS#12 file is encrypted; give its password")
    return ConfigurationError("the PKCS#12 file cannot be opened: wrong password")


def _load_key(content: bytes, password: str | bytes | None) -> PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization

    load: Any = serialization.load_der_private_key
    if _ARMOUR in content:
        block = _KEY.search(content)
        if block is None:
            raise ConfigurationError("there is no private key in the PEM text")
        load, content = serialization.load_pem_private_key, block[0]
    secret = _bytes(password)
    try:
        key = load(content, secret)
    except TypeError:
        # What `cryptography` raises for a password too few, and for one too many.
        if secret is None:
            raise PasswordNeeded("the key is encrypted; give its password") from None
        return _load_key(content, None)
    except (ValueError, UnsupportedAlgorithm):
        reason = "it is no private key" if secret is None else "wrong password, or no key"
        raise ConfigurationError(f"the key cannot be read: {reason}") from None
    return _suitable(key)


def _suitable(key: Any) -> PrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ConfigurationError(
            "KSeF takes signatures of RSA and EC keys only; this key is another"
        )
    return key


def _same_key(facts: CertificateFacts, key: PrivateKey) -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        return load_der_public_key(facts.public_key_der) == key.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False


def _bytes(password: str | bytes | None) -> bytes | None:
    return (password.encode() if isinstance(password, str) else password) or None
