"""The core's lock, let go in the middle of a request, so that others have their turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .exchanges import Exchanges


class Turns:
    """Whose turn it is to work on a core; to be used by the request that has the lock.

    Afterwards everything may be different: the time, and all that others may change.
    """

    def __init__(self, lock: threading.RLock, exchanges: Exchanges) -> None:
        self._lock = lock
        self._exchanges = exchanges
        self._changes = threading.Condition(lock)

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Do what is inside while others have the lock."""
        draft = self._exchanges.pause()
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()
            self._exchanges.go_on(draft)

    def wait(self) -> None:
        """Wait until somebody announces something."""
        draft = self._exchanges.pause()
        self._changes.wait()
        self._exchanges.go_on(draft)

    def announce(self) -> None:
        """Have all who wait look again."""
        self._changes.notify_all()
