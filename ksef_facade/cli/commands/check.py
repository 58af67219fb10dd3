"""`ksef check`: invoices before they are sent. No request is made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings


def check(
    *files: Path,
    nip: str | None = None,
    mode: Literal["online", "batch"] | None = None,
    offline: Flag = False,
    schema: Literal["installed", "required", "none"] = "installed",
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Look for what KSeF would refuse, in invoices of any schema that it takes.

    Exit code 1 when an error is found; warnings alone leave it at 0. No request is made.

    Parameters
    ----------
    files
        Invoices, or folders: of these, every file that ends in .xml.
    nip
        For whom the login will act, compared with the sellers; else KSEF_NIP, else nobody.
    mode
        Kind of session that they are meant for; only batch sessions take attachments.
    offline
        They will be declared as issued offline, so that earlier dates of issue are right.
    schema
        Whether the official schemas are used: where they are installed, in any case, or not.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.steps.checking import checked, invoice_files, make_checker, show_checks

    if not files:
        raise BadArgument("name at least one file or folder to check")
    checker = make_checker(settings, nip=nip, mode=mode, offline=offline, schema=schema)
    paths = list(invoice_files(files))
    found = []
    with settings.output.progress("checking") as progress:
        progress.update(total=len(paths))
        for path, report in checked(paths, checker):
            found.append((path, report))
            progress.advance()
    show_checks(found, settings.output, schema=schema)
    return ExitCode.REFUSED if any(report.errors for _, report in found) else ExitCode.DONE
