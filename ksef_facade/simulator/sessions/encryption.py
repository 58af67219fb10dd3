"""Ciphertexts of a session: AES-256-CBC with PKCS#7 padding, the vector kept apart."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

AES_KEY_BYTES = 32
AES_BLOCK = 16
_CHUNK = 1 << 20


def hash_of(content: bytes) -> str:
    """Base64 SHA-256, as every hash of the API is written."""
    return write_hash(hashlib.sha256(content).digest())


def write_hash(digest: bytes) -> str:
    """A SHA-256 digest as the API writes it."""
    return base64.b64encode(digest).decode()


def decrypt(key: bytes | None, vector: bytes, ciphertext: bytes) -> bytes | None:
    """The plaintext; None when there is no key or it does not decrypt."""
    if key is None or len(ciphertext) % AES_BLOCK:
        return None
    try:
        decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        padded = decryptor.update(ciphertext) + decryptor.finalize()
        unpadder = PKCS7(AES_BLOCK * 8).unpadder()
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        return None


def decrypt_stream(key: bytes, vector: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The plaintext of a file, piece by piece. Raises ValueError where it does not decrypt."""
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    unpadder = PKCS7(AES_BLOCK * 8).unpadder()
    while chunk := source.read(_CHUNK):
        yield unpadder.update(decryptor.update(chunk))
    yield unpadder.update(decryptor.finalize()) + unpadder.finalize()
