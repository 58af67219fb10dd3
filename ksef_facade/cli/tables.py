"""Statuses and receipts as rows for people; fewer facts than in the JSON documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ksef_facade.cli.output import Cell, Column, Output

if TYPE_CHECKING:
    from ksef_facade.models import InvoiceStatus, SessionStatus, StatusInfo
    from ksef_facade.receipt_models import SavedReceipt, SavedUpo

_STYLES = {
    "accepted": "green",
    "succeeded": "green",
    "in_progress": "yellow",
    "unknown": "yellow",
    "retryable": "yellow",
}
_FAILED_STYLE = "red"
# Enough of a hash to compare by eye where a line has no room for all of it.
_SHORT_HASH = 12


def outcome_style(outcome: str) -> str:
    """The colour of an outcome; what is neither good nor open is bad."""
    return _STYLES.get(outcome, _FAILED_STYLE)


def show_invoices(
    invoices: Iterable[InvoiceStatus], output: Output, names: Sequence[str] | None = None
) -> None:
    """A table of invoices; `names` stand in front, e.g. the files that they came from."""
    columns = [
        Column("invoice", folds=True),
        Column("status", folds=True),
        Column("KSeF number, or why there is none", folds=True),
    ]
    rows = [_invoice_row(invoice) for invoice in invoices]
    if names is not None:
        columns.insert(0, Column("file", folds=True))
        rows = [[name, *row] for name, row in zip(names, rows, strict=True)]
    output.table(columns, rows)


def _invoice_row(invoice: InvoiceStatus) -> list[str | Cell]:
    status = invoice.status
    return [
        invoice.invoice_number or invoice.reference_number,
        Cell(f"{status.code} {status.description}".strip(), outcome_style(invoice.outcome)),
        invoice.ksef_number or _reason(invoice),
    ]


def _reason(invoice: InvoiceStatus) -> str:
    if original := invoice.original_ksef_number:
        return f"already in KSeF as {original}"
    return "; ".join(invoice.status.details)


def show_session(session: SessionStatus, output: Output) -> None:
    """One session's status, a fact to a line."""
    output.facts(
        {
            "session": session.reference_number,
            "status": status_text(session.status),
            "created": moment_text(session.date_created),
            "updated": moment_text(session.date_updated),
            "valid until": moment_text(session.valid_until),
            "invoices": _count(session.invoice_count),
            "  accepted": _count(session.successful_invoice_count),
            "  rejected": _count(session.failed_invoice_count),
            "UPO pages": _count(len(session.upo_pages) or None),
        }
    )


def show_receipt(receipt: SavedReceipt, output: Output, title: str = "") -> None:
    """The saved pages of a UPO, and what does not fit together."""
    show_saved(receipt.pages, output, title)
    output.line()
    pages = f"{len(receipt.pages)} page{'' if len(receipt.pages) == 1 else 's'}"
    output.line(f"{receipt.document_count} invoices proven by {pages} in {receipt.directory}")
    for problem in receipt.problems:
        output.line(f"problem: {problem}", style=_FAILED_STYLE)


def show_saved(pages: Iterable[SavedUpo], output: Output, title: str = "") -> None:
    """A table of saved UPO documents."""
    columns = [
        Column("receipt", folds=True),
        Column("invoices", right=True),
        Column("bytes", right=True),
        Column("SHA-256" if output.wide else "SHA-256 …"),
        Column("hash"),
        Column("from"),
    ]
    output.table(columns, (_saved_row(page, output.wide) for page in pages), title)


def _saved_row(saved: SavedUpo, wide: bool) -> list[str | Cell]:
    verified = Cell("verified", "green") if saved.hash_verified else Cell("not told", "yellow")
    return [
        saved.path.name,
        str(saved.document_count),
        f"{saved.size:,}",
        saved.sha256 if wide else saved.sha256[:_SHORT_HASH],
        verified,
        saved.source,
    ]


def status_text(status: StatusInfo) -> str:
    """Code, description and details as the service words them."""
    return str(status)


def moment_text(moment: datetime | None) -> str | None:
    """A time in this machine's time zone, to the second."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S %Z") if moment else None


def _count(number: int | None) -> str | None:
    return None if number is None else f"{number:,}"
