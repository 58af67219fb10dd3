"""Packages of exports: built when first asked for, kept on the disk in encrypted parts.

Ten thousand invoices take a second or two, in which others go on: only what goes into a package
is found out under the core's lock.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from attrs import define, evolve, field, frozen
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from ..clock import Clock
from ..messages import Request
from ..repository.index import Repository
from ..sessions.encryption import AES_BLOCK, write_hash
from ..settings import Settings
from ..storage import EXPORTS_FOLDER, PREFIX
from ..turns import Turns
from ..workspace import Workspace
from .archives import ENDINGS, write_archive
from .register import DONE, Export, ExportRegister
from .selection import Found, find, select

_CHUNK = 1 << 20
_STATUS = "/invoices/exports/"


def may_build(request: Request) -> bool:
    """Whether a request is one of those that may have to wait for a package to be built."""
    is_part = request.path.startswith(PREFIX) and f"/{EXPORTS_FOLDER}/" in request.path
    return request.method == "GET" and (is_part or _STATUS in request.path)


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
    turns: Turns
    _built: dict[str, ExportPackage] = field(factory=dict, init=False)
    #: References of exports that a request is building a package for.
    _building: set[str] = field(factory=set, init=False)

    def prepare(self, export: Export) -> None:
        """Have the package of an export that has succeeded built, if it is not there.

        Others have the core's lock meanwhile: what the time says must be asked afterwards.
        """
        reference = export.reference
        while reference not in self._built:
            if reference in self._building:
                self.turns.wait()
                continue
            # Whatever is changed while it is built is for the next one.
            settings = evolve(self.settings)
            found = find(export, self.repository, settings)
            self._building.add(reference)
            try:
                with self.turns.let_go():
                    package = self._build(export, found, settings)
                self._built[reference] = package
            finally:
                self._building.discard(reference)
                self.turns.announce()

    def of(self, export: Export) -> ExportPackage:
        """The package of an export for which it has been prepared."""
        return self._built[export.reference]

    def discard(self, export: Export) -> None:
        """Delete what was built, which nobody may fetch any more."""
        package = self._built.pop(export.reference, None)
        for part in package.parts if package is not None else ():
            part.path.unlink(missing_ok=True)

    def read(self, reference: str, name: str) -> bytes | None:
        """The bytes of a part; None where there is none, or none any more."""
        export = self.exports.find(reference)
        if export is None or not self._is_there(export):
            return None
        self.prepare(export)
        if not self._is_there(export):
            self.discard(export)
            return None
        for part in self.of(export).parts:
            if part.name == name:
                return part.path.read_bytes()
        return None

    def _is_there(self, export: Export) -> bool:
        return export.code(self.clock.now()) == DONE

    def _build(self, export: Export, found: Found, settings: Settings) -> ExportPackage:
        selection = select(found, settings, only_metadata=export.only_metadata)
        parts: tuple[Part, ...] = ()
        if selection.invoices:
            archive = self.workspace.new_file("archive")
            try:
                write_archive(
                    archive,
                    export.compression,
                    selection.invoices,
                    export.created,
                    settings.latencies,
                    only_metadata=export.only_metadata,
                )
                parts = self._split(export, archive, settings.export_part_size)
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

    def _split(self, export: Export, archive: Path, limit: int) -> tuple[Part, ...]:
        size = archive.stat().st_size
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
