"""Waits: what is final, deadlines, Retry-After, budgets, handles."""

from datetime import timedelta

import httpx
import pytest

from ksef_facade import (
    ConfigurationError,
    Handle,
    InvoiceRejected,
    PollingDeadlineExceeded,
    ServerError,
    SessionFailed,
    UndecodableBody,
    UnknownSession,
    UpoWillNotExist,
)
from tests.facade.scripted import (
    INVOICE,
    PAGE_1,
    SESSION,
    Server,
    invoice_status,
    legacy,
    link,
    ok,
    session_status,
    upo_pages,
)

STATUS = f"GET /sessions/{SESSION}"
ONE_INVOICE = f"GET /sessions/{SESSION}/invoices/{INVOICE}"


def states(*codes, **members):
    return [ok(session_status(code, **members)) for code in codes]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [(200, "succeeded"), (299, "succeeded"), (440, "cancelled"), (445, "failed"), (777, "failed")],
)
def test_a_session_is_final_from_200_on_whatever_the_number(make, code, outcome):
    server = Server().on(STATUS, *states(100, 150, 170, 199, code))
    status = make(server).session(SESSION).wait()
    assert (status.status.code, status.outcome) == (code, outcome)
    assert server.count(STATUS) == 5


def test_on_poll_sees_every_status(make):
    server = Server().on(STATUS, *states(100, 170, 200))
    seen = []
    make(server).session(SESSION).wait(on_poll=lambda status: seen.append(status.status.code))
    assert seen == [100, 170, 200]


def test_a_failed_session_is_an_answer_and_an_error_on_demand(make):
    server = Server().on(STATUS, *states(445))
    status = make(server).session(SESSION).wait()
    with pytest.raises(SessionFailed) as caught:
        status.raise_for_failure()
    assert caught.value.status is status


def test_an_hour_of_waiting_stays_far_inside_the_limit_of_1200(make):
    server = Server().on(STATUS, *states(100))
    ksef = make(server)
    with pytest.raises(PollingDeadlineExceeded):
        ksef.session(SESSION).wait(timeout=timedelta(hours=1))
    assert 100 < server.count(STATUS) < 300
    assert sum(server.time.slept) <= 3600.001


@pytest.mark.parametrize("timeout", [5, 2.5, timedelta(seconds=7)])
def test_a_deadline_is_kept_and_hands_over_what_is_needed_to_go_on(make, timeout):
    server = Server().on(STATUS, *states(150))
    ksef = make(server)
    begin = server.time.seconds
    with pytest.raises(PollingDeadlineExceeded) as caught:
        ksef.session(SESSION).wait(timeout=timeout)
    allowed = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
    assert server.time.seconds - begin <= allowed + 0.001
    assert caught.value.last_status.status.code == 150
    assert not isinstance(caught.value, OSError), "it is no failure of this machine"
    server.on(STATUS, *states(200))
    resumed = ksef.resume(caught.value.handle.dumps())
    assert resumed.wait(timeout=1).status.code == 200


def test_retry_after_is_waited_out_inside_a_wait(make):
    limited = httpx.Response(429, headers={"Retry-After": "300"}, json={"status": {"code": 429}})
    server = Server().on(STATUS, *states(150), limited, *states(200))
    ksef = make(server, max_rate_limit_wait=1)
    assert ksef.session(SESSION).wait(timeout=900).status.code == 200
    assert any(300 <= seconds < 310 for seconds in server.time.slept)


def test_a_retry_after_beyond_the_deadline_ends_the_wait_at_once(make):
    limited = httpx.Response(429, headers={"Retry-After": "2680"}, json={"status": {"code": 429}})
    server = Server().on(STATUS, *states(150), limited)
    with pytest.raises(PollingDeadlineExceeded) as caught:
        make(server).session(SESSION).wait(timeout=60)
    assert server.count(STATUS) == 2
    assert caught.value.last_status.status.code == 150


def test_a_wait_survives_failures_as_long_as_its_deadline_allows(make):
    server = Server().on(STATUS, *[httpx.Response(502)] * 8, httpx.ReadTimeout("x"), *states(200))
    assert make(server).session(SESSION).wait(timeout=100).status.code == 200
    server = Server().on(STATUS, httpx.Response(500))
    with pytest.raises(PollingDeadlineExceeded) as caught:
        make(server).session(SESSION).wait(timeout=1000)
    assert isinstance(caught.value.__cause__, ServerError)
    assert caught.value.handle.session_reference == SESSION
    assert 990 < sum(server.time.slept) <= 1000.001


def test_without_a_deadline_a_lasting_failure_ends_the_wait_with_a_handle(make):
    server = Server().on(STATUS, *states(150), httpx.Response(500))
    with pytest.raises(ServerError) as caught:
        make(server).session(SESSION).wait(timeout=None)
    assert caught.value.handle.session_reference == SESSION


def test_a_429_that_names_no_time_is_followed_by_a_minute_of_silence(make):
    server = Server().on(STATUS, *states(150), httpx.Response(429), *states(200))
    assert make(server).session(SESSION).wait(timeout=900).status.code == 200
    assert any(60 <= seconds < 70 for seconds in server.time.slept)


def test_an_unknown_session_ends_a_wait(make):
    server = Server().on(STATUS, legacy(21173, "Brak sesji o wskazanym numerze referencyjnym."))
    with pytest.raises(UnknownSession) as caught:
        make(server).session(SESSION).wait()
    assert "context and environment" in str(caught.value)
    assert server.count(STATUS) == 1


def test_an_invoice_is_waited_for_alike(make):
    answers = [ok(invoice_status(code)) for code in (100, 150, 450)]
    server = Server().on(ONE_INVOICE, *answers)
    status = make(server).session(SESSION).invoice(INVOICE).wait()
    assert status.outcome == "rejected"
    with pytest.raises(InvoiceRejected):
        status.raise_for_failure()


def test_the_upo_has_a_wait_of_its_own_beyond_200(make):
    ready = ok(session_status(200, upo=upo_pages((PAGE_1, link("p")))))
    empty = ok(session_status(200, upo={"pages": []}))
    null = ok(session_status(200, upo=None))
    server = Server().on(STATUS, *states(170, 200), null, empty, ready)
    status = make(server).session(SESSION).upo.wait()
    assert [page.reference_number for page in status.upo_pages] == [PAGE_1]
    assert server.count(STATUS) == 5


@pytest.mark.parametrize("code", [415, 440, 445])
def test_the_wait_for_a_upo_ends_at_once_when_there_will_be_none(make, code):
    server = Server().on(STATUS, *states(code))
    with pytest.raises(UpoWillNotExist) as caught:
        make(server).session(SESSION).upo.wait()
    assert caught.value.status.status.code == code
    assert server.count(STATUS) == 1


def test_a_status_without_a_code_is_undecodable_and_not_waited_on(make):
    server = Server().on(STATUS, ok({"dateCreated": "2026-01-01T00:00:00Z"}))
    with pytest.raises(UndecodableBody):
        make(server).session(SESSION).wait()
    assert server.count(STATUS) == 1


def test_handles_survive_as_text_and_refuse_another_environment(make):
    ksef = make(Server())
    text = ksef.session(SESSION).invoice(INVOICE).handle.dumps()
    assert ksef.resume(text).reference == INVOICE
    assert ksef.resume(Handle.loads(text)).session_reference == SESSION
    for broken in ("", "{}", "[]", '{"ksef_handle": 2}', text.replace("test", "prod", 1)):
        with pytest.raises(ConfigurationError):
            ksef.resume(broken)
