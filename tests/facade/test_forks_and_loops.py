"""One client where it does not belong: in a forked process, and in another event loop."""

import asyncio
import gc
import os
import threading
import warnings
from collections.abc import Iterator
from math import inf, nan
from typing import Any

import pytest

from ksef_facade import AsyncKsef, ConfigurationError, Ksef, TokenAuth
from ksef_facade.concurrency import tasks, threads
from ksef_facade.settings import seconds_of
from ksef_facade.simulator import Simulator
from tests.facade.sending.conftest import NIP

ELSEWHERE = "belongs to the event loop"


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def in_child(work: Any) -> int:
    """The exit code of a forked process that does the work: 0 when it went well."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")


@needs_fork
def test_a_child_has_connections_of_its_own(sim: Simulator) -> None:
    with Ksef(base_url=sim.base_url, auth=TokenAuth(sim.issue_token(NIP))) as ksef:
        assert list(ksef.sessions("online")) == []
        pool = ksef._pool
        connections = pool.client("api")
        # The same object in both processes would be the same socket.
        assert in_child(lambda: _differ(pool.client("api"), connections)) == 0
        assert pool.client("api") is connections
        assert in_child(lambda: list(ksef.sessions("online"))) == 0
        assert list(ksef.sessions("online")) == []


def _differ(mine: object, parents: object) -> None:
    assert mine is not parents


@needs_fork
def test_a_lock_that_a_thread_holds_is_free_in_a_child() -> None:
    lock = threads.Lock()
    taken, over = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            taken.set()
            over.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(30)

    def take() -> None:
        assert lock._lock.acquire(timeout=5)

    try:
        assert in_child(take) == 0
    finally:
        over.set()
        holder.join()


def test_a_second_loop_is_told(sim: Simulator) -> None:
    ksef = AsyncKsef(base_url=sim.base_url, auth=TokenAuth(sim.issue_token(NIP)))
    with asyncio.Runner() as first, asyncio.Runner() as second:
        first.run(ksef.log_in())
        with pytest.raises(ConfigurationError, match=ELSEWHERE):
            second.run(ksef.published_contract())
        assert first.run(ksef.published_contract())
        first.run(ksef.aclose())


# Sockets of a loop that is gone are closed by nobody but the garbage collector, which tells so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_closing_after_the_loop_is_quiet(sim: Simulator) -> None:
    ksef = AsyncKsef(base_url=sim.base_url, auth=TokenAuth(sim.issue_token(NIP)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        asyncio.run(ksef.log_in())
        asyncio.run(ksef.aclose())
        del ksef
        gc.collect()


def test_a_lock_that_another_loop_holds_is_no_reason_to_hang() -> None:
    lock = tasks.Lock()

    async def take() -> None:
        async with lock:
            pass

    async def hold() -> None:
        async with lock:
            with pytest.raises(ConfigurationError, match=ELSEWHERE):
                await asyncio.to_thread(asyncio.run, asyncio.wait_for(take(), 5))

    asyncio.run(hold())
    asyncio.run(take())


@pytest.mark.parametrize(
    ("given", "seconds"), [(10**400, inf), (-(10**400), -1e9), (inf, inf), (0, 0), (None, None)]
)
def test_a_duration_is_as_long_as_it_can_be(given: Any, seconds: float | None) -> None:
    assert seconds_of(given) == seconds


def test_no_number_is_no_duration() -> None:
    with pytest.raises(ConfigurationError, match="not nan"):
        seconds_of(nan)


@pytest.mark.parametrize("timeout", [inf, 1e300, 10**400])
def test_a_request_may_take_for_ever(sim: Simulator, timeout: float) -> None:
    auth = TokenAuth(sim.issue_token(NIP))
    with Ksef(base_url=sim.base_url, auth=auth, timeout=timeout) as ksef:
        assert list(ksef.sessions("online")) == []
