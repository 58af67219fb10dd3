"""Numbers with what they count."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """E.g. `1 file`, `2,000 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
