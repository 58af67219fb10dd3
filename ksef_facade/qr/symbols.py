"""A text as the modules of a QR code, and these as rows, runs and one path."""

from __future__ import annotations

from typing import Final

from ksef_facade.errors import ExtraNeeded

Rows = tuple[tuple[bool, ...], ...]

QUIET: Final = 4
"""Modules of white that a QR code needs around itself (ISO/IEC 18004)."""


def qr_rows(text: str) -> Rows:
    """The modules of the QR code (ISO/IEC 18004, error correction M), row by row, dark ones true.

    Raises:
        ExtraNeeded: the extra `pdf` is not installed.
    """
    try:
        import segno
    except ImportError as error:
        raise ExtraNeeded("a QR code", "pdf") from error

    code = segno.make(text, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def qr_path(rows: Rows) -> str:
    """The dark modules as one SVG path, a module to a unit."""
    return "".join(
        f"M{start} {top}h{width}v1h-{width}z"
        for top, row in enumerate(rows)
        for start, width in runs(row)
    )


def runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark modules lie side by side: the first, and how many."""
    found = []
    start = None
    for place, dark in enumerate((*row, False)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            found.append((start, place - start))
            start = None
    return found
