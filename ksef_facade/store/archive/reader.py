"""An archive on this machine, without KSeF: to look into, to check, to export, to add what is known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ksef_facade.errors import ConfigurationError
from ksef_facade.models.archive import (
    ArchivedInvoice,
    ArchiveStatus,
    ArchiveVerification,
    RecordedInvoice,
)
from ksef_facade.store.archive.export import ExportFormat, export_invoices
from ksef_facade.store.archive.receipts import Trust
from ksef_facade.store.archive.recordings import read_csv, read_journal
from ksef_facade.store.archive.verification import verify_archive
from ksef_facade.store.ledger.file import LedgerFile
from ksef_facade.store.ledger.invoices import record
from ksef_facade.store.ledger.ledger import Ledger
from ksef_facade.store.ledger.queries import find_invoices, read_status

if TYPE_CHECKING:
    from ksef_facade.upo.signature.trust import PinsLike


class ArchiveReader:
    """An archive in a folder; needs no login and makes no request. Made by `Ksef.archive(...).sync`.

    Reading goes on beside a run; `verify` and `record` write to the ledger and exclude one.
    """

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory).absolute()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.directory)!r})"

    def status(self) -> ArchiveStatus:
        """What the archive holds and what it lacks.

        Raises:
            ArchiveRefused: there is no archive.
        """
        with self._reading() as file:
            return read_status(file)

    def verify(
        self,
        *,
        receipts: bool = False,
        pins: PinsLike = None,
        ca_pem: bytes | str | os.PathLike[str] | None = None,
    ) -> ArchiveVerification:
        """Read every file and hold it against the ledger; what is damaged is marked, and fetched
        again by the next `sync`.

        Args:
            receipts: verify the UPO pages too, as `verify_receipt` does, against status and list of
                their session; each verdict is kept in the ledger, and one that failed is a finding.
            pins: fingerprints of certificates to trust.
            ca_pem: certificates of authorities to trust.

        Raises:
            ArchiveRefused: there is no archive, or a run is at work on it.
            ConfigurationError: the pins or authorities cannot be used.
        """
        with self._writing() as ledger:
            return verify_archive(ledger, Trust(pins=pins, ca_pem=ca_pem) if receipts else None)

    def find(
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
        """The invoices that fit all that is given, by session and place in it.

        Args:
            invoice_number: the seller's own number, exactly.
            ksef_number: the number that KSeF gave.
            invoice_hash: Base64 SHA-256 of the invoice's XML.
            nip: the seller's NIP.
            day_from: issued on this day or later, as the UPO has it; an invoice without a UPO
                counts by the day on which KSeF took it.
            day_to: issued on this day or earlier.
            session: reference of the session.

        Raises:
            ArchiveRefused: there is no archive.
        """
        with self._reading() as file:
            return list(
                find_invoices(
                    file,
                    invoice_number=invoice_number,
                    ksef_number=ksef_number,
                    invoice_hash=invoice_hash,
                    nip=nip,
                    day_from=day_from,
                    day_to=day_to,
                    session=session,
                )
            )

    def export(
        self,
        target: str | os.PathLike[str],
        form: ExportFormat = "csv",
        *,
        nip: str | None = None,
        day_from: date | None = None,
        day_to: date | None = None,
    ) -> int:
        """Write invoices to a file, in place of one that is there, and tell how many.

        Columns and members are the attributes of `ArchivedInvoice`, in their order; `upo_file` is
        inside the archive. In the CSV a cell that a spreadsheet would run begins with an
        apostrophe. Filters as in `find`.

        Raises:
            ArchiveRefused: there is no archive.
            ConfigurationError: `form` is neither `csv` nor `json`.
            OSError: the file cannot be written; what was there stays.
        """
        if form not in ("csv", "json"):
            raise ConfigurationError(f"form is csv or json, not {form!r}")
        with self._reading() as file:
            found = find_invoices(file, nip=nip, day_from=day_from, day_to=day_to)
            return export_invoices(found, self.directory, target, form)

    def record(
        self, invoices: Iterable[RecordedInvoice], recorded_from: str = "caller"
    ) -> tuple[int, int]:
        """Keep invoices that the caller knows of, to be linked to their session once it is archived.

        Found by session and reference, else by KSeF number, else by hash. Twice the same is once.

        Returns:
            How many there were, and how many of them are linked now.

        Raises:
            ArchiveRefused: there is no archive, or a run is at work on it.
            ConfigurationError: an invoice has nothing that it could be found by; none was kept.
            InvalidIdentifier: a session reference is none; none was kept.
        """
        with self._writing() as ledger:
            return record(ledger, invoices, recorded_from, datetime.now(UTC))

    def record_journal(self, journal: str | os.PathLike[str]) -> tuple[int, int]:
        """Record what a send journal gave to KSeF; see `record`.

        Raises:
            ConfigurationError: it is no send journal.
            ArchiveRefused, OSError: as `record`; there is no such file.
        """
        return self.record(read_journal(journal), "journal")

    def record_csv(self, table: str | os.PathLike[str]) -> tuple[int, int]:
        """Record the rows of a CSV file in UTF-8 with a header: any of `ksef_number`,
        `invoice_hash`, `invoice_number`, `session_reference`, `invoice_reference`, `file`; see `record`.
        Passed over is what the column `outcome` of `ksef send --csv` says was not sent.

        Raises:
            ConfigurationError: it has no column to find an invoice by.
            ArchiveRefused, InvalidIdentifier, OSError: as `record`; it cannot be read.
        """
        return self.record(read_csv(table), "csv")

    @contextmanager
    def _reading(self) -> Iterator[LedgerFile]:
        file = LedgerFile(self.directory)
        file.open_to_read()
        try:
            yield file
        finally:
            file.close()

    @contextmanager
    def _writing(self) -> Iterator[Ledger]:
        file = LedgerFile(self.directory)
        file.open_to_write(None)
        try:
            yield Ledger(file, lambda: datetime.now(UTC))
        finally:
            file.close()
