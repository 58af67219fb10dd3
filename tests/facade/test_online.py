"""Online sessions: what is sent, closing for sure, lost answers."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256

import httpx
import pytest

from ksef_facade import (
    BadRequest,
    ConfigurationError,
    FormCode,
    ServerError,
    SessionFailed,
    TransportError,
    UndecodableBody,
)
from tests.facade.scripted import (
    INVOICE,
    SESSION,
    Server,
    html,
    invoice_status,
    legacy,
    ok,
    problem,
    session_status,
)

OPEN = "POST /sessions/online"
SEND = f"POST /sessions/online/{SESSION}/invoices"
CLOSE = f"POST /sessions/online/{SESSION}/close"
LIST = f"GET /sessions/{SESSION}/invoices"
STATUS = f"GET /sessions/{SESSION}"
XML = "<Faktura>zażółć</Faktura>".encode()
DIGEST = b64encode(sha256(XML).digest()).decode()


def server():
    return (
        Server()
        .on(OPEN, ok({"referenceNumber": SESSION, "validUntil": "2026-11-21T00:00:00Z"}, 201))
        .on(SEND, ok({"referenceNumber": INVOICE}, 202))
        .on(CLOSE, httpx.Response(204))
    )


def test_a_session_is_opened_fed_and_closed(make):
    on = server()
    with make(on).open_online_session() as online:
        sent = online.send(XML, offline=True)
        assert online.reference == SESSION
        assert on.count(CLOSE) == 0
    assert (sent.reference_number, sent.invoice_hash, sent.size) == (INVOICE, DIGEST, len(XML))
    opened = json.loads(on.asked(OPEN)[0].content)
    assert opened["formCode"] == {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"}
    assert len(b64decode(opened["encryption"]["initializationVector"])) == 16
    assert len(b64decode(opened["encryption"]["encryptedSymmetricKey"])) == 256
    body = json.loads(on.asked(SEND)[0].content)
    encrypted = b64decode(body["encryptedInvoiceContent"])
    assert body["invoiceSize"] == len(XML)
    assert body["encryptedInvoiceSize"] == len(encrypted) == 16 * (len(XML) // 16 + 1)
    assert body["encryptedInvoiceHash"] == b64encode(sha256(encrypted).digest()).decode()
    assert body["offlineMode"] is True
    assert on.count(CLOSE) == 1


def test_a_form_code_of_ones_own(make):
    on = server()
    with make(on).open_online_session(FormCode("FA (9)", "1-0E", "FA")):
        pass
    assert json.loads(on.asked(OPEN)[0].content)["formCode"]["systemCode"] == "FA (9)"


def test_an_error_inside_still_closes_and_stays_the_error(make):
    on = server()
    with pytest.raises(RuntimeError, match="mine"), make(on).open_online_session():
        raise RuntimeError("mine")
    assert on.count(CLOSE) == 1
    on.on(CLOSE, legacy(21173))
    with pytest.raises(RuntimeError) as caught, make(on).open_online_session():
        raise RuntimeError("mine")
    assert "could not be closed" in caught.value.__notes__[0]


@pytest.mark.parametrize("lost", [httpx.ReadTimeout("x"), httpx.Response(502), httpx.Response(500)])
def test_a_lost_answer_to_sending_is_looked_up_by_hash_and_not_repeated(make, lost):
    on = (
        server()
        .on(SEND, lost)
        .on(LIST, ok({"invoices": [invoice_status(100, invoiceHash=DIGEST)]}))
    )
    with make(on).open_online_session() as online:
        sent = online.send(XML)
    assert sent.recovered
    assert sent.reference_number == INVOICE
    assert on.count(SEND) == 1


def test_a_lost_answer_that_cannot_be_settled_is_told(make):
    on = server().on(SEND, httpx.ReadTimeout("x")).on(LIST, ok({"invoices": []}))
    with make(on).open_online_session() as online, pytest.raises(TransportError) as caught:
        online.send(XML)
    assert caught.value.maybe_sent
    assert on.count(SEND) == 1


def test_the_same_bytes_sent_before_are_not_taken_for_the_lost_ones(make):
    row = invoice_status(100, invoiceHash=DIGEST)
    on = server().on(SEND, ok({"referenceNumber": INVOICE}, 202), httpx.ReadTimeout("x"))
    on.on(LIST, ok({"invoices": [row]}))
    with make(on).open_online_session() as online:
        online.send(XML)
        with pytest.raises(TransportError):
            online.send(XML)


def test_a_request_that_never_left_is_sent_again(make):
    on = server().on(SEND, httpx.ConnectError("x"), ok({"referenceNumber": INVOICE}, 202))
    with make(on).open_online_session() as online:
        assert not online.send(XML).recovered
    assert on.count(SEND) == 2


def test_opening_is_never_repeated_blindly(make):
    on = server().on(OPEN, httpx.ReadTimeout("x"))
    with pytest.raises(TransportError), make(on).open_online_session():
        pass
    assert on.count(OPEN) == 1


@pytest.mark.parametrize("lost", [httpx.ReadTimeout("x"), httpx.Response(504)])
def test_closing_is_repeated_until_it_is_settled(make, lost):
    on = server().on(CLOSE, lost, legacy(21180))
    on.on(STATUS, ok(session_status(100)), ok(session_status(170)))
    with make(on).open_online_session():
        pass
    assert (on.count(CLOSE), on.count(STATUS)) == (2, 2)


def test_closing_a_session_that_is_still_open_after_a_refusal_is_an_error(make):
    on = server().on(CLOSE, legacy(21180)).on(STATUS, ok(session_status(100)))
    with pytest.raises(BadRequest), make(on).open_online_session():
        pass


def test_closing_gives_up_in_the_end(make):
    on = server().on(CLOSE, httpx.Response(503))
    with pytest.raises(ServerError), make(on).open_online_session():
        pass
    assert on.count(CLOSE) == 4


def test_closing_twice_asks_once(make):
    on = server()
    with make(on).open_online_session() as online:
        online.close()
    assert on.count(CLOSE) == 1


def test_a_session_unknown_right_after_opening_is_asked_again(make):
    on = server().on(SEND, legacy(21173), ok({"referenceNumber": INVOICE}, 202))
    with make(on).open_online_session() as online:
        online.send(XML)
    assert on.count(SEND) == 2


def test_refusals_of_the_service_are_told(make):
    on = server().on(SEND, legacy(21180, "Status sesji nie pozwala", "415"))
    with make(on).open_online_session() as online, pytest.raises(BadRequest) as caught:
        online.send(XML)
    assert caught.value.codes == (21180,)


def test_nothing_to_send_is_refused(make):
    on = server()
    with make(on).open_online_session() as online, pytest.raises(ConfigurationError):
        online.send(b"")
    assert on.count(SEND) == 0


def test_a_key_that_ksef_cannot_read_is_told_before_anything_is_sent(make):
    on = server().on(STATUS, ok(session_status(415)))
    with pytest.raises(SessionFailed, match="415"), make(on).open_online_session():
        pass
    assert (on.count(OPEN), on.count(STATUS), on.count(CLOSE)) == (1, 1, 0)


@pytest.mark.parametrize("answer", [httpx.ReadTimeout("x"), httpx.Response(500), html()])
def test_a_session_whose_key_cannot_be_confirmed_is_used_all_the_same(make, answer):
    on = server().on(STATUS, answer)
    with make(on).open_online_session() as online:
        online.send(XML)
    assert (on.count(SEND), on.count(CLOSE)) == (1, 1)


def test_a_technical_correction_names_the_rejected_invoice_and_is_offline(make):
    on = server()
    with make(on).open_online_session() as online:
        online.send(XML, corrects=DIGEST)
    body = json.loads(on.asked(SEND)[0].content)
    assert (body["hashOfCorrectedInvoice"], body["offlineMode"]) == (DIGEST, True)


@pytest.mark.parametrize("answer", [html(202), ok({}, 202), httpx.Response(202, content=b'{"re')])
def test_an_answer_that_cannot_be_read_is_a_lost_one(make, answer):
    on = server().on(SEND, answer).on(LIST, ok({"invoices": [invoice_status(invoiceHash=DIGEST)]}))
    with make(on).open_online_session() as online:
        assert online.send(XML).recovered
    on.on(LIST, ok({"invoices": []}))
    with make(on).open_online_session() as online, pytest.raises(UndecodableBody):
        online.send(XML)


@pytest.mark.parametrize("second", [legacy(21173), problem(403), httpx.Response(429)])
def test_when_it_cannot_be_looked_for_the_lost_answer_stays_the_error(make, second):
    on = server().on(SEND, httpx.ReadTimeout("x")).on(LIST, second)
    with make(on).open_online_session() as online, pytest.raises(TransportError) as caught:
        online.send(XML)
    assert caught.value.maybe_sent
    assert "could not be looked for" in caught.value.__notes__[0]


def test_the_key_is_in_no_text(make):
    on = server()
    with make(on).open_online_session() as online:
        text = repr(online) + repr(getattr(online, "_inner", online).__dict__)
    key = getattr(online, "_inner", online)._key
    assert key.key.hex() not in text
    assert repr(key.key) not in text
