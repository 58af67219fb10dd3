"""The sheets of a PDF: where the next line goes, when a new sheet begins, and what stands on each.

A document is set twice with the same code: first without drawing, to count the sheets, then for good,
so that every foot can say "3 of 41".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ksef_facade.upo.render.typefaces import FAMILY, Colour, Style, Typeface
from ksef_facade.upo.render.wording import Language, grouped, say

if TYPE_CHECKING:
    from fpdf import FPDF

INK: Final[Colour] = (26, 32, 44)
GREY: Final[Colour] = (92, 101, 114)
LINE: Final[Colour] = (203, 209, 216)
TINT: Final[Colour] = (239, 242, 246)

# A4 (ISO 216) and its margins, in millimetres.
_SHORT: Final = 210.0
_LONG: Final = 297.0
MARGIN: Final = 14.0
_FOOT: Final = 15.0
_FOOT_LINE: Final = 9.0
_FOOT_STYLE: Final = Style(7, colour=GREY)
_HAIR: Final = 0.12


class Sheets:
    """A pen on A4 sheets; `y` is the distance of the next line from the top, in millimetres.

    Args:
        pdf: what is drawn on.
        face: the typeface.
        language: of the page numbers.
        count: how many sheets there will be; `None` only counts them.
    """

    def __init__(self, pdf: FPDF, face: Typeface, language: Language, count: int | None) -> None:
        self._pdf = pdf
        self._language: Language = language
        self._count = count
        self._style: Style | None = None
        self.face = face
        self.draws = count is not None
        self.number = 0
        self.landscape = False
        self.running = ""
        self.y = MARGIN

    @property
    def right(self) -> float:
        """The right edge of what may be drawn."""
        return (_LONG if self.landscape else _SHORT) - MARGIN

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.right - MARGIN

    @property
    def bottom(self) -> float:
        """The lower edge of what may be drawn."""
        return (_SHORT if self.landscape else _LONG) - _FOOT

    def begin(self, landscape: bool) -> None:
        """A new sheet with its foot."""
        self.landscape = landscape
        self.number += 1
        self.y = MARGIN
        if not self.draws:
            return
        self._pdf.add_page(orientation="landscape" if landscape else "portrait")
        self._style = None
        line = (_SHORT if landscape else _LONG) - _FOOT_LINE
        self.rule(line - 3.6, LINE)
        self.text(_FOOT_STYLE, MARGIN, line, self.running)
        sheet = say(
            "sheet",
            self._language,
            number=grouped(self.number, self._language),
            count=grouped(self._count or 0, self._language),
        )
        self.text_right(_FOOT_STYLE, self.right, line, sheet)

    def text(self, style: Style, x: float, baseline: float, text: str) -> None:
        """A drawable text that begins at `x`."""
        if not self.draws or not text:
            return
        if style is not self._style:
            self._pdf.set_font(FAMILY, "B" if style.bold else "", style.size)
            # One colour for both, or fpdf2 sets it anew around every text.
            self._pdf.set_text_color(*style.colour)
            self._pdf.set_fill_color(*style.colour)
            self._style = style
        self._pdf.text(x, baseline, text)

    def text_right(self, style: Style, x: float, baseline: float, text: str) -> None:
        """A drawable text that ends at `x`."""
        if self.draws:
            self.text(style, x - self.face.width(text, style), baseline, text)

    def rule(self, y: float, colour: Colour, thickness: float = _HAIR) -> None:
        """A line from margin to margin."""
        if self.draws:
            self._pdf.set_draw_color(*colour)
            self._pdf.set_line_width(thickness)
            self._pdf.line(MARGIN, y, self.right, y)

    def area(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle."""
        if self.draws:
            self._style = None
            self._pdf.set_fill_color(*colour)
            self._pdf.rect(x, y, width, height, style="F")

    def link(self, x: float, y: float, width: float, height: float, address: str) -> None:
        """A place that leads to an address."""
        if self.draws:
            self._pdf.link(x, y, width, height, address)
