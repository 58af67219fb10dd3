"""Submission sessions and their invoices; every state follows from the time asked about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from attrs import define, field, frozen

from ..logins.credentials import Party
from ..settings import Latencies
from ..workspace import Stored
from .forms import Form
from .made_up import compose, particulars_of
from .packages import Package
from .particulars import Particulars

SessionKind = Literal["online", "batch"]
#: Type letters within a reference number.
LETTERS: Mapping[SessionKind, str] = {"online": "SO", "batch": "SB"}

OPEN = 100
STARTED = 150
CLOSED = 170
DONE = 200
KEY_UNREADABLE = 415
CANCELLED = 440
NOTHING_VALID = 445

#: Literal descriptions of session codes (contract, GET /sessions/{referenceNumber}).
SESSION_TEXTS: Mapping[SessionKind, Mapping[int, str]] = {
    "online": {
        OPEN: "Sesja interaktywna otwarta",
        CLOSED: "Sesja interaktywna zamknięta",
        DONE: "Sesja interaktywna przetworzona pomyślnie",
        KEY_UNREADABLE: "Błąd odszyfrowania dostarczonego klucza",
        CANCELLED: "Sesja anulowana",
        NOTHING_VALID: "Błąd weryfikacji, brak poprawnych faktur",
    },
    "batch": {
        OPEN: "Sesja wsadowa rozpoczęta",
        STARTED: "Trwa przetwarzanie",
        DONE: "Sesja wsadowa przetworzona pomyślnie",
        405: "Błąd weryfikacji poprawności dostarczonych elementów paczki",
        KEY_UNREADABLE: "Błąd odszyfrowania dostarczonego klucza",
        420: "Przekroczony limit faktur w sesji",
        430: "Błąd dekompresji pierwotnego archiwum",
        435: "Błąd odszyfrowania zaszyfrowanych części archiwum",
        CANCELLED: "Sesja anulowana",
        NOTHING_VALID: "Błąd weryfikacji, brak poprawnych faktur",
        500: "Nieznany błąd (500)",
        550: "Operacja została anulowana przez system",
    },
}
_NOTHING_SENT = ("Nie przesłano faktur",)
_TIMED_OUT = ("Przekroczono czas wysyłki",)


@frozen
class Verdict:
    """How the processing of an invoice ends."""

    code: int
    details: tuple[str, ...] = ()
    extensions: Mapping[str, str] | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the invoice gets a KSeF number."""
        return self.code == DONE


ACCEPTED = Verdict(DONE)


@define
class Invoice:
    """An invoice within a session. Its verdict is made on arrival and shown from `decided`."""

    ordinal: int
    reference: str
    hash: str
    received: datetime
    decided: datetime
    verdict: Verdict
    mode: Literal["Online", "Offline"] | None = None
    seller: str | None = None
    kind: str | None = None
    number: str | None = None
    issued: str | None = None
    ksef_number: str | None = None
    file_name: str | None = None
    #: The plain invoice: in memory, or where it is stored; neither when it was never decrypted.
    content: bytes | None = field(default=None, repr=False)
    stored: Stored | None = None
    #: Hash of the rejected invoice that this one corrects.
    corrects: str | None = None
    #: What metadata say of an accepted invoice.
    particulars: Particulars | None = field(default=None, repr=False)
    #: Made by seeding: its bytes and its particulars follow from what else is known of it.
    is_made_up: bool = False

    def plain(self) -> bytes | None:
        """The invoice as the sender had it; None when it was never decrypted."""
        if self.is_made_up:
            if self.seller is None or self.number is None or self.issued is None:
                return None
            return compose(self.seller, self.number, self.issued, self.ordinal)
        return self.stored.read() if self.stored is not None else self.content

    def read_particulars(self) -> Particulars | None:
        """What metadata say of it; None for a rejected invoice."""
        if self.is_made_up and self.seller is not None:
            return particulars_of(self.seller, self.ordinal)
        return self.particulars

    def stored_at(self, latencies: Latencies) -> datetime:
        """When an accepted invoice reaches permanent storage; of one package, one by one."""
        return self.decided + timedelta(
            seconds=latencies.permanent_storage, microseconds=self.ordinal - 1
        )

    def code(self, at: datetime, latencies: Latencies) -> int:
        """Status code at a moment: queued, in processing, or the verdict."""
        if at >= self.decided:
            return self.verdict.code
        started = self.received + timedelta(seconds=latencies.invoice_started)
        return STARTED if at >= started else OPEN


@define
class UpoPage:
    """One page of a session's UPO: which documents it covers, and its bytes once made."""

    reference: str
    first: int
    invoices: Sequence[Invoice] = field(repr=False)
    content: bytes | None = field(default=None, repr=False)


@define
class Session:
    """A submission session."""

    reference: str
    kind: SessionKind
    context: Party
    creator: Party
    form: Form
    created: datetime
    valid_until: datetime
    upo_page_size: int
    token_reference: str | None = None
    document_hash: str | None = None
    symmetric_key: bytes | None = field(default=None, repr=False)
    initialization_vector: bytes = field(default=b"", repr=False)
    #: When an unreadable key is found out; None for a good key.
    key_fails: datetime | None = None
    #: Set by `X-KSeF-Feature: subject-identifier-validation` when the session was opened.
    checks_tax_numbers: bool = False
    #: What a batch session carries; seeded ones carry none.
    package: Package | None = field(default=None, repr=False)
    closed: datetime | None = None
    invoices: list[Invoice] = field(factory=list, repr=False)
    failed: list[Invoice] = field(factory=list, repr=False)
    accepted: list[Invoice] = field(factory=list, repr=False)
    upo_pages: list[UpoPage] | None = field(default=None, repr=False)
    #: UPOs of single invoices, by KSeF number; made once and then served unchanged.
    invoice_upos: dict[str, bytes] = field(factory=dict, repr=False)
    by_reference: dict[str, Invoice] = field(factory=dict, repr=False)
    by_ksef_number: dict[str, Invoice] = field(factory=dict, repr=False)
    last_received: datetime | None = None
    last_decided: datetime | None = None

    def add(self, invoice: Invoice) -> None:
        """Take an invoice with its verdict into the session."""
        self.invoices.append(invoice)
        self.by_reference[invoice.reference] = invoice
        if invoice.verdict.is_accepted:
            self.accepted.append(invoice)
            if invoice.ksef_number is not None:
                self.by_ksef_number[invoice.ksef_number] = invoice
        else:
            self.failed.append(invoice)
        self.last_received = max(self.last_received or invoice.received, invoice.received)
        self.last_decided = max(self.last_decided or invoice.decided, invoice.decided)

    def closed_at(self, at: datetime) -> datetime | None:
        """When the session was closed, by its owner or by the end of its life; None if open."""
        if self.closed is not None:
            return self.closed
        return self.valid_until if at >= self.valid_until else None

    def done_at(self, at: datetime, latencies: Latencies) -> datetime | None:
        """When a closed session ends: after its last invoice; None while that is not known."""
        closed = self.closed_at(at)
        if closed is not None and self.package is not None:
            if self.closed is None:
                # A package that nobody closed is not even looked at.
                return closed
            closed = self.package.finished
        if closed is None:
            return None
        if self.kind == "online" and not self.invoices:
            # There is nothing to wait for: it shows 440 as soon as it is closed (observed).
            return closed
        last = max(closed, self.last_decided or closed)
        return last + timedelta(seconds=latencies.session_done)

    def code(self, at: datetime, latencies: Latencies) -> int:
        """Status code at a moment."""
        if self.key_fails is not None and at >= self.key_fails:
            return KEY_UNREADABLE
        if self.closed_at(at) is None:
            return OPEN
        done = self.done_at(at, latencies)
        if done is None or at < done:
            return CLOSED if self.kind == "online" else STARTED
        if self.package is not None and self.package.failure is not None:
            return self.package.failure[0]
        if not self.invoices:
            return CANCELLED
        return DONE if self.accepted else NOTHING_VALID

    def details(self, code: int) -> tuple[str, ...]:
        """What goes with a status code of this session."""
        if self.package is not None and self.package.failure is not None:
            failed, details = self.package.failure
            return details if code == failed else ()
        if code != CANCELLED:
            return ()
        return _NOTHING_SENT if self.package is None or self.closed else _TIMED_OUT

    def updated_at(self, at: datetime, latencies: Latencies) -> datetime:
        """Last activity up to a moment: an invoice received or a change of status."""
        moments = [self.created, self.last_received, self.key_fails]
        moments += [self.closed_at(at), self.done_at(at, latencies)]
        return max(moment for moment in moments if moment is not None and moment <= at)

    def has_upo(self, at: datetime, latencies: Latencies) -> bool:
        """Whether the pages of the UPO are there: some time after the session succeeded."""
        done = self.done_at(at, latencies)
        if done is None or self.code(at, latencies) != DONE:
            return False
        return at >= done + timedelta(seconds=latencies.session_upo)

    def counts(self, at: datetime) -> tuple[int, int, int]:
        """Invoices taken in, accepted so far, rejected so far."""
        return len(self.invoices), _decided(self.accepted, at), _decided(self.failed, at)

    def failed_by(self, at: datetime) -> Sequence[Invoice]:
        """Rejected invoices whose verdict is known at a moment, in order."""
        known = _decided(self.failed, at)
        return self.failed if known == len(self.failed) else self.failed[:known]


def _decided(invoices: Sequence[Invoice], at: datetime) -> int:
    # Verdicts become known in the order in which invoices arrive.
    if not invoices or invoices[-1].decided <= at:
        return len(invoices)
    return bisect_right(invoices, at, key=lambda invoice: invoice.decided)
