"""The way to an archive, whose rooms are loaded only when somebody goes it."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade._async.archive.session_archive import AsyncSessionArchive
    from ksef_facade._async.client import AsyncKsef


def archive(self: AsyncKsef, directory: str | PathLike[str]) -> AsyncSessionArchive:
    """An archive of this context's sessions in a folder, which the first `sync` makes; no request.

    It belongs to one environment and context. Reading it needs no login: see `ArchiveReader`.
    """
    from ksef_facade._async.archive.session_archive import AsyncSessionArchive

    return AsyncSessionArchive(self._caller, directory)
