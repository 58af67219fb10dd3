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
    """A temporary folder, made on first use and removed with its owner; or one that stays."""

    def __init__(self, folder: Path | None = None, documents: Path | None = None) -> None:
        """`folder` stays, and so does `documents`, the file for plain invoices."""
        self._folder = folder
        self.documents = documents
        self._serial = count(1)
        self._lock = threading.Lock()

    def new_file(self, suffix: str) -> Path:
        """A path in the folder that no other file has."""
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="ksef-simulator-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            while True:
                path = self._folder / f"{next(self._serial)}.{suffix}"
                if not path.exists():
                    return path


class DocumentStore:
    """Documents one after another in a file; safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._file: _OpenFile | None = None
        self._end = self._settled = 0

    def add(self, content: bytes) -> Stored:
        """Keep a document."""
        with self._lock:
            if self._file is None:
                self._open()
            assert self._file is not None
            offset = self._end
            self._file.write(content, offset)
            self._end += len(content)
        return Stored(self, offset, len(content))

    def read(self, offset: int, size: int) -> bytes:
        """The bytes at a place of the file."""
        with self._lock:
            if self._file is None:
                self._open()
            assert self._file is not None
            return self._file.read(offset, size)

    def has(self, offset: int, size: int) -> bool:
        """Whether there is something at a place of the file."""
        with self._lock:
            path = self._workspace.documents
            if self._file is None and path is not None and path.is_file():
                self._open()
            return self._file is not None and 0 <= offset <= offset + size <= self._end

    def settle(self) -> None:
        """Have all documents on the disk."""
        with self._lock:
            if self._file is not None and self._settled < self._end:
                self._file.settle()
                self._settled = self._end

    def close(self) -> None:
        """Close the file; it is opened again when it is needed."""
        with self._lock:
            if self._file is not None and self._workspace.documents is not None:
                self._file.close()
                self._file = None

    def _open(self) -> None:
        path = self._workspace.documents or self._workspace.new_file("invoices")
        self._file = _OpenFile(path)
        self._end = self._settled = self._file.size()
        weakref.finalize(self, self._file.close)


@define
class _OpenFile:
    path: Path
    _descriptor: int = -1

    def __attrs_post_init__(self) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
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

    def size(self) -> int:
        return os.fstat(self._descriptor).st_size

    def settle(self) -> None:
        os.fsync(self._descriptor)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
