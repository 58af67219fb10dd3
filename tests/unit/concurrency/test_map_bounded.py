"""Work side by side: the first failure ends the rest, and what is under way is told to end."""

import asyncio
import os
import signal
import threading
from typing import Any

import pytest

from ksef_facade.concurrency import tasks, threads


class Work:
    """Waits until it is abandoned, or fails at once where it should."""

    def __init__(self, failing: int | None) -> None:
        self.failing = failing
        self.begun: list[int] = []
        self.abandoned = threading.Event()

    def __call__(self, item: int) -> int:
        self.begun.append(item)
        if item == self.failing:
            raise LookupError(item)
        if self.failing is not None:
            assert self.abandoned.wait(30)
        return item * 10


def test_threads_end_the_work_under_way():
    work = Work(failing=1)
    with pytest.raises(LookupError):
        threads.map_bounded(work, range(9), 2, work.abandoned.set)
    assert work.begun == [0, 1]


def test_threads_end_the_work_under_way_when_interrupted():
    abandoned = threading.Event()
    both = threading.Barrier(2)

    def work(item: int) -> None:
        both.wait(30)
        if item == 0:
            os.kill(os.getpid(), signal.SIGINT)
        assert abandoned.wait(30)

    with pytest.raises(KeyboardInterrupt):
        threads.map_bounded(work, range(2), 2, abandoned.set)


def test_tasks_tell_what_they_have_in_threads():
    work = Work(failing=1)

    async def one(item: int) -> Any:
        return await tasks.offload(lambda: work(item))

    async def main() -> None:
        await tasks.map_bounded(one, range(9), 2, work.abandoned.set)

    with pytest.raises(LookupError):
        asyncio.run(main())
    assert sorted(work.begun) == [0, 1]


def test_without_a_failure_nothing_is_abandoned():
    work = Work(failing=None)
    assert threads.map_bounded(work, range(5), 3, work.abandoned.set) == [0, 10, 20, 30, 40]
    assert not work.abandoned.is_set()
