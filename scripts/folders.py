"""Bring a folder of written files to a wanted state, touching only what differs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from scripts.layout import shown

_IGNORED = {"__pycache__"}


def replace_folder(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Make `folder` hold exactly `wanted` (path inside -> text); return a line per changed file."""
    changes = []
    for inside, difference in differences(folder, wanted).items():
        target = folder / inside
        if difference == "removed":
            target.unlink()
        else:
            write_text(target, wanted[inside])
        changes.append(f"{difference} {shown(target)}")
    _drop_empty_folders(folder)
    return changes


def differences(folder: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """What has to happen to `folder`: path inside -> added, changed or removed, in order."""
    present = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not _IGNORED & set(path.relative_to(folder).parts)
    }
    found = {}
    for inside in sorted(present.keys() | wanted.keys()):
        if inside not in wanted:
            found[inside] = "removed"
        elif inside not in present:
            found[inside] = "added"
        elif present[inside].read_bytes() != wanted[inside].encode():
            found[inside] = "changed"
    return found


def write_text(target: Path, text: str) -> bool:
    """Write the file in one step; return False, and leave it alone, when it already says this."""
    if target.is_file() and target.read_bytes() == text.encode():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    with os.fdopen(handle, "wb") as stream:
        stream.write(text.encode())
    os.chmod(name, 0o644)
    os.replace(name, target)
    return True


def _drop_empty_folders(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and path.name not in _IGNORED:
            content = list(path.iterdir())
            if all(item.name in _IGNORED for item in content):
                for item in content:
                    for compiled in item.iterdir():
                        compiled.unlink()
                    item.rmdir()
                path.rmdir()
