"""Receipts under every check, session by session, and how the command tells what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

from ksef_facade.cli.results.counting import counted
from ksef_facade.errors import NotAUpo
from ksef_facade.models.sessions import InvoiceStatus, SessionStatus
from ksef_facade.upo.documents import read_upo
from ksef_facade.upo.receipts import ReceiptReport, verify_receipt
from ksef_facade.upo.reconciliation import reconcile
from ksef_facade.upo.reconciliation_rows import Reconciliation
from ksef_facade.upo.signature.trust import Pins

if TYPE_CHECKING:
    from ksef_facade.cli.results.documents import Document
    from ksef_facade.cli.terminal.output import Output
    from ksef_facade.logins.contexts import Context
    from ksef_facade.upo.entries import UpoEntry
    from ksef_facade.upo.signature.checking import SignatureReport
    from ksef_facade.upo.verdicts import Verdict

_STYLES = {
    "ok": "green",
    "warning": "yellow",
    "failed": "red",
    "unknown": "yellow",
    "skipped": "dim",
}


@frozen(kw_only=True)
class Expectations:
    """What the caller knows beside the receipts."""

    session_reference: str | None
    context: Context | None
    environment: str | None
    pins: Pins
    ca: Path | None
    schema: Path | None
    sent: tuple[Path, ...] | None
    session: SessionStatus | None = None
    invoices: tuple[InvoiceStatus, ...] | None = None

    def knowing(self, session: SessionStatus, invoices: tuple[InvoiceStatus, ...]) -> Expectations:
        """The same, and what KSeF says of the session."""
        return evolve(self, session=session, invoices=invoices)


@frozen
class Verified:
    """What came out: a report for the receipts of each session, and the comparison of all."""

    receipts: tuple[tuple[tuple[Path, ...], ReceiptReport], ...]
    reconciliation: Reconciliation | None

    @property
    def outcome(self) -> Literal["ok", "warning", "failed"]:
        """The worst of all."""
        outcomes = {report.outcome for _, report in self.receipts}
        if "failed" in outcomes or (self.reconciliation and not self.reconciliation.agrees):
            return "failed"
        return "warning" if "warning" in outcomes else "ok"


def verified(
    paths: Sequence[Path], expected: Expectations, *, on_file: Callable[[], object]
) -> Verified:
    """Verify files; pages of one session together, and each UPO of one invoice by itself.

    Raises:
        ConfigurationError: pins, authorities or the schema cannot be used.
        OSError: a file cannot be read.
    """
    receipts = []
    for group in _groups(paths):
        report = verify_receipt(
            group,
            expected.session if _is_session_page(group[0]) else None,
            session_reference=expected.session_reference,
            context=expected.context,
            environment=expected.environment,
            pins=expected.pins or None,
            ca_pem=expected.ca,
            schema=expected.schema,
        )
        receipts.append((tuple(group), report))
        for _ in group:
            on_file()
    compared = None
    if expected.sent is not None or expected.invoices is not None:
        compared = reconcile(expected.sent, expected.invoices, _entries(paths))
    return Verified(tuple(receipts), compared)


def _groups(paths: Iterable[Path]) -> list[list[Path]]:
    groups: dict[str, list[Path]] = {}
    for path in paths:
        try:
            document = read_upo(path)
        except NotAUpo:
            key = str(path)
        else:
            key = document.session_reference if document.is_session_page else str(path)
        groups.setdefault(key, []).append(path)
    return list(groups.values())


def _is_session_page(path: Path) -> bool:
    try:
        return read_upo(path).is_session_page
    except NotAUpo:
        return False


def _entries(paths: Iterable[Path]) -> list[UpoEntry]:
    """Every invoice that the files prove; one that a page and its own UPO prove, once."""
    pages: list[UpoEntry] = []
    alone: list[UpoEntry] = []
    for path in paths:
        try:
            document = read_upo(path)
            (pages if document.is_session_page else alone).extend(document.documents())
        except NotAUpo:
            continue
    known = {(entry.ksef_number, entry.invoice_hash) for entry in pages}
    return pages + [one for one in alone if (one.ksef_number, one.invoice_hash) not in known]


def show(result: Verified, output: Output) -> None:
    """Tables of verdicts and one line that sums them up, or the JSON document."""
    from ksef_facade.cli.terminal.output import Cell, Column

    output.document(_document(result))
    columns = [Column("check"), Column("verdict"), Column("what was found", folds=True)]
    for paths, report in result.receipts:
        name = str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
        output.table(
            columns,
            (
                [verdict.name, Cell(verdict.outcome, _STYLES[verdict.outcome]), verdict.message]
                for verdict in report.verdicts
                if verdict.name != "reconciliation"
            ),
            title=name,
        )
        signature = next((page.signature for page in report.pages if page.signature), None)
        if signature is not None and signature.fingerprint is not None:
            output.facts(
                {"signer": signature.subject, "fingerprint": signature.fingerprint.lower()}
            )
    compared = result.reconciliation
    if compared is not None:
        _show_reconciliation(compared, output)
    output.line()
    files = sum(len(paths) for paths, _ in result.receipts)
    failed = sum(1 for _, report in result.receipts if report.failed)
    output.line(
        f"{counted(files, 'file')}, {counted(len(result.receipts), 'receipt')},"
        f" {failed:,} with failed checks"
        + ("" if compared is None or compared.agrees else ", and what was compared does not agree")
    )


def _show_reconciliation(compared: Reconciliation, output: Output) -> None:
    from ksef_facade.cli.terminal.output import Cell, Column

    faults = {"missing", "unexpected", "doubled", "mismatched"}
    rows: list[list[str | Cell]] = [
        [
            Cell(finding.kind, "red" if finding.kind in faults else ""),
            row.ksef_number or row.invoice_number or row.sent or row.invoice_hash or "",
            finding.message,
        ]
        for row in compared.rows
        for finding in row.findings
    ]
    sides = ", ".join(compared.compared)
    if rows:
        columns = [Column("finding"), Column("invoice", folds=True), Column("why", folds=True)]
        output.table(columns, rows, title=f"compared: {sides}")
    else:
        output.line()
        output.line(f"compared: {sides} agree on {len(compared.rows):,} invoices")


def _document(result: Verified) -> Document:
    return {
        "outcome": result.outcome,
        "receipts": [
            {
                "outcome": report.outcome,
                "verdicts": [_verdict(verdict) for verdict in report.verdicts],
                "files": [
                    {
                        "file": str(path),
                        "sha256": page.sha256,
                        "session_reference": page.document and page.document.session_reference,
                        "version": page.document and page.document.version,
                        "environment": page.document and page.document.environment_name,
                        "page": page.document and page.document.page,
                        "pages": page.document and page.document.pages,
                        "document_count": page.document and page.document.document_count,
                        "verdicts": [_verdict(verdict) for verdict in page.verdicts],
                        "signature": _signature(page.signature),
                    }
                    for path, page in zip(paths, report.pages, strict=True)
                ],
            }
            for paths, report in result.receipts
        ],
        "reconciliation": _reconciliation(result.reconciliation),
    }


def _verdict(verdict: Verdict) -> Document:
    return {
        "name": verdict.name,
        "outcome": verdict.outcome,
        "message": verdict.message,
        "details": list(verdict.details),
    }


def _signature(report: SignatureReport | None) -> Document | None:
    if report is None:
        return None
    return {
        "integrity": report.integrity,
        "trust": report.trust,
        "subject": report.subject,
        "fingerprint": report.fingerprint,
        "signing_time": report.signing_time and report.signing_time.isoformat(),
        "valid_from": report.valid_from and report.valid_from.isoformat(),
        "valid_to": report.valid_to and report.valid_to.isoformat(),
        "method": report.method,
        "problems": list(report.problems),
    }


def _reconciliation(compared: Reconciliation | None) -> Document | None:
    if compared is None:
        return None
    return {
        "compared": list(compared.compared),
        "agrees": compared.agrees,
        "invoices": [
            {
                "invoice_hash": row.invoice_hash,
                "ksef_number": row.ksef_number,
                "invoice_number": row.invoice_number,
                "sent": row.sent,
                "listed": row.listed is not None,
                "proven": row.proven is not None,
                "findings": [
                    {
                        "kind": finding.kind,
                        "message": finding.message,
                        "message_pl": finding.message_pl,
                    }
                    for finding in row.findings
                ],
            }
            for row in compared.rows
        ],
    }
