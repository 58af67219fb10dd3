"""`ksef archive ...`: all sessions of a company with their receipts, in a folder, kept up to date."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings

if TYPE_CHECKING:
    from datetime import date

    from ksef_facade.cli.terminal.progress import Progress
    from ksef_facade.models.archive import ArchiveProgress

_WORDS = {
    "sessionList": "pages of history",
    "sessionInvoiceList": "invoice lists",
    "sessionMisc": "statuses",
}
# SHA-256 in Base64: 32 bytes.
_HASH = re.compile(r"[A-Za-z0-9+/]{43}=")


def sync(
    *,
    to: Path,
    since: str | None = None,
    oldest_first: Flag = False,
    max_requests: int | None = None,
    wait: str | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Bring an archive up to date: what is new, what was not final, what is damaged.

    May be stopped or killed at any time; the same command goes on. What is final and whole is never
    fetched again. Exit code 4 when the limits of KSeF ended it, 6 when something is not as it
    must be.

    Parameters
    ----------
    to
        Folder of the archive; it is made if need be.
    since
        Only sessions opened on or after this day, or at or after this time, in Poland. By default
        what the archive covers already, and everything for a new one.
    oldest_first
        Begin with the oldest sessions instead of the newest.
    max_requests
        Stop after so many metered requests.
    wait
        Longest wait for room in the limits of KSeF, like 90s, 15m or 2h, before it ends.
    """
    from ksef_facade.cli.arguments import duration, moment
    from ksef_facade.cli.results.archive import show_sync, sync_exit_code
    from ksef_facade.cli.steps.receipt_saving import target_folder

    start = moment(since) if since else None
    longest = duration(wait) if wait else None
    output = settings.output
    with (
        target_folder(to),
        settings.client() as ksef,
        output.progress("reading the history") as progress,
    ):
        patient = ksef if longest is None else ksef.options(max_rate_limit_wait=longest)
        try:
            report = patient.archive(to).sync(
                start,
                newest_first=not oldest_first,
                max_requests=max_requests,
                on_session=lambda seen: _tell(progress, seen),
            )
        except KeyboardInterrupt as interrupt:
            interrupt.add_note("nothing is lost: the same command again goes on")
            raise
    show_sync(report, output)
    return sync_exit_code(report)


def status(
    folder: Path,
    /,
    *,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Show what an archive holds and what it lacks. No request, no login.

    Parameters
    ----------
    folder
        Folder of the archive.
    """
    from ksef_facade.cli.results.archive import show_status
    from ksef_facade.store.archive.reader import ArchiveReader

    show_status(ArchiveReader(folder).status(), settings.output)


def verify(
    folder: Path,
    /,
    *,
    receipts: Flag = False,
    pin: list[str] | None = None,
    ca: Path | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Read every file of an archive and hold it against the ledger. No request, no login.

    What is damaged or gone is fetched again by the next ksef archive sync. Exit code 6 then.

    Parameters
    ----------
    folder
        Folder of the archive.
    receipts
        Verify the UPO pages too, as ksef upo verify does, against the lists of their sessions.
    pin
        With --receipts: SHA-256 fingerprint of a certificate to trust; may be repeated. Without it,
        those of the file upo-pins.json among your user's data, if there are any.
    ca
        With --receipts: PEM file with certificates of authorities to trust.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.results.archive import show_verification
    from ksef_facade.store.archive.reader import ArchiveReader
    from ksef_facade.upo.signature.trust import Pins

    if (pin or ca) and not receipts:
        raise BadArgument("--pin and --ca go with --receipts")
    output = settings.output
    with output.progress("reading the files"):
        pins = (Pins.of(pin) if pin else Pins.load()) if receipts else None
        found = ArchiveReader(folder).verify(receipts=receipts, pins=pins, ca_pem=ca)
    show_verification(found, output)
    return ExitCode.DONE if found.is_intact else ExitCode.INTEGRITY


def find(
    folder: Path,
    /,
    *,
    number: str | None = None,
    ksef_number: str | None = None,
    hash: str | None = None,
    nip: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Find invoices, their sessions and their receipts in an archive. No request, no login.

    Exit code 1 when there is none.

    Parameters
    ----------
    folder
        Folder of the archive.
    number
        The seller's own number of the invoice.
    ksef_number
        Its KSeF number.
    hash
        SHA-256 of its file, in Base64; or the file itself.
    nip
        NIP of the seller.
    date_from
        Issued on this day or later.
    date_to
        Issued on this day or earlier.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.results.archive import show_invoices
    from ksef_facade.identifiers import KsefNumber, Nip
    from ksef_facade.store.archive.reader import ArchiveReader

    if not any((number, ksef_number, hash, nip, date_from, date_to)):
        raise BadArgument(
            "say what to find: --number, --ksef-number, --hash, --nip, --date-from or --date-to"
        )
    found = ArchiveReader(folder).find(
        invoice_number=number,
        ksef_number=KsefNumber.parse(ksef_number) if ksef_number else None,
        invoice_hash=_hash(hash),
        nip=Nip.parse(nip) if nip else None,
        day_from=_day(date_from),
        day_to=_day(date_to),
    )
    show_invoices(found, folder, settings.output)
    return ExitCode.DONE if found else ExitCode.REFUSED


def export(
    folder: Path,
    target: Path,
    /,
    *,
    format: Literal["csv", "json"] | None = None,
    nip: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Write the invoices of an archive to a CSV or JSON file. No request, no login.

    Parameters
    ----------
    folder
        Folder of the archive.
    target
        The file; one that is there is replaced.
    format
        By default what the file's name ends in, else csv.
    nip
        Only invoices of this seller.
    date_from
        Only invoices issued on this day or later.
    date_to
        Only invoices issued on this day or earlier.
    """
    from ksef_facade.identifiers import Nip
    from ksef_facade.store.archive.reader import ArchiveReader

    form = format or ("json" if target.suffix.lower() == ".json" else "csv")
    count = ArchiveReader(folder).export(
        target,
        form,
        nip=Nip.parse(nip) if nip else None,
        day_from=_day(date_from),
        day_to=_day(date_to),
    )
    settings.output.document({"path": str(target), "format": form, "invoices": count})
    settings.output.line(f"{count:,} invoices, saved as")
    settings.output.line(f"  {target}", whole=True)


def record(
    folder: Path,
    /,
    *,
    journal: Path | None = None,
    csv: Path | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Tell an archive of invoices that were sent before, to be linked to their sessions.

    They are found by session and reference, KSeF number, or hash. No request, no login; the
    archive must be there.

    Parameters
    ----------
    folder
        Folder of the archive.
    journal
        Journal of ksef send.
    csv
        CSV file with any of the columns ksef_number, invoice_hash, invoice_number,
        session_reference, invoice_reference, file; that of ksef send --csv has them.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.store.archive.reader import ArchiveReader

    if (journal is None) == (csv is None):
        raise BadArgument("say what to read: either --journal or --csv")
    archive = ArchiveReader(folder)
    if journal is not None:
        count, linked = archive.record_journal(journal)
    else:
        assert csv is not None
        count, linked = archive.record_csv(csv)
    settings.output.document({"invoices": count, "linked": linked})
    settings.output.line(f"{count:,} invoices, {linked:,} of them linked to a session")


def _hash(text: str | None) -> str | None:
    """The hash of a file of that name, else the text itself, if it can be a hash."""
    if text is None:
        return None
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.store.archive.session_filing import digest

    if (path := Path(text)).is_file():
        return digest(path)[1]
    if not _HASH.fullmatch(text):
        raise BadArgument(f"{text[:100]!r} is neither a file nor a SHA-256 in Base64")
    return text


def _day(text: str | None) -> date | None:
    from datetime import datetime

    from ksef_facade.cli.arguments import BadArgument, moment

    if text is None:
        return None
    read: date = moment(text)
    if isinstance(read, datetime):
        raise BadArgument(f"{text[:60]!r} is not a day; write it like 2026-11-20")
    return read


def _tell(progress: Progress, seen: ArchiveProgress) -> None:
    left = ", ".join(
        f"{group.hour} {_WORDS[name]}"
        for name, group in seen.budget.items()
        if name in _WORDS and group.hour is not None
    )
    what = "reading the history" if seen.stage == "history" else "archiving sessions"
    progress.update(
        f"{what} (left this hour: {left})", completed=seen.done, total=seen.total or None
    )
