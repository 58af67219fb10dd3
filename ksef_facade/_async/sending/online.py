"""Sending through an online session, a step in the journal before and after each request."""

from __future__ import annotations

from functools import partial
from typing import Literal

from ksef_facade._async.sending.run import AsyncSendRun
from ksef_facade._async.sessions.online import AsyncOnlineSession
from ksef_facade.concurrency.tasks import offload
from ksef_facade.errors import KsefError, ResponseError, SessionFailed
from ksef_facade.invoices.facts import hash_of
from ksef_facade.planning.lost_answers import (
    MAINTENANCE,
    may_have_acted,
    sending_failure,
)
from ksef_facade.planning.sending import Shipment
from ksef_facade.store.journal.rows import Verdict

_OPENINGS = 4
"""How often a session is opened until one is known. Those whose answer was lost stay empty, and
KSeF cancels them.
"""
_DOUBTS_IN_A_ROW = 3
"""So many lost answers in a row mean that the way is bad: what is in doubt is settled first."""
_Step = Literal["taken", "refused", "in_doubt", "left", "session_over"]


async def ship_online(run: AsyncSendRun, shipment: Shipment) -> None:
    """Open a session, send what can be sent, close it. What became of it is for settling to find.

    Raises:
        KsefError: nothing further can be sent; the journal says how far it came.
    """
    session, online = await _open(run, shipment)
    try:
        await _send_all(run, shipment, session, online)
    except KsefError as error:
        # What KSeF has of it is processed sooner when it is closed; the next run would do it too.
        try:
            await _close(run, session, online)
        except KsefError as second:
            error.add_note(f"session {online.reference} could not be closed either: {second}")
        raise
    await _close(run, session, online)


async def _open(run: AsyncSendRun, shipment: Shipment) -> tuple[int, AsyncOnlineSession]:
    journal = run.journal
    attempt = 0
    while True:
        online = run.client.open_online_session(shipment.form_code)
        opening = partial(journal.opening, "online", shipment.form_code, offline=shipment.offline)
        session = await run.note(opening)
        try:
            reference = await online.open()
        except SessionFailed as error:
            attempt += 1
            await run.note(partial(journal.lost, session, str(error)))
            if attempt == _OPENINGS:
                raise
            # Perhaps the keys were changed and nobody said so.
            await run.client._public_keys.get("SymmetricKeyEncryption", fresh=True)
        except KsefError as error:
            attempt += 1
            await run.note(partial(journal.lost, session, f"never known to be open: {error}"))
            passing = may_have_acted(error) or sending_failure(error) == "later"
            if not passing or attempt == _OPENINGS or not await run.busy.lasts(error):
                raise
        else:
            await run.note(partial(journal.opened, session, str(reference)))
            return session, online


async def _close(run: AsyncSendRun, session: int, online: AsyncOnlineSession) -> None:
    await run.note(partial(run.journal.closing, session))
    await online.close()
    await run.note(partial(run.journal.closed, session))


async def _send_all(
    run: AsyncSendRun, shipment: Shipment, session: int, online: AsyncOnlineSession
) -> None:
    doubts = 0
    for number, digest in enumerate(shipment.hashes):
        run.tell("sending", number, len(shipment.hashes))
        step = await _send_one(run, session, online, digest)
        doubts = doubts + 1 if step == "in_doubt" else 0
        if step == "session_over" or doubts == _DOUBTS_IN_A_ROW:
            return
    run.tell("sending", len(shipment.hashes), len(shipment.hashes))


async def _send_one(
    run: AsyncSendRun, session: int, online: AsyncOnlineSession, digest: str
) -> _Step:
    candidate = run.candidates[digest]
    try:
        content = await offload(candidate.read)
    except (OSError, KsefError) as error:
        run.leave([digest], f"it cannot be read any more: {error}")
        return "left"
    if hash_of(content) != digest:
        run.leave([digest], "the file was changed since it was looked at; send it again")
        return "left"
    journal = run.journal
    while True:
        await run.note(partial(journal.assign, session, [digest]))
        try:
            sent = await online.send(
                content, offline=candidate.offline, corrects=candidate.corrects
            )
        except KsefError as error:
            failure = sending_failure(error)
            if failure == "in_doubt":
                return "in_doubt"
            if failure == "refused":
                await run.note(partial(journal.settle, [_refusal(digest, error)]))
                run.gained(1)
                return "refused"
            await run.note(partial(journal.not_taken, [digest], str(error)))
            if failure == "stop":
                raise
            if failure == "later" and await run.busy.lasts(error):
                # Limits pass by waiting; under maintenance another session may fare better.
                if isinstance(error, ResponseError) and MAINTENANCE in error.codes:
                    return "session_over"
                continue
            if failure == "later":
                run.over = f"KSeF takes it later: {error}"
            else:
                run.failed([digest], str(error))
            return "session_over"
        await run.note(partial(journal.taken, {digest: str(sent.reference_number)}))
        run.gained(1)
        return "taken"


def _refusal(digest: str, error: KsefError) -> Verdict:
    codes = error.codes if isinstance(error, ResponseError) else ()
    texts = error.problem.descriptions if isinstance(error, ResponseError) else ()
    return Verdict(
        hash=digest,
        state="rejected",
        code=codes[0] if codes else None,
        description=texts[0] if texts else str(error),
        details=error.details if isinstance(error, ResponseError) else (),
        note="refused when it was sent",
    )
