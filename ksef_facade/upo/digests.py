"""The digest that an answer declares of its body, in whichever way it is written."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode

_SHA256_SIZE = 32


def read_digests(header: str | None) -> frozenset[str]:
    """The SHA-256 values in a header such as `x-ms-meta-hash`, each in Base64 as the contract has it.

    A header that was sent twice, quotes, a missing padding and hexadecimal digits are understood; what
    is no SHA-256 at all declares nothing.
    """
    found = set()
    for part in (header or "").split(","):
        digest = _digest(part.strip().strip('"').strip())
        if digest is not None:
            found.add(b64encode(digest).decode())
    return frozenset(found)


def _digest(text: str) -> bytes | None:
    if not text.isascii():
        return None
    try:
        if len(text) == 2 * _SHA256_SIZE:
            return bytes.fromhex(text)
        padded = text + "=" * (-len(text) % 4)
        value = b64decode(padded, validate=True)
    except (ValueError, binascii.Error):
        return None
    return value if len(value) == _SHA256_SIZE else None
