"""Invoices of an archive as a CSV or JSON file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from attrs import fields

from ksef_facade.models.archive import ArchivedInvoice
from ksef_facade.store.csv_rows import csv_row, free_text
from ksef_facade.store.files import AtomicFile
from ksef_facade.store.ledger.file import time_text

ExportFormat = Literal["csv", "json"]

COLUMNS: Final = tuple(attribute.name for attribute in fields(ArchivedInvoice))
"""Columns of the CSV and members of the JSON; they are interface: added to, never renamed."""
_FREE_TEXTS: Final = frozenset({"invoice_number", "description", "details", "file_name", "source"})


def export_invoices(
    invoices: Iterable[ArchivedInvoice],
    directory: Path,
    target: str | os.PathLike[str],
    form: ExportFormat,
) -> int:
    """Write the invoices to a file, which appears whole or not at all; tells how many there were."""
    count = 0
    with AtomicFile(target, overwrite=True) as file:
        if form == "csv":
            file.write(csv_row(list(COLUMNS)))
        else:
            file.write(b'{"invoices": [')
        for invoice in invoices:
            document = invoice_document(invoice, directory)
            if form == "csv":
                file.write(csv_row([_cell(name, document[name]) for name in COLUMNS]))
            else:
                text = json.dumps(document, ensure_ascii=False)
                file.write(f"{',' if count else ''}\n  {text}".encode())
            count += 1
        if form == "json":
            file.write(b"\n]}\n")
        file.commit()
    return count


def invoice_document(invoice: ArchivedInvoice, directory: Path) -> dict[str, Any]:
    """An invoice as JSON; paths are inside the archive."""
    return {name: _plain(getattr(invoice, name), directory) for name in COLUMNS}


def _plain(value: Any, directory: Path) -> Any:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.relative_to(directory).as_posix()
    return list(value) if isinstance(value, tuple) else value


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return free_text(text) if name in _FREE_TEXTS else text
