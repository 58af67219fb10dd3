"""Invoices against the checks, for `ksef check` and for what is about to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ksef_facade.cli.logins.credential_choice import NIP_VARIABLE
from ksef_facade.cli.results.counting import counted
from ksef_facade.cli.settings import Settings

if TYPE_CHECKING:
    from ksef_facade.cli.results.documents import Document
    from ksef_facade.cli.terminal.output import Cell, Output
    from ksef_facade.invoices.checks import InvoiceChecker, InvoiceReport
    from ksef_facade.invoices.problems import InvoiceProblem
    from ksef_facade.invoices.schema_validation import InvoiceSchemas

SchemaUse = Literal["installed", "required", "none"]
Found = Sequence[tuple[Path, "InvoiceReport"]]

_STYLES = {"error": "red", "warning": "yellow"}


def invoice_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and of folders what `ksef send` would take, by name.

    Raises:
        BadArgument: a folder holds none.
        OSError: a folder cannot be read.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.packages.sources import invoice_paths

    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = invoice_paths(path)
        if not inside:
            raise BadArgument(f"there is no XML file in {path}")
        yield from inside


def make_checker(
    settings: Settings,
    *,
    nip: str | None = None,
    mode: Literal["online", "batch"] | None = None,
    offline: bool = False,
    schema: SchemaUse = "installed",
) -> InvoiceChecker:
    """A checker for the KSeF that the settings mean; `nip`, else `KSEF_NIP`, is who will log in.

    Raises:
        InvalidIdentifier: the NIP is none.
        ConfigurationError: schemas are required, and none is installed.
    """
    from ksef_facade.identifiers import Nip
    from ksef_facade.invoices.checks import InvoiceChecker
    from ksef_facade.logins.contexts import Context

    acting = nip or settings.variables.get(NIP_VARIABLE, "").strip()
    return InvoiceChecker(
        context=Context("Nip", str(Nip.parse(acting))) if acting else None,
        schema=_schemas(settings, schema),
        environment=settings.environment().name,
        mode=mode,
        offline=offline,
    )


def _schemas(settings: Settings, use: SchemaUse) -> InvoiceSchemas | None:
    from ksef_facade.errors import ConfigurationError
    from ksef_facade.invoices.schema_validation import installed_schemas
    from ksef_facade.schemas.catalogue import SETS
    from ksef_facade.schemas.store import schema_folder

    if use == "none":
        return None
    schemas = installed_schemas(schema_folder(settings.variables))
    if use == "required" and not any(schemas.has(known.form_code) for known in SETS):
        raise ConfigurationError("no schema is installed; run: ksef schemas install")
    return schemas


def checked(paths: Iterable[Path], checker: InvoiceChecker) -> Iterator[tuple[Path, InvoiceReport]]:
    """The report on every file, duplicates within the set included, one file in memory at a time.

    Raises:
        OSError: a file cannot be read.
    """
    from attrs import evolve

    from ksef_facade.invoices.sets import InvoiceSet

    seen = InvoiceSet()
    for path in paths:
        report = checker.check(path, str(path))
        repeated = seen.add(report.facts) if report.facts is not None else ()
        yield path, evolve(report, problems=(*report.problems, *repeated)) if repeated else report


def show_checks(found: Found, output: Output, *, schema: SchemaUse) -> None:
    """What was found: a table and a line that sums it up, or the JSON document."""
    from ksef_facade.cli.terminal.output import Column

    errors = sum(len(report.errors) for _, report in found)
    warnings = sum(len(report.warnings) for _, report in found)
    output.document(
        {
            "files": [_document(path, report) for path, report in found],
            "errors": errors,
            "warnings": warnings,
        }
    )
    rows = [_row(path, problem) for path, report in found for problem in report.problems]
    if rows:
        output.table(
            [
                Column("file", folds=True),
                Column("place"),
                Column("code"),
                Column("what is wrong", folds=True),
            ],
            rows,
        )
        output.line()
    good = sum(1 for _, report in found if not report.errors)
    output.line(
        f"{good:,} of {len(found):,} may be sent; {counted(errors, 'error')},"
        f" {counted(warnings, 'warning')}"
    )
    unchecked = sum(1 for _, report in found if report.facts and not report.schema_checked)
    if unchecked and schema != "none":
        output.remark(
            f"note: {counted(unchecked, 'file')} not held against the official schema, which is not"
            " installed; see ksef schemas install"
        )


def _row(path: Path, problem: InvoiceProblem) -> list[str | Cell]:
    from ksef_facade.cli.terminal.output import Cell

    return [
        str(path),
        problem.place,
        Cell(problem.code, _STYLES[problem.severity]),
        problem.message if problem.severity == "error" else f"warning: {problem.message}",
    ]


def _document(path: Path, report: InvoiceReport) -> Document:
    facts = report.facts
    return {
        "file": str(path),
        "form_code": facts.form_code.to_json() if facts and facts.form_code else None,
        "seller_nip": facts.seller_nip if facts else None,
        "number": facts.number if facts else None,
        "kind": facts.kind if facts else None,
        "issue_date": facts.issue_date.isoformat() if facts and facts.issue_date else None,
        "has_attachment": facts.has_attachment if facts else None,
        "size": facts.size if facts else None,
        "invoice_hash": facts.sha256 if facts else None,
        "schema_checked": report.schema_checked,
        "may_be_sent": not report.errors,
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "message": problem.message,
                "line": problem.line,
                "column": problem.column,
                "offset": problem.offset,
            }
            for problem in report.problems
        ],
    }
