"""Logins as the service lists them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from ksef_facade.answers.reading import Reader
from ksef_facade.models.sessions import StatusInfo, read_status


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
    code, words = method.text("code"), method.text("displayName")
    if reader.has("authenticationMethodInfo"):
        reader.absorb(method)
    return AuthSession(
        reference_number=reader.required_text("referenceNumber"),
        is_current=reader.text("isCurrent") == "true",
        status=read_status(reader),
        # `authenticationMethod` is deprecated in the contract; it stands in where there is no other.
        method=code or reader.text("authenticationMethod"),
        method_name=words,
        date_started=reader.moment("startDate"),
        date_refreshed=reader.moment("lastTokenRefreshDate"),
        refresh_valid_until=reader.moment("refreshTokenValidUntil"),
        unreadable=tuple(reader.unreadable),
        raw=row if isinstance(row, dict) else {},
    )
