"""Archives of invoices and their metadata, written to a file one invoice at a time."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ..clock import local
from ..repository.index import Held
from ..repository.metadata import describe
from ..sessions.packages import Compression
from ..settings import Latencies

METADATA = "_metadata.json"
#: File name endings of packages (contract, example of a part's name).
ENDINGS: dict[Compression, str] = {"Zip": "zip", "TarGz": "tar.gz"}


class _Add(Protocol):
    def __call__(self, name: str, content: bytes) -> None: ...


def write_archive(
    path: Path,
    compression: Compression,
    invoices: Sequence[Held],
    made: datetime,
    latencies: Latencies,
    *,
    only_metadata: bool,
) -> None:
    """Write a package: `{ksefNumber}.xml` of each invoice, and the metadata of all."""
    opened = _tar(path, made) if compression == "TarGz" else _zip(path, made)
    with opened as add:
        for held in () if only_metadata else invoices:
            add(f"{held.ksef_number}.xml", held.invoice.plain() or b"")
        add(METADATA, _metadata(invoices, latencies))


def _metadata(invoices: Sequence[Held], latencies: Latencies) -> bytes:
    target = io.StringIO()
    target.write('{"invoices":[')
    for index, held in enumerate(invoices):
        target.write("," if index else "")
        json.dump(describe(held, latencies), target, ensure_ascii=False, separators=(",", ":"))
    target.write("]}")
    return target.getvalue().encode()


@contextmanager
def _zip(path: Path, made: datetime) -> Iterator[_Add]:
    stamp = local(made).timetuple()[:6]
    with zipfile.ZipFile(path, "w") as archive:

        def add(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, (stamp[0], stamp[1], stamp[2], *stamp[3:]))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)

        yield add


@contextmanager
def _tar(path: Path, made: datetime) -> Iterator[_Add]:
    with tarfile.open(path, "w:gz") as archive:

        def add(name: str, content: bytes) -> None:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), int(made.timestamp())
            archive.addfile(entry, io.BytesIO(content))

        yield add
