"""What comes of sending: one report, one item for each source, one entry for each session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen

from ksef_facade.models.receipts import SavedReceipt
from ksef_facade.models.sessions import StatusInfo
from ksef_facade.planning.sending import PlannedMode

if TYPE_CHECKING:
    from ksef_facade.invoices.problems import InvoiceProblem

SendOutcome: TypeAlias = Literal[
    "accepted",
    "already_delivered",
    "duplicate",
    "rejected",
    "refused_locally",
    "unsettled",
    "planned",
]
DELIVERED_OUTCOMES = frozenset({"accepted", "already_delivered"})
SendStage: TypeAlias = Literal["reading", "packing", "sending", "uploading", "waiting", "receipts"]


@frozen(kw_only=True)
class SendItem:
    """What became of one source.

    Attributes:
        source_name: the path, or the name that the caller gave.
        invoice_hash: Base64 SHA-256 of the file, by which KSeF and the journal know it; empty when
            the file could not be read.
        outcome: `accepted`; `already_delivered` when KSeF holds these very bytes from another
            sending; `duplicate` when it holds another invoice of the same seller, kind and number;
            `rejected`; `refused_locally` when a check kept it from being sent; `unsettled` when it
            is not known yet or was not sent yet: run again with the same journal; `planned` in a
            dry run.
        ksef_number: the number that KSeF gave; of a duplicate, see `original_ksef_number`.
        session_reference: the session that holds it.
        invoice_reference: KSeF's reference of the invoice in that session.
        status: the invoice's status as KSeF words it, or the exception code of its refusal.
        problems: sentences for people: what the checks found, or why it is unsettled.
        findings: what the checks found, as values.
        original_ksef_number: of a duplicate or an earlier delivery: the invoice that was there.
        original_session: the session of that one.
        same_document: of a duplicate: whether the other one has the same bytes; `None` when
            nobody can tell, because its session is not ours to look into.
        earlier: whether the journal knew the outcome before this run.
    """

    source_name: str
    invoice_hash: str
    outcome: SendOutcome
    ksef_number: str | None = None
    session_reference: str | None = None
    invoice_reference: str | None = None
    status: StatusInfo | None = None
    problems: tuple[str, ...] = ()
    findings: tuple[InvoiceProblem, ...] = field(default=(), repr=False)
    original_ksef_number: str | None = None
    original_session: str | None = None
    same_document: bool | None = None
    earlier: bool = False

    @property
    def is_delivered(self) -> bool:
        """Whether KSeF holds the invoice."""
        return self.outcome in DELIVERED_OUTCOMES


@frozen(kw_only=True)
class SendSession:
    """A session that the sources went through.

    Attributes:
        reference: its reference number.
        kind: `online` or `batch`.
        status: how it ended; `None` while it is not final.
        receipt: its saved UPO, when one was asked for.
        problem: why there is none although it was asked for.
    """

    reference: str
    kind: Literal["online", "batch"]
    status: StatusInfo | None = None
    receipt: SavedReceipt | None = None
    problem: str | None = None


@frozen(kw_only=True)
class SendReport:
    """What became of everything that was to be sent.

    Attributes:
        items: one for each source, in their order.
        mode: `online`, `batch`, `mixed`, or `none` when nothing had to be sent.
        reason: why, in a sentence.
        sessions: the sessions that hold the items, oldest first.
        journal: where the journal is; `None` when none was kept.
    """

    items: tuple[SendItem, ...]
    mode: PlannedMode
    reason: str
    sessions: tuple[SendSession, ...] = ()
    journal: Path | None = None

    @property
    def is_complete(self) -> bool:
        """Whether KSeF holds every invoice."""
        return all(item.is_delivered for item in self.items)

    def count(self, *outcomes: SendOutcome) -> int:
        """How many items have one of these outcomes."""
        return sum(1 for item in self.items if item.outcome in outcomes)


@frozen(kw_only=True)
class SendProgress:
    """How far a sending is: `done` of `total` invoices, or bytes while packing and uploading."""

    stage: SendStage
    done: int = 0
    total: int | None = None


SendProgressHook: TypeAlias = Callable[[SendProgress], object]
