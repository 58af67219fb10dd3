"""What became of everything that was sent: a table, a JSON document, a CSV file, an exit code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksef_facade.cli.exit_codes import ExitCode
from ksef_facade.cli.results.documents import receipt_document, status_document

if TYPE_CHECKING:
    from ksef_facade.cli.terminal.output import Cell, Output
    from ksef_facade.models.sending import SendItem, SendReport, SendSession

_WORDS = {
    "accepted": "accepted",
    "already_delivered": "delivered before",
    "duplicate": "duplicate",
    "rejected": "rejected",
    "refused_locally": "not sent",
    "unsettled": "not settled yet",
    "planned": "would be sent",
}
_STYLES = {"accepted": "green", "already_delivered": "green", "unsettled": "yellow", "planned": ""}
_BAD = "red"
# A screen or two; of more invoices only those are shown that somebody has to look at.
_MOST_ROWS = 100
_KSEF_NUMBER = 35
CSV_COLUMNS = (
    "file",
    "outcome",
    "ksef_number",
    "session_reference",
    "invoice_reference",
    "invoice_hash",
    "code",
    "description",
    "details",
    "problems",
    "original_ksef_number",
    "original_session",
    "same_document",
    "earlier",
)
"""Columns of the CSV; they are interface: added to at the end, never renamed."""


def exit_code_of(report: SendReport) -> ExitCode:
    """The worst of what happened, by what somebody has to do about it."""
    if report.count("rejected", "duplicate", "refused_locally"):
        return ExitCode.REFUSED
    if report.count("unsettled") or any(session.problem for session in report.sessions):
        return ExitCode.NOT_READY
    receipts = [session.receipt for session in report.sessions if session.receipt is not None]
    return ExitCode.DONE if all(one.complete for one in receipts) else ExitCode.INTEGRITY


def show(report: SendReport, output: Output) -> None:
    """The JSON document, or the table with what sums it up."""
    from ksef_facade.cli.results.tables import show_receipt
    from ksef_facade.cli.terminal.output import Column

    output.document(send_document(report))
    output.line(f"{report.mode}: {report.reason}")
    many = len(report.items) > _MOST_ROWS
    shown = [item for item in report.items if not many or not item.is_delivered]
    if shown:
        output.line()
        output.table(
            [
                Column("file", folds=True),
                Column("outcome"),
                Column("KSeF number, or why there is none", folds=True, at_least=_KSEF_NUMBER),
            ],
            (_row(item) for item in shown),
        )
    output.line()
    counts = (
        f"{number:,} {_WORDS[outcome]}" for outcome, number in _counts(report).items() if number
    )
    output.line(", ".join(counts) or "nothing was sent")
    for session in report.sessions:
        output.line(f"session {session.reference}: {session.status or 'not final yet'}", whole=True)
        if session.problem:
            output.remark(f"ksef: {session.problem}")
        if session.receipt:
            show_receipt(session.receipt, output, "Receipt")
    if report.journal is not None and report.count("unsettled"):
        output.remark(f"hint: the same command again goes on; the journal is {report.journal}")


def send_document(report: SendReport) -> dict[str, Any]:
    """The JSON document; `outcome` and the other texts are those of `SendItem`."""
    return {
        "mode": report.mode,
        "reason": report.reason,
        "journal": str(report.journal) if report.journal else None,
        "counts": _counts(report),
        "invoices": [_item_document(item) for item in report.items],
        "sessions": [_session_document(session) for session in report.sessions],
    }


def require_place(path: Path) -> None:
    """Refuse a file for results that cannot be, before anything is sent.

    Raises:
        BadArgument: its folder is not there or cannot be written, or it is a folder itself.
    """
    from ksef_facade.cli.arguments import BadArgument

    if path.is_dir():
        raise BadArgument(f"{path} is a folder; a file is wanted for the results")
    if not path.parent.is_dir():
        raise BadArgument(f"the folder of {path} is not there")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise BadArgument(f"the folder of {path} cannot be written")


def write_csv(report: SendReport, path: Path) -> None:
    """The results as CSV in UTF-8, one row for each source, with a header; several texts in one cell
    are parted by semicolons.
    """
    from ksef_facade.store.csv_rows import csv_row
    from ksef_facade.store.files import AtomicFile

    with AtomicFile(path, overwrite=True) as file:
        file.write(csv_row(CSV_COLUMNS))
        for item in report.items:
            document = _item_document(item)
            status = document.pop("status") or {}
            row = {
                **document,
                **{name: status.get(name) for name in ("code", "description", "details")},
            }
            file.write(csv_row(_cell(row[name]) for name in CSV_COLUMNS))
        file.commit()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    from ksef_facade.store.csv_rows import free_text

    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return free_text(text)


def _counts(report: SendReport) -> Mapping[str, int]:
    return {outcome: report.count(outcome) for outcome in _WORDS}  # type: ignore[arg-type]


def _row(item: SendItem) -> list[str | Cell]:
    from ksef_facade.cli.terminal.output import Cell

    word = _WORDS[item.outcome] + (" (earlier)" if item.earlier else "")
    return [
        item.source_name,
        Cell(word, _STYLES.get(item.outcome, _BAD)),
        item.ksef_number or _why(item),
    ]


def _why(item: SendItem) -> str:
    texts = []
    if item.original_ksef_number:
        texts.append(f"already in KSeF as {item.original_ksef_number}")
    elif item.status is not None:
        texts.append(str(item.status))
    return "; ".join([*texts, *item.problems])


def _item_document(item: SendItem) -> dict[str, Any]:
    return {
        "file": item.source_name,
        "outcome": item.outcome,
        "ksef_number": item.ksef_number,
        "session_reference": item.session_reference,
        "invoice_reference": item.invoice_reference,
        "invoice_hash": item.invoice_hash,
        "status": status_document(item.status) if item.status else None,
        "problems": list(item.problems),
        "original_ksef_number": item.original_ksef_number,
        "original_session": item.original_session,
        "same_document": item.same_document,
        "earlier": item.earlier,
    }


def _session_document(session: SendSession) -> dict[str, Any]:
    return {
        "reference_number": session.reference,
        "kind": session.kind,
        "status": status_document(session.status) if session.status else None,
        "receipt": receipt_document(session.receipt) if session.receipt else None,
        "problem": session.problem,
    }
