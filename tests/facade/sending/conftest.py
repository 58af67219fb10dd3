"""A simulator, invoices of a shop, and a client of either flavour that does not dawdle."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ksef_facade import TokenAuth
from ksef_facade.concurrency import tasks, threads
from ksef_facade.local_time import poland
from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice

NIP = "5265877635"
OTHER_NIP = "7980332920"
SEND = "POST /sessions/online/{referenceNumber}/invoices"
OPEN = "POST /sessions/online"
CLOSE = "POST /sessions/online/{referenceNumber}/close"
LIST = "GET /sessions/{referenceNumber}/invoices"
STATUS = "GET /sessions/{referenceNumber}"
OPEN_BATCH = "POST /sessions/batch"
CLOSE_BATCH = "POST /sessions/batch/{referenceNumber}/close"
PART = "PUT /storage/{shard}/{session}/batch-parts/{name}"


class HastyThreads(threads.Clock):
    def sleep(self, seconds: float) -> None:
        super().sleep(min(seconds / 50, 0.2))


class HastyTasks(tasks.Clock):
    async def sleep(self, seconds: float) -> None:
        await super().sleep(min(seconds / 50, 0.2))


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator
        assert simulator.contract_violations == []


@pytest.fixture
def connect(sim: Simulator, make: Any, flavour: str) -> Callable[..., Any]:
    clock = HastyThreads if flavour == "sync" else HastyTasks

    def connect(nip: str = NIP, **permissions: Any) -> Any:
        auth = TokenAuth(sim.issue_token(nip, **permissions))
        return make(base_url=sim.base_url, auth=auth, clock=clock())

    return connect


@pytest.fixture
def invoices() -> Callable[..., list[tuple[str, bytes]]]:
    """Makes so many good invoices, as pairs of name and bytes."""
    today = datetime.now(UTC).astimezone(poland()).date().isoformat()

    def invoices(count: int, seller: str = NIP, **changes: Any) -> list[tuple[str, bytes]]:
        given = {"issued": today, **changes}
        return [(f"f-{number}.xml", make_invoice(seller, **given)) for number in range(count)]

    return invoices


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal" / "send.sqlite3"


@pytest.fixture
def proof(sim: Simulator, journal: Path) -> Callable[..., Any]:
    """Asserts that the simulator holds each invoice exactly once, as journal and report say."""

    def proof(report: Any, sources: list[tuple[str, bytes]]) -> SimpleNamespace:
        held = Counter(invoice.hash for invoice in sim.accepted_invoices())
        numbers = {invoice.hash: invoice.ksef_number for invoice in sim.accepted_invoices()}
        assert set(held.values()) <= {1}
        assert len(held) == len(sources)
        assert [item.outcome for item in report.items] == ["accepted"] * len(sources)
        assert {item.invoice_hash: item.ksef_number for item in report.items} == numbers
        connection = sqlite3.connect(journal)
        rows = connection.execute("SELECT hash, state, ksef_number FROM invoices").fetchall()
        states = [row[0] for row in connection.execute("SELECT state FROM sessions ORDER BY id")]
        connection.close()
        assert sorted(rows) == sorted((digest, "accepted", numbers[digest]) for digest in held)
        assert set(states) <= {"final", "lost"}
        assert not list(journal.parent.glob("*.work"))
        return SimpleNamespace(
            posts=sim.requests.counts.get(SEND, 0), states=states, counts=sim.requests.counts
        )

    return proof
