"""The tokens that a login brings, and how long they are good."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from attrs import field, frozen

from ksef_facade.answers.reading import Reader
from ksef_facade.answers.responses import Response, read_object, undecodable

_RENEW_BEFORE: Final = 60.0
"""Seconds before expiry at which an access token is renewed."""
_SHARE_OF_LIFETIME: Final = 0.2
"""Tokens that live only shortly are renewed in the last fifth of their life."""
_ACCESS_LIFETIME: Final = 15 * 60.0
"""Seconds an access token lives when the answer does not tell (observed and documented)."""
_REFRESH_LIFETIME: Final = 7 * 24 * 3600.0
"""Seconds a refresh token lives when the answer does not tell (documented rule). One that is over
earlier costs a refused request, and then a new login."""


@frozen
class BearerToken:
    """A token and when to stop using it, on the monotonic clock."""

    value: str = field(repr=False)
    use_until: float = float("inf")


@frozen
class LoginTokens:
    """What a login brings: its reference, an access token, and what renews it."""

    reference: str | None
    access: BearerToken | None
    refresh: BearerToken | None


def read_token(response: Response, key: str, now: datetime, monotonic: float) -> BearerToken:
    """The token under `key` of an answer (contract `TokenInfo`).

    Its lifetime is what the service names, measured by the service's own `Date`, so that a wrong
    clock on this machine does no harm.

    Raises:
        UndecodableBody: there is no token.
    """
    answer = Reader(read_object(response))
    value = token_text(answer, key)
    if not value:
        raise undecodable(response, f"no {key} in it")
    lifetime = 0.0
    valid_until = answer.inner(key).moment("validUntil")
    if valid_until is not None:
        lifetime = valid_until.timestamp() - _server_time(response, now.timestamp())
    if lifetime <= 0:
        # Not told, or told by a clock that makes no sense: a fresh token is not over already.
        lifetime = _REFRESH_LIFETIME if key == "refreshToken" else _ACCESS_LIFETIME
    margin = min(_RENEW_BEFORE, lifetime * _SHARE_OF_LIFETIME)
    return BearerToken(value, monotonic + lifetime - margin)


def token_text(answer: Reader, key: str) -> str:
    """The text of the token under `key`, in an object or bare; empty when there is none."""
    inner = answer.inner(key)
    return inner.required_text("token") or (answer.text(key) if not inner.is_object else "") or ""


def _server_time(response: Response, otherwise: float) -> float:
    try:
        return parsedate_to_datetime(response.headers["date"]).timestamp()
    # An HTTP date is foreign text: the parser was seen to raise each of these.
    except (KeyError, ValueError, TypeError, IndexError, OverflowError, OSError):
        return otherwise
