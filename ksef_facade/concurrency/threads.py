"""Sleep, lock and bounded parallel work with threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

from ksef_facade.concurrency.clock import SystemClock
from ksef_facade.concurrency.forks import renew_in_children
from ksef_facade.system_warnings import noted_caller

_LOOK_EVERY = 0.05
"""Seconds between two looks for a failure; a worker that ends is noticed at once."""
_LAST_PATIENCE = 2.0
"""Seconds that work under way gets to tidy up after an interrupt."""
_ABANDONED: ContextVar[threading.Event | None] = ContextVar("ksef_abandoned", default=None)

Item = TypeVar("Item")
Result = TypeVar("Result")


class Clock(SystemClock):
    """The system's clock."""

    def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""
        time.sleep(seconds)


class Lock:
    """A lock between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        renew_in_children(self)

    def after_fork(self) -> None:
        """Be free: whoever held it is in the parent."""
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class Home:
    """The event loop that something belongs to; threads have none."""

    def enter(self) -> None:
        """Every thread is at home."""


def offload(work: Callable[[], Result], undo: Callable[[Result], object] | None = None) -> Result:
    """The result of blocking work; a thread of its own would bring nothing here, and nobody leaves
    before it is over, so there is nothing to `undo`.
    """
    return work()


def shielded(seconds: float) -> AbstractContextManager[object]:
    """A block that a cancellation from outside lets finish; threads are not cancelled."""
    return nullcontext()


def abandoned() -> bool:
    """Whether nobody waits for the present work any more, so that it should end."""
    event = _ABANDONED.get()
    return event is not None and event.is_set()


def map_bounded(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    limit: int,
    abandon: Callable[[], object] | None = None,
) -> list[Result]:
    """The results of `work` for every item, in order, with at most `limit` of them under way at
    once.

    The first error is raised as it is, an interrupt too; work not begun by then is dropped, work
    under way is told by `abandoned` and `abandon`, and waited for; after an interrupt only shortly,
    and its threads do not keep the process from ending.
    """
    if len(items) <= 1 or limit <= 1:
        return [work(item) for item in items]
    over = threading.Event()
    results: dict[int, Result] = {}
    failures: list[BaseException] = []
    waiting = iter(range(len(items)))
    taking = threading.Lock()

    def take() -> None:
        _ABANDONED.set(over)
        while not over.is_set():
            with taking:
                index = next(waiting, None)
            if index is None:
                return
            try:
                results[index] = work(items[index])
            except BaseException as error:
                failures.append(error)
                over.set()

    with noted_caller():
        workers = [
            threading.Thread(target=copy_context().run, args=(take,), daemon=True)
            for _ in range(min(limit, len(items)))
        ]
    for worker in workers:
        worker.start()
    told = False
    try:
        while any(worker.is_alive() for worker in workers):
            if over.is_set() and not told:
                told = True
                if abandon is not None:
                    abandon()
            for worker in workers:
                worker.join(_LOOK_EVERY)
    except BaseException:
        over.set()
        if abandon is not None and not told:
            abandon()
        patience = time.monotonic() + _LAST_PATIENCE
        for worker in workers:
            worker.join(max(0.0, patience - time.monotonic()))
        raise
    if failures:
        raise failures[0]
    return [results[index] for index in range(len(items))]


def install(client: Any, requests: Any, others: Any) -> None:
    """Let a generated client send the requests of this kind of function one way, and those of the
    other kind another.
    """
    client.set_httpx_client(requests)
    client.set_async_httpx_client(others)
