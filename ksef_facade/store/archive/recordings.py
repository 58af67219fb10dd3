"""Invoices that the caller knows of, read from a send journal or a CSV file."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ksef_facade.errors import ConfigurationError
from ksef_facade.models.archive import RecordedInvoice
from ksef_facade.store.stored_texts import read_text

_CSV_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "invoice_hash": ("invoice_hash", "hash"),
    "ksef_number": ("ksef_number",),
    "invoice_number": ("invoice_number",),
    "session_reference": ("session_reference", "session"),
    "invoice_reference": ("invoice_reference", "reference"),
    "source": ("file", "source"),
}
"""Columns by what they hold; the first names are those of `ksef send --csv`."""
_NOT_SENT: Final = frozenset({"refused_locally", "planned"})
"""Outcomes in a table of `ksef send --csv` that no session holds."""


def read_journal(path: str | os.PathLike[str]) -> list[RecordedInvoice]:
    """The invoices of a send journal that were given to a session; a run may be writing it.

    Raises:
        ConfigurationError: it is no send journal.
        OSError: there is no such file.
    """
    journal = Path(path)
    journal.stat()
    try:
        connection = sqlite3.connect(f"{journal.absolute().as_uri()}?mode=ro", uri=True)
        connection.text_factory = read_text
        try:
            rows = connection.execute(
                "SELECT invoices.hash, invoices.ksef_number, sessions.reference,"
                " invoices.reference, invoices.source FROM invoices"
                " LEFT JOIN sessions ON sessions.id = invoices.session"
                " WHERE invoices.attempts > 0 ORDER BY invoices.rowid"
            ).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise ConfigurationError(f"{journal} cannot be read as a send journal: {error}") from error
    return [
        RecordedInvoice(
            invoice_hash=digest,
            ksef_number=number,
            session_reference=session,
            invoice_reference=reference,
            source=source,
        )
        for digest, number, session, reference, source in rows
    ]


def read_csv(path: str | os.PathLike[str]) -> Iterator[RecordedInvoice]:
    """The invoices of a CSV file in UTF-8 with a header: any of `ksef_number`, `invoice_hash`,
    `invoice_number`, `session_reference`, `invoice_reference`, `file`. Rows that name nothing to find
    an invoice by are passed over, and so are those that the table of `ksef send --csv` says were
    not sent (`outcome`); other columns do not matter.

    Raises:
        ConfigurationError: it has no column to find an invoice by, or is no text.
        OSError: it cannot be read.
    """
    table = Path(path)
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            start = file.read(4096)
            file.seek(0)
            rows = csv.DictReader(file, delimiter=_delimiter(start))
            present = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
            columns = {
                attribute: present[name]
                for attribute, names in _CSV_NAMES.items()
                for name in reversed(names)
                if name in present
            }
            if not {"ksef_number", "invoice_hash", "invoice_reference"} & set(columns):
                raise ConfigurationError(
                    f"{table} has no column ksef_number, invoice_hash or invoice_reference"
                )
            outcome = present.get("outcome")
            for row in rows:
                if outcome is not None and row[outcome] in _NOT_SENT:
                    continue
                values = {name: (row[column] or "").strip() for name, column in columns.items()}
                invoice = RecordedInvoice(**{name: text or None for name, text in values.items()})
                if _can_be_found(invoice):
                    yield invoice
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{table} is no CSV file in UTF-8: {error}") from error


def _delimiter(start: str) -> str:
    # What Polish spreadsheets save is parted by semicolons.
    header = start.partition("\n")[0]
    return max(",;\t", key=header.count)


def _can_be_found(invoice: RecordedInvoice) -> bool:
    by_reference = invoice.session_reference and invoice.invoice_reference
    return bool(invoice.ksef_number or invoice.invoice_hash or by_reference)
