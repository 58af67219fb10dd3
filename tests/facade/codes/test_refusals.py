"""Every code with which opening, sending to and closing a session is refused, as either client sees it.

Documented rule: the exception codes of these operations. Each is injected in place of the operation, so
nothing was done; what the client then does is the same for a real cause.
"""

from typing import Any

import pytest

from ksef_facade import BadRequest, BatchExpired, BatchIncomplete, KsefError, UnknownSession
from tests.facade.sending.conftest import CLOSE, CLOSE_BATCH, OPEN, OPEN_BATCH, SEND

DOCUMENTED = {
    OPEN: {21001, 21405, 21470},
    SEND: {21001, 21155, 21166, 21167, 21173, 21180, 21184, 21402, 21403, 21405},
    CLOSE: {21173, 21180, 21405},
    OPEN_BATCH: {21001, 21157, 21161, 21405, 21470},
    CLOSE_BATCH: {21157, 21173, 21180, 21205, 21208, 21405},
}
MENDED = {
    (OPEN, 21470): "the keys are fetched anew",
    (SEND, 21173): "a session that was just opened may not be known everywhere",
    (CLOSE, 21173): "the same",
    (OPEN_BATCH, 21470): "the keys are fetched anew",
    (CLOSE_BATCH, 21173): "a session that was just opened may not be known everywhere",
    (CLOSE_BATCH, 21157): "the part is uploaded again",
    (CLOSE_BATCH, 21205): "the part is uploaded again",
}
"""Refusals after which the client goes on by itself, if they come once, and why."""
NAMED = {
    (CLOSE_BATCH, 21157): BatchIncomplete,
    (CLOSE_BATCH, 21205): BatchIncomplete,
    (CLOSE_BATCH, 21208): BatchExpired,
    (CLOSE, 21173): UnknownSession,
    (CLOSE_BATCH, 21173): UnknownSession,
    (SEND, 21173): UnknownSession,
}
"""Errors of another class than `BadRequest` itself when the refusal stays."""
REFUSED = {21001, 21166, 21167, 21402, 21403, 21405}
"""Codes of sending that speak of the invoice: it is rejected, and the next one is sent."""


def go_through(ksef: Any, operation: str, content: bytes) -> Any:
    """Do what leads to the operation, and on to the end of the session; returns its status."""
    if operation in (OPEN, SEND, CLOSE):
        with ksef.open_online_session() as online:
            online.send(content)
        return online.session.wait(30)
    with ksef.open_batch_session([("1.xml", content)]) as batch:
        pass
    return batch.wait(30)


@pytest.mark.parametrize("operation", DOCUMENTED, ids=lambda text: text.replace("/", "_"))
def test_refusals_that_stay(sim, connect, invoice, operation, monkeypatch):
    for package in ("_sync", "_async"):
        monkeypatch.setattr(f"ksef_facade.{package}.sessions.invoice_posting.SETTLING_TIME", 0.5)
    method, template = operation.split(" ")
    ksef = connect()
    for code in sorted(DOCUMENTED[operation]):
        sim.faults.add(method, template, None, exception_code=code, details=("Część 1.",))
        kind = NAMED.get((operation, code), BadRequest)
        with pytest.raises(KsefError) as caught:
            go_through(ksef, operation, invoice())
        sim.faults.clear()
        assert type(caught.value) is kind, (code, caught.value)
        if isinstance(caught.value, BadRequest):
            assert caught.value.codes == (code,)
    assert sim.accepted_invoices() == [] or operation in (CLOSE, CLOSE_BATCH)


@pytest.mark.parametrize("operation", DOCUMENTED, ids=lambda text: text.replace("/", "_"))
def test_refusals_that_come_once(sim, connect, invoice, operation):
    method, template = operation.split(" ")
    ksef = connect()
    for code in sorted(DOCUMENTED[operation]):
        sim.faults.add(method, template, exception_code=code, details=("Część 1.",))
        if (operation, code) in MENDED:
            assert go_through(ksef, operation, invoice()).status.code == 200
        else:
            with pytest.raises(KsefError) as caught:
                go_through(ksef, operation, invoice())
            assert type(caught.value) is NAMED.get((operation, code), BadRequest)


@pytest.mark.parametrize("operation", DOCUMENTED, ids=lambda text: text.replace("/", "_"))
def test_sending_goes_on_after_each_and_doubles_nothing(
    sim, connect, invoices, journal, proof, operation
):
    method, template = operation.split(" ")
    mode = "batch" if operation in (OPEN_BATCH, CLOSE_BATCH) else "online"
    ksef = connect()
    sent = []
    for code in sorted(DOCUMENTED[operation]):
        sources = invoices(2)
        sim.faults.add(method, template, exception_code=code, details=("Część 1.",))
        try:
            report = ksef.send(sources, journal=journal, mode=mode)
        except KsefError:
            report = ksef.send(sources, journal=journal, mode=mode)
        if operation == SEND and code in REFUSED:
            assert [item.outcome for item in report.items] == ["rejected", "accepted"]
            assert report.items[0].status.code == code
            report = ksef.send(sources, journal=journal, mode=mode, again=True)
        assert report.is_complete, (code, report.items)
        sent += sources
    proof(ksef.send(sent, journal=journal, mode=mode), sent)
