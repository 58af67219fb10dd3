"""The bytes of an archive in; hashed, cut into parts, encrypted, and the parts as files out."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ksef_facade.crypto.encryption import SessionKey
from ksef_facade.errors import PackageRefused
from ksef_facade.packages.limits import PackageLimits
from ksef_facade.packages.manifest import PackagePart

_BUFFER: Final = 1 << 18
"""Bytes collected before they are encrypted and written; archives come in many small pieces."""
_RESERVE: Final = 16_000_000
"""Bytes left free on the disk, so that a package is not what fills it to the brim."""
# O_EXCL: a part never takes the place of another file; O_BINARY keeps Windows from rewriting line
# ends.
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_MODE: Final = 0o600
# Windows has no quota error.
_DISK_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def part_name(ordinal: int) -> str:
    """The name of a part's file."""
    return f"part-{ordinal:03d}.aes"


def free_bytes(folder: Path) -> int:
    """What is free for this user on the disk of a folder."""
    return shutil.disk_usage(folder).free


class PartSpool:
    """Where an archive is written to; leaves its encrypted parts in a folder.

    Args:
        folder: where the parts go; it must exist and be nobody else's.
        key: encrypts every part anew from its own start (documented rule).
        part_size: bytes of a part before encryption; the last one has what is left.
        limits: how large the archive may be and how many parts it may have.
        expected: the most that the archive can be, if known; for the check of free space.
    """

    def __init__(
        self,
        folder: Path,
        key: SessionKey,
        part_size: int,
        limits: PackageLimits,
        *,
        expected: int | None = None,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._folder = folder
        self._key = key
        self._part_size = part_size
        self._limits = limits
        self._expected = expected
        self._free = free
        self._buffer = bytearray()
        self._hash = hashlib.sha256()
        self._written = 0
        self._part: _Part | None = None
        self.parts: list[PackagePart] = []

    @property
    def size(self) -> int:
        """Bytes of the plain archive so far."""
        return self._written + len(self._buffer)

    @property
    def sha256(self) -> str:
        """SHA-256 of the plain archive, Base64; whole after `finish`."""
        return b64encode(self._hash.digest()).decode("ascii")

    def write(self, data: bytes, /) -> int:
        """Take the archive's next bytes.

        Raises:
            PackageRefused: rule `archive_too_large`, `too_many_parts` or `disk_space`.
        """
        self._buffer += data
        if len(self._buffer) >= _BUFFER:
            self._drain()
        return len(data)

    def flush(self) -> None:
        """Do nothing; parts are flushed when they are whole."""

    def tell(self) -> int:
        """How many bytes there are; there is no way back to them."""
        return self.size

    def finish(self) -> tuple[PackagePart, ...]:
        """The parts, all of them whole and on the disk.

        Raises:
            PackageRefused: as `write`.
        """
        self._drain()
        self._end_part()
        return tuple(self.parts)

    def discard(self) -> None:
        """Remove the parts; harmless when repeated."""
        if self._part is not None:
            self._part.drop()
            self._part = None
        for part in self.parts:
            with contextlib.suppress(FileNotFoundError):
                part.path.unlink()
        self.parts = []

    def _drain(self) -> None:
        if self.size > self._limits.archive_size:
            raise PackageRefused(
                "archive_too_large",
                f"the archive would have more than {self._limits.archive_size} bytes; send the "
                "invoices in several sessions",
            )
        rest = memoryview(bytes(self._buffer))
        self._buffer.clear()
        self._hash.update(rest)
        try:
            while rest:
                if self._part is None:
                    self._part = self._begin_part()
                taken = rest[: self._part_size - self._part.plain_size]
                self._part.write(taken)
                self._written += len(taken)
                rest = rest[len(taken) :]
                if self._part.plain_size == self._part_size:
                    self._end_part()
        except OSError as error:
            raise self._explained(error) from error

    def _begin_part(self) -> _Part:
        ordinal = len(self.parts) + 1
        if ordinal > self._limits.parts:
            raise PackageRefused(
                "too_many_parts",
                f"the archive does not fit into {self._limits.parts} parts of {self._part_size} "
                "bytes; choose a larger part_size or send the invoices in several sessions",
            )
        needed = self._part_size
        if self._expected is not None:
            needed = min(needed, max(self._expected - self._written, 0))
        free = self._free(self._folder)
        if free < needed + _RESERVE:
            raise PackageRefused(
                "disk_space",
                f"{self._folder} has {free} bytes free and {needed + _RESERVE} are needed to go on; "
                "make room or choose another work_dir",
            )
        return _Part(self._folder / part_name(ordinal), ordinal, self._key)

    def _end_part(self) -> None:
        if self._part is None:
            return
        try:
            self.parts.append(self._part.finish())
        except OSError as error:
            raise self._explained(error) from error
        self._part = None

    def _explained(self, error: OSError) -> Exception:
        if error.errno not in _DISK_FULL:
            return error
        return PackageRefused(
            "disk_space",
            f"the disk of {self._folder} is full; make room or choose another work_dir",
        )


class _Part:
    """A part on its way to the disk."""

    def __init__(self, path: Path, ordinal: int, key: SessionKey) -> None:
        self._path = path
        self._ordinal = ordinal
        self._encryptor = key.stream()
        self._hash = hashlib.sha256()
        self._size = 0
        self.plain_size = 0
        self._descriptor: int | None = os.open(path, _FLAGS, _MODE)

    def write(self, data: memoryview) -> None:
        self.plain_size += len(data)
        self._store(self._encryptor.update(data))

    def finish(self) -> PackagePart:
        self._store(self._encryptor.finish())
        descriptor = self._open()
        # A part must survive what the state file survives: it says that the part is there.
        os.fsync(descriptor)
        self._descriptor = None
        os.close(descriptor)
        return PackagePart(
            ordinal=self._ordinal,
            path=self._path,
            size=self._size,
            sha256=b64encode(self._hash.digest()).decode("ascii"),
        )

    def drop(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()

    def _store(self, data: bytes) -> None:
        descriptor = self._open()
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        self._hash.update(data)
        self._size += len(data)

    def _open(self) -> int:
        assert self._descriptor is not None, "a finished part takes no more bytes"
        return self._descriptor
