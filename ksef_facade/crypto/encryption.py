"""Encryption of invoices, of the keys they are encrypted with, and of KSeF tokens.

Documented rule (contract `EncryptionInfo`): AES-256-CBC with PKCS#7 padding for content, RSA-OAEP
with SHA-256 and MGF1-SHA-256 for keys and tokens.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Final, Self

from attrs import field, frozen

from ksef_facade.crypto.public_keys import load_rsa_key
from ksef_facade.errors import ConfigurationError

_KEY_SIZE: Final = 32
_BLOCK_SIZE: Final = 16


def _check_size(value: bytes, size: int, name: str) -> None:
    # KSeF takes a session with an IV of another length and lets its invoices hang (observed
    # behaviour), so the length is refused here.
    if not isinstance(value, bytes) or len(value) != size:
        raise ConfigurationError(f"The {name} of AES-256-CBC is {size} bytes")


@frozen(eq=False)
class SessionKey:
    """The AES key and initialisation vector of one session; `repr` and `str` do not show them.

    Attributes:
        key: 32 bytes.
        iv: 16 bytes; sent with the session, never in front of encrypted content.

    Raises:
        ConfigurationError: key or vector has another length.
    """

    key: bytes = field(repr=False)
    iv: bytes = field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a key or vector that KSeF could not use."""
        _check_size(self.key, _KEY_SIZE, "key")
        _check_size(self.iv, _BLOCK_SIZE, "initialisation vector")

    @classmethod
    def generate(cls) -> Self:
        """A fresh random key and vector: one session, one key."""
        return cls(secrets.token_bytes(_KEY_SIZE), secrets.token_bytes(_BLOCK_SIZE))

    def encrypt(self, content: bytes) -> bytes:
        """`content` encrypted with AES-256-CBC and PKCS#7 padding, `encrypted_size` bytes.

        Every invoice of a session is encrypted with the same key and vector (documented rule).
        """
        stream = self.stream()
        return stream.update(content) + stream.finish()

    def stream(self) -> StreamEncryptor:
        """An encryptor for content that comes in pieces; each content needs one of its own."""
        return StreamEncryptor(self)

    def __repr__(self) -> str:
        """Says that there is a key, not which."""
        return "SessionKey(...)"


class StreamEncryptor:
    """Encrypts one content piece by piece; the pieces joined are what `SessionKey.encrypt` gives."""

    def __init__(self, key: SessionKey) -> None:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        from cryptography.hazmat.primitives.padding import PKCS7

        self._padder = PKCS7(_BLOCK_SIZE * 8).padder()
        self._encryptor = Cipher(algorithms.AES(key.key), modes.CBC(key.iv)).encryptor()

    def update(self, content: bytes | memoryview) -> bytes:
        """What is encrypted by now of the content so far; the rest comes later."""
        return self._encryptor.update(self._padder.update(content))

    def finish(self) -> bytes:
        """The last bytes, with the padding; after this the encryptor is used up."""
        return self._encryptor.update(self._padder.finalize()) + self._encryptor.finalize()


def encrypted_size(size: int) -> int:
    """Bytes that `size` bytes have after `SessionKey.encrypt`: padding fills or adds a block."""
    return _BLOCK_SIZE * (size // _BLOCK_SIZE + 1)


def wrap_key(certificate_der: bytes, key: bytes) -> bytes:
    """`key` encrypted with the public key of a certificate, for `encryptedSymmetricKey`.

    Args:
        certificate_der: certificate of usage `SymmetricKeyEncryption`, DER.
        key: the AES key, 32 bytes.

    Raises:
        ConfigurationError: the key has another length.
        IntegrityFailure: the certificate cannot be read or has no RSA key.
    """
    _check_size(key, _KEY_SIZE, "key")
    return _encrypt_rsa(certificate_der, key)


def encrypt_token(certificate_der: bytes, token: str, timestamp_ms: int) -> bytes:
    """`token|timestamp_ms` encrypted with the public key of a certificate, for `encryptedToken`.

    Args:
        certificate_der: certificate of usage `KsefTokenEncryption`, DER.
        token: the KSeF token, whole, with its own bars.
        timestamp_ms: `timestampMs` of the challenge, verbatim.

    Raises:
        ConfigurationError: the token is longer than the key can encrypt (190 bytes less the time
            for RSA-2048); the message does not repeat it.
        IntegrityFailure: the certificate cannot be read or has no RSA key.
    """
    return _encrypt_rsa(certificate_der, f"{token}|{timestamp_ms}".encode())


def sha256_base64(data: bytes) -> str:
    """SHA-256 of `data` in Base64, 44 characters (contract schema `Sha256HashBase64`)."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")


def _encrypt_rsa(certificate_der: bytes, secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.hashes import SHA256

    public_key = load_rsa_key(certificate_der)
    longest = public_key.key_size // 8 - 2 * SHA256.digest_size - 2
    if len(secret) > longest:
        raise ConfigurationError(
            f"The text is {len(secret)} bytes, and this key encrypts {longest} at most:"
            " a KSeF token has no more than 160 characters"
        )
    oaep = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)
    return public_key.encrypt(secret, oaep)
