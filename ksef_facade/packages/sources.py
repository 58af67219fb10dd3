"""Where the invoices of a package come from: files, folders, pairs of name and bytes, an archive."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from ksef_facade.errors import PackageRefused
from ksef_facade.packages.limits import PackageLimits


@frozen
class Archive:
    """A ZIP or TarGz archive that is ready: sent as it is, after its content was checked.

    Attributes:
        path: where it is; its first bytes tell its kind.
    """

    path: str | os.PathLike[str]


Source: TypeAlias = str | os.PathLike[str] | tuple[str, bytes]
Sources: TypeAlias = Source | Archive | Iterable[Source | Archive]


@frozen
class Item:
    """One invoice before it is read.

    Attributes:
        source_name: how the caller knows it.
        wanted_name: what its name in the archive is made from.
        size: its bytes when it was found; `None` where reading is the only way to know.
        read: its bytes; never more than one above the limit, so that a huge file harms nobody.
    """

    source_name: str
    wanted_name: str
    size: int | None
    read: Callable[[], bytes]


def single_archive(sources: Sources) -> Archive | None:
    """The archive, when it is all that there is."""
    if isinstance(sources, Archive):
        return sources
    if isinstance(sources, Sequence) and len(sources) == 1 and isinstance(sources[0], Archive):
        return sources[0]
    return None


def list_items(sources: Sources, limits: PackageLimits) -> list[Item] | None:
    """All invoices, found but not read, or `None` when the sources can only be gone through once.

    Raises:
        PackageRefused: what can be refused before anything is read: see `iterate_items`.
    """
    one = isinstance(sources, (str, os.PathLike)) or _is_pair(sources)
    if not one and not isinstance(sources, Sequence):
        return None
    return list(iterate_items(sources, limits))


def iterate_items(sources: Sources, limits: PackageLimits) -> Iterator[Item]:
    """The invoices in the order of the sources; those of a folder in the order of their names.

    A folder means the files in it and in the folders below it whose names end in `.xml`, but
    nothing hidden.

    Raises:
        PackageRefused: rule `source` (no such file, not a file, an archive among other sources),
            `too_many_invoices`, `empty_invoice` or `invoice_too_large`.
    """
    for count, item in enumerate(all_items(sources, limits), start=1):
        limits.check_count(count)
        if item.size is not None:
            limits.check_size(item.source_name, item.size)
        yield item


def all_items(sources: Sources, limits: PackageLimits) -> Iterator[Item]:
    """The same without looking at number and sizes.

    Raises:
        PackageRefused: rule `source`, or `no_invoices` for a folder without any.
    """
    if isinstance(sources, (str, os.PathLike)) or _is_pair(sources):
        sources = [sources]  # type: ignore[list-item]
    if isinstance(sources, (bytes, bytearray)) or not isinstance(sources, Iterable):
        sources = [sources]
    for source in sources:
        if isinstance(source, Archive):
            raise PackageRefused(
                "source", f"the archive {source.path} must be the only source of its package"
            )
        if isinstance(source, (str, os.PathLike)):
            yield from _path_items(Path(source), limits)
        elif _is_pair(source):
            yield _pair_item(*source)
        else:
            raise PackageRefused("source", _no_source(source))


def _no_source(source: object) -> str:
    if isinstance(source, (bytes, bytearray)):
        return "bytes alone have no name; pass (name, bytes) pairs"
    kind = type(source).__name__
    if isinstance(source, tuple):
        kind = f"({', '.join(type(part).__name__ for part in source[:5])})"
    return f"a source is a path, a (name, bytes) pair or an Archive, not {kind}"


def _is_pair(source: object) -> bool:
    return (
        isinstance(source, tuple)
        and len(source) == 2
        and isinstance(source[0], str)
        and isinstance(source[1], (bytes, bytearray, memoryview))
    )


def _pair_item(name: str, content: bytes) -> Item:
    return Item(name, name, len(content), lambda: bytes(content))


def _path_items(path: Path, limits: PackageLimits) -> Iterator[Item]:
    try:
        found = path.stat()
    except OSError as error:
        raise PackageRefused("source", f"{path}: {error.strerror}", str(path)) from error
    if stat.S_ISDIR(found.st_mode):
        try:
            files = invoice_paths(path)
        except OSError as error:
            place = error.filename or path
            raise PackageRefused("source", f"{place}: {error.strerror}", str(place)) from error
        if not files:
            raise PackageRefused("no_invoices", f"there are no .xml files in {path}", str(path))
        for file in files:
            yield _file_item(file, file.stat().st_size, limits)
    elif stat.S_ISREG(found.st_mode):
        yield _file_item(path, found.st_size, limits)
    else:
        raise PackageRefused("source", f"{path} is neither a file nor a folder", str(path))


def invoice_paths(folder: Path) -> list[Path]:
    """The files of a folder and of those below it whose names end in `.xml`, but nothing hidden.

    Raises:
        OSError: a folder cannot be read; `Path.rglob` would take it for an empty one.
    """
    found = []
    for place, below, names in os.walk(folder, onerror=_raise):
        below[:] = [name for name in below if not name.startswith(".")]
        found += [
            file
            for name in names
            if not name.startswith(".")
            and (file := Path(place, name)).suffix.lower() == ".xml"
            and file.is_file()
        ]
    return sorted(found)


def _raise(error: OSError) -> None:
    raise error


def _file_item(path: Path, size: int, limits: PackageLimits) -> Item:
    def read() -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(limits.largest_invoice + 1)
        except OSError as error:
            raise PackageRefused("source", f"{path}: {error.strerror}", str(path)) from error

    return Item(str(path), path.name, size, read)
