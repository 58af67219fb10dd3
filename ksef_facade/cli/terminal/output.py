"""How commands speak: tables or one JSON document on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ksef_facade.cli.terminal import streams
from ksef_facade.cli.terminal.printable import json_escaped, one_line, printable
from ksef_facade.cli.terminal.progress import Progress

if TYPE_CHECKING:
    from rich.console import Console

# From here on a terminal has room for a whole SHA-256 beside a file name.
WIDE = 120
# Blanks between two columns.
_GAP = 2
# Characters that a column which cannot fold leaves to each of the others.
_LEAST = 6


@frozen
class Column:
    """A column of a table: `right` for numbers, `folds` for texts that may take several lines.

    A column keeps `at_least` so many characters, so that an identifier stays whole; then the others
    share what is left of the line.
    """

    title: str
    right: bool = False
    folds: bool = False
    at_least: int | None = None


@frozen
class Cell:
    """A cell with a style of its own, e.g. `green`; a plain cell is a `str`."""

    text: str
    style: str = ""


class Output:
    """Where a command's results and remarks go.

    With `as_json`, stdout carries exactly one JSON document, so the methods for people say nothing.
    What a terminal would obey in the texts of the service is shown instead, wherever people read.
    """

    def __init__(self, as_json: bool = False) -> None:
        self.as_json = as_json
        self._has_document = False
        self._progress: Progress | None = None
        self._said: set[str] = set()
        self._lock = threading.Lock()

    @property
    def wide(self) -> bool:
        """Whether a line has room for long values; a pipe always has."""
        return not sys.stdout.isatty() or self._console.width >= WIDE

    def document(self, content: Mapping[str, Any]) -> None:
        """Print the command's JSON document, if JSON is wanted; after the first there is no other."""
        if not self.as_json or self._has_document:
            return
        # Where an encoding lacks letters, question marks would stand in the document for them.
        encoder = json.JSONEncoder(ensure_ascii=not _takes_all_letters(), indent=2)
        self._has_document = True
        # Piece by piece: as one text the results of 10,000 invoices take 70 MB.
        for piece in encoder.iterencode(content):
            sys.stdout.write(json_escaped(piece))
        sys.stdout.write("\n")
        sys.stdout.flush()

    def line(self, text: str = "", style: str | None = None, whole: bool = False) -> None:
        """Print a line for people; a `whole` one, to be copied, is left to the terminal to break."""
        self._print(one_line(text), style, whole)

    def text(self, text: str) -> None:
        """Print a text of many lines for people, each left to the terminal to break."""
        self._print(printable(text), None, whole=True)

    def _print(self, text: str, style: str | None, whole: bool) -> None:
        if self.as_json:
            return
        if sys.stdout.isatty():
            self._console.print(text, style=style, soft_wrap=whole)
        else:
            sys.stdout.write(f"{text}\n")

    def facts(self, facts: Mapping[str, str | None]) -> None:
        """Print names and values, one to a line; a value of `None` is left out."""
        present = {name: value for name, value in facts.items() if value is not None}
        width = max(map(len, present), default=0)
        for name, value in present.items():
            self.line(f"{name:<{width}}  {value}", whole=True)

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str | Cell]], title: str = ""
    ) -> None:
        """Print a table for people; the cells of a row are in the order of the columns."""
        if self.as_json:
            return
        if title:
            self.line()
            self.line(title, style="bold")
        cells = [[_cell(cell) for cell in row] for row in rows]
        if sys.stdout.isatty():
            self._draw(columns, cells)
        else:
            # Who reads a pipe wants a row on a line, whole identifiers, and nothing drawn.
            sys.stdout.writelines(_plain_lines(columns, cells))

    def _draw(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
        widths = _widths(columns, rows, self._console.width)
        for column, width in zip(columns, widths, strict=True):
            table.add_column(
                column.title,
                justify="right" if column.right else "left",
                no_wrap=not column.folds,
                overflow="fold" if column.folds else "ellipsis",
                min_width=column.at_least,
                max_width=width,
            )
        for row in rows:
            table.add_row(*(Text(cell.text, style=cell.style) for cell in row))
        self._console.print(table)

    def remark(self, text: str, *, lines: bool = False) -> None:
        """Say something beside the result, on stderr, on one line unless it has `lines`."""
        try:
            sys.stderr.write(f"{printable(text) if lines else one_line(text)}\n")
            sys.stderr.flush()
        except OSError:
            # There is no third place to say so.
            streams.abandon(sys.stderr)

    def remark_once(self, text: str) -> None:
        """Say something that came up before no second time; from any thread."""
        with self._lock:
            if text in self._said:
                return
            self._said.add(text)
        self.remark(text)

    @contextmanager
    def progress(self, text: str) -> Iterator[Progress]:
        """A progress bar on stderr for what takes over a second; none where nobody watches.

        Inside another's block it is the same bar, which says the other text again afterwards.
        """
        if self._progress is not None:
            with self._progress.stage(text):
                yield self._progress
            return
        with Progress(text, shown=sys.stderr.isatty()) as self._progress:
            try:
                yield self._progress
            finally:
                self._progress = None

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console

        # Identifiers are no code: rich's own highlighting would colour parts of them.
        return Console(file=sys.stdout, highlight=False, emoji=False, markup=False)


def _cell(cell: str | Cell) -> Cell:
    if isinstance(cell, Cell):
        return evolve(cell, text=one_line(cell.text))
    return Cell(one_line(cell))


def _takes_all_letters() -> bool:
    return (sys.stdout.encoding or "utf-8").lower().replace("_", "-") in ("utf-8", "utf8")


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], line: int
) -> list[int | None]:
    """How wide each column may be: where some keep their width, the others share what they leave.

    Those that cannot fold come first, since they would lose text. What a narrow column does not need
    of its share goes to the wider ones.
    """
    widths: list[int | None] = [None] * len(columns)
    if not any(column.at_least for column in columns):
        return widths
    room = line - sum(column.at_least + _GAP for column in columns if column.at_least)
    needs = {
        place: max([len(column.title), *(len(row[place].text) for row in rows)])
        for place, column in enumerate(columns)
        if column.at_least is None
    }
    left = len(needs)
    for place in sorted(needs, key=lambda place: (columns[place].folds, needs[place])):
        left -= 1
        most = room // (left + 1) if columns[place].folds else room - left * (_LEAST + _GAP)
        widths[place] = width = max(1, min(needs[place], most - _GAP))
        room -= width + _GAP
    return widths


def _plain_lines(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    lines = [[column.title for column in columns], *([cell.text for cell in row] for row in rows)]
    widths = [max(map(len, texts)) for texts in zip(*lines, strict=True)]
    for line in lines:
        texts = (
            text.rjust(width) if column.right else text.ljust(width)
            for column, text, width in zip(columns, line, widths, strict=True)
        )
        yield "  ".join(texts).rstrip() + "\n"
