"""A lock between processes that the operating system takes away with the process that held it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from ksef_facade.store.files import PRIVATE

_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)


class FileLock:
    """Held by one run at a time, among processes and among threads of one process.

    It lives in a file of its own, which stays; what counts is the system's lock on it. A process
    that is killed leaves nothing behind that a person would have to clear away.
    """

    __slots__ = ("_descriptor", "path")

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Whether the lock was free and is held now; never waits.

        Raises:
            OSError: the file cannot be made.
        """
        descriptor = os.open(self.path, _FLAGS, PRIVATE)
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let it go; harmless when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        import fcntl

        # Belongs to this opening of the file, so that two runs in one process exclude each other too.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
