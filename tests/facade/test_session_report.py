"""A session's report: what it costs, what is in it, and its page."""

from datetime import UTC, datetime

import pytest
from lxml import html

from ksef_facade import Forbidden, ReportedInvoice, UnknownSession
from tests.facade.scripted import (
    INVOICE,
    NUMBER,
    PAGE_1,
    SESSION,
    Server,
    invoice_status,
    legacy,
    link,
    ok,
    problem,
    session_status,
    upo_pages,
)

STATUS = f"GET /sessions/{SESSION}"
INVOICES = f"GET /sessions/{SESSION}/invoices"
ACCEPTED = {
    "ordinalNumber": 1,
    "invoiceNumber": "FV/1 zażółć",
    "ksefNumber": NUMBER,
    "acquisitionDate": "2025-06-26T10:00:01.123+00:00",
    "status": {"code": 200, "description": "Sukces"},
}
DUPLICATE = {
    "ordinalNumber": 2,
    "invoiceNumber": "<script>alert(1)</script>",
    "ksefNumber": None,
    "acquisitionDate": None,
    "status": {"code": 440, "description": "Duplikat faktury", "details": ["już jest", "<b>"]},
}


def server(status=None, *pages):
    return (
        Server()
        .on(STATUS, status or ok(session_status(upo=upo_pages((PAGE_1, link("1"))))))
        .on(INVOICES, *pages)
    )


def page(*rows, token=None):
    invoices = [{**invoice_status(), **row} for row in rows]
    return ok({"invoices": invoices, "continuationToken": token})


def test_one_value_for_the_session_and_every_invoice(make):
    scripted = server(None, page(ACCEPTED, token="t1"), page(DUPLICATE))
    counted = []
    report = make(scripted).session(SESSION).report(on_page=counted.append)
    assert (scripted.count(STATUS), scripted.count(INVOICES)) == (1, 2)
    assert scripted.asked(INVOICES)[0].url.params["pageSize"] == "1000"
    assert counted == [1, 2]
    assert report.reference_number == SESSION
    assert (report.code, report.outcome, report.is_terminal) == (200, "succeeded", True)
    assert PAGE_1 in report.upo_references
    accepted, duplicate = report.invoices
    assert accepted == ReportedInvoice(
        ordinal_number=1,
        invoice_number="FV/1 zażółć",
        ksef_number=NUMBER,
        acquisition_date=datetime(2025, 6, 26, 10, 0, 1, 123000, UTC),
        code=200,
        description="Sukces",
        details=(),
        outcome="accepted",
        reference_number=INVOICE,
        invoice_hash=accepted.invoice_hash,
        receipt=f"{NUMBER}-upo.xml",
    )
    assert (duplicate.code, duplicate.outcome, duplicate.receipt) == (440, "duplicate", None)
    assert duplicate.details == ("już jest", "<b>")


def test_counts_that_are_left_out_are_none_at_all(make):
    open_session = ok({"status": {"code": 100, "description": "Otwarta"}})
    report = make(server(open_session, page())).session(SESSION).report()
    assert (report.total_count, report.successful_count, report.failed_count) == (0, 0, 0)
    assert report.invoices == report.upo_references == ()
    assert not report.is_terminal
    assert "Ważna do" in report.to_html()


@pytest.mark.parametrize(
    ("answer", "error"), [(legacy(21173), UnknownSession), (problem(403), Forbidden)]
)
def test_what_the_service_refuses_is_raised(make, answer, error):
    with pytest.raises(error):
        make(server(answer, page())).session(SESSION).report()


def test_a_number_that_fits_no_file_name_has_no_receipt(make):
    row = {**ACCEPTED, "ksefNumber": "../../etc/passwd"}
    (invoice,) = make(server(None, page(row))).session(SESSION).report().invoices
    assert (invoice.ksef_number, invoice.receipt) == ("../../etc/passwd", None)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("pl", "Raport sesji KSeF"),
        ("en", "KSeF session report"),
        ("both", "Raport sesji KSeFKSeF session report"),
    ],
)
def test_its_page_shows_everything_as_text(make, language, title):
    report = make(server(None, page(ACCEPTED, DUPLICATE))).session(SESSION).report()
    made = report.to_html(language)
    tree = html.fromstring(made)
    assert tree.find(".//h1").text_content() == title
    shown = tree.text_content()
    for told in (SESSION, NUMBER, "FV/1 zażółć", "<script>alert(1)</script>", "<b>", "440"):
        assert told in shown
    # In Poland, where it is two hours later in summer.
    assert "2025-06-26" in shown
    assert "12:00:01 +02:00" in shown
    assert list(tree.iter("script", "img", "link", "a")) == []
    assert made == report.to_html(language)
    with pytest.raises(ValueError, match="choose pl, en or both"):
        report.to_html("de")
