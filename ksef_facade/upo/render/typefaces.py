"""The typeface of rendered PDFs, and how texts are measured and broken in it.

It is Lato, which has Polish letters, digits of one width, Greek and Cyrillic; its licence lies beside
the files. The PDF holds only the glyphs that it uses.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import frozen

from ksef_facade.upo.render.visible import visible

if TYPE_CHECKING:
    from fpdf import FPDF

FAMILY: Final = "lato"
_FILES: Final = {"": "Lato-Regular.ttf", "B": "Lato-Bold.ttf"}

POINT: Final = 25.4 / 72
"""Millimetres of a typographic point."""

# After these a long number may go on in the next line.
_BREAKS: Final = frozenset(" /-_.,;:\\|")
# Share of a line that must be filled before such a place is preferred to a break anywhere.
_FILLED: Final = 0.55
Colour = tuple[int, int, int]


@contextmanager
def _without_remarks() -> Iterator[None]:
    """Keep fontTools from remarking, at every call, that the files name no day of their making."""
    logger = logging.getLogger("fontTools.ttLib.tables._h_e_a_d")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


@frozen
class Style:
    """How a text is set: size in points, weight, colour."""

    size: float
    bold: bool = False
    colour: Colour = (26, 32, 44)


class Typeface:
    """Measures texts of both weights, in millimetres."""

    def __init__(self, pdf: FPDF) -> None:
        for weight, name in _FILES.items():
            with (
                as_file(files("ksef_facade.upo.render") / "fonts" / name) as path,
                _without_remarks(),
            ):
                pdf.add_font(FAMILY, weight, path)
        # fpdf2 keeps advance widths in thousandths of the size, by character; its types say so of
        # its built-in fonts only.
        self._widths: dict[bool, Mapping[int, float]] = {
            bold: cast(Any, pdf.fonts[FAMILY + "B" * bold]).cw for bold in (False, True)
        }
        self._glyphs: Mapping[int, object] = cast(Any, pdf.fonts[FAMILY]).cmap

    def plain(self, text: str) -> str:
        """The text as it can be drawn, see `visible`."""
        return text if text.isascii() and text.isprintable() else visible(text, self._has_glyph)

    def width(self, text: str, style: Style) -> float:
        """How wide a drawable text is."""
        widths = self._widths[style.bold]
        units: float = sum(widths[ord(character)] for character in text)
        return units * style.size * POINT / 1000

    def broken(self, text: str, style: Style, room: float, filled: float = _FILLED) -> list[str]:
        """A drawable text in lines no wider than `room`, broken after a separator if possible.

        Nothing is left out and nothing added, so that the lines together are the text again, but
        for a blank at the end of a line.

        Args:
            text: what is to be set.
            style: how.
            room: millimetres.
            filled: share of a line that must be full before a separator ends it; 0 for words.
        """
        if self.width(text, style) <= room:
            return [text]
        found = []
        while text:
            fits = self._fitting(text, style, room, filled)
            found.append(text[:fits].rstrip(" ") or text[:fits])
            text = text[fits:]
        return found

    def _fitting(self, text: str, style: Style, room: float, filled: float) -> int:
        widths = self._widths[style.bold]
        left = room * 1000 / (style.size * POINT)
        most = 0
        for character in text:
            left -= widths[ord(character)]
            if left < 0:
                break
            most += 1
        if most == len(text):
            return most
        most = max(most, 1)
        for end in range(most, int(most * filled), -1):
            if text[end - 1] in _BREAKS:
                return end
        return most

    def _has_glyph(self, character: int) -> bool:
        return character in self._glyphs
