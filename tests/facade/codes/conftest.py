"""A simulator over HTTP, a client of either flavour that does not dawdle, and good invoices."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from ksef_facade import TokenAuth
from ksef_facade.local_time import poland
from ksef_facade.simulator import Simulator
from tests.facade.sending.conftest import NIP, HastyTasks, HastyThreads, invoices, journal, proof
from tests.simulator.invoice_maker import make_invoice

__all__ = ["invoices", "journal", "proof"]


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator
        assert simulator.contract_violations == []


@pytest.fixture
def connect(sim: Simulator, make: Any, flavour: str) -> Callable[..., Any]:
    clock = HastyThreads if flavour == "sync" else HastyTasks

    def connect(auth: Any = None, **options: Any) -> Any:
        chosen = auth if auth is not None else TokenAuth(sim.issue_token(NIP))
        return make(base_url=sim.base_url, auth=chosen, clock=clock(), **options)

    return connect


@pytest.fixture
def invoice() -> Callable[..., bytes]:
    """Makes a good invoice of today, spoilt in one place by what is given."""
    today = datetime.now(UTC).astimezone(poland()).date().isoformat()

    def invoice(seller: str = NIP, **changes: Any) -> bytes:
        return make_invoice(seller, **{"issued": today, **changes})

    return invoice
