"""Logins as the service lists them, and the tokens that one brings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from attrs import field, frozen

from ksef_facade.models import StatusInfo, read_status
from ksef_facade.reading import Reader
from ksef_facade.responses import Response, read_object, undecodable

_RENEW_BEFORE: Final = 60.0
"""Seconds before expiry at which an access token is renewed."""
_SHARE_OF_LIFETIME: Final = 0.2
"""Tokens that live only shortly are renewed in the last fifth of their life."""
_DEFAULT_LIFETIME: Final = 15 * 60.0
"""Seconds an access token lives when the answer does not tell (observed and documented)."""


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
        lifetime = _DEFAULT_LIFETIME
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


@frozen(kw_only=True)
class AuthSession:
    """A login that can still get access tokens (contract `AuthenticationListItem`).

    Attributes:
        reference_number: its reference (AU), for `ksef.end_auth_session`.
        is_current: whether the request that listed it came from this very login.
        status: 200 while it is alive.
        method: how it logged in, e.g. `xades.qualified-seal` (an open set), or `None`.
        method_name: the same in the service's words (Polish), or `None`.
        date_started: when it logged in.
        date_refreshed: when it last got an access token by its refresh token.
        refresh_valid_until: until when it can.
    """

    reference_number: str
    is_current: bool
    status: StatusInfo
    method: str | None = None
    method_name: str | None = None
    date_started: datetime | None = None
    date_refreshed: datetime | None = None
    refresh_valid_until: datetime | None = None
    unreadable: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(factory=dict, repr=False, eq=False)


def read_auth_session(row: object) -> AuthSession:
    """One row of `GET /auth/sessions`."""
    reader = Reader(row)
    method = reader.inner("authenticationMethodInfo")
    return AuthSession(
        reference_number=reader.required_text("referenceNumber"),
        is_current=reader.text("isCurrent") == "true",
        status=read_status(reader),
        # `authenticationMethod` is deprecated in the contract; it stands in where there is no other.
        method=method.text("code") or reader.text("authenticationMethod"),
        method_name=method.text("displayName"),
        date_started=reader.moment("startDate"),
        date_refreshed=reader.moment("lastTokenRefreshDate"),
        refresh_valid_until=reader.moment("refreshTokenValidUntil"),
        unreadable=tuple(reader.unreadable),
        raw=row if isinstance(row, dict) else {},
    )
