"""Where a send journal is unless told otherwise: one for each environment and context."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

FOLDER_VARIABLE: Final = "KSEF_JOURNALS"
"""Variable that names another folder for journals."""
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")


def default_journal(environment: str, base_url: str, context: str) -> Path:
    """The journal in the folder that `KSEF_JOURNALS` names, else in this user's state folder; several
    KSeFs on this machine have one each.

    Args:
        environment: its name.
        base_url: its address; plain http means that it is on this machine.
        context: type and value, like `Nip:5265877635`.
    """
    parts = urlsplit(base_url)
    place = [environment] if parts.scheme != "http" else [environment, parts.netloc]
    name = "-".join(_ODD.sub("-", part) for part in (*place, context))
    return _folder() / f"{name}.sqlite3"


def _folder() -> Path:
    chosen = os.environ.get(FOLDER_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser()
    # Loaded late: whoever names a journal does not need it.
    from platformdirs import user_state_path

    return user_state_path("ksef-facade", appauthor=False) / "journals"
