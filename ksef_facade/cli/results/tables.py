"""Statuses and receipts as rows for people; fewer facts than in the JSON documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ksef_facade.cli.results.counting import counted
from ksef_facade.cli.terminal.output import Cell, Column, Output

if TYPE_CHECKING:
    from ksef_facade.models.receipts import SavedReceipt, SavedUpo
    from ksef_facade.models.sessions import InvoiceStatus, SessionStatus, SessionSummary, StatusInfo

_STYLES = {
    "accepted": "green",
    "succeeded": "green",
    "in_progress": "yellow",
    "unknown": "yellow",
    "retryable": "yellow",
}
_FAILED_STYLE = "red"
# Enough of a hash to compare by eye where a line has no room for all of it.
_SHORT_HASH = 8
# Characters of a KSeF number.
_KSEF_NUMBER = 35


def outcome_style(outcome: str) -> str:
    """The colour of an outcome; what is neither good nor open is bad."""
    return _STYLES.get(outcome, _FAILED_STYLE)


def show_invoices(
    invoices: Iterable[InvoiceStatus], output: Output, files: Sequence[str] | None = None
) -> None:
    """A table of invoices, each under its number or, if given, the name of its file."""
    found = list(invoices)
    names = files or [invoice.invoice_number or invoice.reference_number for invoice in found]
    output.table(
        [
            Column("file" if files else "invoice", folds=True),
            Column("status", folds=True),
            Column("KSeF number, or why there is none", folds=True, at_least=_KSEF_NUMBER),
        ],
        (_invoice_row(name, invoice) for name, invoice in zip(names, found, strict=True)),
    )


def _invoice_row(name: str, invoice: InvoiceStatus) -> list[str | Cell]:
    status = invoice.status
    return [
        name,
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
    """The saved pages of a UPO, where they are, and what does not fit together."""
    show_saved(receipt.pages, output, title)
    output.line()
    invoices, pages = receipt.document_count, len(receipt.pages)
    output.line(f"{counted(invoices, 'invoice')} proven by {counted(pages, 'page')}, saved as")
    for page in receipt.pages:
        output.line(f"  {page.path}", whole=True)
    for problem in receipt.problems:
        output.line(f"problem: {problem}", style=_FAILED_STYLE)


def show_saved(pages: Iterable[SavedUpo], output: Output, title: str = "") -> None:
    """A table of saved UPO documents."""
    columns = [
        Column("UPO page", folds=True),
        Column("invoices", right=True),
        Column("bytes", right=True),
        Column("SHA-256" if output.wide else "SHA-256…"),
        Column("verified"),
        Column("from"),
    ]
    output.table(columns, (_saved_row(page, output.wide) for page in pages), title)


def _saved_row(saved: SavedUpo, wide: bool) -> list[str | Cell]:
    verified = Cell("yes", "green") if saved.hash_verified else Cell("not told", "yellow")
    return [
        saved.upo_reference or saved.path.name,
        f"{saved.document_count:,}",
        f"{saved.size:,}",
        saved.sha256 if wide else saved.sha256[:_SHORT_HASH],
        verified,
        saved.source,
    ]


def status_text(status: StatusInfo) -> str:
    """Code, description and details as the service words them."""
    return str(status)


def show_history(sessions: Iterable[SessionSummary], output: Output) -> None:
    """A table of sessions; a narrow terminal gets the codes without the service's texts."""
    wide = output.wide
    columns = [Column("session"), Column("created"), Column("sent", right=True)]
    if wide:
        columns.append(Column("rejected", right=True))
    rows: list[list[str | Cell]] = []
    for session in sessions:
        status = session.status
        text = status.description if wide else session.outcome
        row: list[str | Cell] = [
            session.reference_number,
            session.date_created.astimezone().strftime("%Y-%m-%d %H:%M")
            if session.date_created
            else "",
            str(session.total_invoice_count or 0),
        ]
        if wide:
            row.append(str(session.failed_invoice_count or 0))
        row.append(Cell(f"{status.code} {text}", outcome_style(session.outcome)))
        rows.append(row)
    output.table([*columns, Column("status", folds=True)], rows)


def moment_text(moment: datetime | None) -> str | None:
    """A time in this machine's time zone, to the second."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S %Z") if moment else None


def _count(number: int | None) -> str | None:
    return None if number is None else f"{number:,}"
