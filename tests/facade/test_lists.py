"""Pagers: page size, ends, tokens, resuming, rows that cannot be read."""

from datetime import UTC, date, datetime

import httpx
import pytest

from ksef_facade import ConfigurationError, KsefError, RepeatedToken, ServerError, UndecodableBody
from tests.facade.scripted import SESSION, Server, invoice_status, legacy, ok, session_status

INVOICES = f"GET /sessions/{SESSION}/invoices"
FAILED = f"GET /sessions/{SESSION}/invoices/failed"


def page(count, token=None, **row):
    value = {"invoices": [invoice_status(**row) for _ in range(count)]}
    if token is not None:
        value["continuationToken"] = token
    return ok(value)


@pytest.mark.parametrize("last", [{}, {"continuationToken": None}, {"continuationToken": ""}])
def test_a_walk_ends_on_an_absent_null_or_empty_token(make, last):
    server = Server().on(INVOICES, page(2, "t1"), ok({"invoices": [invoice_status()], **last}))
    invoices = list(make(server).session(SESSION).invoices())
    assert len(invoices) == 3
    first, second = server.asked(INVOICES)
    assert first.url.params["pageSize"] == "1000"
    assert "x-continuation-token" not in first.headers
    assert second.headers["x-continuation-token"] == "t1"
    assert second.url.params["pageSize"] == "1000"


def test_a_short_or_empty_page_with_a_token_is_not_the_end(make):
    server = Server().on(INVOICES, page(0, "t1"), page(1, "t2"), page(0))
    assert len(list(make(server).session(SESSION).invoices())) == 1
    assert server.count(INVOICES) == 3


def test_a_repeated_token_stops_the_walk(make):
    server = Server().on(INVOICES, page(1, "t1"), page(1, "t2"), page(1, "t1"))
    seen = []
    with pytest.raises(RepeatedToken) as caught:
        seen.extend(make(server).session(SESSION).invoices())
    assert server.count(INVOICES) == 3
    assert caught.value.continuation_token == "t2"


def test_an_error_carries_the_token_to_resume_from(make):
    server = Server().on(INVOICES, page(2, "t1"), legacy(21418), page(3))
    invoices = make(server).session(SESSION).invoices()
    seen = []
    with pytest.raises(KsefError) as caught:
        seen.extend(invoice.reference_number for invoice in invoices)
    assert server.count(INVOICES) == 2
    assert caught.value.continuation_token == "t1"
    rest = [item for page in invoices.by_page(caught.value.continuation_token) for item in page]
    assert len(rest) == 3
    assert server.requests[-1].headers["x-continuation-token"] == "t1"


def test_pages_tell_the_token_of_the_next_one(make):
    server = Server().on(INVOICES, page(2, "t1"), page(1))
    pages = list(make(server).session(SESSION).invoices(page_size=10).by_page())
    assert [(len(page), page.continuation_token) for page in pages] == [(2, "t1"), (1, None)]
    assert server.requests[-1].url.params["pageSize"] == "10"


@pytest.mark.parametrize("size", [9, 1001, 0, "20"])
def test_a_page_size_out_of_bounds_is_refused_before_any_request(make, size):
    server = Server()
    with pytest.raises(ConfigurationError):
        make(server).session(SESSION).invoices(page_size=size)
    assert server.requests == []


def test_a_bad_row_costs_neither_the_page_nor_itself(make):
    rows = [
        invoice_status(200),
        {"ordinalNumber": "2", "status": "?", "invoicingDate": 7, "new": {"a": 1}},
        "no object",
        invoice_status(150, invoicingMode="Quantum", ksefNumber=None),
    ]
    server = Server().on(INVOICES, ok({"invoices": rows}))
    good, bad, worse, other = make(server).session(SESSION).invoices()
    assert (good.status.code, good.unreadable) == (200, ())
    assert bad.ordinal_number == 2
    assert set(bad.unreadable) >= {"referenceNumber", "status", "invoicingDate"}
    assert bad.raw["new"] == {"a": 1}
    assert bad.outcome == "unknown"
    assert not bad.is_terminal
    assert "object" in worse.unreadable
    assert other.invoicing_mode == "Quantum"
    assert other.outcome == "in_progress"


@pytest.mark.parametrize("value", [{"invoices": "x"}, {"invoices": {}}, [], "x", 7])
def test_a_page_that_is_no_page_is_undecodable_and_keeps_its_bytes(make, value):
    server = Server().on(INVOICES, ok(value))
    with pytest.raises(UndecodableBody) as caught:
        list(make(server).session(SESSION).invoices())
    assert caught.value.status_code == 200
    assert caught.value.body == ok(value).content


def test_failed_invoices_ask_the_failed_route(make):
    row = invoice_status(
        440,
        status={
            "code": 440,
            "description": "Duplikat faktury",
            "details": ["szczegół"],
            "extensions": {
                "originalKsefNumber": "5265877635-20250626-010080DD2B5E-26",
                "originalSessionReferenceNumber": "20250626-SB-213D593000-4DE10D80A5-E9",
            },
        },
    )
    server = Server().on(FAILED, ok({"invoices": [row]}))
    (invoice,) = make(server).session(SESSION).failed_invoices()
    assert invoice.outcome == "duplicate"
    assert invoice.original_ksef_number == "5265877635-20250626-010080DD2B5E-26"
    assert invoice.original_session == "20250626-SB-213D593000-4DE10D80A5-E9"
    assert str(invoice.status) == "440 Duplikat faktury (szczegół)"
    assert server.count(FAILED) == 1


def test_history_sends_every_filter_as_the_contract_words_it(make):
    row = {
        "referenceNumber": SESSION,
        **session_status(200),
        "totalInvoiceCount": 3,
        "successfulInvoiceCount": 2,
        "failedInvoiceCount": 1,
    }
    server = Server().on("GET /sessions", ok({"sessions": [row]}))
    ksef = make(server)
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    (summary,) = ksef.sessions(
        "batch",
        statuses=["in_progress", "failed"],
        reference_number=SESSION,
        created_from=date(2026, 7, 1),
        created_to=date(2026, 1, 31),
        closed_from=noon,
        closed_to=noon,
        modified_from=noon,
        modified_to=noon,
    )
    query = server.requests[-1].url.params
    assert query["sessionType"] == "Batch"
    assert query.get_list("statuses") == ["InProgress", "Failed"]
    assert query["referenceNumber"] == SESSION
    assert query["dateCreatedFrom"] == "2026-07-01T00:00:00+02:00"
    assert query["dateCreatedTo"] == "2026-01-31T23:59:59.999999+01:00"
    assert query["dateClosedFrom"] == query["dateModifiedTo"] == "2026-03-01T12:00:00+00:00"
    assert query["pageSize"] == "1000"
    assert (summary.total_invoice_count, summary.failed_invoice_count) == (3, 1)
    assert ksef.session(summary).reference == SESSION


@pytest.mark.parametrize(
    "filters",
    [
        {"kind": "paper"},
        {"kind": "online", "statuses": ["done"]},
        {"kind": "online", "created_from": datetime(2026, 1, 1)},
        {"kind": "online", "created_from": "2026-01-01"},
        {"kind": "online", "reference_number": "x"},
    ],
)
def test_a_filter_that_cannot_work_is_refused_before_any_request(make, filters):
    server = Server()
    with pytest.raises((ConfigurationError, KsefError)):
        make(server).sessions(**filters)
    assert server.requests == []


def test_a_list_survives_a_passing_failure(make):
    server = Server().on(INVOICES, httpx.Response(503), page(1, "t1"), httpx.Response(502), page(1))
    assert len(list(make(server).session(SESSION).invoices())) == 2


def test_a_list_gives_up_in_the_end(make):
    server = Server().on(INVOICES, page(1, "t1"), httpx.Response(503))
    with pytest.raises(ServerError) as caught:
        list(make(server).session(SESSION).invoices())
    assert caught.value.continuation_token == "t1"
