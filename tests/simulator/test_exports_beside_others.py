"""Packages of exports are built while others are served, once for all who wait for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Clock, Latencies, Simulator
from ksef_facade.simulator.exchanges import Exchange
from ksef_facade.simulator.exports import packages
from ksef_facade.simulator.logins.credentials import Party
from tests.simulator.conftest import NIP, START
from tests.simulator.plain_client import Sender, over_core
from tests.simulator.plain_exports import fetch, order, unzip
from tests.simulator.queries import filters

#: Seconds after which a test fails instead of waiting for ever.
PATIENCE = 20.0


class Building:
    """Packages whose building stops in the middle until it is let go on."""

    def __init__(self, write: Callable[..., None]) -> None:
        self._write = write
        self.times = 0
        self.begun = threading.Event()
        self.goes_on = threading.Event()
        self.fails = False

    def __call__(self, *arguments: Any, **options: Any) -> None:
        self.times += 1
        self.begun.set()
        assert self.goes_on.wait(PATIENCE)
        if self.fails:
            self.fails = False
            raise OSError("the disk is full")
        self._write(*arguments, **options)


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> Building:
    made = Building(packages.write_archive)
    monkeypatch.setattr(packages, "write_archive", made)
    return made


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as made:
        yield made


def ready(sender: Sender) -> str:
    """An export of three invoices that has ended, and whose package nobody has asked for yet."""
    sender.simulator.seed_session(NIP, accepted=3)
    since = sender.simulator.clock.now() - timedelta(days=1)
    reference = order(sender, filters(start=since.isoformat()))
    sender.wait(0.1)
    return reference


def asked(pool: ThreadPoolExecutor, sender: Sender, reference: str) -> Future[httpx.Response]:
    return pool.submit(sender.get, f"/invoices/exports/{reference}")


def test_others_are_served_meanwhile(building: Building, pool: ThreadPoolExecutor) -> None:
    told: list[Exchange] = []
    with (
        Simulator(latencies=Latencies(authentication=0)) as simulator,
        httpx.Client(base_url=simulator.base_url, timeout=PATIENCE) as http,
    ):
        sender = Sender(simulator, http, NIP)
        sender.authenticate()
        reference = ready(sender)
        simulator.follow(told.append)
        try:
            status = asked(pool, sender, reference)
            assert building.begun.wait(PATIENCE)
            # The lock is free for threads of the process, and the server for its clients.
            assert simulator.accepted_invoices()
            assert http.post("/auth/challenge").status_code == 200
            assert not status.done()
        finally:
            building.goes_on.set()
        package = status.result().json()["package"]
        assert len(unzip(fetch(sender, package))) == 4
        assert simulator.contract_violations == []
    assert [(one.template, one.context) for one in told[:2]] == [
        ("/auth/challenge", None),
        ("/invoices/exports/{referenceNumber}", Party("Nip", NIP)),
    ]


def test_who_asks_meanwhile_waits_for_the_same_package(
    simulator: Simulator, sender: Sender, building: Building, pool: ThreadPoolExecutor
) -> None:
    reference = ready(sender)
    first = asked(pool, sender, reference)
    assert building.begun.wait(PATIENCE)
    others = [asked(pool, sender, reference) for _ in range(3)]
    building.goes_on.set()
    answers = [one.result().json() for one in (first, *others)]
    assert [answer["package"]["invoiceCount"] for answer in answers] == [3] * 4
    hashes = {part["encryptedPartHash"] for one in answers for part in one["package"]["parts"]}
    assert (building.times, len(hashes)) == (1, 1)


def test_what_fails_is_tried_by_the_next(building: Building, pool: ThreadPoolExecutor) -> None:
    simulator = Simulator(clock=Clock.stopped(START), seed=1)
    with over_core(simulator) as http:
        sender = Sender(simulator, http, NIP)
        sender.authenticate()
        reference = ready(sender)
        building.fails = True
        first = asked(pool, sender, reference)
        assert building.begun.wait(PATIENCE)
        second = asked(pool, sender, reference)
        building.goes_on.set()
        assert sorted(one.result().status_code for one in (first, second)) == [200, 500]
    assert building.times == 2
    assert "the disk is full" in simulator.contract_violations.pop()
    assert simulator.contract_violations == []


def test_a_package_that_expires_while_it_is_built(
    simulator: Simulator, sender: Sender, building: Building, pool: ThreadPoolExecutor
) -> None:
    reference = ready(sender)
    status = asked(pool, sender, reference)
    assert building.begun.wait(PATIENCE)
    simulator.clock.advance(timedelta(days=7, seconds=-1))
    building.goes_on.set()
    assert status.result().json()["status"]["code"] == 200
    simulator.settings.package_lifetime = timedelta(minutes=5)
    sender.authenticate()
    building.begun.clear()
    building.goes_on.clear()
    reference = ready(sender)
    status = asked(pool, sender, reference)
    assert building.begun.wait(PATIENCE)
    simulator.clock.advance(timedelta(minutes=5))
    building.goes_on.set()
    document = status.result().json()
    assert document["status"]["code"] == 210
    assert "package" not in document
    folder = simulator.core.workspace.new_file("x").parent
    kept = [path for path in folder.iterdir() if path.suffix == ".export"]
    # That of the first, which is still there to be fetched.
    assert len(kept) == 1


def test_what_is_changed_while_it_is_built_is_for_the_next(
    simulator: Simulator, sender: Sender, building: Building, pool: ThreadPoolExecutor
) -> None:
    reference = ready(sender)
    status = asked(pool, sender, reference)
    assert building.begun.wait(PATIENCE)
    simulator.settings.export_part_size = 100
    building.goes_on.set()
    assert len(status.result().json()["package"]["parts"]) == 1
    assert len(sender.get(f"/invoices/exports/{ready(sender)}").json()["package"]["parts"]) > 1
