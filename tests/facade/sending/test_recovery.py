"""Each rule of recovery: what was lost on the way, and that every invoice is in KSeF once in the end."""

import contextlib

import pytest

from ksef_facade import AuthenticationFailed, Forbidden, JournalRefused, TransportError
from ksef_facade.simulator import Latencies
from tests.facade.sending.conftest import (
    CLOSE,
    LIST,
    NIP,
    OPEN,
    SEND,
    STATUS,
)


def spoil(sim, operation, **fault):
    method, template = operation.split(" ")
    sim.faults.add(method, template, **fault)


ARRIVED = [{"drop": "after"}, {"drop": "midway"}, {"truncate": 5}, {"truncate": 0}]
NOT_ARRIVED = [
    {"drop": "before"},
    {"status": 500},
    {"status": 502, "body": "<html>Bad Gateway</html>"},
    {"status": 503},
    {"status": 504},
]


@pytest.mark.parametrize("fault", ARRIVED)
def test_a_lost_answer_to_an_invoice_that_arrived(sim, connect, invoices, journal, proof, fault):
    sources = invoices(4)
    spoil(sim, SEND, skip=1, **fault)
    report = connect().send(sources, journal=journal)
    found = proof(report, sources)
    # It is found in the list of the open session, and nothing is sent twice.
    assert (found.posts, found.states) == (4, ["final"])


@pytest.mark.parametrize("fault", NOT_ARRIVED)
def test_a_lost_answer_to_an_invoice_that_did_not_arrive(
    sim, connect, invoices, journal, proof, fault
):
    sources = invoices(4)
    spoil(sim, SEND, skip=1, **fault)
    report = connect().send(sources, journal=journal)
    found = proof(report, sources)
    # Sent anew, but only when the first session was over without it, and in another session.
    assert (found.posts, found.states) == (5, ["final", "final"])
    reference = report.items[1].session_reference
    assert reference != report.items[0].session_reference
    order = [
        call.template
        for call in sim.requests.calls
        if call.template in (SEND.split()[1], CLOSE.split()[1])
    ]
    assert [template.rpartition("/")[2] for template in order] == [
        *["invoices"] * 4,
        "close",
        "invoices",
        "close",
    ]


def test_an_invoice_that_shows_late_is_waited_for(sim, connect, invoices, journal, proof):
    sources = invoices(2)
    spoil(sim, SEND, drop="after")
    # The list that is asked for at once does not know it yet.
    spoil(sim, LIST, body='{"invoices": []}', headers={"content-type": "application/json"})
    found = proof(connect().send(sources, journal=journal), sources)
    assert (found.posts, found.states) == (2, ["final"])


def test_a_list_shorter_than_the_count_proves_nothing(sim, connect, invoices, journal):
    sources = invoices(1)
    spoil(sim, SEND, drop="after")
    empty = {"body": '{"invoices": []}', "headers": {"content-type": "application/json"}}
    spoil(sim, LIST, times=None, **empty)
    ksef = connect()
    (item,) = ksef.send(sources, journal=journal).items
    assert item.outcome == "unsettled"
    assert "does not list all" in item.problems[0]
    assert sim.requests.counts[SEND] == 1
    sim.faults.clear()
    (item,) = ksef.send(sources, journal=journal).items
    assert item.outcome == "accepted"
    assert sim.requests.counts[SEND] == 1


def test_many_lost_answers_in_a_row(sim, connect, invoices, journal, proof):
    sources = invoices(6)
    spoil(sim, SEND, times=5, drop="before")
    proof(connect().send(sources, journal=journal), sources)


def test_a_look_up_that_fails_does_not_make_a_lost_answer_a_refusal(
    sim, connect, invoices, journal, proof
):
    sources = invoices(1)
    spoil(sim, SEND, drop="after")
    spoil(sim, LIST, status=403)
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.posts == 1


@pytest.mark.parametrize("fault", [ARRIVED[0], ARRIVED[2], NOT_ARRIVED[1]])
def test_a_lost_answer_to_opening(sim, connect, invoices, journal, proof, fault):
    sources = invoices(2)
    spoil(sim, OPEN, **fault)
    found = proof(connect().send(sources, journal=journal), sources)
    assert (found.posts, found.states) == (2, ["lost", "final"])


@pytest.mark.parametrize("fault", [ARRIVED[0], NOT_ARRIVED[1]])
def test_a_lost_answer_to_closing(sim, connect, invoices, journal, proof, fault):
    sources = invoices(2)
    spoil(sim, CLOSE, times=2, **fault)
    found = proof(connect().send(sources, journal=journal), sources)
    assert (found.posts, found.states) == (2, ["final"])


@pytest.mark.parametrize("code", [550, 405])
@pytest.mark.parametrize("mode", ["online", "batch"])
def test_what_the_system_cancelled_is_sent_again(
    sim, connect, invoices, journal, proof, code, mode
):
    sources = invoices(3)
    sim.outcomes.decide("invoice", code)
    found = proof(connect().send(sources, journal=journal, mode=mode), sources)
    assert found.states == ["final", "final"]


def test_what_is_always_cancelled_is_given_up_for_now(sim, connect, invoices, journal):
    sim.outcomes.decide("invoice", 550, times=50)
    ksef = connect()
    (item,) = ksef.send(invoices(1), journal=journal).items
    assert (item.outcome, sim.accepted_invoices()) == ("unsettled", [])
    assert "tries" in item.problems[0]


def test_maintenance_is_waited_out(sim, connect, invoices, journal, proof):
    sources = invoices(3)
    spoil(sim, SEND, skip=1, times=2, exception_code=21184)
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.posts == 5


def test_maintenance_without_end_is_told(sim, connect, invoices, journal):
    sim.settings.maintenance = True
    ksef = connect()
    sources = invoices(2)
    report = ksef.send(sources, journal=journal, timeout=20)
    assert [item.outcome for item in report.items] == ["unsettled"] * 2
    assert "later" in report.items[0].problems[0]
    sim.settings.maintenance = False
    assert ksef.send(sources, journal=journal).is_complete


@pytest.mark.parametrize("operation", [OPEN, SEND, CLOSE, LIST, STATUS])
def test_limits_of_the_service_are_waited_out(sim, connect, invoices, journal, proof, operation):
    sources = invoices(2)
    spoil(sim, operation, status=429, retry_after=300, times=2)
    client = connect().options(max_rate_limit_wait=1, retry_deadline=1)
    if operation in (OPEN, SEND):
        proof(client.send(sources, journal=journal, timeout=1000), sources)
    else:
        # Elsewhere the run ends with what the service asks for, and the next one goes on.
        sim.faults.clear()
        spoil(sim, operation, status=429, retry_after=1)
        proof(connect().send(sources, journal=journal), sources)


def test_a_full_session_makes_room_for_another(sim, connect, invoices, journal, proof):
    sim.settings.invoices_per_session = 2
    sources = invoices(5)
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.states == ["final"] * 3


def test_a_session_that_ends_early_is_replaced(sim, connect, invoices, journal, proof):
    sources = invoices(3)
    spoil(sim, SEND, skip=1, exception_code=21180)
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.states == ["final", "final"]


def test_keys_that_were_changed_unannounced_are_fetched_anew(
    sim, connect, invoices, journal, proof
):
    ksef = connect()
    first = invoices(1)
    assert ksef.send(first, journal=journal).is_complete
    sim.keys.rotate("SymmetricKeyEncryption", emergency=True)
    second = invoices(1)
    assert ksef.send(second, journal=journal).is_complete
    assert len(sim.accepted_invoices()) == 2


def test_no_permission_stops_and_leaves_nothing_in_doubt(sim, connect, invoices, journal, proof):
    sources = invoices(2)
    with pytest.raises(Forbidden) as caught:
        connect(permissions=["InvoiceRead"]).send(sources, journal=journal)
    assert "0 of 2 invoices are settled" in caught.value.__notes__[-1]
    proof(connect().send(sources, journal=journal), sources)


def test_a_revoked_login_in_the_middle_stops(sim, connect, invoices, journal, proof):
    sources = invoices(3)
    spoil(sim, SEND, skip=1, status=401, times=2)
    with pytest.raises(Exception, match="401") as caught:
        connect().send(sources, journal=journal)
    assert not isinstance(caught.value, AuthenticationFailed)
    proof(connect().send(sources, journal=journal), sources)


class Killed(BaseException):
    pass


@pytest.mark.parametrize("point", [1, 3, 4, 6, 8])
@pytest.mark.parametrize("mode", ["online", "batch"])
def test_a_run_that_ends_anywhere_is_finished_by_the_next(
    sim, connect, invoices, journal, proof, mode, point
):
    sources = invoices(4)
    calls = []

    def kill(progress):
        calls.append(progress)
        if len(calls) == point:
            raise Killed

    with contextlib.suppress(Killed):
        connect().send(sources, journal=journal, mode=mode, on_progress=kill)
    report = connect().send(sources, journal=journal, mode=mode)
    found = proof(report, sources)
    assert found.posts <= 4


@pytest.mark.parametrize("operation", [OPEN, CLOSE, LIST])
def test_a_network_that_is_gone_ends_the_run_and_the_next_finishes_it(
    sim, connect, invoices, journal, proof, operation
):
    sources = invoices(3)
    spoil(sim, operation, times=None, drop="after")
    with pytest.raises(TransportError) as caught:
        connect().options(retry_deadline=0.5).send(sources, journal=journal)
    assert "the same call again" in caught.value.__notes__[-1]
    sim.faults.clear()
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.posts == 3


def test_no_answer_about_the_status_leaves_it_to_the_next_run(
    sim, connect, invoices, journal, proof
):
    sources = invoices(3)
    spoil(sim, STATUS, times=None, drop="after")
    report = connect().options(retry_deadline=0.5).send(sources, journal=journal, timeout=2)
    assert report.count("unsettled") == 3
    sim.faults.clear()
    found = proof(connect().send(sources, journal=journal), sources)
    assert found.posts == 3


# Waiting and forgetting.


@pytest.mark.parametrize("mode", ["online", "batch"])
def test_what_takes_too_long_is_settled_by_the_next_run(
    sim, connect, invoices, journal, proof, mode
):
    sim.settings.latencies = Latencies(session_done=30)
    sources = invoices(3)
    ksef = connect()
    report = ksef.send(sources, journal=journal, mode=mode, timeout=0.2)
    assert [item.outcome for item in report.items] == ["unsettled"] * 3
    assert "not final" in report.items[0].problems[0]
    sim.clock.advance(60)
    found = proof(ksef.send(sources, journal=journal, mode=mode), sources)
    assert found.states == ["final"]


def test_a_session_that_nobody_knows_is_not_taken_for_one_without_invoices(
    sim, connect, invoices, journal
):
    sources = invoices(2)
    ksef = connect()
    spoil(sim, CLOSE, times=60, drop="before")
    with pytest.raises(TransportError):
        ksef.options(retry_deadline=0.5).send(sources, journal=journal)
    sim.faults.clear()
    spoil(sim, STATUS, times=None, exception_code=21173)
    with pytest.raises(JournalRefused, match="does not know"):
        ksef.send(sources, journal=journal)
    assert sim.requests.counts[SEND] == 2
    assert len(sim.accepted_invoices()) == 2
    assert NIP in str(sim.accepted_invoices()[0])


def test_what_goes_beyond_the_limits_is_left_without_opening_sessions_for_nothing(
    sim, connect, invoices, journal
):
    sources = invoices(6)
    spoil(sim, SEND, skip=2, times=None, status=429, retry_after=3000)
    report = connect().send(sources, journal=journal, timeout=60)
    assert report.count("accepted") == 2
    assert report.count("unsettled") == 4
    assert "later" in report.items[-1].problems[0]
    assert sim.requests.counts[OPEN] == 1
    sim.faults.clear()
    assert connect().send(sources, journal=journal).is_complete


def test_a_session_that_is_slow_is_waited_for_once(sim, connect, invoices, journal):
    sim.settings.latencies = Latencies(session_done=3000)
    sources = invoices(2)
    # The first is in doubt in a session that does not end, the second goes on in another one.
    spoil(sim, SEND, exception_code=21180)
    report = connect().send(sources, journal=journal, timeout=2)
    assert report.count("unsettled") == 2
    assert sim.requests.counts[OPEN] == 2
