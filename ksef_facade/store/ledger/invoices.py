"""The table `invoices` of a ledger: lists of sessions, what a UPO proves of them, and what was
recorded before.

A recorded invoice waits without a session until one is archived that has it: found by session and
reference, else by KSeF number, else by hash. A duplicate (440) has the number and hash of another
invoice's file, so it is no home for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from ksef_facade.errors import ConfigurationError
from ksef_facade.identifiers import SessionReference
from ksef_facade.models.archive import RecordedInvoice
from ksef_facade.models.sessions import DUPLICATE_INVOICE, InvoiceStatus
from ksef_facade.store.ledger.file import LedgerFile, time_text
from ksef_facade.store.ledger.ledger import Ledger
from ksef_facade.store.stored_texts import json_text, plain
from ksef_facade.upo.entries import UpoEntry

_NIP_LENGTH: Final = 10
_COLUMNS: Final = (
    "ordinal",
    "hash",
    "ksef_number",
    "invoice_number",
    "seller_nip",
    "code",
    "description",
    "details",
    "invoicing_date",
    "acquisition_date",
    "permanent_storage_date",
    "mode",
    "file_name",
    "original_ksef_number",
    "original_session",
)
_KNOWN_AFTERWARDS: Final = ("seller_nip",)
_INSERT: Final = (
    f"INSERT INTO invoices (session, reference, {', '.join(_COLUMNS)})"
    f" VALUES (?, ?, {', '.join('?' * len(_COLUMNS))})"
    " ON CONFLICT (session, reference) DO UPDATE SET "
    + ", ".join(
        f"{name} = coalesce(excluded.{name}, {name})"
        if name in _KNOWN_AFTERWARDS
        else f"{name} = excluded.{name}"
        for name in _COLUMNS
    )
)


def keep_list(
    ledger: Ledger, reference: str, rows: Iterable[InvoiceStatus], listed_for: str
) -> None:
    """Take over a session's whole invoice list, and link what was recorded before; the pages of the
    list that were kept are dropped.
    """
    # Read before the transaction writes: both go over one connection.
    values = [(reference, plain(row.reference_number), *_values(row)) for row in rows]
    with ledger.file.transaction() as connection:
        connection.executemany(_INSERT, values)
        _link(ledger.file, reference)
        connection.execute("DELETE FROM work_rows WHERE session = ?", (reference,))
        connection.execute(
            "UPDATE sessions SET listed_for = ? WHERE reference = ?", (listed_for, reference)
        )


def keep_proofs(
    file: LedgerFile, reference: str, upo_reference: str, entries: Iterable[UpoEntry]
) -> None:
    """Write down which invoices of a session a UPO page proves, with what only the page says."""
    with file.transaction() as connection:
        connection.executemany(
            "UPDATE invoices SET upo_reference = ?, seller_nip = coalesce(?, seller_nip),"
            " issue_date = coalesce(?, issue_date) WHERE session = ? AND ksef_number = ?",
            (
                (
                    plain(upo_reference),
                    plain(entry.seller_nip),
                    entry.issue_date.isoformat() if entry.issue_date else None,
                    reference,
                    plain(entry.ksef_number),
                )
                for entry in entries
            ),
        )


def record(
    ledger: Ledger, invoices: Iterable[RecordedInvoice], recorded_from: str, now: datetime
) -> tuple[int, int]:
    """Keep invoices that the caller knows of; tells how many there were, and how many of them are
    linked to a session now.

    Raises:
        ConfigurationError: an invoice has nothing that it could be found by.
        InvalidIdentifier: a session reference is none.
    """
    stamp = time_text(now)
    with ledger.file.transaction() as connection:
        before = connection.execute("SELECT coalesce(max(id), 0) FROM invoices").fetchone()[0]
        count = 0
        for invoice in invoices:
            count += 1
            _record(ledger, invoice, recorded_from, stamp)
        for row in connection.execute(
            "SELECT DISTINCT session FROM invoices WHERE session IS NOT NULL"
            " AND (hash IN (SELECT hash FROM invoices WHERE session IS NULL)"
            " OR ksef_number IN (SELECT ksef_number FROM invoices WHERE session IS NULL))"
        ).fetchall():
            _link(ledger.file, row["session"])
        waiting = connection.execute(
            "SELECT count(*) FROM invoices WHERE session IS NULL AND id > ?", (before,)
        ).fetchone()[0]
    return count, count - int(waiting)


def _record(
    ledger: Ledger, invoice: RecordedInvoice, recorded_from: str, stamp: str | None
) -> None:
    session = reference = None
    if invoice.session_reference and invoice.invoice_reference:
        session = SessionReference.parse(invoice.session_reference)
        reference = invoice.invoice_reference.strip().upper()
        ledger.seen(session)
    elif not invoice.ksef_number and not invoice.invoice_hash:
        raise ConfigurationError(
            "a recorded invoice needs a KSeF number, a hash, or its session and reference"
        )
    with ledger.file.transaction() as connection:
        known = connection.execute(
            "SELECT id FROM invoices WHERE (? IS NOT NULL AND session = ? AND reference = ?)"
            " OR (session IS NULL AND (ksef_number = ? OR hash = ?)) LIMIT 1",
            (session, session, reference, invoice.ksef_number, invoice.invoice_hash),
        ).fetchone()
        values = (
            session,
            reference,
            plain(invoice.invoice_hash),
            plain(invoice.ksef_number),
            plain(invoice.invoice_number),
            _nip(invoice.ksef_number),
            plain(invoice.source),
            recorded_from,
            stamp,
        )
        if known is None:
            connection.execute(
                "INSERT INTO invoices (session, reference, hash, ksef_number, invoice_number,"
                " seller_nip, source, recorded_from, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        else:
            connection.execute(
                "UPDATE invoices SET session = coalesce(?, session),"
                " reference = coalesce(?, reference), hash = coalesce(hash, ?),"
                " ksef_number = coalesce(ksef_number, ?),"
                " invoice_number = coalesce(invoice_number, ?),"
                " seller_nip = coalesce(seller_nip, ?), source = coalesce(?, source),"
                " recorded_from = ?, recorded_at = ? WHERE id = ?",
                (*values, known["id"]),
            )


def _link(file: LedgerFile, session: str) -> None:
    """Give what was recorded to the invoices of a session that it turned out to be."""
    with file.transaction() as connection:
        for waiting, found in list(_matches(file, session)):
            connection.execute(
                "UPDATE invoices SET (source, recorded_from, recorded_at) ="
                " (SELECT source, recorded_from, recorded_at FROM invoices WHERE id = ?),"
                " invoice_number = coalesce(invoice_number,"
                " (SELECT invoice_number FROM invoices WHERE id = ?)) WHERE id = ?",
                (waiting, waiting, found),
            )
            connection.execute("DELETE FROM invoices WHERE id = ?", (waiting,))


def _matches(file: LedgerFile, session: str) -> Iterator[tuple[int, int]]:
    taken: set[int] = set()
    for key in ("ksef_number", "hash"):
        for row in file.select(
            f"SELECT waiting.id AS waiting, min(found.id) AS found FROM invoices AS waiting"
            f" JOIN invoices AS found ON found.{key} = waiting.{key}"
            " WHERE waiting.session IS NULL AND found.session = ?"
            f" AND coalesce(found.code, 0) <> {DUPLICATE_INVOICE} GROUP BY waiting.id",
            session,
        ):
            if row["waiting"] not in taken:
                taken.add(row["waiting"])
                yield row["waiting"], row["found"]


def _values(row: InvoiceStatus) -> tuple[Any, ...]:
    status = row.status
    return (
        row.ordinal_number,
        plain(row.invoice_hash),
        plain(row.ksef_number),
        plain(row.invoice_number),
        _nip(row.ksef_number),
        status.code,
        plain(status.description),
        json_text(status.details),
        time_text(row.invoicing_date),
        time_text(row.acquisition_date),
        time_text(row.permanent_storage_date),
        plain(row.invoicing_mode),
        plain(row.invoice_file_name),
        plain(row.original_ksef_number),
        plain(row.original_session),
    )


def _nip(ksef_number: str | None) -> str | None:
    """A KSeF number begins with the seller's NIP (documented form of the number)."""
    start = (ksef_number or "")[:_NIP_LENGTH]
    return start if len(start) == _NIP_LENGTH and start.isdigit() and start.isascii() else None
