"""What came of a sync, a check and a search: tables and JSON documents, and the exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksef_facade.cli.exit_codes import ExitCode
from ksef_facade.cli.results.counting import counted
from ksef_facade.cli.results.documents import time_text
from ksef_facade.cli.results.tables import moment_text, outcome_style
from ksef_facade.cli.terminal.output import Cell, Column, Output

if TYPE_CHECKING:
    from ksef_facade.models.archive import (
        ArchivedInvoice,
        ArchivedSession,
        ArchiveStatus,
        ArchiveSyncReport,
        ArchiveVerification,
    )
    from ksef_facade.models.budget import GroupBudget

_WORDS = {
    "complete": "complete",
    "without_upo": "without a UPO (failed or nothing accepted)",
    "open": "not final yet",
    "waiting": "final, UPO not there yet",
    "listed": "not looked at yet",
    "inaccessible": "not shown by KSeF",
    "faulty": "faulty",
}
"""States of a session for people, in the order in which they are told."""
_STYLES = {"inaccessible": "yellow", "waiting": "yellow", "open": "yellow", "listed": "yellow"}
# A screen or two.
_MOST_ROWS = 100
_KSEF_NUMBER = 35
_BAD = "red"


def sync_exit_code(report: ArchiveSyncReport) -> ExitCode:
    """What somebody has to do about it: something is wrong, or the rest comes later."""
    if report.looked_at.get("faulty"):
        return ExitCode.INTEGRITY
    return ExitCode.NOT_READY if report.stopped == "budget" else ExitCode.DONE


def show_sync(report: ArchiveSyncReport, output: Output) -> None:
    """What a run did, why it ended, and what the limits still allow."""
    output.document(
        {
            "directory": str(report.directory),
            "sessions": {state: report.looked_at.get(state, 0) for state in _WORDS},  # type: ignore[call-overload]
            "pages_saved": report.pages_saved,
            "requests": report.requests,
            "remaining": report.remaining,
            "stopped": report.stopped,
            "retry_after": report.retry_after,
            "problems": [{"session": ref, "reason": why} for ref, why in report.problems],
            "budget": {name: _budget_document(group) for name, group in report.budget.items()},
        }
    )
    told = _counts(report.looked_at)
    output.line((told and f"sessions looked at: {told}") or "nothing new")
    pages, requests = counted(report.pages_saved, "UPO page"), report.requests
    output.line(f"{pages} saved with {counted(requests, 'metered request')}")
    left = ", ".join(
        f"{name} {group.hour}" for name, group in report.budget.items() if group.hour is not None
    )
    output.line(f"left this hour: {left}")
    for reference, reason in report.problems[:_MOST_ROWS]:
        output.line(f"problem: {reference}: {reason}", style=_BAD, whole=True)
    if report.stopped is not None:
        why = "the limits of KSeF" if report.stopped == "budget" else "--max-requests"
        output.remark(f"ksef: ended by {why}; sessions left for the next run: {report.remaining:,}")
        wait = f" in {report.retry_after:.0f} seconds" if report.retry_after else ""
        output.remark(f"hint: the same command{wait} goes on where it was")


def show_status(status: ArchiveStatus, output: Output) -> None:
    """What an archive holds and what it lacks."""
    output.document(
        {
            "directory": str(status.directory),
            "environment": status.environment,
            "context": status.context,
            "covers_since": time_text(status.covers_since),
            "walked_until": time_text(status.walked_until),
            "sessions": {state: status.sessions.get(state, 0) for state in _WORDS},  # type: ignore[call-overload]
            "invoices": status.invoices,
            "proven": status.proven,
            "unlinked": status.unlinked,
            "pages": status.pages,
            "size": status.size,
            "not_complete": [_session_document(session) for session in status.not_complete],
        }
    )
    output.facts(
        {
            "archive of": f"{status.environment}, {status.context}",
            "sessions since": moment_text(status.covers_since) or "all",
            "read until": moment_text(status.walked_until) or "not read through yet",
            "sessions": _counts(status.sessions) or "none",
            "invoices": f"{status.invoices:,}, of which a UPO proves {status.proven:,}",
            "not linked": f"{status.unlinked:,} recorded invoices" if status.unlinked else None,
            "UPO pages": f"{status.pages:,} ({status.size:,} bytes)",
        }
    )
    if status.not_complete:
        output.table(
            [Column("session"), Column("state"), Column("why", folds=True)],
            (
                [session.reference, _state(session.state), session.reason or ""]
                for session in status.not_complete[:_MOST_ROWS]
            ),
            "Not complete",
        )


def show_verification(found: ArchiveVerification, output: Output) -> None:
    """What a check of all files found."""
    output.document(
        {
            "directory": str(found.directory),
            "intact": found.is_intact,
            "sessions": found.sessions,
            "files": found.files,
            "size": found.size,
            "findings": [
                {
                    "session": finding.session,
                    "file": _inside(finding.file, found.directory),
                    "message": finding.message,
                }
                for finding in found.findings
            ],
        }
    )
    output.line(
        f"{counted(found.files, 'file')} of {counted(found.sessions, 'session')} read,"
        f" {found.size:,} bytes:"
        f" {'all as archived' if found.is_intact else counted(len(found.findings), 'finding')}"
    )
    for finding in found.findings[:_MOST_ROWS]:
        output.line(f"problem: {finding.session}: {finding.message}", style=_BAD, whole=True)
    if any(finding.file for finding in found.findings):
        output.remark("hint: ksef archive sync fetches again what is damaged or gone")


def show_invoices(invoices: Sequence[ArchivedInvoice], folder: Path, output: Output) -> None:
    """What was found, with the session and the receipt of each."""
    from ksef_facade.store.archive.export import invoice_document

    directory = folder.absolute()
    output.document({"invoices": [invoice_document(invoice, directory) for invoice in invoices]})
    if not invoices:
        output.line("no such invoice")
        return
    output.table(
        [
            Column("invoice", folds=True),
            Column("issued"),
            Column("status", folds=True),
            Column("KSeF number, or why there is none", folds=True, at_least=_KSEF_NUMBER),
            Column("session", folds=True),
        ],
        (_invoice_row(invoice) for invoice in invoices[:_MOST_ROWS]),
    )
    if len(invoices) > _MOST_ROWS:
        output.line(f"and {len(invoices) - _MOST_ROWS:,} more; --json and export have all")
    files = dict.fromkeys(invoice.upo_file for invoice in invoices if invoice.upo_file)
    if files:
        output.line()
        output.line("proven by")
    for file in list(files)[:_MOST_ROWS]:
        output.line(f"  {file}", whole=True)


def _invoice_row(invoice: ArchivedInvoice) -> list[str | Cell]:
    why = "; ".join(invoice.details)
    if invoice.original_ksef_number:
        why = f"already in KSeF as {invoice.original_ksef_number}"
    code = "" if invoice.code is None else f"{invoice.code} {invoice.description or ''}".strip()
    good = invoice.upo_reference is not None
    return [
        invoice.invoice_number or invoice.file_name or invoice.reference or "",
        invoice.issue_date.isoformat() if invoice.issue_date else "",
        Cell(code, outcome_style("accepted" if good else "unknown")),
        invoice.ksef_number or why,
        invoice.session or "not found yet",
    ]


def _session_document(session: ArchivedSession) -> dict[str, Any]:
    return {
        "reference_number": session.reference,
        "kind": session.kind,
        "state": session.state,
        "reason": session.reason,
        "code": session.code,
        "date_created": time_text(session.date_created),
    }


def _budget_document(group: GroupBudget) -> dict[str, int | None]:
    return {
        "second": group.second,
        "minute": group.minute,
        "hour": group.hour,
        "made": group.made,
    }


def _counts(states: Mapping[Any, int]) -> str:
    return ", ".join(f"{states[state]:,} {_WORDS[state]}" for state in _WORDS if states.get(state))


def _state(state: str) -> Cell:
    return Cell(_WORDS[state], _STYLES.get(state, _BAD))


def _inside(file: Path | None, directory: Path) -> str | None:
    return file.relative_to(directory).as_posix() if file else None
