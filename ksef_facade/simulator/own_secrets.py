"""What the simulator signs its own papers with: the tokens and the links that it gives out."""

from __future__ import annotations

import secrets

from attrs import define, field

#: The output of SHA-256, beyond which a key of HMAC gains nothing (RFC 2104, section 3).
_SIZE = 32


def _new() -> bytes:
    return secrets.token_bytes(_SIZE)


@define
class OwnSecrets:
    """The secrets of one simulator; a token or link of another one's is not good here."""

    tokens: bytes = field(factory=_new, repr=False)
    links: bytes = field(factory=_new, repr=False)
