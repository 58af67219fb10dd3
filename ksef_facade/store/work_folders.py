"""The private folder where the encrypted parts of a batch package wait to be uploaded."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path
from typing import Final

from ksef_facade.errors import ConfigurationError, FileConflict

_OWNED: Final = re.compile(r"part-[0-9]{3,}\.aes|session\.json")
_MODE: Final = 0o700
STATE_NAME: Final = "session.json"
"""The state file of a session whose caller named none; it stays beside the parts."""


def make_work_folder(
    work_dir: str | os.PathLike[str] | None, state_file: Path | None
) -> tuple[Path, Path]:
    """A new folder for the parts, and the path of the state file.

    Without a `work_dir` the folder is beside the state file, on the same disk and as lasting as it,
    or, without that either, among the system's temporary files. What an earlier preparation with
    the same state file left behind is removed: its key is lost, so it is of no use.

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
        folder = state_file.with_name(state_file.name + ".parts")
        remove_work_folder(folder)
        try:
            folder.mkdir(_MODE)
        except FileExistsError:
            raise FileConflict(
                f"{folder} holds files that are not parts of a package; move it away"
            ) from None
    else:
        folder = Path(tempfile.mkdtemp(prefix="ksef-batch-"))
    return folder, state_file or folder / STATE_NAME


def remove_work_folder(folder: Path) -> None:
    """Remove the parts in a folder, and the folder if nothing else is in it."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for file in list(folder.iterdir()):
            if _OWNED.fullmatch(file.name):
                file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            folder.rmdir()
