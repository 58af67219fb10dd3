"""Archives of a package, unpacked entry by entry, with an eye on what an archive may hide."""

from __future__ import annotations

import gzip
import hashlib
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from attrs import field, frozen

from ..effective_limits.overrides import SessionLimits
from .encryption import write_hash
from .packages import Compression

#: Longest file name that a status can show (contract, invoiceFileName).
_LONGEST_NAME = 128
_CHUNK = 1 << 18
#: Archives smaller than this when unpacked are let pass, whatever their ratio.
_HARMLESS_SIZE = 50_000_000
_ENCRYPTED_ENTRY = 0x1
#: Parts of a path that lead out of the folder it is unpacked into.
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\\\x00-\x1f]")
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    gzip.BadGzipFile,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Unpackable(Exception):
    """Raised for an archive that cannot or must not be unpacked."""


class TooManyFiles(Exception):
    """Raised for an archive with more files than a session takes, as far as they were counted."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@frozen
class Entry:
    """One file of an archive."""

    name: str
    size: int
    hash: str
    #: None when the file is longer than any invoice may be.
    content: bytes | None = field(repr=False)


def unpack(
    archive: Path, compression: Compression, limits: SessionLimits, ratio: int
) -> Iterator[Entry]:
    """The files of an archive, in its own order; folders are passed over. It may unpack to `ratio`
    times its size.

    Raises Unpackable for a broken or dangerous archive and TooManyFiles for one too many.
    """
    reader = _zip_files if compression == "Zip" else _tar_files
    allowance = max(_HARMLESS_SIZE, archive.stat().st_size * ratio)
    total = 0
    try:
        for number, (name, stream) in enumerate(reader(archive, limits), start=1):
            if number > limits.invoices:
                raise TooManyFiles(number)
            if _OUTSIDE.search(name) or not 0 < len(name) <= _LONGEST_NAME:
                raise Unpackable("a file of the archive has a name that is not allowed")
            entry = _read(name, stream, limits.largest_invoice, allowance - total)
            total += entry.size
            yield entry
    except _BROKEN as error:
        raise Unpackable(str(error)) from error


def _zip_files(archive: Path, limits: SessionLimits) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(archive) as opened:
        files = [entry for entry in opened.infolist() if not entry.is_dir()]
        if len(files) > limits.invoices:
            raise TooManyFiles(len(files))
        for entry in files:
            if entry.flag_bits & _ENCRYPTED_ENTRY:
                raise Unpackable("a file of the archive is encrypted")
            # The library turns what it reads into a safe path; the name as sent is what counts.
            with opened.open(entry) as stream:
                yield entry.orig_filename, stream


def _tar_files(archive: Path, limits: SessionLimits) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(archive, "r|gz") as opened:
        for member in opened:
            if member.isdir():
                continue
            stream = opened.extractfile(member) if member.isreg() else None
            if stream is None:
                raise Unpackable("the archive holds something that is neither file nor folder")
            with stream:
                yield member.name, stream


def _read(name: str, stream: IO[bytes], longest: int, allowance: int) -> Entry:
    digest = hashlib.sha256()
    kept: list[bytes] | None = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > allowance:
            raise Unpackable("the archive unpacks to far more than it should")
        digest.update(chunk)
        if size > longest:
            kept = None
        elif kept is not None:
            kept.append(chunk)
    content = None if kept is None else b"".join(kept)
    return Entry(name, size, write_hash(digest.digest()), content)
