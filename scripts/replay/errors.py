"""Every error that a contract declares, served once for each operation the facade uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ksef_facade.errors import (
    AuthenticationFailed,
    BadRequest,
    Forbidden,
    Gone,
    KsefError,
    NotFound,
    RateLimited,
    ResponseError,
    ServerError,
    Unauthorized,
)
from scripts.replay import asked
from scripts.replay.certificates import by_certificate
from scripts.replay.meaning import ERROR_CODE, LOGIN, PAGES
from scripts.replay.published import Answer, Key, Published
from scripts.replay.server import RETRY_AFTER, Server
from tests.facade.scripted import INVOICE, NUMBER, SESSION

_CLASSES: dict[int, type[ResponseError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    410: Gone,
    429: RateLimited,
}

Use = Callable[[Any], object]


def _online(ksef: Any) -> None:
    with ksef.open_online_session() as session:
        session.send(b"<Faktura/>")


def _opened_and_closed(ksef: Any) -> None:
    with ksef.open_online_session():
        pass


def _batch(ksef: Any) -> None:
    with ksef.open_batch_session([("a.xml", b"<Faktura/>")]):
        pass


def _left(ksef: Any) -> None:
    ksef.log_in()
    ksef.log_out()


def _refreshed(ksef: Any) -> object:
    ksef._caller.authenticator.token()
    ksef._caller.clock.seconds += 1000
    return ksef._caller.authenticator.token()


_USES: dict[Key, Use] = {
    asked.PUBLIC_KEYS: lambda ksef: ksef._caller.authenticator.token(),
    asked.CHALLENGE: lambda ksef: ksef._caller.authenticator.token(),
    asked.TOKEN_LOGIN: lambda ksef: ksef._caller.authenticator.token(),
    asked.LOGIN_STATUS: lambda ksef: ksef._caller.authenticator.token(),
    asked.REDEEM: lambda ksef: ksef._caller.authenticator.token(),
    asked.XADES_LOGIN: lambda ksef: by_certificate(ksef).log_in(),
    asked.REFRESH: _refreshed,
    asked.LOGINS: lambda ksef: list(ksef.auth_sessions()),
    asked.END_LOGIN: lambda ksef: ksef.end_auth_session(LOGIN),
    asked.LEAVE: _left,
    asked.HISTORY: lambda ksef: list(ksef.sessions("online")),
    asked.SESSION: lambda ksef: ksef.session(SESSION).status(),
    asked.INVOICES: lambda ksef: list(ksef.session(SESSION).invoices()),
    asked.FAILED: lambda ksef: list(ksef.session(SESSION).failed_invoices()),
    asked.INVOICE: lambda ksef: ksef.session(SESSION).invoice(INVOICE).status(),
    asked.UPO_PAGE: lambda ksef: ksef.session(SESSION).upo.page(PAGES[0]),
    asked.UPO_BY_NUMBER: lambda ksef: ksef.session(SESSION).upo.by_ksef_number(NUMBER),
    asked.UPO_BY_INVOICE: lambda ksef: ksef.session(SESSION).upo.by_invoice(INVOICE),
    asked.OPEN: _online,
    asked.SEND: _online,
    asked.CLOSE: _opened_and_closed,
    asked.OPEN_BATCH: _batch,
    asked.CLOSE_BATCH: _batch,
}

# The login goes on from these by itself: a refused refresh token means a new login.
_RECOVERED = {
    asked.REFRESH: (400, 401, 403, 404, 405, 410),
    # A login that is over already has been left.
    asked.LEAVE: (401,),
}


def declared_errors(contract: Published) -> Iterator[tuple[Key, Answer]]:
    """Every error of every operation that the facade uses."""
    for key in asked.ALL:
        for answer in contract.errors(key):
            yield key, answer


def check_error(ksef: Any, server: Server, key: Key, answer: Answer) -> None:
    """Use the operation while it is refused; the error must be the right one and keep the answer.

    Raises:
        AssertionError: it is not.
    """
    server.refusal = (key, answer)
    error = _error_of(_USES[key], ksef)
    if error is None:
        assert answer.status in _RECOVERED.get(key, ()), "no error at all"
        return
    # A refused login tells so, and why; the answer is the reason it gives.
    told = error.__cause__ if isinstance(error, AuthenticationFailed) else error
    assert isinstance(told, ResponseError), f"{type(error).__name__} without an answer: {error}"
    wanted = _CLASSES.get(answer.status, ServerError if answer.status >= 500 else BadRequest)
    assert isinstance(told, wanted), f"{type(told).__name__} instead of {wanted.__name__}"
    assert told.status_code == answer.status
    if _holds_code(_known_parts(server.refusal_body)):
        assert ERROR_CODE in told.codes, told.codes
    if isinstance(told, RateLimited) and "retry-after" in answer.headers:
        assert told.retry_after == float(RETRY_AFTER), told.retry_after


def _error_of(use: Use, ksef: Any) -> KsefError | None:
    try:
        use(ksef)
    except KsefError as error:
        return error
    return None


def _known_parts(body: Any) -> list[Any]:
    """What of an error's body has held codes in any contract; elsewhere nobody looks for them."""
    return [body.get(name) for name in ("exception", "errors")] if isinstance(body, dict) else []


def _holds_code(body: Any) -> bool:
    if isinstance(body, dict):
        return any(
            (name in ("exceptionCode", "code") and value == ERROR_CODE) or _holds_code(value)
            for name, value in body.items()
        )
    return isinstance(body, list) and any(_holds_code(item) for item in body)
