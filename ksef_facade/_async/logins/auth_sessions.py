"""Logins as authentication sessions: listed, ended one by one, or left."""

from __future__ import annotations

from collections.abc import Sequence

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.pager import AsyncPager
from ksef_facade.answers.pages import LARGEST_AUTH_PAGE, check_page_size, read_page
from ksef_facade.calls.describing import describe
from ksef_facade.calls.lists import ListQuery
from ksef_facade.errors import BadRequest, Unauthorized
from ksef_facade.identifiers import AuthReference
from ksef_facade.models.logins import AuthSession, read_auth_session

_NO_LOGIN = frozenset({21301, 21304})
"""Exception codes that tell of a login which is over or unknown (contract)."""


def list_auth_sessions(caller: AsyncCaller, page_size: int) -> AsyncPager[AuthSession]:
    """The pager behind `AsyncKsef.auth_sessions`, which documents it."""
    check_page_size(page_size, largest=LARGEST_AUTH_PAGE)
    query = ListQuery("GET", "/auth/sessions", page_size=page_size, largest=LARGEST_AUTH_PAGE)

    async def fetch(token: str | None) -> tuple[Sequence[AuthSession], str | None]:
        response = await caller.send(query.call(token))
        rows, following = read_page(response, "items", read_auth_session)
        return rows, query.following(token, len(rows), following)

    return AsyncPager(fetch, page_size)


async def end_listed(caller: AsyncCaller, reference: AuthReference) -> None:
    """What `AsyncKsef.end_auth_session` does, which documents it."""
    await caller.send(describe("DELETE", "/auth/sessions/{referenceNumber}", reference))
    if caller.authenticator.reference == reference:
        await caller.authenticator.leave()


async def leave(caller: AsyncCaller) -> None:
    """What `AsyncKsef.log_out` does, which documents it."""
    token = await caller.authenticator.leave()
    if token is None:
        return
    try:
        await caller.send_with(token, describe("DELETE", "/auth/sessions/current"))
    except Unauthorized:
        # The token is dead already, and the login with it.
        return
    except BadRequest as error:
        if not _NO_LOGIN.intersection(error.codes):
            raise
