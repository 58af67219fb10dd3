"""A download into memory that ends at a limit."""

from __future__ import annotations

from ksef_facade.errors import IntegrityFailure


class BoundedSink:
    """Keeps what comes; more than it may hold is refused while it comes.

    Args:
        limit: bytes that it holds at most.
        what: what is downloaded, for the error.
    """

    def __init__(self, limit: int, what: str) -> None:
        self._limit = limit
        self._what = what
        self._content = bytearray()

    @property
    def content(self) -> bytes:
        """The bytes, as received."""
        return bytes(self._content)

    def restart(self) -> None:
        """Forget what was taken."""
        self._content.clear()

    def write(self, chunk: bytes) -> None:
        """Take the next piece.

        Raises:
            IntegrityFailure: it would be more than the limit.
        """
        if len(self._content) + len(chunk) > self._limit:
            raise IntegrityFailure(f"{self._what}: more than {self._limit} bytes; given up")
        self._content += chunk
