"""Work in threads that a cancelled task waits for: nothing goes on under somebody else's hands."""

import asyncio
import threading

import pytest

from ksef_facade.concurrency import tasks


class Work:
    """Takes until it is let go, and can tell how far it has come."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_go = threading.Event()
        self.over = False

    def __call__(self) -> str:
        self.begun.set()
        assert self.let_go.wait(30)
        self.over = True
        return "made"


async def until(event: threading.Event) -> None:
    while not event.is_set():
        await asyncio.sleep(0.001)


def test_a_cancelled_task_waits_for_work_that_has_begun():
    work = Work()
    undone: list[str] = []

    async def main() -> None:
        task = asyncio.create_task(tasks.offload(work, undone.append))
        await until(work.begun)
        # Whoever is impatient cancels twice.
        for _ in range(2):
            task.cancel()
            await asyncio.sleep(0.01)
            assert not task.done()
        work.let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert work.over

    asyncio.run(main())
    assert undone == ["made"]


def test_a_failure_of_the_work_undoes_nothing():
    undone: list[object] = []

    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        asyncio.run(tasks.offload(fail, undone.append))
    assert undone == []


def test_work_that_has_not_begun_never_does():
    work = Work()

    async def main() -> None:
        task = asyncio.create_task(tasks.offload(work))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert not work.begun.is_set()
