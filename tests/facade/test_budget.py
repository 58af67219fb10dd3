"""What is left of the limits: counted by the client, whether or not it keeps to them."""

import httpx
import pytest

from ksef_facade import RateLimited
from tests.facade.contract_at_hand import limit_of
from tests.facade.scripted import SESSION, Server, ok, session_status

STATUS = f"GET /sessions/{SESSION}"
_, SECOND, MINUTE, HOUR = limit_of("sessionMisc")


def test_a_new_client_has_everything_left(make):
    budget = make(Server()).budget()
    misc = budget["sessionMisc"]
    assert (misc.second, misc.minute, misc.hour, misc.made) == (SECOND, MINUTE, HOUR, 0)
    assert (budget["anonymous"].minute, budget["anonymous"].hour) == (None, None)
    # Each of its operations is counted on its own.
    assert "other" not in budget


@pytest.mark.parametrize("rate_limits", ["contract", "off"])
def test_requests_are_counted_where_they_go_out(make, rate_limits):
    server = Server().on(STATUS, ok(session_status(100)))
    ksef = make(server, rate_limits=rate_limits)
    for _ in range(3):
        ksef.session(SESSION).status()
    copy = ksef.options(timeout=5).budget()["sessionMisc"]
    assert (copy.second, copy.minute, copy.hour, copy.made) == (SECOND - 3, MINUTE - 3, HOUR - 3, 3)
    server.time.advance(61)
    later = ksef.budget()["sessionMisc"]
    assert (later.second, later.minute, later.hour, later.made) == (SECOND, MINUTE, HOUR - 3, 3)
    assert ksef.budget()["sessionList"].hour == limit_of("sessionList").per_hour


def test_after_a_429_nothing_is_left_until_it_is_over(make):
    server = Server().on(STATUS, httpx.Response(429, headers={"retry-after": "100"}))
    ksef = make(server, max_rate_limit_wait=1)
    with pytest.raises(RateLimited):
        ksef.session(SESSION).status()
    assert ksef.budget()["sessionMisc"].hour == 0
    server.time.advance(101)
    assert ksef.budget()["sessionMisc"].hour == HOUR - 1
