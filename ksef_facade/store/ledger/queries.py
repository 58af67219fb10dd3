"""What a ledger answers to readers: how complete the archive is, and where an invoice is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from ksef_facade.models.archive import (
    SETTLED,
    ArchivedInvoice,
    ArchivedSession,
    ArchiveStatus,
)
from ksef_facade.store.ledger.file import LedgerFile

_INVOICES: Final = (
    "SELECT invoices.*, receipts.file AS upo_file FROM invoices LEFT JOIN receipts"
    " ON receipts.session = invoices.session AND receipts.upo_reference = invoices.upo_reference"
)
# A day is the day of issue; before the UPO tells that one, the day on which KSeF took the invoice.
_DAY: Final = "coalesce(issue_date, substr(acquisition_date, 1, 10), substr(invoicing_date, 1, 10))"


def read_status(file: LedgerFile) -> ArchiveStatus:
    """What the archive holds."""
    facts = {row["name"]: row["value"] for row in file.select("SELECT * FROM archive")}
    states = {
        row["state"]: row["count"]
        for row in file.select("SELECT state, count(*) AS count FROM sessions GROUP BY state")
    }
    (invoices,) = file.select(
        "SELECT count(*) AS total, count(upo_reference) AS proven,"
        " count(*) - count(session) AS unlinked FROM invoices"
    )
    (pages,) = file.select(
        "SELECT count(*) AS total, coalesce(sum(size), 0) AS size FROM receipts"
        " WHERE state = 'saved'"
    )
    settled = ", ".join(f"'{state}'" for state in sorted(SETTLED))
    rest = file.select(
        f"SELECT * FROM sessions WHERE state NOT IN ({settled}) ORDER BY date_created DESC, reference"
    )
    return ArchiveStatus(
        directory=file.directory,
        environment=facts.get("environment", ""),
        context=facts.get("context", ""),
        covers_since=_moment(facts.get("covers_since")),
        walked_until=_moment(facts.get("walked_until")),
        sessions=states,
        invoices=invoices["total"],
        proven=invoices["proven"],
        unlinked=invoices["unlinked"],
        pages=pages["total"],
        size=pages["size"],
        not_complete=tuple(archived_session(dict(row), file.directory) for row in rest),
    )


def find_invoices(
    file: LedgerFile,
    *,
    invoice_number: str | None = None,
    ksef_number: str | None = None,
    invoice_hash: str | None = None,
    nip: str | None = None,
    day_from: date | None = None,
    day_to: date | None = None,
    session: str | None = None,
) -> Iterator[ArchivedInvoice]:
    """The invoices that fit all that is given, by session and place in it."""
    wanted: list[tuple[str, str | None]] = [
        ("invoices.invoice_number = ?", invoice_number),
        ("invoices.ksef_number = ?", ksef_number and ksef_number.strip().upper()),
        ("invoices.hash = ?", invoice_hash),
        ("invoices.seller_nip = ?", nip),
        (f"{_DAY} >= ?", day_from.isoformat() if day_from else None),
        (f"{_DAY} <= ?", day_to.isoformat() if day_to else None),
        ("invoices.session = ?", session and session.strip().upper()),
    ]
    given = [(clause, value) for clause, value in wanted if value is not None]
    where = " AND ".join(clause for clause, _ in given) or "1"
    for row in file.each(
        f"{_INVOICES} WHERE {where} ORDER BY invoices.session, invoices.ordinal, invoices.id",
        *(value for _, value in given),
    ):
        yield _invoice(dict(row), file.directory)


def archived_session(row: Mapping[str, Any], directory: Path) -> ArchivedSession:
    """A session from its row."""
    return ArchivedSession(
        reference=row["reference"],
        kind=row["kind"],
        state=row["state"],
        reason=row["reason"],
        code=row["code"],
        description=row["description"],
        date_created=_moment(row["date_created"]),
        date_updated=_moment(row["date_updated"]),
        invoice_count=row["invoice_count"],
        accepted_count=row["accepted_count"],
        rejected_count=row["rejected_count"],
        page_count=row["page_count"],
        folder=directory / row["folder"],
    )


def _invoice(row: Mapping[str, Any], directory: Path) -> ArchivedInvoice:
    return ArchivedInvoice(
        session=row["session"],
        reference=row["reference"],
        ordinal=row["ordinal"],
        invoice_hash=row["hash"],
        ksef_number=row["ksef_number"],
        invoice_number=row["invoice_number"],
        seller_nip=row["seller_nip"],
        issue_date=date.fromisoformat(row["issue_date"]) if row["issue_date"] else None,
        code=row["code"],
        description=row["description"],
        details=tuple(json.loads(row["details"] or "[]")),
        invoicing_date=_moment(row["invoicing_date"]),
        acquisition_date=_moment(row["acquisition_date"]),
        mode=row["mode"],
        file_name=row["file_name"],
        original_ksef_number=row["original_ksef_number"],
        original_session=row["original_session"],
        upo_reference=row["upo_reference"],
        upo_file=directory / row["upo_file"] if row["upo_file"] else None,
        source=row["source"],
        recorded_from=row["recorded_from"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
