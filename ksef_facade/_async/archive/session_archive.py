"""An archive of all sessions of a context: their statuses, invoice lists and receipts as files, and
a ledger beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ksef_facade._async.archive.sync import AsyncArchiveRun, check_options
from ksef_facade.answers.pages import LARGEST_PAGE, check_page_size
from ksef_facade.concurrency.tasks import offload
from ksef_facade.models.archive import (
    ArchivedInvoice,
    ArchiveProgress,
    ArchiveStatus,
    ArchiveSyncReport,
    ArchiveVerification,
    RecordedInvoice,
)
from ksef_facade.store.archive.export import ExportFormat
from ksef_facade.store.archive.reader import ArchiveReader
from ksef_facade.store.ledger.file import LedgerFile
from ksef_facade.store.ledger.ledger import Ledger

if TYPE_CHECKING:
    from ksef_facade._async.caller import AsyncCaller
    from ksef_facade.upo.signature.trust import PinsLike


class AsyncSessionArchive:
    """An archive of the sessions of one environment and context.

    For each session there is a folder with `status.json`, `invoices.jsonl`, the UPO pages byte for
    byte as served, and `manifest.json` with sizes and hashes. `ledger.sqlite3` beside them is
    documented in `docs/archive-tables.md`. A run may be killed at any instant and loses nothing.
    """

    def __init__(self, caller: AsyncCaller, directory: str | PathLike[str]) -> None:
        self._caller = caller
        self._reader = ArchiveReader(directory)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.directory)!r})"

    @property
    def directory(self) -> Path:
        """Where it is."""
        return self._reader.directory

    async def sync(
        self,
        since: datetime | date | None = None,
        *,
        newest_first: bool = True,
        max_requests: int | None = None,
        page_size: int = LARGEST_PAGE,
        on_session: Callable[[ArchiveProgress], object] | None = None,
    ) -> ArchiveSyncReport:
        """Bring the archive up to date: what is new, what was not final, what is damaged.

        A session that is final and has all its pages is never asked for again. A run that was
        stopped or killed is gone on with where it was.

        Cost: 1 request of group `sessionList` (60 an hour) for each page of the history of each
        kind; for each session looked at 1 of `sessionMisc` (1200 an hour), and 1 of
        `sessionInvoiceList` (200 an hour) for each page of its list unless that has not changed.
        UPO pages come over links that are not metered. Source: contract `GET /sessions`, `GET
        /sessions/{referenceNumber}`, `GET /sessions/{referenceNumber}/invoices`.

        Args:
            since: sessions opened on or after; by default what the archive covers already, and
                everything for a new one. An earlier moment makes it reach further back.
            newest_first: which sessions come first, where not all can.
            max_requests: stop after so many metered requests; links that had to be renewed and
                repetitions may add a few.
            page_size: rows to a page of the lists, 10 to 1000.
            on_session: called with every page of the history and every session looked at.

        Returns:
            What was done, and why it ended; with the limits of KSeF exhausted that is no error.

        Raises:
            ArchiveRefused: another run is at work on it, it belongs to another environment or
                context, or its ledger cannot be written.
            ConfigurationError: an option cannot work.
            OSError: a file cannot be written; what is there stays, and the next run goes on.
            KsefError: KSeF cannot be asked, or fails on three sessions in a row. A single session
                that it does not show, or that comes damaged, is noted and no error.
        """
        check_options(max_requests)
        check_page_size(page_size)
        file = LedgerFile(self.directory)
        handle = self._caller.handle("")
        identity = {
            "environment": handle.environment,
            "base_url": handle.base_url,
            "context": handle.context,
        }
        try:
            # Here, since it may be cancelled once the ledger is open.
            await offload(lambda: file.open_to_write(identity))
            run = AsyncArchiveRun(
                self._caller,
                Ledger(file, self._caller.clock.now),
                newest_first=newest_first,
                max_requests=max_requests,
                page_size=page_size,
                on_progress=on_session,
            )
            return await run.run(since)
        finally:
            file.close()

    async def status(self) -> ArchiveStatus:
        """What the archive holds and what it lacks; no request, and beside a running `sync`.

        Raises:
            ArchiveRefused: there is no archive.
        """
        return await offload(self._reader.status)

    async def verify(
        self,
        *,
        receipts: bool = False,
        pins: PinsLike = None,
        ca_pem: bytes | str | PathLike[str] | None = None,
    ) -> ArchiveVerification:
        """Hold every file against the ledger, and with `receipts` verify the UPO pages; no request.
        The next `sync` fetches what is damaged. See `ArchiveReader.verify`.

        Raises:
            ArchiveRefused: there is no archive, or a run is at work on it.
            ConfigurationError: the pins or authorities cannot be used.
        """
        return await offload(
            lambda: self._reader.verify(receipts=receipts, pins=pins, ca_pem=ca_pem)
        )

    async def find(
        self,
        *,
        invoice_number: str | None = None,
        ksef_number: str | None = None,
        invoice_hash: str | None = None,
        nip: str | None = None,
        day_from: date | None = None,
        day_to: date | None = None,
        session: str | None = None,
    ) -> list[ArchivedInvoice]:
        """The invoices that fit all that is given; no request. See `ArchiveReader.find`."""
        return await offload(
            lambda: self._reader.find(
                invoice_number=invoice_number,
                ksef_number=ksef_number,
                invoice_hash=invoice_hash,
                nip=nip,
                day_from=day_from,
                day_to=day_to,
                session=session,
            )
        )

    async def export(
        self,
        target: str | PathLike[str],
        form: ExportFormat = "csv",
        *,
        nip: str | None = None,
        day_from: date | None = None,
        day_to: date | None = None,
    ) -> int:
        """Write invoices to a CSV or JSON file and tell how many; no request. See
        `ArchiveReader.export`.
        """
        return await offload(
            lambda: self._reader.export(target, form, nip=nip, day_from=day_from, day_to=day_to)
        )

    async def record(
        self, invoices: Iterable[RecordedInvoice], recorded_from: str = "caller"
    ) -> tuple[int, int]:
        """Keep invoices that the caller knows of; see `ArchiveReader.record`; no request."""
        return await offload(lambda: self._reader.record(invoices, recorded_from))

    async def record_journal(self, journal: str | PathLike[str]) -> tuple[int, int]:
        """Record what a send journal gave to KSeF; see `ArchiveReader.record_journal`; no request."""
        return await offload(lambda: self._reader.record_journal(journal))

    async def record_csv(self, table: str | PathLike[str]) -> tuple[int, int]:
        """Record the rows of a CSV file; see `ArchiveReader.record_csv`; no request."""
        return await offload(lambda: self._reader.record_csv(table))
