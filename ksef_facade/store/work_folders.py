"""The private folder where the encrypted parts of a batch package wait to be uploaded."""

from __future__ import annotations

import contextlib
import glob
import os
import re
import tempfile
import time
from pathlib import Path
from typing import Final

from ksef_facade.errors import ConfigurationError, FileConflict

_OWNED: Final = re.compile(r"part-[0-9]{3,}\.aes|session\.json")
_ENDING: Final = ".parts"
_FORSAKEN_AFTER: Final = 3600.0
"""Seconds without a write after which a preparation is taken for dead; a living one writes many
times a minute.
"""
STATE_NAME: Final = "session.json"
"""The state file of a session whose caller named none; it stays beside the parts."""


def make_work_folder(
    work_dir: str | os.PathLike[str] | None, state_file: Path | None
) -> tuple[Path, Path]:
    """A new folder for the parts, and the path of the state file.

    Without a `work_dir` the folder is beside the state file, on the same disk and as lasting as it,
    or, without that either, among the system's temporary files. Every call makes a folder of its
    own, so that two processes never write into each other's parts; what a preparation with the same
    state file left behind long ago is removed, because its key is lost and so it is of no use.

    Raises:
        ConfigurationError: a folder that must exist does not.
        FileConflict: the state file is there already: its session may not be forgotten.
    """
    if state_file is not None:
        state_file = Path(os.path.abspath(state_file))
        if os.path.lexists(state_file):
            raise FileConflict(
                f"{state_file} is there already: finish its session with resume_batch, or name "
                "another state file"
            )
        if not state_file.parent.is_dir():
            raise ConfigurationError(f"{state_file.parent} is not a folder")
    if work_dir is not None:
        if not Path(work_dir).is_dir():
            raise ConfigurationError(f"{os.fspath(work_dir)} is not a folder")
        folder = Path(tempfile.mkdtemp(prefix="ksef-batch-", dir=os.path.abspath(work_dir)))
    elif state_file is not None:
        beside = state_file.name + "."
        for old in state_file.parent.glob(glob.escape(beside) + "*" + _ENDING):
            if _is_forsaken(old):
                remove_work_folder(old)
        folder = Path(tempfile.mkdtemp(_ENDING, beside, state_file.parent))
    else:
        folder = Path(tempfile.mkdtemp(prefix="ksef-batch-"))
    return folder, state_file or folder / STATE_NAME


def _is_forsaken(folder: Path) -> bool:
    try:
        newest = max(path.stat().st_mtime for path in [folder, *folder.iterdir()])
    except OSError:
        # It has just been removed by its owner, or is not ours to look into.
        return False
    return time.time() - newest > _FORSAKEN_AFTER


def remove_work_folder(folder: Path) -> None:
    """Remove the parts in a folder, and the folder if nothing else is in it."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for file in list(folder.iterdir()):
            if _OWNED.fullmatch(file.name):
                file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            folder.rmdir()
