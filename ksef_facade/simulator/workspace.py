"""What is too large for memory: a folder for uploads, and plain invoices in one long file."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import weakref
from itertools import count
from pathlib import Path

from attrs import define, frozen


@frozen
class Stored:
    """A document within the store."""

    store: DocumentStore
    offset: int
    size: int

    def read(self) -> bytes:
        """The document's bytes."""
        return self.store.read(self.offset, self.size)


class Workspace:
    """A temporary folder, made on first use and removed with its owner."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._serial = count(1)
        self._lock = threading.Lock()

    def new_file(self, suffix: str) -> Path:
        """A path in the folder that no other file has."""
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="ksef-simulator-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            return self._folder / f"{next(self._serial)}.{suffix}"


class DocumentStore:
    """Documents one after another in a file; safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._file: _OpenFile | None = None
        self._end = 0

    def add(self, content: bytes) -> Stored:
        """Keep a document."""
        with self._lock:
            if self._file is None:
                self._file = _OpenFile(self._workspace.new_file("invoices"))
                weakref.finalize(self, self._file.close)
            offset = self._end
            self._file.write(content, offset)
            self._end += len(content)
        return Stored(self, offset, len(content))

    def read(self, offset: int, size: int) -> bytes:
        """The bytes at a place of the file."""
        with self._lock:
            assert self._file is not None, "nothing was stored yet"
            return self._file.read(offset, size)


@define
class _OpenFile:
    path: Path
    _descriptor: int = -1

    def __attrs_post_init__(self) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(self.path, flags, 0o600)

    def write(self, content: bytes, offset: int) -> None:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def read(self, offset: int, size: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        pieces = []
        while size > 0:
            piece = os.read(self._descriptor, size)
            if not piece:
                raise EOFError("the store ends before the document does")
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        os.close(self._descriptor)
