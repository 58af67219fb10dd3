"""Rate limits as sliding windows per context and group."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ksef_facade.simulator import Clock, Settings, Simulator
from tests.simulator.conftest import START
from tests.simulator.plain_client import Sender, over_core

NIP = "5265877635"
UNKNOWN = "20250625-SO-2C3E6C8000-B675CF5D68-07"


@pytest.fixture
def limited() -> Iterator[Sender]:
    """A program logged in to a simulator that counts by the contract's table."""
    simulator = Simulator(clock=Clock.stopped(START), limits="contract")
    with over_core(simulator) as http:
        sender = Sender(simulator, http, NIP)
        sender.authenticate()
        yield sender
    assert simulator.contract_violations == []


def times_until_refused(sender: Sender, path: str, most: int = 2000) -> int:
    for count in range(most):
        if sender.get(path).status_code == 429:
            return count
    return most


def test_second_minute_and_hour_are_counted_at_once(limited: Sender) -> None:
    path = "/sessions?sessionType=Online"
    assert times_until_refused(limited, path) == 5
    refused = limited.get(path)
    assert refused.headers["retry-after"] == "1"
    limited.wait(1)
    assert times_until_refused(limited, path) == 5
    limited.wait(1)
    refused = limited.get(path)
    assert refused.headers["retry-after"] == "58"
    limited.wait(58)
    assert limited.get(path).status_code == 200


def test_hour_is_the_last_to_fill(limited: Sender) -> None:
    path = "/sessions?sessionType=Online"
    token = limited.simulator.issue_token(NIP)
    for _ in range(6):
        limited.authenticate(token)
        for _ in range(2):
            assert times_until_refused(limited, path) == 5
            limited.wait(1)
        limited.wait(60)
    limited.authenticate(token)
    refused = limited.get(path)
    assert refused.status_code == 429
    assert 3100 < int(refused.headers["retry-after"]) < 3600
    assert "na godzinę" in refused.text


def test_both_bodies_of_a_refusal(limited: Sender) -> None:
    path = "/sessions?sessionType=Online"
    times_until_refused(limited, path)
    legacy = limited.get(path).json()
    sentence = "Przekroczono limit 5 żądań na sekundę. Spróbuj ponownie po 1 sekundach."
    assert legacy == {
        "status": {"code": 429, "description": "Too Many Requests", "details": [sentence]}
    }
    problem = limited.get(path, headers={"X-Error-Format": "problem-details"})
    assert problem.status_code == 429
    assert problem.headers["retry-after"] == "1"
    assert problem.json()["detail"] == sentence


def test_operations_of_a_group_share_a_counter(limited: Sender) -> None:
    session = limited.simulator.seed_session(NIP)
    for _ in range(5):
        assert limited.get(f"/sessions/{session}/invoices").status_code == 200
        assert limited.get(f"/sessions/{session}/invoices/failed").status_code == 200
    assert limited.get(f"/sessions/{session}/invoices").status_code == 429
    # Another group, and another context, have counters of their own.
    assert limited.get(f"/sessions/{session}").status_code == 200
    other = Sender(limited.simulator, limited.http, "1111111111")
    other.authenticate()
    own = limited.simulator.seed_session("1111111111")
    limited.simulator.clock.advance(0)
    assert other.get(f"/sessions/{own}/invoices").status_code == 200


def test_anonymous_operations_are_counted_together_by_address(limited: Sender) -> None:
    limited.wait(1)
    for _ in range(30):
        assert limited.http.post("/auth/challenge").status_code == 200
        assert limited.http.get("/security/public-key-certificates").status_code == 200
    assert limited.http.post("/auth/challenge").status_code == 429
    limited.wait(1)
    assert limited.http.post("/auth/challenge").status_code == 200


def test_links_are_not_limited(limited: Sender) -> None:
    session = limited.simulator.seed_session(NIP)
    link = limited.get(f"/sessions/{session}").json()["upo"]["pages"][0]["downloadUrl"]
    assert all(limited.http.get(link).status_code == 200 for _ in range(150))


def test_other_profiles(limited: Sender) -> None:
    path = f"/sessions/{UNKNOWN}"
    limited.simulator.settings.limits = "x10"
    assert times_until_refused(limited, path) == 100
    limited.simulator.settings.limits = "off"
    assert times_until_refused(limited, path, most=300) == 300
    with pytest.raises(ValueError, match="off, contract, x10"):
        Settings(limits="strict")  # type: ignore[arg-type]


def test_refused_requests_cost_nothing(limited: Sender) -> None:
    path = "/sessions?sessionType=Online"
    times_until_refused(limited, path)
    for _ in range(50):
        limited.get(path)
    limited.wait(1)
    assert limited.get(path).status_code == 200
    limited.simulator.core.limits.reset()
    assert times_until_refused(limited, path) == 5


def test_limits_come_from_the_contract(limited: Sender) -> None:
    operations = limited.simulator.core.contract.operations
    send = operations[("POST", "/sessions/online/{referenceNumber}/invoices")]
    assert send.group == "invoiceSend"
    assert send.limits == ((1, 10), (60, 30), (3600, 180))
    assert json.dumps(sorted({item.group for item in operations.values()})).count("session") >= 3
