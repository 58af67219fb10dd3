"""Failures of the disk that say which file they are about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def about(path: str | os.PathLike[str]) -> Iterator[None]:
    """Name `path` in every `OSError` of the block.

    By itself a full disk names no file, and what happens to a temporary file names that one, which
    nobody has heard of.
    """
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = os.fspath(path), None
        raise
