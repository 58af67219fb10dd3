"""Where the bytes of a UPO go while they are checked: memory, or a file that is not visible yet."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Protocol

from ksef_facade.store.files import AtomicFile
from ksef_facade.upo.inspection import UpoFacts, inspect


class UpoSink(Protocol):
    """Takes a download piece by piece and knows what it took."""

    @property
    def size(self) -> int:
        """Bytes taken."""

    @property
    def sha256(self) -> str:
        """Base64 SHA-256 of the bytes taken."""

    def restart(self) -> None:
        """Forget what was taken."""

    def write(self, chunk: bytes) -> object:
        """Take the next piece."""

    def inspect(self) -> UpoFacts:
        """Read what was taken as a UPO; raises `NotAUpo`."""


class MemorySink:
    """Keeps the bytes."""

    def __init__(self) -> None:
        self._content = bytearray()

    @property
    def content(self) -> bytes:
        """The bytes, as received."""
        return bytes(self._content)

    @property
    def size(self) -> int:
        """Bytes taken."""
        return len(self._content)

    @property
    def sha256(self) -> str:
        """Base64 SHA-256 of the bytes taken."""
        return b64encode(hashlib.sha256(self._content).digest()).decode()

    def restart(self) -> None:
        """Forget what was taken."""
        self._content.clear()

    def write(self, chunk: bytes) -> None:
        """Take the next piece."""
        self._content += chunk

    def inspect(self) -> UpoFacts:
        """Read what was taken as a UPO; raises `NotAUpo`."""
        return inspect(self.content)


class FileSink:
    """Writes to an `AtomicFile`, which the caller commits once everything is right."""

    def __init__(self, file: AtomicFile) -> None:
        self._file = file

    @property
    def size(self) -> int:
        """Bytes taken."""
        return self._file.size

    @property
    def sha256(self) -> str:
        """Base64 SHA-256 of the bytes taken."""
        return self._file.sha256

    def restart(self) -> None:
        """Forget what was taken."""
        self._file.restart()

    def write(self, chunk: bytes) -> None:
        """Take the next piece."""
        self._file.write(chunk)

    def inspect(self) -> UpoFacts:
        """Read what was taken as a UPO; raises `NotAUpo`."""
        temporary = self._file.temporary
        assert temporary is not None
        return inspect(temporary)
