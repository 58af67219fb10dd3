"""A simulator on a clock that stands still, a running one, and programs that talk to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from ksef_facade.simulator import Clock, Simulator
from tests.simulator.keeping import assert_survives
from tests.simulator.plain_client import Sender, over_core

#: A Monday morning in winter: 10:00 in Poland, where the calendar day is the same as in UTC.
START = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
NIP = "5265877635"


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """Without sockets; its clock moves by hand. No answer of it may break the contract, and all
    that it holds must survive a restart."""
    simulator = Simulator(clock=Clock.stopped(START), seed=1)
    yield simulator
    assert simulator.contract_violations == []
    assert_survives(simulator)


@pytest.fixture
def http(simulator: Simulator) -> Iterator[httpx.Client]:
    """Plain requests to the simulator."""
    with over_core(simulator) as client:
        yield client


@pytest.fixture
def anyone(simulator: Simulator, http: httpx.Client) -> Sender:
    """A taxpayer's program that has not logged in yet."""
    return Sender(simulator, http, NIP)


@pytest.fixture
def sender(simulator: Simulator, http: httpx.Client) -> Sender:
    """A taxpayer's program that has logged in with a token."""
    sender = Sender(simulator, http, NIP)
    sender.authenticate()
    return sender


@pytest.fixture
def running() -> Iterator[Simulator]:
    """A simulator that serves HTTP, on real time."""
    with Simulator() as simulator:
        yield simulator
    assert simulator.contract_violations == []
