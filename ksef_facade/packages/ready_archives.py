"""An archive that somebody else made: its kind, and its invoices checked without unpacking to disk."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from ksef_facade.crypto.encryption import sha256_base64
from ksef_facade.errors import PackageRefused
from ksef_facade.packages.limits import PackageLimits
from ksef_facade.packages.manifest import Compression, PackageEntry
from ksef_facade.packages.names import ArchiveNames

_ZIP_START: Final = b"PK\x03\x04"
_GZIP_START: Final = b"\x1f\x8b"
_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What the standard library raises on archives that are cut, forged or not archives at all.
_BROKEN: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    UnicodeError,
)


def compression_of(path: Path) -> Compression:
    """The kind of an archive by its first bytes.

    Raises:
        PackageRefused: rule `archive`: it cannot be read or is neither ZIP nor TarGz.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_ZIP_START))
    except OSError as error:
        raise PackageRefused("archive", f"{path}: {error.strerror}", str(path)) from error
    if start == _ZIP_START:
        return "zip"
    if start.startswith(_GZIP_START):
        return "targz"
    raise PackageRefused("archive", f"{path} is neither a ZIP nor a TarGz archive", str(path))


def inspect_archive(
    path: Path, compression: Compression, limits: PackageLimits
) -> Iterator[PackageEntry]:
    """The invoices of an archive, one after the other, each checked as one of ours would be.

    Raises:
        PackageRefused: rule `archive`, `file_name`, `too_many_invoices`, `empty_invoice`,
            `invoice_too_large` or `no_invoices`.
    """
    names = ArchiveNames(limits.name_length)
    members = _zip_members if compression == "zip" else _tar_members
    count = 0
    try:
        for name, content in members(path, limits):
            count += 1
            limits.check_count(count)
            names.take(name)
            limits.check_invoice(name, content)
            yield PackageEntry(
                source_name=name,
                file_name=name,
                invoice_hash=sha256_base64(content),
                size=len(content),
            )
    except _BROKEN as error:
        raise PackageRefused(
            "archive", f"{path} cannot be unpacked ({type(error).__name__})", str(path)
        ) from error
    if count == 0:
        raise PackageRefused("no_invoices", f"{path} has no files in it", str(path))


def _zip_members(path: Path, limits: PackageLimits) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        limits.check_count(len(archive.infolist()))
        for info in archive.infolist():
            if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
                raise PackageRefused(
                    "archive",
                    f"{info.filename} in {path} is encrypted or compressed in a rare way",
                    info.filename,
                )
            with archive.open(info) as file:
                yield info.orig_filename, _read(file, limits)


def _tar_members(path: Path, limits: PackageLimits) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path, "r|gz") as archive:
        for info in archive:
            file = archive.extractfile(info) if info.isreg() else None
            if file is None:
                raise PackageRefused("archive", f"{info.name} in {path} is not a file", info.name)
            yield info.name, _read(file, limits)
            # The stream is read once; what tarfile keeps of every member is never asked for.
            archive.members = []  # type: ignore[attr-defined]


def _read(file: IO[bytes], limits: PackageLimits) -> bytes:
    # One byte more than allowed is enough to refuse it, however much a forged archive unpacks to.
    return file.read(limits.largest_invoice + 1)
