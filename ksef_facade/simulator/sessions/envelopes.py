"""The key that a request brings along, wrapped for the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ..keys import KeyRing
from ..problems import INVALID_INPUT, Refusal
from ..schemas import decode_base64
from .encryption import AES_BLOCK, AES_KEY_BYTES


@frozen
class Envelope:
    """A symmetric key, None when it could not be read, and an initialization vector."""

    key: bytes | None = field(repr=False)
    vector: bytes = field(repr=False)


def open_envelope(encryption: Mapping[str, Any], keys: KeyRing) -> Envelope:
    """What the `encryption` of a request holds (contract, EncryptionInfo).

    Raises Refusal with 21470 for an unknown public key and 21405 for a vector of a wrong length.
    A key that cannot be read is found out later.
    """
    key_id = encryption.get("publicKeyId")
    if key_id is not None and not keys.is_known("SymmetricKeyEncryption", key_id):
        raise Refusal(21470, f"Klucz o identyfikatorze {key_id} nie jest wspierany.")
    vector = decode_base64(encryption["initializationVector"]) or b""
    if len(vector) != AES_BLOCK:
        raise Refusal(INVALID_INPUT, f"'initializationVector': {AES_BLOCK} bytes are needed")
    wrapped = decode_base64(encryption["encryptedSymmetricKey"]) or b""
    key = keys.decrypt("SymmetricKeyEncryption", wrapped, key_id)
    return Envelope(key if key is not None and len(key) == AES_KEY_BYTES else None, vector)
