"""Sleep, lock and bounded parallel work with threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from ksef_facade.concurrency.clock import SystemClock

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

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def offload(work: Callable[[], Result]) -> Result:
    """The result of blocking work; a thread of its own would bring nothing here."""
    return work()


def map_bounded(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    limit: int,
    abandon: Callable[[], object] | None = None,
) -> list[Result]:
    """The results of `work` for every item, in order, with at most `limit` of them under way at
    once.

    The first error is raised as it is, an interrupt too; work not begun by then is dropped, work
    under way is finished first. `abandon` is called before that, to make it end soon.
    """
    if len(items) <= 1 or limit <= 1:
        return [work(item) for item in items]
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    with ThreadPoolExecutor(max_workers=min(limit, len(items))) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            done, _ = wait(futures, return_when=FIRST_EXCEPTION)
            for future in done:
                error = future.exception()
                if error is not None:
                    raise error
        except BaseException:
            if abandon is not None:
                abandon()
            raise
        finally:
            for future in futures:
                future.cancel()
        return [future.result() for future in futures]
