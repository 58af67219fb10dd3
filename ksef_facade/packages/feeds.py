"""A part's file as the body of an upload: read in pieces, counted, begun anew, given up."""

from __future__ import annotations

import hashlib
import threading
from base64 import b64encode
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
        on_bytes: told how many more bytes the connection has taken, and with a negative number how
            many of an attempt that broke off do not count.
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
        """Go back to the first byte; what was sent before does not count any more."""
        self.close()
        if self._sent:
            sent, self._sent = self._sent, 0
            self._on_bytes(-sent)

    def count(self, size: int) -> None:
        """Note that the connection has taken a piece."""
        self._sent += size
        self._on_bytes(size)

    def read(self) -> bytes:
        """The next piece; empty at the end.

        Raises:
            IntegrityFailure: the file is not there or has another size than it had.
            UploadAbandoned: nobody wants the rest.
        """
        if self._abandoned.is_set():
            raise UploadAbandoned(f"the upload of {self._path.name} was given up")
        if self._file is None:
            self._file = self._open()
        return self._file.read(_PIECE)

    def close(self) -> None:
        """Let go of the file; harmless when repeated."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> BinaryIO:
        try:
            file = self._path.open("rb")
            found = file.seek(0, 2)
            file.seek(0)
        except OSError as error:
            raise IntegrityFailure(
                f"the encrypted part {self._path} cannot be read ({error.strerror}); send the "
                "package anew in another session"
            ) from error
        if found != self.size:
            file.close()
            raise IntegrityFailure(
                f"the encrypted part {self._path} has {found} bytes instead of {self.size}; send the "
                "package anew in another session"
            )
        return file


def check_part(path: Path, sha256: str) -> None:
    """Refuse a part whose bytes are not those that were declared.

    Raises:
        IntegrityFailure: it cannot be read or has another SHA-256 (Base64).
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise IntegrityFailure(
            f"the encrypted part {path} cannot be read ({error.strerror}); send the package anew in "
            "another session"
        ) from error
    if b64encode(digest.digest()).decode("ascii") != sha256:
        raise IntegrityFailure(
            f"the encrypted part {path} was changed on the disk; send the package anew in another "
            "session"
        )
