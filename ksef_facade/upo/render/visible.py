"""Texts of a document made visible: what would hide, break lines or turn the direction of writing
is shown by its number, so that what is read is what stands there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

# Controls, format characters (direction of writing among them), surrogates, private and unassigned
# ones, separators of lines.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, drawn: Callable[[int], object] = bool) -> str:
    """The text with every hidden character as e.g. `[U+202E]`, and blanks of any kind as they are.

    Args:
        text: what a document says.
        drawn: tells whether there is a glyph for a character; one without is shown by its number
            too, instead of as an empty box.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if _shows(character) and drawn(ord(character)) else f"[U+{ord(character):04X}]"
        for character in text
    )


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in _HIDDEN
