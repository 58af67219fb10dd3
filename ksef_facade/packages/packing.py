"""From sources to a package on the disk, in short steps, so that others get their turn in between."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

from ksef_facade.crypto.encryption import SessionKey, sha256_base64
from ksef_facade.errors import PackageRefused
from ksef_facade.packages.archives import archive_writer
from ksef_facade.packages.limits import PackageLimits
from ksef_facade.packages.manifest import Compression, Package, PackageEntry
from ksef_facade.packages.names import ArchiveNames
from ksef_facade.packages.ready_archives import compression_of, inspect_archive
from ksef_facade.packages.sources import (
    Archive,
    Item,
    Sources,
    iterate_items,
    list_items,
    single_archive,
)
from ksef_facade.packages.spool import PartSpool, free_bytes

_STEP: Final = 4_000_000
"""Bytes of invoices in one step: about a tenth of a second."""
_READ: Final = 1 << 20
_HEADERS: Final = 700
"""Bytes around an invoice in an archive with the longest name, rounded up."""


class Packing:
    """One package in the making: call `step` until it says that nothing is left to do.

    Args:
        sources: what goes in. An iterable that is no list is gone through once, by the steps.
        folder: where the encrypted parts go; empty, private, and on a disk with room for them.
        key: encrypts the parts.
        compression: the archive's kind; a ready archive has its own.
        part_size: bytes of a part before encryption, or `None` for a sensible one.
        limits: what the package may be.
    """

    def __init__(
        self,
        sources: Sources,
        folder: Path,
        key: SessionKey,
        *,
        compression: Compression = "zip",
        part_size: int | None = None,
        limits: PackageLimits | None = None,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._sources = sources
        self._folder = folder
        self._key = key
        self._compression = compression
        self._part_size = part_size
        self._limits = limits or PackageLimits()
        self._free = free
        self._spool: PartSpool | None = None
        self._entries: list[PackageEntry] = []
        self._work = self._steps()
        self._package: Package | None = None
        self.bytes_done = 0
        self.bytes_total: int | None = None

    @property
    def invoices(self) -> int:
        """Invoices done so far."""
        return len(self._entries)

    @property
    def parts(self) -> int:
        """Encrypted parts that are whole."""
        return 0 if self._spool is None else len(self._spool.parts)

    @property
    def package(self) -> Package:
        """The package, once `step` has said that nothing is left."""
        if self._package is None:
            raise ValueError("the package is not finished: call step() until it returns False")
        return self._package

    def step(self) -> bool:
        """Do some of the work; whether there is more.

        Raises:
            PackageRefused: a limit or rule of KSeF would be broken, a source cannot be read, or the
                disk has no room; call `discard` then.
            OSError: the disk failed.
        """
        return next(self._work, False)

    def discard(self) -> None:
        """Stop, and remove the parts written so far; harmless when repeated."""
        self._work.close()
        if self._spool is not None:
            self._spool.discard()

    def _steps(self) -> Generator[bool, None, None]:
        archive = single_archive(self._sources)
        if archive is None:
            yield from self._pack_sources()
        else:
            yield from self._pack_archive(archive)

    def _pack_sources(self) -> Generator[bool, None, None]:
        limits = self._limits
        listed = list_items(self._sources, limits)
        expected = None
        if listed is not None:
            self.bytes_total = sum(item.size or 0 for item in listed)
            expected = self.bytes_total + _HEADERS * (len(listed) + 1)
        spool = self._begin_spool(expected)
        writer = archive_writer(self._compression, spool)
        names = ArchiveNames(limits.name_length)
        pause = _STEP
        yield True
        items: Iterator[Item] = iter(
            iterate_items(self._sources, limits) if listed is None else listed
        )
        for item in items:
            content = item.read()
            limits.check_invoice(item.source_name, content)
            entry = PackageEntry(
                source_name=item.source_name,
                file_name=names.name_for(item.wanted_name),
                invoice_hash=sha256_base64(content),
                size=len(content),
            )
            writer.add(entry.file_name, content)
            self._entries.append(entry)
            self.bytes_done += len(content)
            if self.bytes_done >= pause:
                pause = self.bytes_done + _STEP
                yield True
        if not self._entries:
            raise PackageRefused("no_invoices", "there are no invoices to send")
        writer.finish()
        self._finish(spool, self._compression)

    def _pack_archive(self, archive: Archive) -> Generator[bool, None, None]:
        path = Path(archive.path)
        compression = compression_of(path)
        before = path.stat()
        size = before.st_size
        if size > self._limits.archive_size:
            raise PackageRefused(
                "archive_too_large",
                f"{path} has {size} bytes and an archive may have {self._limits.archive_size}",
                str(path),
            )
        spool = self._begin_spool(size)
        # Read twice: once through every invoice, once as it is.
        self.bytes_total = size
        pause = _STEP
        seen = 0
        for entry in inspect_archive(path, compression, self._limits):
            self._entries.append(entry)
            seen += entry.size
            if seen >= pause:
                pause = seen + _STEP
                yield True
        with path.open("rb") as file:
            while chunk := file.read(_READ):
                spool.write(chunk)
                self.bytes_done += len(chunk)
                yield True
        after = path.stat()
        if (after.st_size, after.st_mtime_ns) != (size, before.st_mtime_ns) or spool.size != size:
            raise PackageRefused("archive", f"{path} was changed while it was read", str(path))
        self._finish(spool, compression)

    def _begin_spool(self, expected: int | None) -> PartSpool:
        part_size = self._part_size
        if part_size is None:
            part_size = self._limits.default_part_size(expected)
        self._limits.check_part_size(part_size)
        self._spool = PartSpool(
            self._folder,
            self._key,
            part_size,
            self._limits,
            expected=expected,
            free=self._free,
        )
        return self._spool

    def _finish(self, spool: PartSpool, compression: Compression) -> None:
        parts = spool.finish()
        self._package = Package(
            compression=compression,
            archive_size=spool.size,
            archive_sha256=spool.sha256,
            parts=parts,
            entries=tuple(self._entries),
        )


@contextlib.contextmanager
def discarded_on_failure(packing: Packing) -> Iterator[Packing]:
    """A package in the making that leaves nothing behind when the block ends in an error."""
    try:
        yield packing
    except BaseException:
        packing.discard()
        raise
