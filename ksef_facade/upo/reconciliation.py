"""What was sent, what the session lists and what the UPO proves, held against each other."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ksef_facade.models.sessions import InvoiceStatus
from ksef_facade.upo.entries import UpoEntry
from ksef_facade.upo.reconciliation_rows import (
    Finding,
    FindingKind,
    Reconciliation,
    ReconciliationRow,
    Side,
)
from ksef_facade.upo.semantics import is_sha256
from ksef_facade.upo.status_texts import status_words

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK: Final = 1 << 20

SentLike = str | bytes | PathLike[str]
"""What was sent: a Base64 SHA-256, the bytes of an invoice, or the path of its file."""


def reconcile(
    sent: Iterable[SentLike] | None,
    listed: Iterable[InvoiceStatus] | None,
    proven: Iterable[UpoEntry] | None,
) -> Reconciliation:
    """Hold what was sent, what the session lists and what the UPO proves against each other.

    They are joined on the invoice's hash and on its KSeF number. A side that is `None` is not
    compared. No request is made; memory grows with the number of invoices.

    Args:
        sent: hashes, bytes or files of the invoices that were sent; a text that is no hash is taken
            for a path.
        listed: the session's list of invoices (`session.invoices()`).
        proven: the invoices of all pages of the UPO (`UpoDocument.documents()`).

    Raises:
        OSError: a file cannot be read.
    """
    return _Reconciler(sent, listed, proven).result()


def hash_of(item: SentLike) -> tuple[str, str]:
    """Base64 SHA-256 of what was sent, and what to call it.

    Raises:
        OSError: the file cannot be read.
    """
    if isinstance(item, bytes):
        digest = base64.b64encode(hashlib.sha256(item).digest()).decode()
        return digest, digest
    if isinstance(item, str) and is_sha256(item):
        return item, item
    path = Path(item)
    hasher = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            hasher.update(chunk)
    return base64.b64encode(hasher.digest()).decode(), str(path)


class _Reconciler:
    """Builds the rows; one use."""

    def __init__(
        self,
        sent: Iterable[SentLike] | None,
        listed: Iterable[InvoiceStatus] | None,
        proven: Iterable[UpoEntry] | None,
    ) -> None:
        sides: tuple[tuple[Side, object], ...] = (
            ("sent", sent),
            ("listed", listed),
            ("proven", proven),
        )
        self._compared = tuple(name for name, side in sides if side is not None)
        self._sent: dict[str, list[str]] = defaultdict(list)
        for item in sent or ():
            digest, name = hash_of(item)
            self._sent[digest].append(name)
        self._listed = list(listed or ())
        self._proven = list(proven or ())
        self._by_number = _indexed(self._proven, lambda entry: entry.ksef_number)
        self._by_hash = _indexed(self._proven, lambda entry: entry.invoice_hash)
        self._matched: set[int] = set()
        self._rows: list[ReconciliationRow] = []

    def result(self) -> Reconciliation:
        numbers = Counter(status.ksef_number for status in self._listed if status.ksef_number)
        accepted = {s.invoice_hash for s in self._listed if s.outcome == "accepted"}
        for status in self._listed:
            self._add_listed(status, numbers, accepted)
        proven_hashes = {status.invoice_hash for status in self._listed}
        for place, entry in enumerate(self._proven):
            if place not in self._matched:
                self._add_proven(entry)
                proven_hashes.add(entry.invoice_hash)
        for digest, names in self._sent.items():
            if digest not in proven_hashes:
                self._add_sent(digest, names)
        return Reconciliation(rows=tuple(self._rows), compared=self._compared)

    def _add_listed(
        self, status: InvoiceStatus, numbers: Counter[str], accepted: set[str | None]
    ) -> None:
        findings = list(self._sending(status.invoice_hash))
        what = _named(status.invoice_number, status.ksef_number, status.invoice_hash)
        if status.ksef_number and numbers[status.ksef_number] > 1:
            findings.append(
                _finding(
                    "doubled", f"the session lists {what} more than once", "w sesji więcej niż raz"
                )
            )
        entry: UpoEntry | None = None
        if status.outcome == "accepted":
            if "proven" in self._compared:
                entry = self._proof(status)
                findings += _compared(status, entry, what)
        else:
            findings.append(_explained(status, what))
            place = self._place(self._by_number, status.ksef_number)
            if place is None and status.invoice_hash not in accepted:
                place = self._place(self._by_hash, status.invoice_hash)
            if place is not None:
                entry = self._proven[place]
                self._matched.add(place)
                findings.append(
                    _finding(
                        "mismatched",
                        f"the UPO proves {what}, and the session says that it was not accepted",
                        "UPO poświadcza fakturę, której sesja nie przyjęła",
                    )
                )
        self._rows.append(
            ReconciliationRow(
                invoice_hash=status.invoice_hash,
                ksef_number=status.ksef_number,
                invoice_number=status.invoice_number,
                sent=self._name_of(status.invoice_hash),
                listed=status,
                proven=entry,
                findings=tuple(findings),
            )
        )

    def _add_proven(self, entry: UpoEntry) -> None:
        what = _named(entry.invoice_number, entry.ksef_number, entry.invoice_hash)
        findings = list(self._sending(entry.invoice_hash))
        again = len(self._by_number.get(entry.ksef_number or "", ())) > 1
        if again or len(self._by_hash.get(entry.invoice_hash or "", ())) > 1:
            findings.append(
                _finding("doubled", f"the UPO lists {what} more than once", "w UPO więcej niż raz")
            )
        elif "listed" in self._compared:
            findings.append(
                _finding(
                    "unexpected",
                    f"the UPO proves {what}, which the session does not list",
                    "UPO poświadcza fakturę, której nie ma na liście sesji",
                )
            )
        self._rows.append(
            ReconciliationRow(
                invoice_hash=entry.invoice_hash,
                ksef_number=entry.ksef_number,
                invoice_number=entry.invoice_number,
                sent=self._name_of(entry.invoice_hash),
                proven=entry,
                findings=tuple(findings),
            )
        )

    def _add_sent(self, digest: str, names: list[str]) -> None:
        by = "the session does not list it" if "listed" in self._compared else "no UPO proves it"
        by_pl = "nie ma jej na liście sesji" if "listed" in self._compared else "nie ma jej w UPO"
        findings = [_finding("missing", f"{names[0]} was sent, and {by}", f"wysłana, ale {by_pl}")]
        self._rows.append(
            ReconciliationRow(
                invoice_hash=digest,
                sent=names[0],
                findings=(*findings, *self._sent_twice(digest)),
            )
        )

    def _sending(self, digest: str | None) -> Iterator[Finding]:
        if "sent" not in self._compared:
            return
        if digest not in self._sent:
            yield _finding(
                "unexpected",
                f"an invoice with hash {digest} was not among those that were sent",
                "faktury o tym skrócie nie ma wśród wysłanych",
            )
            return
        yield from self._sent_twice(digest)

    def _sent_twice(self, digest: str) -> Iterator[Finding]:
        names = self._sent[digest]
        if len(names) > 1:
            yield _finding(
                "doubled",
                f"the same invoice was sent as {' and as '.join(names[:3])}",
                "ta sama faktura wysłana więcej niż raz",
            )

    def _name_of(self, digest: str | None) -> str | None:
        names = self._sent.get(digest or "")
        return names[0] if names else None

    def _proof(self, status: InvoiceStatus) -> UpoEntry | None:
        place = self._place(self._by_number, status.ksef_number)
        if place is None:
            place = self._place(self._by_hash, status.invoice_hash)
        if place is None:
            return None
        self._matched.add(place)
        return self._proven[place]

    def _place(self, index: dict[str, list[int]], key: str | None) -> int | None:
        return next(
            (place for place in index.get(key or "", ()) if place not in self._matched), None
        )


def _compared(status: InvoiceStatus, entry: UpoEntry | None, what: str) -> Iterator[Finding]:
    if entry is None:
        yield _finding(
            "missing",
            f"the session accepted {what}, and the UPO does not prove it",
            "przyjęta w sesji, ale nie ma jej w UPO",
        )
        return
    for name, name_pl, listed, proven in (
        ("the KSeF number", "numer KSeF", status.ksef_number, entry.ksef_number),
        ("the hash", "skrót", status.invoice_hash, entry.invoice_hash),
        ("the invoice's number", "numer faktury", status.invoice_number, entry.invoice_number),
        ("the mode", "tryb", status.invoicing_mode, entry.mode),
    ):
        if listed is not None and proven is not None and listed != proven:
            yield _finding(
                "mismatched",
                f"{what}: {name} is {proven} in the UPO and {listed} in the session",
                f"{name_pl} w UPO: {proven}, w sesji: {listed}",
            )


def _explained(status: InvoiceStatus, what: str) -> Finding:
    code = status.status.code
    english, polish = (status_words("invoice", code, language) for language in ("en", "pl"))
    kind: FindingKind = "rejected"
    if status.outcome in ("in_progress", "unknown"):
        kind = "pending"
    elif status.outcome == "duplicate":
        kind = "duplicate"
        if status.original_ksef_number:
            english += f": {status.original_ksef_number}"
            polish += f": {status.original_ksef_number}"
        if status.original_session:
            english += f" in session {status.original_session}"
            polish += f" w sesji {status.original_session}"
    return _finding(kind, f"{what}: {code}, {english}", f"{code}, {polish}")


def _finding(kind: FindingKind, message: str, message_pl: str) -> Finding:
    return Finding(kind, message, message_pl)


def _named(number: str | None, ksef_number: str | None, digest: str | None) -> str:
    known = [text[:80] for text in (number, ksef_number) if text]
    return f"invoice {' = '.join(known)}" if known else f"the invoice with hash {digest}"


def _indexed(
    entries: list[UpoEntry], key: Callable[[UpoEntry], str | None]
) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if (text := key(entry)) is not None:
            index[text].append(place)
    return index
