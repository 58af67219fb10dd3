"""Where the body of a download goes, and where that of an upload comes from."""

from __future__ import annotations

from typing import Protocol

from ksef_facade.errors import IntegrityFailure


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


class MemoryBody:
    """A sink that keeps the body, up to a size: beyond it the rest is refused, or cut off."""

    def __init__(self, largest: int, *, cut: bool = False) -> None:
        self._largest = largest
        self._cut = cut
        self._content = bytearray()

    @property
    def content(self) -> bytes:
        """What was kept."""
        return bytes(self._content)

    def restart(self) -> None:
        """Forget what was written."""
        self._content.clear()

    def write(self, chunk: bytes) -> None:
        """Keep the next piece.

        Raises:
            IntegrityFailure: the body is too large, and is not to be cut.
        """
        if len(self._content) + len(chunk) > self._largest and not self._cut:
            raise IntegrityFailure(f"an answer of more than {self._largest} bytes was given up")
        self._content += chunk[: self._largest - len(self._content)]


class NoSink:
    """A sink for a body that nobody needs."""

    def restart(self) -> None:
        """Nothing to forget."""

    def write(self, chunk: bytes) -> None:
        """Let it go."""
