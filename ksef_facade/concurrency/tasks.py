"""Sleep, lock and bounded parallel work on an event loop (asyncio or trio, through anyio)."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from ksef_facade.concurrency.clock import SystemClock
from ksef_facade.concurrency.forks import renew_in_children
from ksef_facade.errors import ConfigurationError
from ksef_facade.system_warnings import noted_caller

if TYPE_CHECKING:
    import anyio

_LOOK_EVERY = 0.002
"""Seconds between two looks whether work is over that its task may not leave behind."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Clock(SystemClock):
    """The system's clock, with a sleep that lets other tasks run."""

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""
        import anyio

        await anyio.sleep(seconds)


class Lock:
    """A lock between tasks; made on first use, so that a client may be built outside an event loop."""

    def __init__(self) -> None:
        self._lock: anyio.Lock | None = None
        self._holder: object = None
        renew_in_children(self)

    def after_fork(self) -> None:
        """Be free: whoever held it is in the parent."""
        self._lock = None

    async def __aenter__(self) -> None:
        if self._lock is None:
            import anyio

            self._lock = anyio.Lock()
        here = _loop()
        if not self._lock.locked():
            # Taken at once, before another task has its turn.
            self._holder = here
        elif self._holder != here:
            # Nobody in another loop could be told when it is free.
            raise _elsewhere()
        await self._lock.acquire()

    async def __aexit__(self, *_: object) -> None:
        assert self._lock is not None
        self._lock.release()


class Home:
    """The event loop that something belongs to from its first use on."""

    def __init__(self) -> None:
        self._loop: object = None

    def enter(self) -> None:
        """Go on in this loop.

        Raises:
            ConfigurationError: it belongs to another one.
        """
        here = _loop()
        if self._loop is None:
            self._loop = here
        elif self._loop != here:
            raise _elsewhere()


def _loop() -> object:
    from anyio.lowlevel import current_token

    return current_token()


def _elsewhere() -> ConfigurationError:
    return ConfigurationError(
        "an AsyncKsef belongs to the event loop that it was first used in; make another one"
    )


async def offload(
    work: Callable[[], Result], undo: Callable[[Result], object] | None = None
) -> Result:
    """The result of blocking work (disk, parsing), done in a thread while other tasks run.

    A task that is cancelled ends only after work that has begun: what comes then, such as closing a
    file or letting a lock go, would be done under the thread's hands. `undo` takes a result that
    the cancelled task does not get to see any more.
    """
    import anyio.to_thread

    # Taken by whoever comes first: the thread that begins, or the task that leaves before it.
    turn = threading.Lock()
    over = threading.Event()
    results: list[Result] = []

    def begun() -> None:
        if turn.acquire(blocking=False):
            try:
                results.append(work())
            finally:
                over.set()

    try:
        await anyio.to_thread.run_sync(begun)
    except BaseException:
        if not turn.acquire(blocking=False):
            await _wait_for(over)
            if undo is not None and results:
                undo(results[0])
        raise
    return results[0]


async def _wait_for(over: threading.Event) -> None:
    # anyio shields a thread from its own cancellations; those of asyncio (a time-out, Ctrl+C) come
    # through, and may come again.
    import anyio

    with anyio.CancelScope(shield=True):
        while not over.is_set():
            with suppress(anyio.get_cancelled_exc_class()):
                await anyio.sleep(_LOOK_EVERY)


def shielded(seconds: float) -> AbstractContextManager[object]:
    """A block that a cancellation from outside lets finish, for so many seconds at most."""
    import anyio

    return anyio.move_on_after(seconds, shield=True)


def abandoned() -> bool:
    """Whether nobody waits for the present work any more; tasks are cancelled instead."""
    return False


async def map_bounded(
    work: Callable[[Item], Awaitable[Result]],
    items: Sequence[Item],
    limit: int,
    abandon: Callable[[], object] | None = None,
) -> list[Result]:
    """The results of `work` for every item, in order, with at most `limit` of them under way at
    once.

    The first error ends the rest and is raised as it is. `abandon` is called before that, as with
    threads; tasks need it only for what they have in threads.
    """
    if len(items) <= 1 or limit <= 1:
        return [await work(item) for item in items]
    import anyio

    slots = anyio.Semaphore(limit)
    results: dict[int, Result] = {}
    failures: list[Exception] = []

    async with anyio.create_task_group() as group:

        async def one(index: int, item: Item) -> None:
            async with slots:
                try:
                    results[index] = await work(item)
                except Exception as error:
                    failures.append(error)
                    if abandon is not None:
                        abandon()
                    group.cancel_scope.cancel()

        with noted_caller():
            for index, item in enumerate(items):
                group.start_soon(one, index, item)
    if failures:
        raise failures[0]
    return [results[index] for index in range(len(items))]


def install(client: Any, requests: Any, others: Any) -> None:
    """Let a generated client send the requests of this kind of function one way, and those of the
    other kind another.
    """
    client.set_async_httpx_client(requests)
    client.set_httpx_client(others)
