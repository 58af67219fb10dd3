"""How commands speak: tables or one JSON document on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ksef_facade.cli.progress import Progress

if TYPE_CHECKING:
    from rich.console import Console

# Wide enough that no cell of ours is folded: who reads a pipe wants whole identifiers.
PIPED_WIDTH = 1000
# From here on a terminal has room for a whole SHA-256 beside a file name.
WIDE = 130


@frozen
class Column:
    """A column of a table: `right` for numbers, `folds` for texts that may take several lines."""

    title: str
    right: bool = False
    folds: bool = False


@frozen
class Cell:
    """A cell with a style of its own, e.g. `green`; a plain cell is a `str`."""

    text: str
    style: str = ""


class Output:
    """Where a command's results and remarks go.

    With `as_json`, stdout carries exactly one JSON document, so the methods for people say nothing.
    """

    def __init__(self, as_json: bool = False) -> None:
        self.as_json = as_json

    @property
    def wide(self) -> bool:
        """Whether a line has room for long values."""
        return self._console.width >= WIDE

    def document(self, content: Mapping[str, Any]) -> None:
        """Print the command's JSON document, if JSON is wanted."""
        if self.as_json:
            json.dump(content, sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")
            sys.stdout.flush()

    def line(self, text: str = "", style: str | None = None) -> None:
        """Print a line for people."""
        if not self.as_json:
            self._console.print(text, style=style, soft_wrap=True)

    def facts(self, facts: Mapping[str, str | None]) -> None:
        """Print names and values, one to a line; a value of `None` is left out."""
        present = {name: value for name, value in facts.items() if value is not None}
        width = max(map(len, present), default=0)
        for name, value in present.items():
            self.line(f"{name:<{width}}  {value}")

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str | Cell]], title: str = ""
    ) -> None:
        """Print a table for people; the cells of a row are in the order of the columns."""
        if self.as_json:
            return
        from rich import box
        from rich.table import Table
        from rich.text import Text

        piped = not self._console.is_terminal
        if title:
            self.line()
            self.line(title, style="bold")
        table = Table(box=None if piped else box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for column in columns:
            table.add_column(
                column.title,
                justify="right" if column.right else "left",
                no_wrap=not column.folds,
                overflow="fold" if column.folds else "ellipsis",
            )
        for row in rows:
            cells = (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
            table.add_row(*(Text(cell.text, style=cell.style) for cell in cells))
        self._console.print(table)

    def remark(self, text: str) -> None:
        """Say something beside the result, on stderr: a hint, a warning."""
        sys.stderr.write(f"{text}\n")

    def progress(self, text: str) -> Progress:
        """A progress bar on stderr for what takes over a second; none where nobody watches."""
        return Progress(text, shown=sys.stderr.isatty())

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console

        width = None if sys.stdout.isatty() else PIPED_WIDTH
        # Identifiers are no code: rich's own highlighting would colour parts of them.
        return Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
