"""A part's file as the body of an upload: read in pieces, counted, begun anew, given up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from ksef_facade.errors import IntegrityFailure, KsefError

_PIECE: Final = 1 << 18
"""Bytes handed to the connection at once."""


class UploadAbandoned(KsefError):
    """Another part failed or the caller gave up, so this one was stopped on its way."""


class PartFeed:
    """Reads one part for one upload at a time.

    Args:
        path: the part's file.
        size: the bytes it must have.
        on_bytes: told every piece that goes out, and with a negative number what an attempt that
            broke off had sent.
        abandoned: once set, reading ends with `UploadAbandoned`.
    """

    def __init__(
        self,
        path: Path,
        size: int,
        on_bytes: Callable[[int], object],
        abandoned: threading.Event,
    ) -> None:
        self.size = size
        self._path = path
        self._on_bytes = on_bytes
        self._abandoned = abandoned
        self._file: BinaryIO | None = None
        self._sent = 0

    def restart(self) -> None:
        """Go to the first byte; what was sent before does not count any more.

        Raises:
            IntegrityFailure: the file is not there or has another size than it had.
        """
        self.close()
        if self._sent:
            self._on_bytes(-self._sent)
            self._sent = 0
        self._stop_if_abandoned()
        try:
            self._file = self._path.open("rb")
            found = self._file.seek(0, 2)
            self._file.seek(0)
        except OSError as error:
            raise IntegrityFailure(
                f"the encrypted part {self._path} cannot be read ({error.strerror}); send the "
                "package anew in another session"
            ) from error
        if found != self.size:
            raise IntegrityFailure(
                f"the encrypted part {self._path} has {found} bytes instead of {self.size}; send the "
                "package anew in another session"
            )

    def read(self) -> bytes:
        """The next piece; empty at the end."""
        self._stop_if_abandoned()
        assert self._file is not None, "restart comes before the first read"
        piece = self._file.read(_PIECE)
        if piece:
            self._sent += len(piece)
            self._on_bytes(len(piece))
        return piece

    def close(self) -> None:
        """Let go of the file; harmless when repeated."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _stop_if_abandoned(self) -> None:
        if self._abandoned.is_set():
            raise UploadAbandoned(f"the upload of {self._path.name} was given up")
