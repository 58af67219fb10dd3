"""A QR code with its label below, as SVG and as PNG."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING, Final

from ksef_facade.errors import ConfigurationError, ExtraNeeded
from ksef_facade.qr.symbols import QUIET, qr_path, qr_rows

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

PIXELS: Final = 5
"""Pixels of a module, as the Ministry's own library draws them by default."""
_MOST_PIXELS: Final = 100

# The label in modules: size of its letters, where its base line is below the quiet zone, and the
# height of all that.
_LETTERS: Final = 4.0
_BASE: Final = 3.0
_BAND: Final = 5
# Mean width of capitals and digits in parts of the size, in the widest of the faces that an SVG names.
_LETTER_WIDTH: Final = 0.62
_FONT: Final = "Lato-Regular.ttf"


def draw_svg(text: str, label: str, pixels: int = PIXELS) -> bytes:
    """The QR code of a text as an SVG file in UTF-8.

    Raises:
        ConfigurationError: `pixels` is not 1 to 100.
        ExtraNeeded: the extra `pdf` is not installed.
    """
    _check(pixels)
    rows = qr_rows(text)
    side = len(rows) + 2 * QUIET
    height = side + _BAND
    letters = min(_LETTERS, (side - QUIET) / (max(len(label), 1) * _LETTER_WIDTH))
    escaped = html.escape(label)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side * pixels}" height="{height * pixels}"'
        f' viewBox="{-QUIET} {-QUIET} {side} {height}" role="img">'
        f"<title>{escaped}</title>"
        f'<path fill="#fff" d="M{-QUIET} {-QUIET}h{side}v{height}h-{side}z"/>'
        f'<path shape-rendering="crispEdges" d="{qr_path(rows)}"/>'
        f'<text x="{side / 2 - QUIET:g}" y="{len(rows) + QUIET + _BASE:g}" text-anchor="middle"'
        f' font-family="Lato, Arial, Helvetica, sans-serif" font-size="{letters:.3g}">{escaped}</text>'
        "</svg>\n"
    ).encode()


def draw_png(text: str, label: str, pixels: int = PIXELS) -> bytes:
    """The QR code of a text as a PNG file, in grey.

    Raises:
        ConfigurationError: `pixels` is not 1 to 100.
        ExtraNeeded: the extra `pdf` is not installed.
    """
    _check(pixels)
    rows = qr_rows(text)
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise ExtraNeeded("a QR code as PNG", "pdf") from error

    side = len(rows) + 2 * QUIET
    symbol = Image.new("L", (side, side), 255)
    for top, row in enumerate(rows):
        for left, dark in enumerate(row):
            if dark:
                symbol.putpixel((left + QUIET, top + QUIET), 0)
    width = side * pixels
    picture = Image.new("L", (width, (side + _BAND) * pixels), 255)
    picture.paste(symbol.resize((width, width), Image.Resampling.NEAREST), (0, 0))
    place = (width / 2, (side + _BASE) * pixels)
    font = _fitting(label, _LETTERS * pixels, (side - QUIET) * pixels)
    ImageDraw.Draw(picture).text(place, label, fill=0, font=font, anchor="ms")
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitting(label: str, size: float, room: int) -> FreeTypeFont:
    """The typeface in a size, or in a smaller one if the label would need more room."""
    from importlib.resources import files

    from PIL import ImageFont

    content = (files("ksef_facade.upo.render") / "fonts" / _FONT).read_bytes()
    font = ImageFont.truetype(io.BytesIO(content), size)
    needed = font.getlength(label)
    return font if needed <= room else font.font_variant(size=size * room / needed)


def _check(pixels: int) -> None:
    if not 1 <= pixels <= _MOST_PIXELS:
        raise ConfigurationError(f"a module of a QR code has 1 to {_MOST_PIXELS} pixels")
