"""The head of a rendered UPO: its title, and what the document says of itself."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from ksef_facade.upo.documents import UpoDocument
from ksef_facade.upo.render.content import Fact, environment_words, extra_facts, head_facts
from ksef_facade.upo.render.sheets import GREY, INK, LINE, MARGIN, Sheets
from ksef_facade.upo.render.typefaces import Style
from ksef_facade.upo.render.wording import Language, lines, say

_TITLE: Final = Style(17, bold=True, colour=INK)
_SUBTITLE: Final = Style(10.5, colour=GREY)
_SMALL_TITLE: Final = Style(8, colour=GREY)
_KIND: Final = Style(10.5, bold=True, colour=INK)
_SIGN: Final = Style(8, bold=True, colour=(255, 255, 255))
_SECTION: Final = Style(10.5, bold=True, colour=INK)
_LABEL: Final = Style(7.8, colour=GREY)
_LABEL_SECOND: Final = Style(6.6, colour=GREY)
_VALUE: Final = Style(8.6, colour=INK)
_VALUE_STRONG: Final = Style(8.6, bold=True, colour=INK)
_WARNING: Final = (157, 28, 36)

# Millimetres from one line to the next, and between facts.
_PITCH: Final = 3.9
_LABEL_PITCH: Final = 3.1
_BETWEEN: Final = 1.5
_GUTTER: Final = 10.0
_NAME_WIDTH: Final = 49.0
# Share of the room: a hash fits on one line of it.
_FIRST_COLUMN: Final = 0.55


def draw_title(sheets: Sheets, document: UpoDocument, language: Language) -> None:
    """What the document is, from where, and whether it is not from production."""
    top = sheets.y
    sheets.text(_SMALL_TITLE, MARGIN, top + 2.6, say("system", language))
    titles = lines("title", language)
    sheets.text(_TITLE, MARGIN, top + 10.2, titles[0])
    kind = say("of_session" if document.is_session_page else "of_invoice", language)
    sheets.text_right(_KIND, sheets.right, top + 10.2, kind)
    if words := environment_words(document, language):
        width = sheets.face.width(words, _SIGN) + 5
        sheets.area(sheets.right - width, top - 0.9, width, 5.2, _WARNING)
        sheets.text(_SIGN, sheets.right - width + 2.5, top + 2.75, words)
    sheets.y = top + 13.2
    for further in titles[1:]:
        sheets.text(_SUBTITLE, MARGIN, sheets.y + 2.4, further)
        sheets.y += 4.8
    sheets.rule(sheets.y + 0.6, INK, 0.5)
    sheets.y += 5.0


def draw_head(sheets: Sheets, document: UpoDocument, language: Language) -> None:
    """The document's own facts in two columns, row by row, on as many sheets as they need."""
    who, what = head_facts(document, language)
    first = (sheets.room - _GUTTER) * _FIRST_COLUMN
    places = ((MARGIN, first), (MARGIN + first + _GUTTER, sheets.room - _GUTTER - first))
    for facts in zip_longest(who, what):
        pair = [
            (start, _set(sheets, fact, width))
            for (start, width), fact in zip(places, facts, strict=True)
            if fact is not None
        ]
        _draw_row(sheets, pair)
    draw_facts(sheets, extra_facts(document.extras, language), sheets.room)


def draw_section(sheets: Sheets, key: str, language: Language) -> None:
    """The title of a part of the document."""
    sheets.y += 2.5
    sheets.text(_SECTION, MARGIN, sheets.y + 3, say(key, language))
    sheets.rule(sheets.y + 5, LINE)
    sheets.y += 8.0


def draw_facts(sheets: Sheets, facts: list[Fact], room: float, strong: int = 0) -> None:
    """Facts below each other; the first `strong` ones stand out."""
    for place, fact in enumerate(facts):
        _draw_row(sheets, [(MARGIN, _set(sheets, fact, room))], place < strong)


_Lines = tuple[list[tuple[Style, str]], list[str]]


def _set(sheets: Sheets, fact: Fact, width: float) -> _Lines:
    """The lines of a fact: of its names, and of what is said."""
    names = []
    for place, label in enumerate(fact.labels):
        style = _LABEL_SECOND if place else _LABEL
        broken = sheets.face.broken(sheets.face.plain(label), style, _NAME_WIDTH - 3, 0)
        names += [(style, line) for line in broken]
    value = sheets.face.plain(fact.text)
    return names, sheets.face.broken(value, _VALUE_STRONG, width - _NAME_WIDTH)


def _draw_row(sheets: Sheets, pair: list[tuple[float, _Lines]], strong: bool = False) -> None:
    height = _BETWEEN + max(
        max(len(names) * _LABEL_PITCH, len(values) * _PITCH) for _, (names, values) in pair
    )
    if sheets.y + height > sheets.bottom:
        sheets.begin(sheets.landscape)
    style = _VALUE_STRONG if strong else _VALUE
    for x, (names, values) in pair:
        for place, (label, name) in enumerate(names):
            sheets.text(label, x, sheets.y + 2.9 + place * _LABEL_PITCH, name)
        for place, value in enumerate(values):
            sheets.text(style, x + _NAME_WIDTH, sheets.y + 2.9 + place * _PITCH, value)
    sheets.y += height
