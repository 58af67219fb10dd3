"""What a session's list says of invoices that were given to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import field, frozen

from ksef_facade.models.sessions import FIRST_FAILURE_CODE, InvoiceStatus, SessionStatus
from ksef_facade.store.journal.rows import InvoiceRow, Verdict

SESSION_FAILED: Final = 405
"""Status of an invoice whose processing was cancelled because its session failed (contract)."""

_KSEF_NUMBER: Final = re.compile(r"\b[0-9]{10}-[0-9]{8}-[0-9A-F]{6}-?[0-9A-F]{6}-[0-9A-F]{2}\b")
_SESSION: Final = re.compile(r"\b[0-9]{8}-S[A-Z]-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}\b")


@frozen(kw_only=True)
class Findings:
    """What became of a session's invoices.

    Attributes:
        verdicts: accepted and rejected ones.
        duplicates: hash and status of those with 440; whether they are ours is still to be found
            out.
        again: with a status that asks for another sending (550, 405), and why.
        missing: not in the list, and free to be sent again if the list is whole.
        pending: listed but not final, or taken under a reference that is not listed.
    """

    verdicts: tuple[Verdict, ...]
    duplicates: tuple[tuple[str, InvoiceStatus], ...]
    again: dict[str, str] = field(factory=dict)
    missing: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()


def judge(
    given: Sequence[InvoiceRow], listed: Sequence[InvoiceStatus], session: SessionStatus
) -> Findings:
    """Match what was given to a session with what it lists: by reference, else by hash.

    Of several rows with one hash an accepted one counts: whoever sent it, KSeF has the invoice. A
    session that failed has accepted none (observed behaviour), so what it does not list is free.
    """
    failed = session.status.code >= FIRST_FAILURE_CODE
    by_reference = {status.reference_number: status for status in listed}
    by_hash: dict[str, InvoiceStatus] = {}
    for status in listed:
        if status.invoice_hash and (
            status.invoice_hash not in by_hash or status.outcome == "accepted"
        ):
            by_hash[status.invoice_hash] = status
    verdicts: list[Verdict] = []
    duplicates: list[tuple[str, InvoiceStatus]] = []
    again: dict[str, str] = {}
    missing: list[str] = []
    pending: list[str] = []
    for row in given:
        own = by_reference.get(row.reference) if row.reference else None
        found = own or by_hash.get(row.hash)
        if found is None and (failed or row.reference is None):
            missing.append(row.hash)
        elif found is None or not found.is_terminal:
            pending.append(row.hash)
        elif found.outcome == "accepted":
            verdicts.append(verdict_of(row.hash, found, "accepted"))
        elif found.outcome == "duplicate":
            duplicates.append((row.hash, found))
        elif found.outcome == "retryable" or found.status.code == SESSION_FAILED:
            again[row.hash] = str(found.status)
        else:
            verdicts.append(verdict_of(row.hash, found, "rejected"))
    return Findings(
        verdicts=tuple(verdicts),
        duplicates=tuple(duplicates),
        again=again,
        missing=tuple(missing),
        pending=tuple(pending),
    )


def verdict_of(digest: str, status: InvoiceStatus, state: str) -> Verdict:
    """A final status as the journal keeps it."""
    return Verdict(
        hash=digest,
        state="accepted" if state == "accepted" else "rejected",
        reference=status.reference_number,
        ksef_number=status.ksef_number,
        code=status.status.code,
        description=status.status.description,
        details=status.status.details,
    )


def original_of(status: InvoiceStatus) -> tuple[str | None, str | None]:
    """KSeF number and session of the invoice that was there before a duplicate.

    The contract's `extensions` tell them; before they existed the details did, in a sentence.
    """
    number, session = status.original_ksef_number, status.original_session
    text = " ".join(status.status.details)
    if not number and (found := _KSEF_NUMBER.search(text)):
        number = found[0]
    if not session and (found := _SESSION.search(text)):
        session = found[0]
    return number, session


def duplicate_verdict(status: InvoiceStatus, digest: str, same: bool | None) -> Verdict:
    """What a duplicate is, once it is known whether the original has the same bytes."""
    number, session = original_of(status)
    return Verdict(
        hash=digest,
        state="delivered" if same else "duplicate",
        reference=status.reference_number,
        ksef_number=number if same else None,
        code=status.status.code,
        description=status.status.description,
        details=status.status.details,
        original_ksef_number=number,
        original_session=session,
        same_document=same,
        note=None if same is not None else "the original cannot be looked at, so nobody can tell",
    )
