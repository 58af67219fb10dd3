"""Texts of the service and of files made harmless for a terminal.

A terminal obeys control characters: it may move the cursor over what was said, rename the window,
or answer into the shell. Others turn the direction of writing, so that a number reads as another.
"""

from __future__ import annotations

import unicodedata

# Controls, format characters (direction of writing among them), lone surrogates, line separators.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BREAKS = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))


def printable(text: str) -> str:
    """The text with every character that a terminal might obey as an escape; lines stay lines."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if character == "\n" or not _is_harmful(character) else _escaped(character)
        for character in text
    )


def one_line(text: str) -> str:
    """The same on one line, so that a text cannot pass for a row or a remark of its own."""
    return printable(text.translate(_BREAKS))


def json_escaped(text: str) -> str:
    """A JSON document in which such characters are written as JSON's own escapes; it says the same.

    `json.dumps` does so for those below U+0020; what is left can stand in strings only, but for the
    line ends of the document.
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(
        f"\\u{ord(character):04x}"
        if character != "\n" and ord(character) <= 0xFFFF and _is_harmful(character)
        else character
        for character in text
    )


def _is_harmful(character: str) -> bool:
    return unicodedata.category(character) in _HARMFUL


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()
