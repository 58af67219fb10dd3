"""Sending through a batch session, a step in the journal before and after each request.

KSeF looks into a package only after the session is closed. So up to that request nothing has been
sent, whatever was lost on the way, and the journal says before it that it is about to go out.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ksef_facade._async.sending.run import AsyncSendRun
from ksef_facade._async.sessions.closing import close_session
from ksef_facade.concurrency.tasks import offload
from ksef_facade.errors import (
    BatchExpired,
    BatchIncomplete,
    ConfigurationError,
    IntegrityFailure,
    KsefError,
    PackageRefused,
)
from ksef_facade.identifiers import SessionReference
from ksef_facade.planning.lost_answers import sending_failure
from ksef_facade.planning.sending import Shipment
from ksef_facade.store.journal.rows import SessionRow

if TYPE_CHECKING:
    from ksef_facade._async.batches.session import AsyncBatchSession
    from ksef_facade.models.batches import BatchProgress

_CLOSE = "/sessions/batch/{referenceNumber}/close"
_FOLDER = "batch-"
_STATE = "state.json"
_WORK = ".work"
_HOPELESS = (BatchExpired, BatchIncomplete, IntegrityFailure)
"""Nothing of such a session will ever be processed: it was not closed, and cannot be."""


async def ship_batch(run: AsyncSendRun, shipment: Shipment) -> None:
    """Pack, open, upload, close. What became of it is for settling to find.

    Raises:
        KsefError: it broke off; the next run goes on with it, from the journal and the state file.
    """
    journal = run.journal
    folder = await offload(
        partial(_make_folder, journal.path), lambda made: remove_folder(made / _STATE)
    )
    opening = partial(
        journal.opening,
        "batch",
        shipment.form_code,
        offline=shipment.offline,
        state_file=str(folder / _STATE),
    )
    is_open = False
    try:
        session = await run.note(opening)
        batch = run.client.open_batch_session(
            [run.candidates[digest].source for digest in shipment.hashes],
            form_code=shipment.form_code,
            offline=shipment.offline,
            state_file=folder / _STATE,
            on_progress=partial(_pass_on, run),
        )
        ready = await _prepare(run, shipment, session, batch)
        is_open = ready and await _open(run, shipment, session, batch)
    finally:
        # An interrupt may come after the answer, when the state file is there: then all of it stays.
        if not is_open and not (folder / _STATE).exists():
            remove_folder(folder / _STATE)
    if not is_open:
        return
    await _finish(run, session, batch)


async def resume_batch(run: AsyncSendRun, row: SessionRow) -> None:
    """Finish a batch session of an earlier run as far as closing it.

    Raises:
        KsefError: it broke off again.
    """
    state_file = Path(row.state_file or "")
    try:
        batch = await run.client.resume_batch(state_file, on_progress=partial(_pass_on, run))
    except ConfigurationError:
        if row.reference is not None and row.state == "closing":
            # Everything was uploaded before, so closing is all that can be missing.
            reference = SessionReference.from_server(row.reference)
            await close_session(run.caller, _CLOSE, reference)
            await run.note(partial(run.journal.closed, row.id))
            return
        await _give_up(run, row.id, state_file, "its upload broke off before it was closed")
        return
    if row.reference is None:
        await run.note(partial(run.journal.opened, row.id, str(batch.reference)))
    await _finish(run, row.id, batch)


def remove_folder(state_file: Path | str | None) -> None:
    """Remove what a batch left on the disk; only ever a folder that was made for one."""
    if state_file is None:
        return
    folder = Path(state_file).parent
    if folder.name.startswith(_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
        if folder.parent.name.endswith(_WORK):
            with contextlib.suppress(OSError):
                folder.parent.rmdir()


async def _prepare(
    run: AsyncSendRun, shipment: Shipment, session: int, batch: AsyncBatchSession
) -> bool:
    try:
        await batch.prepare()
    except PackageRefused as error:
        await run.note(partial(run.journal.lost, session, str(error)))
        names = {run.candidates[digest].source_name: digest for digest in shipment.hashes}
        culprit = names.get(error.source_name or "")
        if culprit is None:
            raise
        run.refuse(culprit, str(error))
        return False
    packed = {entry.invoice_hash for entry in batch.entries}
    changed = [digest for digest in shipment.hashes if digest not in packed]
    if changed:
        await run.note(partial(run.journal.lost, session, "files were changed; never opened"))
        await offload(batch.discard)
        run.leave(changed, "the file was changed since it was looked at; send it again")
        return False
    return True


async def _open(
    run: AsyncSendRun, shipment: Shipment, session: int, batch: AsyncBatchSession
) -> bool:
    journal = run.journal
    while True:
        await run.note(partial(journal.assign, session, shipment.hashes))
        try:
            reference = await batch.open()
        except (KsefError, OSError) as error:
            await run.note(partial(journal.not_taken, shipment.hashes, f"not opened: {error}"))
            later = isinstance(error, KsefError) and sending_failure(error) == "later"
            if later and isinstance(error, KsefError) and await run.busy.lasts(error):
                continue
            await run.note(partial(journal.lost, session, f"never known to be open: {error}"))
            await offload(batch.discard)
            if not later:
                raise
            run.over = f"KSeF takes it later: {error}"
            return False
        await run.note(partial(journal.opened, session, str(reference)))
        return True


async def _finish(run: AsyncSendRun, session: int, batch: AsyncBatchSession) -> None:
    journal = run.journal
    try:
        await batch.upload()
        await run.note(partial(journal.closing, session))
        await batch.close()
    except _HOPELESS as error:
        await _give_up(run, session, batch.state_file, str(error))
        return
    await run.note(partial(_written_down_as_closed, run, session))
    run.gained(1)


def _written_down_as_closed(run: AsyncSendRun, session: int) -> None:
    journal = run.journal
    with journal.together():
        journal.taken({row.hash: row.reference for row in journal.of_session(session)})
        journal.closed(session)


async def _give_up(run: AsyncSendRun, session: int, state_file: Path, why: str) -> None:
    rows = await run.note(partial(run.journal.of_session, session))
    run.failed([row.hash for row in rows], why)
    await run.note(partial(run.journal.lost, session, f"never closed: {why}"))
    await offload(partial(remove_folder, state_file))


def _make_folder(journal: Path | None) -> Path:
    if journal is None:
        return Path(tempfile.mkdtemp(prefix=_FOLDER))
    work = journal.with_name(f"{journal.name}{_WORK}")
    work.mkdir(mode=0o700, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=_FOLDER, dir=work))


def _pass_on(run: AsyncSendRun, progress: BatchProgress) -> None:
    stage = progress.phase == "packing"
    run.tell("packing" if stage else "uploading", progress.bytes_done, progress.bytes_total)
