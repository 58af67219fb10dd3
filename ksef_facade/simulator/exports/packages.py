"""Packages of exports: built when first asked for, kept on the disk in encrypted parts."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from attrs import define, field, frozen
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from ..clock import Clock
from ..repository.index import Repository
from ..sessions.encryption import AES_BLOCK, write_hash
from ..settings import Settings
from ..workspace import Workspace
from .archives import ENDINGS, write_archive
from .register import DONE, Export, ExportRegister
from .selection import select

_CHUNK = 1 << 20


@frozen
class Part:
    """One encrypted part, with sizes and hashes before and after its encryption."""

    name: str
    plain_size: int
    plain_hash: str
    size: int
    hash: str
    path: Path


@frozen
class ExportPackage:
    """A package that is there to be fetched."""

    invoice_count: int
    size: int
    parts: tuple[Part, ...]
    is_truncated: bool
    last: datetime | date | None
    hwm: datetime | None


@define
class ExportPackages:
    """Builds packages, and builds them anew where they are lost: they follow from the order."""

    clock: Clock
    settings: Settings
    repository: Repository
    exports: ExportRegister
    workspace: Workspace
    _built: dict[str, ExportPackage] = field(factory=dict, init=False)

    def of(self, export: Export) -> ExportPackage:
        """The package of an export that has succeeded."""
        package = self._built.get(export.reference)
        if package is None:
            package = self._built[export.reference] = self._build(export)
        return package

    def discard(self, export: Export) -> None:
        """Delete what was built, which nobody may fetch any more."""
        package = self._built.pop(export.reference, None)
        for part in package.parts if package is not None else ():
            part.path.unlink(missing_ok=True)

    def read(self, reference: str, name: str) -> bytes | None:
        """The bytes of a part; None where there is none, or none any more."""
        export = self.exports.find(reference)
        if export is None or export.code(self.clock.now()) != DONE:
            return None
        for part in self.of(export).parts:
            if part.name == name:
                return part.path.read_bytes()
        return None

    def _build(self, export: Export) -> ExportPackage:
        selection = select(export, self.repository, self.settings)
        parts: tuple[Part, ...] = ()
        if selection.invoices:
            archive = self.workspace.new_file("archive")
            try:
                write_archive(
                    archive,
                    export.compression,
                    selection.invoices,
                    export.created,
                    self.settings.latencies,
                    only_metadata=export.only_metadata,
                )
                parts = self._split(export, archive)
            finally:
                archive.unlink(missing_ok=True)
        return ExportPackage(
            len(selection.invoices),
            sum(part.plain_size for part in parts),
            parts,
            selection.is_truncated,
            selection.last if selection.is_truncated else None,
            selection.hwm,
        )

    def _split(self, export: Export, archive: Path) -> tuple[Part, ...]:
        size, limit = archive.stat().st_size, self.settings.export_part_size
        ending = ENDINGS[export.compression]
        with archive.open("rb") as source:
            return tuple(
                self._encrypt(
                    export,
                    source,
                    min(limit, size - start),
                    f"{export.reference}-{ordinal:03d}.{ending}.aes",
                )
                for ordinal, start in enumerate(range(0, size, limit), start=1)
            )

    def _encrypt(self, export: Export, source: BinaryIO, size: int, name: str) -> Part:
        assert export.key is not None, "an export succeeds with a key that can be read only"
        # Each part is a message of its own: the same key and vector, and its own padding.
        encryptor = Cipher(algorithms.AES(export.key), modes.CBC(export.vector)).encryptor()
        padder = PKCS7(AES_BLOCK * 8).padder()
        plain, encrypted = hashlib.sha256(), hashlib.sha256()
        path = self.workspace.new_file("export")
        left = size
        with path.open("wb") as target:

            def write(piece: bytes) -> None:
                encrypted.update(piece)
                target.write(piece)

            while left > 0:
                chunk = source.read(min(_CHUNK, left))
                left -= len(chunk)
                plain.update(chunk)
                write(encryptor.update(padder.update(chunk)))
            write(encryptor.update(padder.finalize()) + encryptor.finalize())
            end = target.tell()
        return Part(
            name, size, write_hash(plain.digest()), end, write_hash(encrypted.digest()), path
        )
