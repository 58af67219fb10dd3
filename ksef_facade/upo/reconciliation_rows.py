"""The result of a reconciliation: a row for each invoice, with what is to be known of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from attrs import field, frozen

from ksef_facade.models.sessions import InvoiceStatus
from ksef_facade.upo.entries import UpoEntry

FindingKind = Literal[
    "missing", "unexpected", "doubled", "mismatched", "rejected", "duplicate", "pending"
]
Side = Literal["sent", "listed", "proven"]

_FAULTS: Final = frozenset({"missing", "unexpected", "doubled", "mismatched"})


@frozen
class Finding:
    """One thing to know about an invoice.

    Attributes:
        kind: "missing": it should be there and is not; "unexpected": it is there and nobody knows
            it; "doubled"; "mismatched": the sides disagree on it; or explained by its status:
            "rejected", "duplicate", "pending".
        message: one English sentence.
        message_pl: the same in Polish.
    """

    kind: FindingKind
    message: str
    message_pl: str


@frozen(kw_only=True)
class ReconciliationRow:
    """One invoice on the three sides.

    Attributes:
        invoice_hash: Base64 SHA-256 of its XML.
        ksef_number: its KSeF number, when one side knows it.
        invoice_number: the seller's number, when one side knows it.
        sent: what the caller sent it as: a path, or the hash itself; `None` when not sent, or when
            nothing is known of what was sent.
        listed: what the session says of it.
        proven: what the UPO says of it.
        findings: what is to be known of it; none when all is as it should be.
    """

    invoice_hash: str | None
    ksef_number: str | None = None
    invoice_number: str | None = None
    sent: str | None = None
    listed: InvoiceStatus | None = field(default=None, repr=False)
    proven: UpoEntry | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()

    def has(self, kind: FindingKind) -> bool:
        """Whether there is such a finding."""
        return any(finding.kind == kind for finding in self.findings)


@frozen(kw_only=True)
class Reconciliation:
    """The three sides held against each other.

    Attributes:
        rows: every invoice: those that the session lists, in its order, then those that the UPO
            alone has, then those that were sent and nobody else has.
        compared: which sides there were.
    """

    rows: tuple[ReconciliationRow, ...]
    compared: tuple[Side, ...]

    def of_kind(self, kind: FindingKind) -> tuple[ReconciliationRow, ...]:
        """Rows with such a finding."""
        return tuple(row for row in self.rows if row.has(kind))

    @property
    def missing(self) -> tuple[ReconciliationRow, ...]:
        """Sent and not listed, or accepted and not proven."""
        return self.of_kind("missing")

    @property
    def unexpected(self) -> tuple[ReconciliationRow, ...]:
        """Listed or proven, and not sent; or proven and not listed."""
        return self.of_kind("unexpected")

    @property
    def doubled(self) -> tuple[ReconciliationRow, ...]:
        """There more than once on one side."""
        return self.of_kind("doubled")

    @property
    def mismatched(self) -> tuple[ReconciliationRow, ...]:
        """The session and the UPO disagree."""
        return self.of_kind("mismatched")

    @property
    def explained(self) -> tuple[ReconciliationRow, ...]:
        """Not proven, with the reason in the invoice's status: rejected, duplicate, or not done."""
        kinds: tuple[FindingKind, ...] = ("rejected", "duplicate", "pending")
        return tuple(row for row in self.rows if any(row.has(kind) for kind in kinds))

    @property
    def faults(self) -> Iterator[Finding]:
        """Every finding that no status explains."""
        for row in self.rows:
            yield from (finding for finding in row.findings if finding.kind in _FAULTS)

    @property
    def agrees(self) -> bool:
        """Whether the sides agree; explained rows are no disagreement."""
        return next(self.faults, None) is None
