"""Everything the facade can do, as checks that run against a server of any contract."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from ksef_facade.handles import Handle
from scripts.replay import asked
from scripts.replay.certificates import by_certificate
from scripts.replay.meaning import BATCH_SESSION, LOGIN, PAGES
from scripts.replay.published import Key
from scripts.replay.server import DEFAULT_PAGE, ROWS, Server
from tests.facade.scripted import INVOICE, NUMBER, SESSION

Check = Callable[[Any, Server], object]


class Parameter(NamedTuple):
    """A parameter that a feature sends: the operation, its name in the contract, and its place."""

    key: Key
    name: str
    place: str = "query"


class Feature(NamedTuple):
    """One thing the facade does, and what of a contract it takes."""

    name: str
    needs: tuple[Key, ...]
    check: Check
    parameters: tuple[Parameter, ...] = ()
    #: Properties of answers that it lives by: operation and path.
    properties: tuple[tuple[Key, str], ...] = ()
    #: Whether it only works where the optional parts of the answers are there.
    optional: bool = False
    #: What the facade does where the last of the operations is not there.
    instead: str = ""


def _login(ksef: Any, server: Server) -> None:
    token = ksef._caller.authenticator.token()
    assert token.startswith("token-"), token
    assert ksef._caller.authenticator.token() == token
    assert server.asked.count(asked.REDEEM) == 1


def _refresh(ksef: Any, server: Server) -> None:
    first = ksef._caller.authenticator.token()
    assert server.time is not None
    server.time.seconds += 1000
    second = ksef._caller.authenticator.token()
    assert first != second
    assert server.asked.count(asked.REFRESH) == 1
    assert server.asked.count(asked.REDEEM) == 1


def _slow_login(ksef: Any, server: Server) -> None:
    server.slow.add(asked.LOGIN_STATUS)
    _login(ksef, server)
    assert server.asked.count(asked.LOGIN_STATUS) == 2


def _certificate_login(ksef: Any, server: Server) -> None:
    by_certificate(ksef).log_in()
    assert server.asked == list(asked.CERTIFICATE_LOGIN)


def _logins(ksef: Any, server: Server) -> None:
    rows = list(ksef.auth_sessions())
    _walked(rows, server, asked.LOGINS)
    assert all(row.reference_number and row.raw for row in rows)


def _login_pages(ksef: Any, server: Server) -> None:
    _in_pages(list(ksef.auth_sessions(DEFAULT_PAGE).by_page()))


def _login_ended(ksef: Any, server: Server) -> None:
    ksef.end_auth_session(LOGIN)
    assert server.asked[-1] == asked.END_LOGIN


def _login_left(ksef: Any, server: Server) -> None:
    ksef.log_in()
    ksef.log_out()
    assert server.asked[-1] == asked.LEAVE


def _public_keys(ksef: Any, server: Server) -> None:
    for usage in ("KsefTokenEncryption", "SymmetricKeyEncryption"):
        assert ksef._public_keys.get(usage).certificate_der


def _history(ksef: Any, server: Server) -> None:
    rows = list(ksef.sessions("online"))
    _walked(rows, server, asked.HISTORY)
    assert all(row.reference_number and row.raw for row in rows)
    assert ksef.session(rows[0]).reference == rows[0].reference_number


def _filtered(**filters: Any) -> Check:
    def check(ksef: Any, server: Server) -> None:
        assert list(ksef.sessions("batch", **filters))

    return check


def _history_pages(ksef: Any, server: Server) -> None:
    pages = list(ksef.sessions("online", page_size=DEFAULT_PAGE).by_page())
    _in_pages(pages)
    again = ksef.sessions("online", page_size=DEFAULT_PAGE).by_page(pages[0].continuation_token)
    assert [len(page) for page in again] == [ROWS - DEFAULT_PAGE]


def _status(ksef: Any, server: Server) -> None:
    status = ksef.session(SESSION).status()
    assert status.status.code == 200
    assert status.is_terminal
    assert status.raw == server.bodies[asked.SESSION]
    _plain_values_are_read(status)


def _wait(ksef: Any, server: Server) -> None:
    server.slow.add(asked.SESSION)
    seen: list[int] = []
    assert ksef.session(SESSION).wait(on_poll=lambda s: seen.append(s.status.code)).is_terminal
    assert seen == [100, 200]


def _resume(ksef: Any, server: Server) -> None:
    handle = Handle.loads(ksef.session(SESSION).handle.dumps())
    assert ksef.resume(handle.dumps()).status().status.code == 200


def _invoices(failed: bool) -> Check:
    def check(ksef: Any, server: Server) -> None:
        session = ksef.session(SESSION)
        rows = list(session.failed_invoices() if failed else session.invoices())
        _walked(rows, server, asked.FAILED if failed else asked.INVOICES)
        assert all(row.reference_number and row.raw for row in rows)
        for row in rows:
            _plain_values_are_read(row)

    return check


def _invoice_pages(failed: bool) -> Check:
    def check(ksef: Any, server: Server) -> None:
        session = ksef.session(SESSION)
        pager = session.failed_invoices if failed else session.invoices
        _in_pages(list(pager(page_size=DEFAULT_PAGE).by_page()))

    return check


def _invoice(ksef: Any, server: Server) -> None:
    status = ksef.session(SESSION).invoice(INVOICE).status()
    assert status.status.code == 200
    assert status.raw == server.bodies[asked.INVOICE]


def _invoice_wait(ksef: Any, server: Server) -> None:
    server.slow.add(asked.INVOICE)
    assert ksef.session(SESSION).invoice(INVOICE).wait().outcome == "accepted"


def _upo_wait(ksef: Any, server: Server) -> None:
    assert len(ksef.session(SESSION).upo.wait(timeout=30).upo_pages) == len(PAGES)


def _upo_pages(ksef: Any, server: Server) -> None:
    pages = list(ksef.session(SESSION).upo.pages())
    assert [page.upo_reference for page in pages] == list(PAGES)
    linked = server.contract.has(asked.SESSION, "upo.pages.downloadUrl")
    if linked and server.form == "full":
        assert {page.source for page in pages} == {"link"}


def _upo_page(ksef: Any, server: Server) -> None:
    assert ksef.session(SESSION).upo.page(PAGES[0]).size


def _upo_by_number(ksef: Any, server: Server) -> None:
    assert ksef.session(SESSION).upo.by_ksef_number(NUMBER).ksef_number == NUMBER


def _upo_by_invoice(ksef: Any, server: Server) -> None:
    assert ksef.session(SESSION).upo.by_invoice(INVOICE).size
    assert ksef.session(SESSION).invoice(INVOICE).upo().size


def _upo_of_row(ksef: Any, server: Server) -> None:
    session = ksef.session(SESSION)
    row = next(iter(session.invoices()), None)
    assert row is not None, "no rows"
    assert session.upo.by_invoice(row).ksef_number == NUMBER


def _save(ksef: Any, server: Server) -> None:
    with tempfile.TemporaryDirectory() as folder:
        receipt = ksef.session(SESSION).upo.save(folder)
        assert receipt.complete, receipt.problems
        assert all(page.path.is_file() for page in receipt.pages)


def _online(ksef: Any, server: Server) -> None:
    with ksef.open_online_session() as session:
        sent = session.send(b"<Faktura/>")
        assert sent.reference_number
        assert session.reference == SESSION
    assert server.asked.count(asked.CLOSE) == 1


def _batch(ksef: Any, server: Server) -> None:
    with ksef.open_batch_session([("a.xml", b"<Faktura/>"), ("b.xml", b"<Faktura/>")]) as batch:
        batch.upload()
        assert batch.reference == BATCH_SESSION
    assert server.asked.count(asked.CLOSE_BATCH) == 1


def _walked(rows: list[Any], server: Server, key: Key) -> None:
    # A contract without tokens cannot have a second page that anyone could ask for.
    assert len({row.reference_number for row in rows}) == len(rows) == ROWS, len(rows)


def _plain_values_are_read(value: Any) -> None:
    """What cannot be read is what has become an object or a list; texts and numbers are."""
    for name in value.unreadable:
        found = value.raw.get(name.partition(".")[0])
        assert found is None or isinstance(found, dict | list), f"{name} was not read"


def _in_pages(pages: list[Any]) -> None:
    assert [len(page) for page in pages] == [DEFAULT_PAGE, ROWS - DEFAULT_PAGE], pages
    assert pages[-1].continuation_token is None


_WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_DAY = date(2026, 1, 2)


def _history_filter(ours: str, theirs: str, value: Any) -> Feature:
    return Feature(
        f"history by {ours.replace('_', ' ')}",
        (*asked.LOGIN, asked.HISTORY),
        _filtered(**{ours: value}),
        (_KIND, Parameter(asked.HISTORY, theirs)),
    )


_KIND = Parameter(asked.HISTORY, "sessionType")
_SIZE = "pageSize"
_TOKEN = "x-continuation-token"
_LINKS = ((asked.SESSION, "upo.pages.referenceNumber"),)


def _pages_feature(name: str, key: Key, check: Check, *more: Parameter) -> Feature:
    parameters = (*more, Parameter(key, _SIZE), Parameter(key, _TOKEN, "header"))
    properties = ((key, "continuationToken"),)
    return Feature(name, (*asked.LOGIN, key), check, parameters, properties)


FEATURES: tuple[Feature, ...] = (
    Feature("public keys", (asked.PUBLIC_KEYS,), _public_keys),
    Feature("login", asked.LOGIN, _login),
    Feature("login that takes a while", asked.LOGIN, _slow_login),
    Feature("refresh", (*asked.LOGIN, asked.REFRESH), _refresh, instead="logs in anew"),
    Feature("login with a certificate", asked.CERTIFICATE_LOGIN, _certificate_login),
    Feature("logins", (*asked.LOGIN, asked.LOGINS), _logins),
    _pages_feature("logins in pages", asked.LOGINS, _login_pages),
    Feature("login ended", (*asked.LOGIN, asked.END_LOGIN), _login_ended),
    Feature("login left", (*asked.LOGIN, asked.LEAVE), _login_left),
    Feature("history", (*asked.LOGIN, asked.HISTORY), _history, (_KIND,)),
    _pages_feature("history in pages", asked.HISTORY, _history_pages, _KIND),
    _history_filter("statuses", "statuses", ["failed", "succeeded"]),
    _history_filter("reference_number", "referenceNumber", SESSION),
    _history_filter("created_from", "dateCreatedFrom", _WHEN),
    _history_filter("created_to", "dateCreatedTo", _DAY),
    _history_filter("closed_from", "dateClosedFrom", _DAY),
    _history_filter("closed_to", "dateClosedTo", _WHEN),
    _history_filter("modified_from", "dateModifiedFrom", _WHEN),
    _history_filter("modified_to", "dateModifiedTo", _DAY),
    Feature("session status", (*asked.LOGIN, asked.SESSION), _status),
    Feature("session wait", (*asked.LOGIN, asked.SESSION), _wait),
    Feature("resumed session", (*asked.LOGIN, asked.SESSION), _resume),
    Feature("invoices", (*asked.LOGIN, asked.INVOICES), _invoices(failed=False)),
    _pages_feature("invoices in pages", asked.INVOICES, _invoice_pages(failed=False)),
    Feature("failed invoices", (*asked.LOGIN, asked.FAILED), _invoices(failed=True)),
    _pages_feature("failed invoices in pages", asked.FAILED, _invoice_pages(failed=True)),
    Feature("invoice status", (*asked.LOGIN, asked.INVOICE), _invoice),
    Feature("invoice wait", (*asked.LOGIN, asked.INVOICE), _invoice_wait),
    Feature("UPO wait", (*asked.LOGIN, asked.SESSION), _upo_wait, (), _LINKS, optional=True),
    Feature("UPO pages", (*asked.LOGIN, asked.SESSION), _upo_pages, (), _LINKS, optional=True),
    Feature("UPO saved", (*asked.LOGIN, asked.SESSION), _save, (), _LINKS, optional=True),
    Feature("UPO page by reference", (*asked.LOGIN, asked.UPO_PAGE), _upo_page),
    Feature("UPO by KSeF number", (*asked.LOGIN, asked.UPO_BY_NUMBER), _upo_by_number),
    Feature("UPO by invoice reference", (*asked.LOGIN, asked.UPO_BY_INVOICE), _upo_by_invoice),
    Feature(
        "UPO by invoice row",
        (*asked.LOGIN, asked.INVOICES),
        _upo_of_row,
        (),
        ((asked.INVOICES, "invoices.upoDownloadUrl"),),
        optional=True,
    ),
    Feature("online session", (*asked.LOGIN, asked.OPEN, asked.SEND, asked.CLOSE), _online),
    Feature("batch session", (*asked.LOGIN, asked.OPEN_BATCH, asked.CLOSE_BATCH), _batch),
)
