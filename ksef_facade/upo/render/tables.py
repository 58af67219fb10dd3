"""The table of a rendered UPO: a row for each invoice, the head again on every sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ksef_facade.upo.entries import UpoEntry
from ksef_facade.upo.render.content import day, extra_facts, moment
from ksef_facade.upo.render.sheets import GREY, INK, LINE, MARGIN, TINT, Sheets
from ksef_facade.upo.render.typefaces import Style
from ksef_facade.upo.render.wording import Language, grouped, lines

_HEAD: Final = Style(7.2, bold=True, colour=INK)
_HEAD_SECOND: Final = Style(6.2, colour=GREY)
_STRONG: Final = Style(7.8, bold=True, colour=INK)
_PLAIN: Final = Style(7.8, colour=INK)
_LESS: Final = Style(6.6, colour=GREY)
# So that a hash, whose letters are of any width, stays on its line.
_HASH: Final = Style(6.3, colour=GREY)

# Millimetres: from one line of a row to the next, above and below it, beside a cell, and
# from the top of a line to its baseline.
_PITCH: Final = 3.1
_ABOVE: Final = 0.7
_BELOW: Final = 0.75
_BESIDE: Final = 1.4
_ASCENT: Final = 2.5
_HEAD_PITCH: Final = 3.0

# Key of the title and width; together the room between the margins of a landscape sheet.
_COLUMNS: Final = (
    ("number", 13.0),
    ("ksef_number", 70.0),
    ("invoice_number", 59.0),
    ("seller_nip", 25.0),
    ("issue_date", 25.0),
    ("sent_at", 29.0),
    ("acquired_at", 29.0),
    ("mode", 19.0),
)
_STARTS: Final = tuple(
    MARGIN + sum(width for _, width in _COLUMNS[:place]) + _BESIDE for place in range(len(_COLUMNS))
)
_ROOMS: Final = tuple(width - 2 * _BESIDE for _, width in _COLUMNS)
_NUMBER_END: Final = MARGIN + _COLUMNS[0][1] - _BESIDE

_Line = tuple[Style, float, str]


def draw_table(
    sheets: Sheets, entries: Iterable[UpoEntry], language: Language, last: int, below: float
) -> int:
    """A row for each invoice, begun below what the sheet has; returns how many there were.

    Args:
        sheets: where they go.
        entries: the invoices.
        language: of the titles.
        last: number of the last invoice.
        below: millimetres that the end of the document needs; the last row stays together with it.
    """
    titles = _titles(sheets, language)
    _draw_titles(sheets, titles)
    number = 0
    for number, entry in enumerate(entries, start=1):
        cells = _cells(sheets, entry)
        extras = _extras(sheets, entry, language)
        count = max(2, *map(len, cells)) + len(extras)
        height = _ABOVE + count * _PITCH + _BELOW
        kept = height + below if number == last else height
        if sheets.y + kept > sheets.bottom:
            sheets.begin(landscape=True)
            _draw_titles(sheets, titles)
        if sheets.draws:
            _draw_row(sheets, grouped(number, language), cells, extras, count)
        sheets.y += height
        sheets.rule(sheets.y, LINE)
    return number


def _cells(sheets: Sheets, entry: UpoEntry) -> tuple[list[tuple[Style, str]], ...]:
    """The lines of each cell after the first."""
    sent, acquired = moment(entry.sent_at), moment(entry.acquired_at)
    return (
        _broken(sheets, _STRONG, entry.ksef_number, 1)
        + _broken(sheets, _HASH, entry.invoice_hash, 1),
        _broken(sheets, _PLAIN, entry.invoice_number, 2),
        _broken(sheets, _PLAIN, entry.seller_nip, 3),
        [(_PLAIN, day(entry.issue_date))],
        [(_PLAIN, sent[0]), (_LESS, sent[1])],
        [(_PLAIN, acquired[0]), (_LESS, acquired[1])],
        _broken(sheets, _PLAIN, entry.mode, 7),
    )


def _broken(sheets: Sheets, style: Style, text: str | None, column: int) -> list[tuple[Style, str]]:
    if text is None:
        return [(style, "—")]
    face = sheets.face
    return [(style, line) for line in face.broken(face.plain(text), style, _ROOMS[column])]


def _extras(sheets: Sheets, entry: UpoEntry, language: Language) -> list[str]:
    """Lines over the whole row for what the columns have no place for."""
    if not entry.extras:
        return []
    face, room = sheets.face, sheets.right - _STARTS[1]
    return [
        line
        for fact in extra_facts(entry.extras, language)
        for line in face.broken(face.plain(f"{fact.labels[0]}: {fact.text}"), _LESS, room)
    ]


def _draw_row(
    sheets: Sheets,
    number: str,
    cells: tuple[list[tuple[Style, str]], ...],
    extras: list[str],
    count: int,
) -> None:
    base = sheets.y + _ABOVE + _ASCENT
    sheets.text_right(_PLAIN, _NUMBER_END, base, number)
    for start, cell in zip(_STARTS[1:], cells, strict=True):
        for place, (style, text) in enumerate(cell):
            sheets.text(style, start, base + place * _PITCH, text)
    below = base + (count - len(extras)) * _PITCH
    for place, line in enumerate(extras):
        sheets.text(_LESS, _STARTS[1], below + place * _PITCH, line)


def _titles(sheets: Sheets, language: Language) -> list[list[tuple[Style, str]]]:
    titles = []
    for (key, _), room in zip(_COLUMNS, _ROOMS, strict=True):
        cell = []
        for place, word in enumerate(lines(key, language)):
            style = _HEAD_SECOND if place else _HEAD
            cell += [(style, line) for line in sheets.face.broken(word, style, room, 0)]
        if key == "ksef_number":
            second = " / ".join(lines("invoice_hash", language))
            cell += [
                (_HEAD_SECOND, line) for line in sheets.face.broken(second, _HEAD_SECOND, room, 0)
            ]
        titles.append(cell)
    return titles


def _draw_titles(sheets: Sheets, titles: list[list[tuple[Style, str]]]) -> None:
    height = max(map(len, titles)) * _HEAD_PITCH + 2.4
    sheets.area(MARGIN, sheets.y, sheets.room, height, TINT)
    for column, (start, cell) in enumerate(zip(_STARTS, titles, strict=True)):
        for place, (style, text) in enumerate(cell):
            baseline = sheets.y + 3.6 + place * _HEAD_PITCH
            if column:
                sheets.text(style, start, baseline, text)
            else:
                sheets.text_right(style, _NUMBER_END, baseline, text)
    sheets.rule(sheets.y, INK, 0.3)
    sheets.rule(sheets.y + height, INK, 0.3)
    sheets.y += height
