"""What callers get back of a batch session: how far it is, and what became of each file."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import field, frozen

from ksef_facade.models.sessions import InvoiceStatus
from ksef_facade.packages.manifest import PackageEntry

JoinedBy = Literal["file_name_and_hash", "hash", "file_name", "nothing"]


@frozen(kw_only=True)
class BatchProgress:
    """How far a batch session is.

    Attributes:
        phase: `packing` (reading, compressing, encrypting) or `uploading`.
        invoices: invoices in the package so far.
        bytes_done: while packing, plain bytes read; while uploading, encrypted bytes sent.
        bytes_total: how many there will be; `None` while nobody knows.
        parts_done: encrypted parts written to the disk, or taken by KSeF.
        parts_total: how many there will be; `None` while nobody knows.
    """

    phase: Literal["packing", "uploading"]
    invoices: int
    bytes_done: int
    bytes_total: int | None
    parts_done: int
    parts_total: int | None


@frozen(kw_only=True)
class BatchResult:
    """What became of one file of a package.

    Attributes:
        source_name: where it came from, as the caller named it.
        file_name: its name in the archive.
        invoice_hash: Base64 SHA-256 of the plain XML.
        status: its row in the session, or `None` when KSeF lists none (yet).
        joined_by: how the row was matched with the file; `nothing` where there is no row, or where
            the row has no file and stands alone.
        same_content_as: the other files of the package that have the same bytes; of such doubles
            KSeF accepts one and rejects the others as duplicates (440).
    """

    source_name: str
    file_name: str
    invoice_hash: str
    status: InvoiceStatus | None
    joined_by: JoinedBy
    same_content_as: tuple[str, ...] = field(default=(), repr=False)


class ResultJoiner:
    """Matches rows of a session with the files of its package, row by row.

    The file name is unique in the package and the hash is not, but only the hash proves that the
    row is of these bytes; so a name without the right hash matches only where the row has no hash.
    """

    def __init__(self, entries: Iterable[PackageEntry]) -> None:
        self._open: dict[str, PackageEntry] = {entry.file_name: entry for entry in entries}
        self._by_hash: dict[str, list[PackageEntry]] = defaultdict(list)
        for entry in self._open.values():
            self._by_hash[entry.invoice_hash].append(entry)
        self._unsure: deque[InvoiceStatus] = deque()

    def take(self, row: InvoiceStatus) -> BatchResult | None:
        """The result for a row, or `None` when it can only be told after all of them."""
        entry = self._open.get(row.invoice_file_name or "")
        if entry is not None and row.invoice_hash == entry.invoice_hash:
            return self._joined(entry, row, "file_name_and_hash")
        self._unsure.append(row)
        return None

    def rest(self) -> Iterator[BatchResult]:
        """The results of the rows that were unsure, of rows without a file, and of files without a
        row.
        """
        while self._unsure:
            row = self._unsure.popleft()
            left = [e for e in self._by_hash.get(row.invoice_hash or "", ()) if self._is_open(e)]
            named = self._open.get(row.invoice_file_name or "")
            if left:
                yield self._joined(left[0], row, "hash")
            elif named is not None and row.invoice_hash is None:
                yield self._joined(named, row, "file_name")
            else:
                name = row.invoice_file_name or ""
                yield BatchResult(
                    source_name=name,
                    file_name=name,
                    invoice_hash=row.invoice_hash or "",
                    status=row,
                    joined_by="nothing",
                )
        for entry in tuple(self._open.values()):
            yield self._joined(entry, None, "nothing")

    def _is_open(self, entry: PackageEntry) -> bool:
        return entry.file_name in self._open

    def _joined(
        self, entry: PackageEntry, row: InvoiceStatus | None, joined_by: JoinedBy
    ) -> BatchResult:
        del self._open[entry.file_name]
        same = self._by_hash[entry.invoice_hash]
        return BatchResult(
            source_name=entry.source_name,
            file_name=entry.file_name,
            invoice_hash=entry.invoice_hash,
            status=row,
            joined_by=joined_by,
            same_content_as=tuple(other.source_name for other in same if other is not entry),
        )
