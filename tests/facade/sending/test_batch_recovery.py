"""Recovery of batches: nothing is sent before the closing, and what was opened is gone on with."""

import pytest

from ksef_facade import TransportError
from tests.facade.sending.conftest import CLOSE_BATCH, OPEN_BATCH, PART

ARRIVED = {"drop": "after"}
NOT_ARRIVED = {"status": 500}


def spoil(sim, operation, **fault):
    method, template = operation.split(" ")
    sim.faults.add(method, template, **fault)


@pytest.mark.parametrize("fault", [ARRIVED, NOT_ARRIVED])
def test_a_batch_whose_opening_is_not_answered(sim, connect, invoices, journal, proof, fault):
    sources = invoices(40)
    spoil(sim, OPEN_BATCH, times=2, **fault)
    proof(connect().send(sources, journal=journal), sources)


@pytest.mark.parametrize("fault", [ARRIVED, NOT_ARRIVED])
def test_a_batch_whose_part_or_closing_is_not_answered(
    sim, connect, invoices, journal, proof, fault
):
    sources = invoices(40)
    spoil(sim, PART, **fault)
    spoil(sim, CLOSE_BATCH, times=2, **fault)
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.states == ["final"]


@pytest.mark.parametrize("code", [405, 430, 435, 500])
def test_a_batch_that_fails_as_a_whole_is_sent_again(sim, connect, invoices, journal, proof, code):
    sources = invoices(40)
    sim.outcomes.decide("package", code)
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.states == ["final", "final"]


@pytest.mark.parametrize("operation", [OPEN_BATCH, PART, CLOSE_BATCH])
@pytest.mark.parametrize("fault", [{"drop": "before"}, {"drop": "after"}])
def test_a_batch_that_breaks_off_is_finished_by_the_next_run(
    sim, connect, invoices, journal, proof, operation, fault
):
    sources = invoices(40)
    spoil(sim, operation, times=60, **fault)
    with pytest.raises(TransportError):
        connect().options(retry_deadline=0.5).send(sources, journal=journal)
    sim.faults.clear()
    found = proof(connect().send(sources, journal=journal), sources)
    # What was opened is gone on with; what never was is opened anew.
    assert found.states == (["lost", "final"] if operation == OPEN_BATCH else ["final"])


def test_a_batch_whose_files_are_gone_is_sent_in_another_session(
    sim, connect, invoices, journal, proof
):
    sources = invoices(40)
    spoil(sim, PART, times=60, drop="before")
    with pytest.raises(TransportError):
        connect().options(retry_deadline=0.5).send(sources, journal=journal)
    sim.faults.clear()
    (state,) = journal.parent.glob("*.work/*/state.json")
    state.unlink()
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.states == ["lost", "final"]


def test_a_batch_whose_state_is_gone_after_closing_began_is_not_sent_again(
    sim, connect, invoices, journal, proof
):
    sources = invoices(40)
    spoil(sim, CLOSE_BATCH, times=60, drop="after")
    with pytest.raises(TransportError):
        connect().options(retry_deadline=0.5).send(sources, journal=journal)
    sim.faults.clear()
    (state,) = journal.parent.glob("*.work/*/state.json")
    state.unlink()
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.states == ["final"]


def test_a_batch_that_took_too_long_is_sent_again(sim, connect, invoices, journal, proof):
    sources = invoices(40)
    spoil(sim, CLOSE_BATCH, exception_code=21208)
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.states == ["lost", "final"]
