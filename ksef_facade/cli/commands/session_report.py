"""`ksef session report`: a session with all its invoices, as a table, JSON or a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import BadArgument, Flag
from ksef_facade.cli.settings import Settings

if TYPE_CHECKING:
    from ksef_facade.cli.terminal.output import Output
    from ksef_facade.models.session_report import ReportedInvoice, SessionReport

_SUFFIXES = {".htm": "html", ".html": "html", ".json": "json"}
_KSEF_NUMBER = 35


def report(
    ref: str,
    /,
    *,
    format: Literal["table", "json", "html"] | None = None,
    to: Path | None = None,
    language: Literal["pl", "en", "both"] = "pl",
    overwrite: Flag = False,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Report a session: status, counts, dates, and every invoice with its KSeF number and receipt.

    One request, and one for each 1000 invoices.

    Parameters
    ----------
    ref
        Reference of the session (SO or SB).
    format
        What to make; else by the name in --to, else table; --json is the same as json.
    to
        File for the JSON or the page; otherwise stdout.
    language
        Of the words on the page; those of the service are Polish.
    overwrite
        Replace the file if it holds something else.
    """
    from ksef_facade.cli.arguments import session_reference

    output = settings.output
    wanted = format or _SUFFIXES.get(to.suffix.lower() if to else "")
    if wanted is None:
        wanted = "json" if output.as_json or to is not None else "table"
    if to is not None and wanted == "table":
        raise BadArgument("a table is for stdout; --to goes with --format json or html")
    if to is not None and not to.parent.is_dir():
        raise BadArgument(f"the folder {to.parent} does not exist")
    if to is None and wanted == "json":
        output.as_json = True
    reference = session_reference(ref, output)
    with settings.client() as ksef, output.progress("reading the session") as progress:
        found = ksef.session(reference).report(
            on_page=lambda count: progress.update(f"{count:,} invoices read")
        )
    if to is not None:
        _save(found, to, wanted, language, overwrite, output)
    elif wanted == "html" and not output.as_json:
        sys.stdout.write(found.to_html(language))
    elif wanted == "table" and not output.as_json:
        _show(found, output)
    else:
        output.document(report_document(found))


def report_document(found: SessionReport) -> dict[str, Any]:
    """The report as JSON; keys are added to, never renamed."""
    from ksef_facade.cli.results.documents import time_text

    return {
        "reference_number": found.reference_number,
        "code": found.code,
        "description": found.description,
        "details": list(found.details),
        "outcome": found.outcome,
        "is_terminal": found.is_terminal,
        "total_count": found.total_count,
        "successful_count": found.successful_count,
        "failed_count": found.failed_count,
        "date_created": time_text(found.date_created),
        "date_updated": time_text(found.date_updated),
        "valid_until": time_text(found.valid_until),
        "upo_references": list(found.upo_references),
        "invoices": [_invoice_document(invoice) for invoice in found.invoices],
    }


def _invoice_document(invoice: ReportedInvoice) -> dict[str, Any]:
    from ksef_facade.cli.results.documents import time_text

    return {
        "ordinal_number": invoice.ordinal_number,
        "invoice_number": invoice.invoice_number,
        "ksef_number": invoice.ksef_number,
        "acquisition_date": time_text(invoice.acquisition_date),
        "code": invoice.code,
        "description": invoice.description,
        "details": list(invoice.details),
        "outcome": invoice.outcome,
        "reference_number": invoice.reference_number,
        "invoice_hash": invoice.invoice_hash,
        "receipt": invoice.receipt,
    }


def _save(
    found: SessionReport,
    to: Path,
    wanted: str,
    language: Literal["pl", "en", "both"],
    overwrite: bool,
    output: Output,
) -> None:
    import json

    from ksef_facade.store.files import AtomicFile

    if wanted == "html":
        content = found.to_html(language)
    else:
        content = json.dumps(report_document(found), ensure_ascii=False, indent=2) + "\n"
    with AtomicFile(to, overwrite=overwrite) as file:
        file.write(content.encode())
        saved = file.commit()
    output.document({"path": str(to), "format": wanted, "size": saved.size, "sha256": saved.sha256})
    output.line(f"{to}: {saved.size:,} bytes")


def _show(found: SessionReport, output: Output) -> None:
    from ksef_facade.cli.results.tables import moment_text, outcome_style
    from ksef_facade.cli.terminal.output import Cell, Column

    status = f"{found.code} {found.description}".strip()
    output.facts(
        {
            "session": found.reference_number,
            "status": f"{status} ({'; '.join(found.details)})" if found.details else status,
            "created": moment_text(found.date_created),
            "updated": moment_text(found.date_updated),
            "invoices": f"{found.total_count:,}",
            "  accepted": f"{found.successful_count:,}",
            "  rejected": f"{found.failed_count:,}",
            "UPO pages": f"{len(found.upo_references):,}",
        }
    )
    # A narrow terminal has no room for the time beside the number; --to has it.
    shows_time = output.wide
    output.table(
        [
            Column("no.", right=True),
            Column("invoice", folds=True),
            Column("KSeF number", folds=True, at_least=_KSEF_NUMBER),
            *([Column("acquired")] if shows_time else ()),
            Column("status", folds=True),
            Column("UPO"),
        ],
        (
            [
                str(invoice.ordinal_number or ""),
                invoice.invoice_number or invoice.reference_number,
                invoice.ksef_number or "; ".join(invoice.details),
                *([moment_text(invoice.acquisition_date) or ""] if shows_time else ()),
                Cell(
                    f"{invoice.code} {invoice.description}".strip(), outcome_style(invoice.outcome)
                ),
                "yes" if invoice.receipt else "no",
            ]
            for invoice in found.invoices
        ),
        "invoices",
    )
