"""Where the body of a download goes, and where that of an upload comes from."""

from __future__ import annotations

from typing import Protocol


class Sink(Protocol):
    """Where a download goes; begun anew when an attempt broke off."""

    def restart(self) -> None:
        """Forget what was written."""

    def write(self, chunk: bytes) -> object:
        """Take the next piece."""


class Feed(Protocol):
    """Where an upload comes from; begun anew for every attempt."""

    @property
    def size(self) -> int:
        """Bytes of the whole body."""

    def restart(self) -> None:
        """Go back to the first byte."""

    def read(self) -> bytes:
        """The next piece, empty at the end; may take its time on the disk."""

    def count(self, size: int) -> None:
        """Note that the connection has taken a piece."""


class NoSink:
    """A sink for a body that nobody needs."""

    def restart(self) -> None:
        """Nothing to forget."""

    def write(self, chunk: bytes) -> None:
        """Let it go."""
