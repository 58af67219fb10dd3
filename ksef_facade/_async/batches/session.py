"""A batch session of one's own: packed, opened, uploaded, closed; and finished by another process if
this one breaks off.

The order of things makes a crash harmless at any point. The whole package is on the disk, encrypted,
before the session is opened; so a crash before that costs nothing but the packing. The state file is
written as soon as the opening is answered, and after each part that arrived; so a crash from then on
costs at most the parts under way, and `AsyncKsef.resume_batch` uploads what is missing and closes. A
crash in between leaves a session without parts, which KSeF cancels. A part that is uploaded twice
replaces itself, and closing acts once, so nothing of this can double an invoice.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import TracebackType

from ksef_facade._async.batches.opening import open_batch
from ksef_facade._async.batches.packing import Packed, pack
from ksef_facade._async.batches.part_upload import upload_parts
from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.public_keys import AsyncPublicKeys
from ksef_facade._async.sessions.closing import close_session
from ksef_facade._async.sessions.session import AsyncSession
from ksef_facade.concurrency.tasks import Lock, offload
from ksef_facade.errors import (
    BadRequest,
    BatchExpired,
    BatchIncomplete,
    ConfigurationError,
    IntegrityFailure,
)
from ksef_facade.identifiers import SessionReference
from ksef_facade.models.batches import BatchResult, ResultJoiner
from ksef_facade.models.sessions import SessionStatus
from ksef_facade.packages.feeds import check_part
from ksef_facade.packages.manifest import Package, PackageEntry
from ksef_facade.packages.plans import BatchPlan
from ksef_facade.sending.batch_progress import ProgressHook, UploadCount
from ksef_facade.sending.batch_refusals import parts_to_repeat
from ksef_facade.settings import DEFAULT_WAIT
from ksef_facade.store.batch_state import BatchState, PartState
from ksef_facade.store.work_folders import remove_work_folder


class AsyncBatchSession:
    """Packs and opens on entering; on leaving uploads what is missing and closes.

    After an error or an interrupt it is neither closed nor forgotten: the state file stays, and
    `AsyncKsef.resume_batch` goes on from it, in this or another process.
    """

    def __init__(
        self,
        caller: AsyncCaller,
        public_keys: AsyncPublicKeys,
        plan: BatchPlan | None,
        *,
        state: BatchState | None = None,
        state_file: Path | None = None,
        parallel_uploads: int = 4,
        on_progress: ProgressHook | None = None,
    ) -> None:
        if parallel_uploads < 1:
            raise ConfigurationError("parallel_uploads must be 1 or more")
        self._caller = caller
        self._public_keys = public_keys
        self._plan = plan
        self._state = state
        self._state_file = state_file
        self._parallel = parallel_uploads
        self._on_progress = on_progress
        self._lock = Lock()
        self._packed: Packed | None = None
        # Parts that another process left behind are looked at once before they are uploaded.
        self._trusted = state is None

    def __repr__(self) -> str:
        reference = str(self._state.reference) if self._state is not None else None
        return f"{type(self).__name__}({reference!r})"

    async def __aenter__(self) -> AsyncBatchSession:
        """Pack and open, or take up what is open: see `prepare` and `open`."""
        try:
            await self.open()
        except BaseException:
            if self._state is None:
                self.discard()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Upload what is missing and close; after an error leave it resumable and say how."""
        if error is not None:
            self._explain(error)
            return
        await self.upload()
        await self.close()

    @property
    def reference(self) -> SessionReference:
        """The session's reference number."""
        return self._opened().reference

    @property
    def session(self) -> AsyncSession:
        """The handle of this session: status, invoices, waiting, UPO."""
        return AsyncSession(self._caller, self.reference)

    @property
    def state_file(self) -> Path:
        """What `AsyncKsef.resume_batch` goes on from; it holds secrets until the session is closed."""
        if self._state_file is None:
            raise ConfigurationError("this package is not prepared yet")
        return self._state_file

    @property
    def entries(self) -> tuple[PackageEntry, ...]:
        """The invoices of the package with their hashes and their names in it."""
        if self._state is not None:
            return self._state.entries
        if self._packed is None:
            raise ConfigurationError("this package is not prepared yet")
        return self._packed.package.entries

    async def prepare(self) -> Package:
        """Read, check, pack and encrypt everything, ahead of opening; no request.

        Takes some 30 s for a gigabyte of invoices, and disk space of the archive's size.

        Raises:
            PackageRefused: a limit or rule of KSeF would be broken, a source cannot be read, or the
                disk has no room. Nothing is left on the disk.
            FileConflict: the state file is there already.
            ConfigurationError: another setting cannot work.
        """
        if self._packed is not None:
            return self._packed.package
        if self._plan is None:
            raise ConfigurationError("a resumed session was prepared before")
        self._packed = await pack(self._plan, self._on_progress)
        self._state_file = self._packed.state_file
        return self._packed.package

    async def open(self) -> SessionReference:
        """Prepare if need be, open the session, and return its reference.

        From now on KSeF takes parts for 20 minutes multiplied by their number, and the session as
        such is cancelled after 12 hours. The invoices count as issued to KSeF at this moment
        (`invoicingDate`).

        Cost: 1 request of group `batchSession` (60 an hour); the public keys 1 more, once a day.
        Source: contract `POST /sessions/batch`. When the answer is lost it is opened once more:
        the lost one cannot get any parts, so KSeF cancels it.

        Raises:
            PackageRefused, FileConflict, ConfigurationError: as `prepare`; no request was made.
            BadRequest: the package or the form code is refused (21157, 21161, 21405).
            Forbidden: the token may not send invoices.
            OSError: the state file cannot be written.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        if self._state is not None:
            return self._state.reference
        await self.prepare()
        plan, packed = self._plan, self._packed
        assert plan is not None
        assert packed is not None
        state = await open_batch(self._caller, self._public_keys, plan, packed)
        # Another process may have begun with the same state file meanwhile; its session stays. Ours
        # is forgotten when it is cancelled here: it has no parts.
        path = packed.state_file
        await offload(lambda: state.save(path, new=True), lambda _: path.unlink(missing_ok=True))
        self._state = state
        # KSeF has the key now, and nothing here needs it any more.
        self._packed = None
        return state.reference

    async def upload(self) -> None:
        """Upload the parts that are not known to have arrived, several at once.

        Not metered (documented rule). Parts that arrived are remembered in the state file, so an
        interrupted upload goes on with the others. Source: contract `PartUploadRequest`.

        Raises:
            BatchExpired: the time for uploading is over; send the package anew.
            IntegrityFailure: a part on the disk is gone or was changed; send the package anew.
            ResponseError, TransportError: a part was refused or could not be sent in spite of
                repeats; this can be tried again.
        """
        state = self._opened()
        missing = state.missing
        if state.closed or not missing:
            return
        with self._resumable():
            if not self._trusted:
                for part in missing:
                    await offload(partial(check_part, state.path_of(part), part.sha256))
                self._trusted = True
            count = UploadCount(
                self._on_progress,
                invoices=len(state.entries),
                bytes_done=sum(part.size for part in state.parts if part.uploaded),
                bytes_total=sum(part.size for part in state.parts),
                parts_done=len(state.parts) - len(missing),
                parts_total=len(state.parts),
            )

            async def arrived(part: PartState) -> None:
                async with self._lock:
                    await self._keep(self._opened().with_uploaded(frozenset({part.ordinal})))
                count.add(0, parts=1)

            await upload_parts(
                self._caller,
                state,
                missing,
                parallel=self._parallel,
                on_bytes=count.add,
                on_part=arrived,
            )

    async def close(self) -> None:
        """Close the session; KSeF then processes the package. Closing twice is no error.

        Parts that KSeF reports as missing or of another size are uploaded once more. The encrypted
        parts are removed from the disk afterwards; a state file that the caller named stays, without
        the upload addresses, so that `results` can be had from it later.

        Cost: 1 request of group `batchSessionClose` (120 an hour); when an answer is lost, closing
        is repeated, which is harmless, and 1 request of `sessionMisc` settles what happened.
        Source: contract `POST /sessions/batch/{referenceNumber}/close`.

        Raises:
            ConfigurationError: parts are not uploaded yet; no request was made.
            BatchExpired: KSeF has cancelled the session because it took too long (21208).
            BatchIncomplete: parts are missing or differ (21205, 21157) in spite of a second upload.
            KsefError: it is not known to be closed; see the hierarchy in `ksef_facade.errors`.
        """
        state = self._opened()
        if state.closed:
            return
        if state.missing:
            raise ConfigurationError(
                f"part {state.missing[0].ordinal} of session {state.reference} is not uploaded yet; "
                "call upload() first"
            )
        with self._resumable():
            repeated: frozenset[int] = frozenset()
            while True:
                try:
                    path = "/sessions/batch/{referenceNumber}/close"
                    await close_session(self._caller, path, state.reference)
                    break
                except BadRequest as error:
                    again = parts_to_repeat(error, self._opened())
                    if again <= repeated:
                        raise BatchIncomplete(
                            f"session {state.reference} is not complete although its parts were "
                            f"uploaded twice: {error}",
                            state.reference,
                        ) from error
                repeated |= again
                await self._keep(self._opened().with_uploaded(again, False))
                await self.upload()
            self._state = self._opened().after_closing()
            await offload(self._clean_up)

    async def wait(
        self,
        timeout: timedelta | float | None = DEFAULT_WAIT,
        on_poll: Callable[[SessionStatus], object] | None = None,
    ) -> SessionStatus:
        """The session's final status, whatever it is; see `AsyncSession.wait`."""
        return await self.session.wait(timeout, on_poll)

    async def results(self) -> AsyncIterator[BatchResult]:
        """What became of each file, matched by its name in the package and its hash.

        Every file comes once, in the service's order; rows that no file belongs to, and files that
        KSeF does not list, come last. Complete once the session is final: before that KSeF lists
        what it has unpacked so far.

        Cost: 1 request of group `sessionInvoiceList` (200 an hour) for each 1000 invoices.

        Raises:
            KsefError: while iterating; see the hierarchy in `ksef_facade.errors`.
        """
        joiner = ResultJoiner(self.entries)
        async for row in self.session.invoices():
            result = joiner.take(row)
            if result is not None:
                yield result
        for result in joiner.rest():
            yield result

    def discard(self) -> None:
        """Forget the package: remove its parts and its state file. No request; a session that was
        opened and not closed is cancelled by KSeF.
        """
        if self._packed is not None:
            remove_work_folder(self._packed.folder)
        if self._state is not None:
            remove_work_folder(self._state.folder)
            self.state_file.unlink(missing_ok=True)

    def _opened(self) -> BatchState:
        if self._state is None:
            raise ConfigurationError("this session is not open yet; use it in a with block")
        return self._state

    async def _keep(self, state: BatchState) -> None:
        self._state = state
        path = self.state_file
        await offload(lambda: state.save(path))

    def _clean_up(self) -> None:
        state, path = self._opened(), self.state_file
        if path.parent != state.folder:
            state.save(path)
        remove_work_folder(state.folder)

    @contextlib.contextmanager
    def _resumable(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._explain(error)
            raise

    def _explain(self, error: BaseException) -> None:
        """Say in an error how to go on, unless that cannot work."""
        state = self._state
        if state is None or state.closed or isinstance(error, (BatchExpired, IntegrityFailure)):
            return
        note = (
            f"batch session {state.reference} is not finished: resume_batch({str(self._state_file)!r}) "
            f"goes on with it; KSeF takes parts until {state.upload_ends:%Y-%m-%d %H:%M:%S %Z}"
        )
        if note not in getattr(error, "__notes__", ()):
            error.add_note(note)
