"""Every status code of an invoice, as either client sees it, singly and in the session's list.

Documented rule: the table of statuses under `GET /sessions/{referenceNumber}/invoices`. Codes that no
input brings about are decided in the simulator beforehand.
"""

from types import SimpleNamespace
from typing import Any

import pytest

from ksef_facade import FormCode
from ksef_facade.crypto.encryption import SessionKey
from ksef_facade.simulator import Latencies
from tests.facade.sending.conftest import OTHER_NIP

FOREVER = 60.0
SEMANTICS = "Błąd weryfikacji semantyki dokumentu faktury"


def sent(at, content=None, **how):
    """Handle of an invoice that was sent online, once the session is closed."""
    with at.ksef.open_online_session(FormCode.FA_3) as online:
        one = online.send(content if content is not None else at.invoice(), **how)
    return online.session.invoice(one.reference_number)


def queued(at):
    at.sim.settings.latencies = Latencies(invoice_started=FOREVER, invoice_done=2 * FOREVER)
    return sent(at)


def processing(at):
    at.sim.settings.latencies = Latencies(invoice_started=0, invoice_done=FOREVER)
    return sent(at)


def of_another_seller(at):
    return sent(at, at.invoice(OTHER_NIP))


def with_attachment(at):
    return sent(at, at.invoice(extra="<Zalacznik/>"))


def of_another_size(at):
    encrypt = SessionKey.encrypt
    at.patch.setattr(SessionKey, "encrypt", lambda self, content: encrypt(self, content + b" "))
    return sent(at)


def undecryptable(at):
    # Zeros end in no padding of PKCS#7; what another key gives does so once in 256 times.
    encrypt = SessionKey.encrypt
    at.patch.setattr(SessionKey, "encrypt", lambda key, _: encrypt(key, bytes(64))[:64])
    return sent(at)


def twice(at):
    first = sent(at, at.invoice(number="FV/1")).wait(30)
    second = sent(at, at.invoice(number="FV/1", extra="<!-- the same, written otherwise -->"))
    status = second.wait(30)
    assert status.original_ksef_number == first.ksef_number
    assert first.ksef_number in status.status.details[0]
    return second


def of_tomorrow(at):
    return sent(at, at.invoice(issued="2099-01-01"))


def decided(code, *details):
    def decide(at):
        at.sim.outcomes.decide("invoice", code, *details)
        return sent(at)

    return decide


WAYS: dict[int, tuple[Any, str, str]] = {
    100: (queued, "Faktura przyjęta do dalszego przetwarzania", "in_progress"),
    150: (processing, "Trwa przetwarzanie", "in_progress"),
    200: (sent, "Sukces", "accepted"),
    405: (decided(405), "Przetwarzanie anulowane z powodu błędu sesji", "rejected"),
    410: (of_another_seller, "Nieprawidłowy zakres uprawnień", "rejected"),
    415: (with_attachment, "Brak możliwości wysyłania faktury z załącznikiem", "rejected"),
    430: (of_another_size, "Błąd weryfikacji pliku faktury", "rejected"),
    435: (undecryptable, "Błąd odszyfrowania pliku", "rejected"),
    440: (twice, "Duplikat faktury", "duplicate"),
    450: (of_tomorrow, SEMANTICS, "rejected"),
    500: (decided(500, "powód"), "Nieznany błąd (500)", "rejected"),
    550: (decided(550), "Operacja została anulowana przez system", "retryable"),
}
DOCUMENTED = {100, 150, 200, 405, 410, 415, 430, 435, 440, 450, 500, 550}


def test_no_documented_code_is_left_out():
    assert set(WAYS) == DOCUMENTED


@pytest.fixture
def at(sim, connect, invoice, monkeypatch):
    return SimpleNamespace(sim=sim, ksef=connect(), invoice=invoice, patch=monkeypatch)


@pytest.mark.parametrize("code", WAYS)
def test_a_status_comes_as_it_is_documented(at, code):
    bring_about, description, outcome = WAYS[code]
    handle = bring_about(at)
    status = handle.wait(30) if code >= 200 else handle.status()
    assert (status.status.code, status.status.description) == (code, description)
    assert (status.outcome, status.is_terminal) == (outcome, code >= 200)
    assert (status.ksef_number is not None) is (code == 200)
    session = at.ksef.session(str(handle.session_reference))
    (listed,) = session.invoices()
    assert (listed.status.code, listed.reference_number) == (code, status.reference_number)
    failed = [one.reference_number for one in session.failed_invoices()]
    assert failed == ([status.reference_number] if code >= 400 else [])


@pytest.mark.parametrize("mode", ["online", "batch"])
def test_sending_settles_each_of_them(at, mode, tmp_path):
    """`send` ends with a verdict for each final code; what the system broke off is sent again."""
    before = [("before.xml", at.invoice(number="FV/440", extra="<!-- -->"))]
    assert at.ksef.send(before, journal=False).is_complete
    expected = {200: "accepted", 405: "accepted", 440: "duplicate", 550: "accepted"}
    for code in sorted(code for code in DOCUMENTED if code >= 200):
        content = at.invoice(number=f"FV/{code}")
        if code not in (200, 440):
            at.sim.outcomes.decide("invoice", code, "powód")
        report = at.ksef.send([("1.xml", content)], journal=tmp_path / "journal", mode=mode)
        (item,) = report.items
        assert (code, item.outcome) == (code, expected.get(code, "rejected"))
        if item.outcome == "rejected":
            assert (item.status.code, item.status.details) == (code, ("powód",))
