# Derived from ksef_facade/_async/archive/opening.py by scripts/derive_sync.py; do not edit.
"""The way to an archive, whose rooms are loaded only when somebody goes it."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade._sync.archive.session_archive import SessionArchive
    from ksef_facade._sync.client import Ksef


def archive(self: Ksef, directory: str | PathLike[str]) -> SessionArchive:
    """An archive of this context's sessions in a folder, which the first `sync` makes; no request.

    It belongs to one environment and context. Reading it needs no login: see `ArchiveReader`.
    """
    from ksef_facade._sync.archive.session_archive import SessionArchive

    return SessionArchive(self._caller, directory)
