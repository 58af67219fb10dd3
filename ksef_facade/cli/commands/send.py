"""`ksef send`: invoices to KSeF, once and only once, and what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings

if TYPE_CHECKING:
    from ksef_facade.models.sending import SendProgress

_STAGES = {
    "reading": "reading and checking",
    "packing": "packing",
    "sending": "sending",
    "uploading": "uploading",
    "waiting": "waiting for KSeF",
    "receipts": "saving receipts",
}
_SENT_AND_NOTED = (
    "the invoices are sent; the same command again tells their outcomes and saves the receipts"
)
_SENT_UNNOTED = "the invoices are sent; ksef sessions and ksef upo save get their receipts"


def send(
    *paths: Path,
    mode: Literal["auto", "online", "batch"] = "auto",
    dry_run: Flag = False,
    resume: Flag = False,
    offline: Flag = False,
    correct: str | None = None,
    again: Flag = False,
    no_check: Flag = False,
    journal: Path | None = None,
    no_journal: Flag = False,
    upo_to: Path | None = None,
    csv: Path | None = None,
    timeout: str = "15m",
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Send invoices once and only once, wait, and show what became of each.

    A journal remembers every step. When a run was killed or lost its network, give the same command
    again: it finishes the first and doubles nothing. Exit code 1 when any invoice was refused, 4
    when KSeF has not decided on all of them yet.

    Parameters
    ----------
    paths
        Invoices, or folders: of these, every file that ends in .xml. Sent byte for byte.
    mode
        Kind of session; auto chooses by number, schema and attachments, and says why.
    dry_run
        Only check and plan. Nothing is sent.
    resume
        Finish what the journal has left over, without naming it again.
    offline
        The invoices were issued in one of the offline modes; ksef qr make makes the codes that they
        must show.
    correct
        Technical correction: the hash of the rejected invoice, or its file.
    again
        Send also what KSeF rejected in an earlier run.
    no_check
        Send without looking through the invoices first.
    journal
        File of the journal; else one for each environment and company, in KSEF_JOURNALS or this
        user's state folder.
    no_journal
        Keep no journal. After a crash nobody knows what was sent.
    upo_to
        Folder to save the receipts (UPO) in.
    csv
        File for the results as CSV; one that is there is replaced.
    timeout
        Longest wait for a session, and then for its UPO, like 90s, 15m or 2h.
    """
    from contextlib import nullcontext

    from ksef_facade.cli.arguments import BadArgument, duration
    from ksef_facade.cli.results.sending import exit_code_of, require_place, show, write_csv
    from ksef_facade.cli.steps.receipt_saving import target_folder

    if resume and paths:
        raise BadArgument("--resume takes no files; the same files again go on by themselves")
    if not paths and not resume:
        raise BadArgument("name at least one file or folder to send")
    if no_journal and (journal is not None or resume):
        raise BadArgument("--no-journal goes neither with --journal nor with --resume")
    longest = duration(timeout)
    for path in paths:
        # Tells a wrong name before anybody is asked for a login.
        path.stat()
    if csv is not None:
        require_place(csv)
    output = settings.output
    receipts = target_folder(upo_to) if upo_to is not None and not dry_run else nullcontext()
    stage = "reading"

    def tell(seen: SendProgress) -> None:
        nonlocal stage
        stage = seen.stage
        progress.update(_STAGES[stage], completed=seen.done, total=seen.total)

    with receipts, settings.client() as ksef, output.progress(_STAGES["reading"]) as progress:
        try:
            report = ksef.send(
                None if resume else list(paths),
                journal=False if no_journal else journal,
                mode=mode,
                offline=offline,
                corrects=_corrected(correct),
                again=again,
                checks=not no_check,
                dry_run=dry_run,
                upo_to=upo_to,
                timeout=longest,
                on_progress=tell,
            )
        except KeyboardInterrupt as interrupt:
            if not no_journal:
                interrupt.add_note("nothing is lost: the same command again goes on")
            raise
        except Exception as error:
            if stage == "receipts":
                error.add_note(_SENT_UNNOTED if no_journal else _SENT_AND_NOTED)
            raise
    show(report, output)
    if csv is not None:
        write_csv(report, csv)
    return exit_code_of(report)


def _corrected(text: str | None) -> str | Path | None:
    """A file of that name, else a hash."""
    if text is None:
        return None
    return path if (path := Path(text)).is_file() else text
