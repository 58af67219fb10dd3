"""Where in the use of the facade an answer is changed, and what is done with what comes of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from scripts.replay import asked
from scripts.replay.certificates import by_certificate
from scripts.replay.meaning import LOGIN, PAGES
from scripts.replay.published import Key
from tests.facade.scripted import INVOICE, NUMBER, SESSION

Body = Literal["json", "document", "none"]
Use = Callable[[Any], Any]
LINK: Key = ("GET", "/storage")
"""Stands for the answers to pre-signed links of either method, which no contract describes."""


class Target(NamedTuple):
    """One answer to change, and the use of the facade that reads it."""

    name: str
    key: Key
    use: Use
    body: Body = "json"
    #: Whether the use begins with a login of its own, because that is what is read.
    logs_in: bool = False


def _token(ksef: Any) -> object:
    return ksef._caller.authenticator.token()


def _refreshed(ksef: Any) -> object:
    _token(ksef)
    ksef._caller.clock.seconds += 1000
    return _token(ksef)


def _by_certificate(ksef: Any) -> object:
    return by_certificate(ksef).log_in()


def _walked(pager: Any) -> list[Any]:
    return [item for page in pager.by_page() for item in page]


def _history(ksef: Any) -> list[Any]:
    rows = _walked(ksef.sessions("online", page_size=10))
    return [*rows, *(ksef.session(row) for row in rows[:2])]


def _wait(ksef: Any) -> object:
    return ksef.session(SESSION).wait(timeout=60).raise_for_failure()


def _saved(ksef: Any) -> object:
    with tempfile.TemporaryDirectory() as folder:
        return ksef.session(SESSION).upo.save(folder, timeout=5)


def _of_row(ksef: Any) -> object:
    session = ksef.session(SESSION)
    return [session.upo.by_invoice(row) for row in list(session.invoices(page_size=10))[:2]]


def _online(ksef: Any) -> object:
    with ksef.open_online_session() as session:
        return session.send(b"<Faktura/>")


def _batch(ksef: Any) -> object:
    with ksef.open_batch_session([("a.xml", b"<Faktura/>"), ("b.xml", b"<Faktura/>")]) as batch:
        batch.upload()
        return batch.reference


def _left(ksef: Any) -> object:
    ksef.log_in()
    return ksef.log_out()


TARGETS: tuple[Target, ...] = (
    Target("public keys", asked.PUBLIC_KEYS, _token, logs_in=True),
    Target("challenge", asked.CHALLENGE, _token, logs_in=True),
    Target("login", asked.TOKEN_LOGIN, _token, logs_in=True),
    Target("login status", asked.LOGIN_STATUS, _token, logs_in=True),
    Target("redeem", asked.REDEEM, _token, logs_in=True),
    Target("refresh", asked.REFRESH, _refreshed, logs_in=True),
    Target("certificate login", asked.XADES_LOGIN, _by_certificate, logs_in=True),
    Target("logins", asked.LOGINS, lambda ksef: _walked(ksef.auth_sessions(10))),
    Target("login ended", asked.END_LOGIN, lambda k: k.end_auth_session(LOGIN), "none"),
    Target("login left", asked.LEAVE, _left, "none", logs_in=True),
    Target("history", asked.HISTORY, _history),
    Target("session status", asked.SESSION, lambda ksef: ksef.session(SESSION).status()),
    Target("session wait", asked.SESSION, _wait),
    Target("invoices", asked.INVOICES, lambda k: _walked(k.session(SESSION).invoices(10))),
    Target("failed", asked.FAILED, lambda k: _walked(k.session(SESSION).failed_invoices(10))),
    Target("invoice", asked.INVOICE, lambda k: k.session(SESSION).invoice(INVOICE).status()),
    Target("invoice wait", asked.INVOICE, lambda k: k.session(SESSION).invoice(INVOICE).wait(60)),
    Target("UPO pages", asked.SESSION, lambda ksef: list(ksef.session(SESSION).upo.pages())),
    Target("UPO saved", asked.SESSION, _saved),
    Target("UPO of row", asked.INVOICES, _of_row),
    Target("UPO by link", LINK, lambda k: list(k.session(SESSION).upo.pages()), "document"),
    Target("UPO saved by link", LINK, _saved, "document"),
    Target(
        "UPO page",
        asked.UPO_PAGE,
        lambda ksef: ksef.session(SESSION).upo.page(PAGES[0]),
        "document",
    ),
    Target(
        "UPO by number",
        asked.UPO_BY_NUMBER,
        lambda ksef: ksef.session(SESSION).upo.by_ksef_number(NUMBER),
        "document",
    ),
    Target(
        "UPO by invoice",
        asked.UPO_BY_INVOICE,
        lambda ksef: ksef.session(SESSION).upo.by_invoice(INVOICE),
        "document",
    ),
    Target("open", asked.OPEN, _online),
    Target("send", asked.SEND, _online),
    Target("close", asked.CLOSE, _online, "none"),
    Target("open batch", asked.OPEN_BATCH, _batch),
    Target("part uploaded", LINK, _batch, "none"),
    Target("close batch", asked.CLOSE_BATCH, _batch, "none"),
)
