"""`X-System-Warning`, which comes with good answers, as Python warnings at the caller's line."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

from ksef_facade.errors import KsefSystemWarning

HEADER = "x-system-warning"
_ENTRY = re.compile(r"\[([^\]]+)\]:\s*([^|]+)")
_PACKAGE = str(Path(__file__).parent)


def read_warnings(headers: Mapping[str, str], operation: str) -> list[KsefSystemWarning]:
    """The warnings in an answer's headers; grammar by contract schema `SystemWarning`.

    A text that does not follow the grammar is kept whole, without a code.
    """
    text = headers.get(HEADER, "").strip()
    if not text:
        return []
    found = [
        KsefSystemWarning(message.strip(), code.strip(), operation)
        for code, message in _ENTRY.findall(text)
    ]
    return found or [KsefSystemWarning(text, "", operation)]


def warn_caller(warning: KsefSystemWarning) -> None:
    """Issue the warning at the nearest line outside this package."""
    level = 1
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
        level += 1
    warnings.warn(warning, stacklevel=level + 1)
