# Derived from ksef_facade/_async/sending/send.py by scripts/derive_sync.py; do not edit.
"""`send`: everything that is to be sent, once and only once, whatever breaks on the way.

An invoice is known by the hash of its bytes. A run first finishes what earlier runs left in the
journal: closes their sessions, waits, and finds by hash what arrived. Then it sends what certainly
has not arrived, settles that too, and goes on with what turned out not to have arrived after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ksef_facade.concurrency.threads import offload
from ksef_facade.errors import ConfigurationError, KsefError
from ksef_facade.settings import DEFAULT_WAIT

if TYPE_CHECKING:
    from ksef_facade._sync.client import Ksef
    from ksef_facade._sync.sending.run import SendRun
    from ksef_facade.form_codes import FormCode
    from ksef_facade.models.sending import SendProgressHook, SendReport
    from ksef_facade.packages.sources import Sources
    from ksef_facade.planning.sending import SendingPlan, WantedMode
    from ksef_facade.sending.report import Outcome
    from ksef_facade.sending.sources import Candidate, Checking
    from ksef_facade.store.journal.journal import SendJournal
    from ksef_facade.store.journal.rows import InvoiceRow

_BARREN_ROUNDS = 4
"""So many rounds in which KSeF took nothing mean that more of them would not help."""


def send(
    self: Ksef,
    sources: Sources | None = None,
    *,
    journal: str | PathLike[str] | Literal[False] | None = None,
    mode: WantedMode = "auto",
    form_code: FormCode | None = None,
    offline: bool = False,
    corrects: str | PathLike[str] | None = None,
    again: bool = False,
    checks: bool = True,
    dry_run: bool = False,
    upo_to: str | PathLike[str] | None = None,
    timeout: timedelta | float | None = DEFAULT_WAIT,
    on_progress: SendProgressHook | None = None,
) -> SendReport:
    """Send invoices once and only once, wait for KSeF, and tell what became of each.

    A journal on the disk remembers every step before it is taken. A run that was killed, or lost its
    network, is finished by calling this again with the same sources: what arrived is found by its
    hash and not sent again. An invoice is its bytes: a changed file is another invoice.

    Cost: online 2 requests for each invoice at most (1 of `invoiceSend`, 180 an hour; after a lost
    answer 1 of `sessionInvoiceList`); in a batch none. For each session 1 to open, 1 to close, about
    4 of `sessionMisc` a minute while waiting, 1 of `sessionInvoiceList` for each 1000 invoices; for
    each session that holds the original of a duplicate the same list once. Memory does not grow with
    the size of the invoices, and by some 5 kB with each.

    Args:
        sources: paths of files and folders (their `.xml` files), (name, bytes) pairs, or an iterable
            of these. `None` finishes what the journal has left over from files.
        journal: its file; `None` is one in this user's state folder for each environment and
            context; `False` keeps none, and then only this call knows what it sent.
        mode: `online`, `batch`, or `auto`, which chooses by number, schema and attachments.
        form_code: the schema of all of them; by default what each one's namespace says.
        offline: all were issued in one of the offline modes.
        corrects: for a technical correction, one invoice: the `invoice_hash` of the rejected one as
            text, or the path of its file.
        again: send also what KSeF rejected in an earlier run, for what kept it may have changed.
        checks: look through each invoice before it is sent, as `ksef check` does, and do not send
            what KSeF would refuse.
        dry_run: only read, check and plan. No request, and nothing is written.
        upo_to: a folder for the receipts of all sessions that hold the invoices.
        timeout: seconds or a `timedelta`: the longest wait for the result of one session, and for a
            service that puts off what it is asked. `None` waits without end.
        on_progress: called with a `SendProgress`.

    Returns:
        A report with one item for each source, in their order. A rejected invoice is an answer and
        not an error; `unsettled` ones need another run.

    Raises:
        ConfigurationError: settings that cannot work; nothing was sent.
        PackageRefused: a source is not there; nothing was sent.
        JournalRefused: another run holds the journal, or it is of another environment or context.
        KsefError: nothing further could be sent, e.g. no network or no permission. The journal says
            how far it came; call this again.
    """
    from ksef_facade._sync.sending.receipts import save_receipts
    from ksef_facade.sending.report import Outcome, make_report
    from ksef_facade.sending.sources import Checking, correction_hash
    from ksef_facade.store.journal.journal import SendJournal

    how = Checking(
        context=self._caller.authenticator.context,
        environment=self.environment.name,
        form_code=form_code,
        mode=mode,
        offline=offline,
        corrects=offload(partial(correction_hash, corrects)),
        checks=checks,
    )
    candidates = _read(sources, how, on_progress) if sources is not None else []
    if how.corrects is not None and len(candidates) != 1:
        raise ConfigurationError("a technical correction is one invoice; pass one source")
    good = {one.hash: one for one in candidates if not one.errors}
    plan = _plan(good.values(), mode)
    if dry_run:
        return make_report(candidates, Outcome(plan=plan))
    path = _journal_path(self, journal)
    record = SendJournal(path, _identity(self))
    try:
        # Here, since it may be cancelled once the journal is open.
        offload(record.__enter__)
        if sources is None:
            candidates, good = _left_over(record)
        outcome = _run(self, record, good, mode, again, timeout, on_progress)
    finally:
        record.__exit__(None, None, None)
    report = make_report(candidates, outcome)
    if upo_to is None:
        return report
    return save_receipts(self, report, Path(upo_to), timeout, on_progress)


def _read(sources: Sources, how: Checking, on_progress: SendProgressHook | None) -> list[Candidate]:
    from ksef_facade.models.sending import SendProgress
    from ksef_facade.sending.sources import Reading

    reading = offload(partial(Reading, sources, how))
    while offload(reading.step):
        if on_progress is not None:
            on_progress(SendProgress(stage="reading", done=len(reading.candidates)))
    return reading.candidates


def _left_over(
    journal: SendJournal,
) -> tuple[list[Candidate], dict[str, Candidate]]:
    from ksef_facade.sending.sources import from_journal

    candidates = from_journal(offload(journal.unfinished))
    return candidates, {one.hash: one for one in candidates}


def _run(
    client: Ksef,
    journal: SendJournal,
    good: Mapping[str, Candidate],
    mode: WantedMode,
    again: bool,
    timeout: timedelta | float | None,
    on_progress: SendProgressHook | None,
) -> Outcome:
    from ksef_facade._sync.sending.run import SendRun
    from ksef_facade.sending.report import Outcome

    hashes = list(good)
    # What was settled before this run, so that the report can tell the difference.
    before = offload(partial(journal.find, hashes))
    run = SendRun(client, journal, good, timeout=timeout, on_progress=on_progress)
    run.note(partial(_write_down, journal, good, again))
    try:
        plan = _send_all(run, mode, before)
    except KsefError as error:
        rows = run.note(partial(journal.find, hashes))
        settled = sum(1 for row in rows.values() if row.is_settled)
        error.add_note(
            f"{settled} of {len(rows)} invoices are settled; the same call again goes on with the rest"
        )
        raise
    rows = run.note(partial(journal.find, hashes))
    numbers = sorted({row.session for row in rows.values() if row.session is not None})
    return Outcome(
        plan=plan,
        rows=rows,
        before=before,
        sessions={number: run.note(partial(journal.session, number)) for number in numbers},
        left=run.left,
        refused=run.refused,
        journal=journal.path,
    )


def _write_down(journal: SendJournal, good: Mapping[str, Candidate], again: bool) -> None:
    with journal.together():
        journal.plan([one.new_invoice() for one in good.values()])
        for one in good.values():
            if again or one.corrects is not None:
                journal.plan_again([one.hash], offline=one.offline, corrects=one.corrects)


def _send_all(run: SendRun, mode: WantedMode, before: Mapping[str, InvoiceRow]) -> SendingPlan:
    from ksef_facade._sync.sending.by_batch import ship_batch
    from ksef_facade._sync.sending.online import ship_online
    from ksef_facade._sync.sending.settling import look_at_latest, settle, take_up

    if before and run.client.environment.is_loopback:
        look_at_latest(run)
    take_up(run)
    settle(run)
    first: SendingPlan | None = None
    barren = 0
    while pending := _pending(run):
        plan = _plan(pending, mode)
        first = first or plan
        gains, waits = run.gains, run.busy.times
        for shipment in plan.shipments:
            if run.over is None:
                (ship_batch if shipment.mode == "batch" else ship_online)(run, shipment)
        settle(run)
        if run.over is not None:
            run.leave([one.hash for one in _pending(run)], run.over)
        barren = barren + 1 if (run.gains, run.busy.times) == (gains, waits) else 0
        if barren == _BARREN_ROUNDS:
            why = f"KSeF took nothing in {barren} sessions in a row"
            run.leave([one.hash for one in pending], why)
    return first or _plan([], mode)


def _pending(run: SendRun) -> list[Candidate]:
    """What is certainly in no session, and not left alone for this run."""
    rows = run.note(partial(run.journal.find, list(run.candidates)))
    return [
        candidate
        for digest, candidate in run.candidates.items()
        if rows[digest].state == "planned" and digest not in run.left
    ]


def _plan(candidates: Iterable[Candidate], mode: WantedMode) -> SendingPlan:
    from ksef_facade.planning.sending import plan_sending

    return plan_sending([one.outgoing() for one in candidates], mode)


def _journal_path(
    client: Ksef, journal: str | PathLike[str] | Literal[False] | None
) -> Path | None:
    if journal is False:
        return None
    if journal is not None:
        return Path(journal)
    from ksef_facade.store.journal.paths import default_journal

    here = client.environment
    return default_journal(here.name, here.base_url, client._caller.context)


def _identity(client: Ksef) -> dict[str, str]:
    here = client.environment
    return {
        "environment": here.name,
        "base_url": here.base_url,
        "context": client._caller.context,
    }
