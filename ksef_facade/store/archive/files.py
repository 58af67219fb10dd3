"""The files of a session in an archive: where they are and what stands in them.

They hold nothing that depends on when or how often the archive was brought up to date, so that the
same session gives the same bytes wherever it is archived.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ksef_facade.store.files import AtomicFile, Saved, safe_name, write_atomically

STATUS_NAME: Final = "status.json"
INVOICES_NAME: Final = "invoices.jsonl"
MANIFEST_NAME: Final = "manifest.json"
_LINK: Final = re.compile(r"url", re.IGNORECASE)
# References begin with the date that the session was opened on.
_DATED: Final = re.compile(r"(20\d{2})(0[1-9]|1[0-2])\d{2}-")


@frozen(kw_only=True)
class ManifestFile:
    """A file as the manifest tells of it; `came` is the request that it came with."""

    name: str
    size: int
    sha256: str
    came: str
    page: Mapping[str, Any] | None = None


def session_folder(reference: str) -> str:
    """The folder of a session inside the archive: `sessions/2025-09/<reference>`.

    Raises:
        InvalidIdentifier: the reference cannot be a folder's name.
    """
    match = _DATED.match(reference)
    month = f"{match[1]}-{match[2]}" if match else "other"
    return f"sessions/{month}/{safe_name(reference)}"


def without_links(value: Any) -> Any:
    """A JSON value without its links: they are secrets for three days and worthless afterwards."""
    if isinstance(value, dict):
        return {
            name: without_links(inner) for name, inner in value.items() if not _LINK.search(name)
        }
    if isinstance(value, list):
        return [without_links(inner) for inner in value]
    return value


def json_bytes(value: Any, *, indent: int | None = 2) -> bytes:
    """A JSON document in UTF-8, with letters as they are, and a line's end."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:
        # Half a surrogate pair is no text in UTF-8, only in an escape.
        text = json.dumps(value, indent=indent, separators=separators)
        return f"{text}\n".encode()


def clear_leftovers(folder: Path) -> None:
    """Remove what a killed run has left half-written in a session's folder."""
    for leftover in folder.glob(".*.part"):
        with contextlib.suppress(FileNotFoundError):
            leftover.unlink()


def write_status(folder: Path, raw: Any) -> Saved:
    """Write `status.json`: the answer of the service, without links."""
    return write_atomically(folder / STATUS_NAME, json_bytes(without_links(raw)), overwrite=True)


def write_invoices(folder: Path, rows: Iterable[Any]) -> Saved:
    """Write `invoices.jsonl`: a row of the service's list to a line, without links."""
    with AtomicFile(folder / INVOICES_NAME, overwrite=True) as file:
        for row in rows:
            file.write(json_bytes(row, indent=None))
        return file.commit()


def write_manifest(folder: Path, facts: Mapping[str, Any], files: Iterable[ManifestFile]) -> Saved:
    """Write `manifest.json`: what the session is, and each file with its size and hash."""
    document = {
        "manifest": 1,
        **facts,
        "files": [
            {
                "name": file.name,
                "size": file.size,
                "sha256": file.sha256,
                "came": file.came,
                **({"page": dict(file.page)} if file.page is not None else {}),
            }
            for file in files
        ],
    }
    return write_atomically(folder / MANIFEST_NAME, json_bytes(document), overwrite=True)
