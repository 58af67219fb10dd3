"""UPO of single invoices: the ways to it, and why there is none."""

import httpx
import pytest

from ksef_facade import IntegrityFailure, ServerError, UpoNotReady, UpoWillNotExist
from tests.facade.scripted import (
    INVOICE,
    NUMBER,
    SESSION,
    Server,
    invoice_status,
    legacy,
    link,
    ok,
    session_status,
    upo,
    xml,
)

STATUS = f"GET /sessions/{SESSION}"
BY_INVOICE = f"GET /sessions/{SESSION}/invoices/{INVOICE}/upo"
BY_NUMBER = f"GET /sessions/{SESSION}/invoices/ksef/{NUMBER}/upo"
LINK_1 = "GET " + link("p1").removeprefix("https://api-test.ksef.mf.gov.pl").partition("?")[0]


def test_the_upo_of_an_invoice_by_number_by_reference_and_by_status(make, tmp_path):
    content = upo(page=None)
    server = Server().on(BY_NUMBER, xml(content)).on(BY_INVOICE, xml(content))
    server.on(LINK_1, xml(content))
    session = make(server).session(SESSION)
    by_number = session.upo.by_ksef_number(NUMBER)
    assert (by_number.content, by_number.ksef_number) == (content, NUMBER)
    assert session.upo.by_invoice(INVOICE).source == "api"
    assert session.invoice(INVOICE).upo().content == content
    assert server.metered == 3
    row = invoice_status(200, ksefNumber=NUMBER, upoDownloadUrl=link("p1"))
    server.on(f"GET /sessions/{SESSION}/invoices", ok({"invoices": [row]}))
    (listed,) = session.invoices()
    assert "sig=" not in repr(listed)
    over_link = session.upo.by_invoice(listed)
    assert (over_link.source, over_link.content) == ("link", content)
    assert server.metered == 4
    saved = over_link.save(tmp_path)
    assert saved.name == f"{NUMBER}-upo.xml"
    assert saved.read_bytes() == content


@pytest.mark.parametrize(
    ("code", "kind"),
    [(100, UpoNotReady), (150, UpoNotReady), (200, UpoNotReady), (450, UpoWillNotExist)],
)
def test_21178_is_resolved_through_the_invoice_status(make, code, kind):
    server = Server().on(BY_INVOICE, legacy(21178))
    server.on(f"GET /sessions/{SESSION}/invoices/{INVOICE}", ok(invoice_status(code)))
    with pytest.raises(kind) as caught:
        make(server).session(SESSION).invoice(INVOICE).upo()
    assert caught.value.status.status.code == code
    assert isinstance(caught.value.__cause__, Exception)


def test_a_duplicate_leads_to_its_original(make):
    other = "20250626-SB-213D593000-4DE10D80A5-E9"
    extensions = {"originalKsefNumber": NUMBER, "originalSessionReferenceNumber": other}
    status = {"code": 440, "description": "Duplikat faktury", "extensions": extensions}
    server = Server().on(BY_INVOICE, legacy(21178))
    server.on(f"GET /sessions/{SESSION}/invoices/{INVOICE}", ok(invoice_status(status=status)))
    with pytest.raises(UpoWillNotExist) as caught:
        make(server).session(SESSION).upo.by_invoice(INVOICE)
    assert (caught.value.original_ksef_number, caught.value.original_session) == (NUMBER, other)
    assert NUMBER in str(caught.value)


def test_21178_by_number_is_resolved_through_the_session_and_its_list(make):
    rows = f"GET /sessions/{SESSION}/invoices"
    server = Server().on(BY_NUMBER, legacy(21178)).on(STATUS, ok(session_status(200)))
    upo_of = make(server).session(SESSION).upo
    server.on(rows, ok({"invoices": [invoice_status(200, ksefNumber=NUMBER)]}))
    with pytest.raises(UpoNotReady):
        upo_of.by_ksef_number(NUMBER)
    server.on(rows, ok({"invoices": [invoice_status(200)]}))
    with pytest.raises(UpoWillNotExist):
        upo_of.by_ksef_number(NUMBER)
    server.on(STATUS, ok(session_status(170)))
    with pytest.raises(UpoNotReady):
        upo_of.by_ksef_number(NUMBER)
    server.on(STATUS, ok(session_status(445)))
    with pytest.raises(UpoWillNotExist):
        upo_of.by_ksef_number(NUMBER)


def test_another_invoices_upo_is_refused(make):
    other = upo(page=None).replace(NUMBER.encode(), b"5265877635-20250916-010040741B3E-46")
    server = Server().on(BY_NUMBER, xml(other))
    with pytest.raises(IntegrityFailure):
        make(server).session(SESSION).upo.by_ksef_number(NUMBER)


def test_another_failure_is_not_taken_for_a_missing_upo(make):
    server = Server().on(BY_NUMBER, httpx.Response(503))
    with pytest.raises(ServerError):
        make(server).session(SESSION).upo.by_ksef_number(NUMBER)
