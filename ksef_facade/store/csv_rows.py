"""Rows of CSV files, whose texts no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

# A spreadsheet runs a text that begins with one of these. Where the language of the system writes
# numbers with a comma, as Polish does, it parts cells by semicolons, quoted by our commas or not: so
# what follows one begins a cell too.
_FORMULA: Final = re.compile(r"\A(?=[=+\-@\t\r\n])|(?<=[;\t\r\n])(?=[=+\-@])")


def csv_row(cells: Iterable[str]) -> bytes:
    """A line in UTF-8; of a character that it cannot hold, as a file's name may, there is the number."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "backslashreplace")


def free_text(text: str) -> str:
    """A text of others as a cell: an apostrophe keeps a formula in it from being one."""
    return _FORMULA.sub("'", text)
