# Derived from ksef_facade/_async/sending/settling.py by scripts/derive_sync.py; do not edit.
"""What became of everything in a session: waited for, listed, matched by hash, duplicates compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from attrs import evolve

from ksef_facade._sync.sending.by_batch import remove_folder, resume_batch
from ksef_facade._sync.sending.run import SendRun
from ksef_facade._sync.sessions.closing import close_session
from ksef_facade.errors import (
    BadRequest,
    Forbidden,
    InvalidIdentifier,
    JournalRefused,
    PollingDeadlineExceeded,
    UnknownSession,
)
from ksef_facade.identifiers import SessionReference
from ksef_facade.models.sessions import InvoiceStatus, SessionStatus
from ksef_facade.planning.verdicts import duplicate_verdict, judge, original_of
from ksef_facade.store.journal.rows import SessionRow, Verdict

_CLOSE = "/sessions/online/{referenceNumber}/close"
_LOOKS = 4
"""How often the list of a final session is asked for while it is shorter than its status says."""
_PAUSE = 1.0
_KEY_UNREADABLE = 415


def take_up(run: SendRun) -> None:
    """Close what earlier runs left open, or finish uploading it; nothing new is sent.

    Raises:
        JournalRefused: KSeF does not know a session of the journal.
        KsefError: it broke off; the journal says how far it came.
    """
    journal = run.journal
    for row in run.note(journal.open_sessions):
        try:
            if row.kind == "batch" and row.state != "closed":
                resume_batch(run, row)
            elif row.reference is None:
                run.note(partial(journal.lost, row.id, "never known to be open"))
            elif row.state != "closed":
                run.note(partial(journal.closing, row.id))
                close_session(run.caller, _CLOSE, SessionReference.from_server(row.reference))
                run.note(partial(journal.closed, row.id))
        except UnknownSession as error:
            raise _unknown(run, row) from error


def settle(run: SendRun) -> None:
    """Wait for every closed session of the journal and write down what became of its invoices.

    Invoices that a final session provably lacks are free to be sent again.

    Raises:
        KsefError: a request failed; the next run settles what is left.
    """
    for row in run.note(run.journal.open_sessions):
        if row.state == "closed" and row.reference is not None and row.id not in run.slow:
            try:
                _settle_session(run, row, row.reference)
            except UnknownSession as error:
                raise _unknown(run, row) from error


def look_at_latest(run: SendRun) -> None:
    """See whether KSeF knows the newest session of the journal: 1 request of group `sessionMisc`.

    A KSeF on this machine forgets everything when it is restarted, and its journal does not.

    Raises:
        JournalRefused: it does not.
    """
    reference = run.note(run.journal.latest_reference)
    if reference is None:
        return
    try:
        run.client.session(reference).status()
    except UnknownSession as error:
        raise JournalRefused(_strange(run, reference)) from error


def _settle_session(run: SendRun, row: SessionRow, reference: str) -> None:
    journal = run.journal
    session = run.client.session(reference)
    given = run.note(partial(journal.of_session, row.id))
    try:
        status = session.wait(
            # One look is enough where nothing depends on it.
            run.timeout if given else 0,
            on_poll=lambda seen: run.tell("waiting", *_counts(seen, len(given))),
        )
    except PollingDeadlineExceeded as error:
        if not given:
            run.note(partial(journal.lost, row.id, "closed without invoices"))
        run.slow.add(row.id)
        run.leave([one.hash for one in given], str(error))
        return
    listed = _list(run, reference, status) if given else []
    findings = judge(given, listed, status)
    verdicts = [*findings.verdicts]
    for digest, found in findings.duplicates:
        verdicts.append(duplicate_verdict(found, digest, _same_document(run, found, digest)))
    if status.status.code == _KEY_UNREADABLE:
        # Perhaps the keys were changed and nobody said so.
        run.client._public_keys.get("SymmetricKeyEncryption", fresh=True)
    whole = len(listed) >= (status.invoice_count or 0)
    free = dict(findings.again)
    if whole:
        why = f"session {reference} ended without it ({status.status})"
        free.update(dict.fromkeys(findings.missing, why))
    else:
        run.leave(findings.missing, f"session {reference} does not list all of its invoices yet")
    run.leave(findings.pending, f"session {reference} has no verdict on it yet")
    for digest, why in free.items():
        run.failed([digest], why)
    is_over = whole and not findings.pending
    run.note(partial(_write_down, run, row, status, verdicts, free, is_over))
    run.gained(len(verdicts))
    if row.kind == "batch" and is_over:
        remove_folder(row.state_file)


def _write_down(
    run: SendRun,
    row: SessionRow,
    status: SessionStatus,
    verdicts: Sequence[Verdict],
    free: Mapping[str, str],
    is_over: bool,
) -> None:
    journal = run.journal
    with journal.together():
        journal.settle(verdicts)
        for digest, why in free.items():
            journal.not_taken([digest], why)
        if is_over:
            counts = (
                status.invoice_count,
                status.successful_invoice_count,
                status.failed_invoice_count,
            )
            journal.finished(row.id, status.status.code, status.status.description, counts)


def _list(run: SendRun, reference: str, status: SessionStatus) -> list[InvoiceStatus]:
    """The session's invoices; asked for again while there must be more of them."""
    expected = status.invoice_count or 0
    for look in range(1, _LOOKS + 1):
        listed = []
        for found in run.client.session(reference).invoices():
            # Of 10,000 invoices the JSON as it came would take more room than all else.
            listed.append(evolve(found, raw={}))
        if len(listed) >= expected or look == _LOOKS:
            return listed
        run.caller.clock.sleep(_PAUSE * look)
    raise AssertionError("unreachable")


def _same_document(run: SendRun, status: InvoiceStatus, digest: str) -> bool | None:
    """Whether the invoice that was there before a duplicate has these very bytes; `None`: unknown."""
    number, session = original_of(status)
    if number is not None:
        ours = run.note(partial(run.journal.by_ksef_number, number))
        if ours is not None:
            return ours.hash == digest
    if number is None or session is None:
        return None
    if session not in run.originals:
        run.originals[session] = _hashes(run, session)
    known = run.originals[session].get(number)
    return None if known is None else known == digest


def _hashes(run: SendRun, session: str) -> dict[str, str]:
    """Hashes of a session's accepted invoices by KSeF number; none where we may not look."""
    try:
        return {
            found.ksef_number: found.invoice_hash
            for found in run.client.session(session).invoices()
            if found.ksef_number and found.invoice_hash
        }
    except (BadRequest, Forbidden, InvalidIdentifier):
        return {}


def _counts(seen: SessionStatus, given: int) -> tuple[int, int]:
    done = (seen.successful_invoice_count or 0) + (seen.failed_invoice_count or 0)
    return done, seen.invoice_count or given


def _unknown(run: SendRun, row: SessionRow) -> JournalRefused:
    return JournalRefused(_strange(run, str(row.reference)))


def _strange(run: SendRun, reference: str) -> str:
    return (
        f"the journal {run.journal.path} tells of session {reference}, which this KSeF does not know; "
        "it belongs to another one, so name another journal or remove this one"
    )
