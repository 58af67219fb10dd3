"""Pages of an invoice list, kept in a ledger until the list is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ksef_facade.models.sessions import InvoiceStatus
from ksef_facade.store.archive.files import without_links
from ksef_facade.store.ledger.file import LedgerFile
from ksef_facade.store.ledger.ledger import Ledger
from ksef_facade.store.ledger.spending import note_request
from ksef_facade.store.stored_texts import json_text


def next_token(file: LedgerFile, reference: str, page_size: int) -> tuple[bool, str | None]:
    """Whether a page of the list is kept, and the token of the next one."""
    rows = file.select(
        "SELECT token, page_size FROM work_rows WHERE session = ? ORDER BY page DESC LIMIT 1",
        reference,
    )
    if not rows:
        return False, None
    if rows[0]["token"] is not None and rows[0]["page_size"] != page_size:
        # A token is bound to the size of the page.
        forget_rows(file, reference)
        return False, None
    return True, rows[0]["token"]


def keep_rows(
    ledger: Ledger,
    reference: str,
    rows: Sequence[InvoiceStatus],
    token: str | None,
    page_size: int,
) -> None:
    """Keep the next page of the list, without links."""
    with ledger.file.transaction() as connection:
        note_request(ledger.file, "sessionInvoiceList", ledger.now())
        connection.execute(
            "INSERT INTO work_rows (session, page, page_size, token, rows)"
            " VALUES (?, (SELECT count(*) FROM work_rows WHERE session = ?), ?, ?, ?)",
            (
                reference,
                reference,
                page_size,
                token,
                json_text([without_links(dict(row.raw)) for row in rows]),
            ),
        )


def kept_rows(file: LedgerFile, reference: str) -> Iterator[Any]:
    """The list as it came, row by row."""
    for page in file.each("SELECT rows FROM work_rows WHERE session = ? ORDER BY page", reference):
        yield from json.loads(page["rows"])


def forget_rows(file: LedgerFile, reference: str) -> None:
    """Drop the pages: the list has to be asked for anew."""
    with file.transaction() as connection:
        connection.execute("DELETE FROM work_rows WHERE session = ?", (reference,))
