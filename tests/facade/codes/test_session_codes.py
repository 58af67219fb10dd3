"""Every status code of a session, online and batch, as either client sees it.

Documented rule: the tables of statuses under `GET /sessions/{referenceNumber}`. Codes that no input
brings about are decided in the simulator beforehand.
"""

from types import SimpleNamespace
from typing import Any

import pytest

from ksef_facade import SessionFailed
from ksef_facade.crypto.encryption import SessionKey
from ksef_facade.simulator import Latencies
from tests.facade.sending.conftest import OTHER_NIP

FOREVER = 60.0
KEY_UNREADABLE = "Błąd odszyfrowania dostarczonego klucza"
CANCELLED = "Sesja anulowana"
NONE_VALID = "Błąd weryfikacji, brak poprawnych faktur"
NOTHING_SENT = ("Nie przesłano faktur",)
GARBAGE = b"garbage" * 40


def online_open(at):
    return at.ksef.open_online_session().__enter__().session.status()


def online_closed(at):
    at.sim.settings.latencies = Latencies(session_done=FOREVER)
    with at.ksef.open_online_session() as online:
        online.send(at.invoice())
    return online.session.status()


def online_processed(at):
    with at.ksef.open_online_session() as online:
        online.send(at.invoice())
    return online.session.wait(30)


def online_key(at):
    at.sim.settings.latencies = Latencies(key_check=0)
    at.patch.setattr("ksef_facade.crypto.encryption.wrap_key", lambda *_: GARBAGE)
    online = at.ksef.open_online_session()
    with pytest.raises(SessionFailed) as caught:
        online.open()
    assert str(online.reference) in str(caught.value)
    return caught.value.status


def online_empty(at):
    with at.ksef.open_online_session() as online:
        pass
    return online.session.wait(30)


def online_all_rejected(at):
    with at.ksef.open_online_session() as online:
        online.send(at.invoice(OTHER_NIP))
    return online.session.wait(30)


def batch_open(at):
    batch = at.ksef.open_batch_session([("1.xml", at.invoice())])
    batch.open()
    batch.discard()
    return batch.session.status()


def batch_processing(at):
    at.sim.settings.latencies = Latencies(package_done=FOREVER)
    return packed(at).session.status()


def batch_processed(at):
    return packed(at).wait(30)


def batch_tampered(at):
    # Of another content and the same size, as a faulty disk or line would have it.
    batch = at.ksef.open_batch_session([("1.xml", at.invoice())])
    batch.open()
    (part,) = batch.state_file.parent.glob("*part*")
    content = part.read_bytes()
    part.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    batch.upload()
    batch.close()
    return batch.wait(30)


def batch_key(at):
    at.patch.setattr("ksef_facade.crypto.encryption.wrap_key", lambda *_: GARBAGE)
    at.patch.setattr(f"ksef_facade.{at.package}.batches.opening.wrap_key", lambda *_: GARBAGE)
    return packed(at).wait(30)


def batch_too_many(at):
    at.sim.settings.invoices_per_session = 1
    return packed(at, at.invoice(), at.invoice()).wait(30)


def batch_undecryptable(at):
    # Encrypted with another key than the one that goes along.
    wrong, wrap = SessionKey.generate(), at.genuine_wrap
    at.patch.setattr(
        f"ksef_facade.{at.package}.batches.opening.wrap_key", lambda der, _: wrap(der, wrong.key)
    )
    # Once in 256 times this decrypts to something with an end, which is then no archive.
    statuses = (packed(at).wait(30) for _ in range(4))
    return next(status for status in statuses if status.status.code == 435)


def batch_timed_out(at):
    batch = at.ksef.open_batch_session([("1.xml", at.invoice())])
    batch.open()
    batch.discard()
    at.sim.clock.advance(13 * 3600)
    return batch.wait(30)


def batch_all_rejected(at):
    return packed(at, at.invoice(OTHER_NIP)).wait(30)


def batch_decided(code, *details):
    def decide(at):
        at.sim.outcomes.decide("package", code, *details)
        return packed(at).wait(30)

    return decide


def packed(at, *invoices):
    sources = [(f"{n}.xml", one) for n, one in enumerate(invoices or [at.invoice()])]
    with at.ksef.open_batch_session(sources) as batch:
        pass
    return batch


WAYS: dict[tuple[str, int, str], tuple[Any, str, tuple[str, ...]]] = {
    ("online", 100, "open"): (online_open, "Sesja interaktywna otwarta", ()),
    ("online", 170, "closed"): (online_closed, "Sesja interaktywna zamknięta", ()),
    ("online", 200, "done"): (
        online_processed,
        "Sesja interaktywna przetworzona pomyślnie",
        (),
    ),
    ("online", 415, "key"): (online_key, KEY_UNREADABLE, ()),
    ("online", 440, "empty"): (online_empty, CANCELLED, NOTHING_SENT),
    ("online", 445, "rejected"): (online_all_rejected, NONE_VALID, ()),
    ("batch", 100, "open"): (batch_open, "Sesja wsadowa rozpoczęta", ()),
    ("batch", 150, "processing"): (batch_processing, "Trwa przetwarzanie", ()),
    ("batch", 200, "done"): (batch_processed, "Sesja wsadowa przetworzona pomyślnie", ()),
    ("batch", 405, "tampered"): (
        batch_tampered,
        "Błąd weryfikacji poprawności dostarczonych elementów paczki",
        ("Skrót SHA-256 części: '1' nie zgadza się z zadeklarowanym skrótem: ",),
    ),
    ("batch", 415, "key"): (
        batch_key,
        KEY_UNREADABLE,
        ("Rozszyfrowania klucza symetrycznego zakończone błędem.",),
    ),
    ("batch", 420, "too many"): (
        batch_too_many,
        "Przekroczony limit faktur w sesji",
        ("Przekroczono dopuszczalną liczbę faktur w paczce: '1'. Liczba faktur w paczce: '2'.",),
    ),
    ("batch", 430, "archive"): (
        batch_decided(430),
        "Błąd dekompresji pierwotnego archiwum",
        (),
    ),
    ("batch", 435, "undecryptable"): (
        batch_undecryptable,
        "Błąd odszyfrowania zaszyfrowanych części archiwum",
        (),
    ),
    ("batch", 440, "timed out"): (batch_timed_out, CANCELLED, ("Przekroczono czas wysyłki",)),
    ("batch", 440, "empty"): (batch_decided(440, *NOTHING_SENT), CANCELLED, NOTHING_SENT),
    ("batch", 445, "rejected"): (batch_all_rejected, NONE_VALID, ()),
    ("batch", 500, "unknown"): (batch_decided(500), "Nieznany błąd (500)", ()),
    ("batch", 550, "interrupted"): (
        batch_decided(550, "Przerwano."),
        "Operacja została anulowana przez system",
        ("Przerwano.",),
    ),
}
DOCUMENTED = {
    "online": {100, 170, 200, 415, 440, 445},
    "batch": {100, 150, 200, 405, 415, 420, 430, 435, 440, 445, 500, 550},
}
"""The tables of statuses; 550 of a batch stands in the general list of asynchronous operations."""


def test_no_documented_code_is_left_out():
    for kind, codes in DOCUMENTED.items():
        assert {code for of, code, _ in WAYS if of == kind} == codes


@pytest.mark.parametrize("way", WAYS, ids=lambda way: " ".join(map(str, way)))
def test_a_status_comes_as_it_is_documented(sim, connect, invoice, flavour, monkeypatch, way):
    from ksef_facade.crypto.encryption import wrap_key

    bring_about, description, details = WAYS[way]
    at = SimpleNamespace(
        sim=sim,
        ksef=connect(),
        invoice=invoice,
        patch=monkeypatch,
        package="_sync" if flavour == "sync" else "_async",
        genuine_wrap=wrap_key,
    )
    status = bring_about(at)
    code = way[1]
    assert (status.status.code, status.status.description) == (code, description)
    # Of those that end with a hash, the beginning.
    assert len(status.status.details) == len(details)
    for said, beginning in zip(status.status.details, details, strict=True):
        assert said.startswith(beginning)
    assert status.is_terminal is (code >= 200)
    assert status.outcome == _outcome(code)
    if code < 400:
        assert status.raise_for_failure() is status
    else:
        with pytest.raises(SessionFailed, match=str(code)):
            status.raise_for_failure()


def _outcome(code: int) -> str:
    if code < 200:
        return "in_progress"
    return {200: "succeeded", 440: "cancelled"}.get(code, "failed")
