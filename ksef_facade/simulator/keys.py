"""Keys and certificates the simulator makes for itself: encryption of secrets, signing of UPOs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from attrs import define, field, frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from .clock import Clock, wire_time

Usage = Literal["KsefTokenEncryption", "SymmetricKeyEncryption"]

#: Key size and exponent of the certificates that the Ministry publishes (observed).
_KEY_BITS, _EXPONENT = 2048, 65537
#: Validity of those certificates is two years (observed).
_VALIDITY = timedelta(days=730)
_BACKDATED = timedelta(days=1)
#: organizationIdentifier is not among the names that the library knows.
_ORGANISATION_IDENTIFIER = x509.ObjectIdentifier("2.5.4.97")


@cache
def _process_key(index: int) -> rsa.RSAPrivateKey:
    # Making a key takes a tenth of a second; simulators of one process share their keys.
    return rsa.generate_private_key(public_exponent=_EXPONENT, key_size=_KEY_BITS)


@frozen
class Identity:
    """A private key and a certificate that the simulator issued to itself."""

    key: rsa.RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate

    @property
    def certificate_der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def public_key_id(self) -> str:
        """Base64 SHA-256 of the DER SubjectPublicKeyInfo (contract, PublicKeyCertificate)."""
        spki = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return _sha256(spki)

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 signature with SHA-256."""
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def decrypt(self, ciphertext: bytes) -> bytes | None:
        """RSAES-OAEP with SHA-256 and MGF1-SHA-256; None when it does not decrypt."""
        scheme = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
        try:
            return self.key.decrypt(ciphertext, scheme)
        except ValueError:
            return None


def make_identity(index: int, common_name: str, now: datetime) -> Identity:
    """A self-signed certificate over the process's key of that index."""
    key = _process_key(index)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "KSeF simulator"),
            x509.NameAttribute(_ORGANISATION_IDENTIFIER, "VATPL-5260250274"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    start = (now - _BACKDATED).replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _VALIDITY)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return Identity(key, certificate)


@define
class LateIdentity:
    """An identity that is made when it is first needed: a simulator starts without making keys."""

    index: int
    common_name: str
    #: From when its certificate counts, however late it is made.
    since: datetime
    _made: Identity | None = None

    def get(self) -> Identity:
        """The identity, always the same one."""
        if self._made is None:
            self._made = make_identity(self.index, self.common_name, self.since)
        return self._made


@define
class _PublishedKey:
    usage: Usage
    _late: LateIdentity | None = None
    _renewed: Identity | None = None
    is_listed: bool = True
    is_withdrawn: bool = False

    @property
    def identity(self) -> Identity:
        if self._renewed is not None:
            return self._renewed
        assert self._late is not None, "a key is either new or renewed"
        return self._late.get()


class KeyRing:
    """The keys published for encryption, with the rotations the documentation describes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keys: list[_PublishedKey] = []
        self._made = 0
        for usage in ("KsefTokenEncryption", "SymmetricKeyEncryption"):
            self._add(usage)

    def _add(self, usage: Usage) -> None:
        late = LateIdentity(self._made, f"KSeF simulator {usage}", self._clock.now())
        self._made += 1
        self._keys.append(_PublishedKey(usage, late))

    def rotate(self, usage: Usage, *, emergency: bool = False) -> None:
        """Publish a new key. The old one stays listed, unless it is an emergency: then it goes
        at once and its identifier is refused with 21470."""
        if emergency:
            for key in self._keys:
                if key.usage == usage:
                    key.is_listed, key.is_withdrawn = False, True
        self._add(usage)

    def withdraw_old(self, usage: Usage) -> None:
        """End a planned rotation: only the newest key of a usage stays."""
        for key in [key for key in self._keys if key.usage == usage][:-1]:
            key.is_listed, key.is_withdrawn = False, True

    def recertify(self, usage: Usage) -> None:
        """Publish a new certificate over the same key: `publicKeyId` does not change."""
        current = next(key for key in reversed(self._keys) if key.usage == usage)
        current.is_listed = False
        now = self._clock.now()
        renewed = Identity(current.identity.key, _renew(current, now))
        self._keys.append(_PublishedKey(usage, renewed=renewed))

    def is_known(self, usage: Usage, public_key_id: str) -> bool:
        """Whether a request may name this key."""
        return any(
            key.identity.public_key_id == public_key_id
            for key in self._keys
            if key.usage == usage and not key.is_withdrawn
        )

    def decrypt(self, usage: Usage, ciphertext: bytes, public_key_id: str | None) -> bytes | None:
        """The plaintext, by the key named or by whichever fits; None when none does."""
        for key in reversed(self._keys):
            if key.usage != usage or key.is_withdrawn:
                continue
            if public_key_id is not None and key.identity.public_key_id != public_key_id:
                continue
            plain = key.identity.decrypt(ciphertext)
            if plain is not None:
                return plain
        return None

    def documents(self) -> list[Mapping[str, Any]]:
        """The answer of `GET /security/public-key-certificates`."""
        return [_document(key) for key in self._keys if key.is_listed]


def _renew(key: _PublishedKey, now: datetime) -> x509.Certificate:
    old = key.identity.certificate
    start = now.replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(old.issuer)
        .public_key(key.identity.key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _VALIDITY)
        .sign(key.identity.key, hashes.SHA256())
    )


def _document(key: _PublishedKey) -> Mapping[str, Any]:
    certificate = key.identity.certificate
    der = key.identity.certificate_der
    return {
        "certificate": base64.b64encode(der).decode(),
        "certificateId": _sha256(der),
        "publicKeyId": key.identity.public_key_id,
        "validFrom": wire_time(certificate.not_valid_before_utc),
        "validTo": wire_time(certificate.not_valid_after_utc),
        "usage": [key.usage],
    }


def _sha256(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
