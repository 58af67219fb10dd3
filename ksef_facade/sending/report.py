"""The report of a run, from the sources and what the journal says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from ksef_facade.models.sending import SendItem, SendOutcome, SendReport, SendSession
from ksef_facade.models.sessions import StatusInfo
from ksef_facade.planning.sending import SendingPlan
from ksef_facade.sending.sources import Candidate
from ksef_facade.store.journal.rows import InvoiceRow, SessionRow

_OUTCOMES: dict[str, SendOutcome] = {
    "accepted": "accepted",
    "delivered": "already_delivered",
    "duplicate": "duplicate",
    "rejected": "rejected",
}


@frozen(kw_only=True)
class Outcome:
    """What a run leaves: invoices by hash and sessions by number, as in the journal.

    Attributes:
        before: the invoices as they were when the run began.
        left: why invoices were left alone, by hash.
        refused: those of them that no session would take.
    """

    plan: SendingPlan
    rows: Mapping[str, InvoiceRow] = field(factory=dict)
    before: Mapping[str, InvoiceRow] = field(factory=dict)
    sessions: Mapping[int, SessionRow] = field(factory=dict)
    left: Mapping[str, str] = field(factory=dict)
    refused: Mapping[str, str] = field(factory=dict)
    journal: Path | None = None


def make_report(candidates: Sequence[Candidate], outcome: Outcome) -> SendReport:
    """One item for each source; without rows everything that may be sent is planned."""
    reason = outcome.plan.reason
    if outcome.plan.mode == "none" and outcome.rows:
        reason = "nothing had to be sent: earlier runs did, as the journal tells"
    return SendReport(
        items=tuple(_item(one, outcome) for one in candidates),
        mode=outcome.plan.mode,
        reason=reason,
        sessions=tuple(
            SendSession(
                reference=row.reference,
                kind=row.kind,
                status=_status(row.code, row.description),
            )
            for _, row in sorted(outcome.sessions.items())
            if row.reference is not None
        ),
        journal=outcome.journal,
    )


def _item(candidate: Candidate, outcome: Outcome) -> SendItem:
    found = tuple(str(problem) for problem in candidate.findings)
    row = outcome.rows.get(candidate.hash)
    if candidate.errors or row is None:
        return SendItem(
            source_name=candidate.source_name,
            invoice_hash=candidate.hash,
            outcome="refused_locally" if candidate.errors else "planned",
            problems=found,
            findings=candidate.findings,
        )
    settled = _OUTCOMES.get(row.state)
    why = None if settled else outcome.left.get(row.hash) or row.note or "not settled yet"
    note = row.note if row.state == "duplicate" else why
    session = outcome.sessions.get(row.session) if row.session is not None else None
    own = session.reference if session is not None else None
    before = outcome.before.get(row.hash)
    return SendItem(
        source_name=candidate.source_name,
        invoice_hash=row.hash,
        outcome=settled or ("refused_locally" if row.hash in outcome.refused else "unsettled"),
        ksef_number=row.ksef_number,
        session_reference=row.original_session if row.state == "delivered" else own,
        invoice_reference=None if row.state == "delivered" else row.reference,
        status=_status(row.code, row.description, row.details),
        problems=(*found, *([note] if note else [])),
        findings=candidate.findings,
        original_ksef_number=row.original_ksef_number,
        original_session=row.original_session,
        same_document=row.same_document,
        earlier=before is not None and before.is_settled and before == row,
    )


def _status(
    code: int | None, description: str | None, details: tuple[str, ...] = ()
) -> StatusInfo | None:
    if code is None:
        return None
    return StatusInfo(code=code, description=description or "", details=details)
