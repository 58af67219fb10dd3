"""ZIP and TarGz written as streams, from the same invoices always with the same bytes.

An invoice is at most 3 MB, so each is compressed whole; no archive is ever held. The fixed time, the
fixed owner and the fixed compression level leave nothing that the clock or the machine could change.
"""

from __future__ import annotations

import zipfile
import zlib
from tarfile import BLOCKSIZE, NUL, PAX_FORMAT, RECORDSIZE, TarInfo
from typing import Final, Protocol

from ksef_facade.packages.manifest import Compression

_LEVEL: Final = 6
"""zlib's default; higher levels take twice the time for some per cent of invoices' size."""
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can name."""
_UNIX: Final = 3
_MODE: Final = 0o644
_GZIP_FORMAT: Final = 16 + zlib.MAX_WBITS
"""zlib's code for a gzip envelope; its header then has no name and the time 0."""


class Sink(Protocol):
    """Takes the bytes of an archive."""

    def write(self, data: bytes, /) -> int:
        """Take the next bytes."""

    def flush(self) -> None:
        """Do nothing; `zipfile` asks for it."""


class ArchiveWriter(Protocol):
    """An archive on its way into a sink."""

    def add(self, name: str, content: bytes) -> None:
        """Append a file."""

    def finish(self) -> None:
        """Write what belongs at the end; the sink stays open."""


class ZipWriter:
    """A ZIP archive; beyond 4 GB in the ZIP64 form."""

    def __init__(self, sink: Sink) -> None:
        self._zip = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)  # type: ignore[call-overload]

    def add(self, name: str, content: bytes) -> None:
        """Append a file."""
        info = zipfile.ZipInfo(name, _ZIP_TIME)
        info.create_system = _UNIX
        info.external_attr = _MODE << 16
        self._zip.writestr(info, content, zipfile.ZIP_DEFLATED, _LEVEL)

    def finish(self) -> None:
        """Write the directory at the end."""
        self._zip.close()


class TarGzWriter:
    """A tar archive in the POSIX (PAX) form, compressed by gzip as a whole."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._gzip = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_FORMAT)
        self._size = 0

    def add(self, name: str, content: bytes) -> None:
        """Append a file."""
        info = TarInfo(name)
        info.size = len(content)
        info.mode = _MODE
        self._write(info.tobuf(PAX_FORMAT, "utf-8", "strict"))
        self._write(content)
        self._write(NUL * (-len(content) % BLOCKSIZE))

    def finish(self) -> None:
        """Write the two empty blocks and the filling that end a tar archive."""
        self._write(NUL * (2 * BLOCKSIZE))
        self._write(NUL * (-self._size % RECORDSIZE))
        self._sink.write(self._gzip.flush())

    def _write(self, data: bytes) -> None:
        self._size += len(data)
        if compressed := self._gzip.compress(data):
            self._sink.write(compressed)


def archive_writer(compression: Compression, sink: Sink) -> ArchiveWriter:
    """The writer for a compression type."""
    return ZipWriter(sink) if compression == "zip" else TarGzWriter(sink)
