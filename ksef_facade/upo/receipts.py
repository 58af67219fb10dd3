"""All pages of a session's UPO together, held against what was sent and what the session lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from ksef_facade.upo.checks import UpoReport, check_one
from ksef_facade.upo.documents import facts_of
from ksef_facade.upo.facts import check_bounds, check_completeness
from ksef_facade.upo.reconciliation import SentLike, reconcile
from ksef_facade.upo.reconciliation_rows import Reconciliation
from ksef_facade.upo.semantics import Seen
from ksef_facade.upo.verdicts import Check, Findings, Verdict, judged, worst
from ksef_facade.upo.walking import UpoSource

if TYPE_CHECKING:
    from datetime import datetime

    from ksef_facade.logins.contexts import Context
    from ksef_facade.models.sessions import InvoiceStatus, SessionStatus
    from ksef_facade.upo.entries import UpoEntry
    from ksef_facade.upo.signature.trust import PinsLike


@frozen(kw_only=True)
class ReceiptReport:
    """What every check found in all pages of one UPO.

    Attributes:
        pages: the report on each page, in the order given.
        verdicts: one for each check: on all pages for "pages" and "reconciliation", the worst of
            the pages for the others.
        reconciliation: the three sides held against each other; `None` when only the UPO was given.
    """

    pages: tuple[UpoReport, ...]
    verdicts: tuple[Verdict, ...]
    reconciliation: Reconciliation | None = field(default=None, repr=False)

    def verdict(self, name: Check) -> Verdict:
        """The verdict of one check.

        Raises:
            LookupError: there was no such check.
        """
        for verdict in self.verdicts:
            if verdict.name == name:
                return verdict
        raise LookupError(name)

    @property
    def outcome(self) -> Literal["ok", "warning", "failed"]:
        """All verdicts in one word: the worst of them."""
        return worst(self.verdicts)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The verdicts that failed."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome == "failed")


def verify_receipt(
    pages: Iterable[bytes | str | PathLike[str]],
    session: SessionStatus | None = None,
    invoices: Iterable[InvoiceStatus] | None = None,
    sent: Iterable[SentLike] | None = None,
    *,
    session_reference: str | None = None,
    context: Context | None = None,
    environment: str | None = None,
    transport_hashes: Sequence[str | None] | None = None,
    pins: PinsLike = None,
    ca_pem: bytes | str | PathLike[str] | None = None,
    at: datetime | None = None,
    schema: bytes | str | PathLike[str] | None = None,
) -> ReceiptReport:
    """Check all pages of a session's UPO, each and together; or the UPOs of single invoices.

    No request is made. Pages are checked one at a time, so memory grows with the largest one; with
    `invoices` or `sent` it also grows with the number of invoices.

    Args:
        pages: the documents, in any order: bytes or paths.
        session: the session's status, for the number of accepted invoices.
        invoices: the session's list of invoices.
        sent: hashes, bytes or files of what was sent.
        session_reference: the session that they must be of; by default that of `session`.
        context: for whom they must be.
        environment: "test", "demo" or "prod", where they must be from.
        transport_hashes: SHA-256 of each page as KSeF told it, in the order of the pages.
        pins: fingerprints of certificates to trust.
        ca_pem: certificates of authorities to trust.
        at: when the signer's certificate must have been valid; by default when it signed.
        schema: the XSD of the UPO.

    Raises:
        ConfigurationError: the pins, authorities or schema cannot be used, or `at` has no time zone.
        OSError: a file cannot be read.
    """
    compares = invoices is not None or sent is not None
    reference = session_reference or (session.reference_number if session is not None else None)
    seen, proven = Seen(), list["UpoEntry"]()
    reports = []
    for position, page in enumerate(pages):
        source: UpoSource = bytes(page) if isinstance(page, bytes | bytearray) else Path(page)
        told = transport_hashes[position] if transport_hashes else None
        reports.append(
            check_one(
                source,
                session_reference=reference,
                context=context,
                environment=environment,
                transport_hash=told,
                pins=pins,
                ca_pem=ca_pem,
                at=at,
                schema=schema,
                seen=seen,
                on_entry=proven.append if compares else None,
            )
        )
    reconciliation = reconcile(sent, invoices, proven) if compares else None
    names: tuple[Check, ...] = ("transport", "document", "schema")
    verdicts = [_together(name, reports) for name in names]
    verdicts.append(_completeness(reports, session))
    verdicts.append(_together("semantics", reports))
    verdicts.append(_reconciled(reconciliation))
    verdicts += [_together(name, reports) for name in ("signature", "trust")]
    return ReceiptReport(
        pages=tuple(reports), verdicts=tuple(verdicts), reconciliation=reconciliation
    )


def _together(name: Check, reports: Sequence[UpoReport]) -> Verdict:
    """One verdict of all pages: that of the worst, with what was found on every page."""
    if not reports:
        return Verdict(name, "unknown", "there is no page")
    each = [(number, report.verdict(name)) for number, report in enumerate(reports, start=1)]
    for outcome in ("failed", "warning", "unknown", "ok", "skipped"):
        chosen = [(number, verdict) for number, verdict in each if verdict.outcome == outcome]
        if not chosen:
            continue
        number, first = chosen[0]
        if len(reports) == 1 or outcome in ("ok", "skipped"):
            return first
        found = Findings()
        for number, verdict in chosen:
            for detail in verdict.details or (verdict.message,):
                found.add(f"file {number}: {detail}")
        return found.verdict(name, first.message, first.outcome)
    raise AssertionError(name)


def _completeness(reports: Sequence[UpoReport], session: SessionStatus | None) -> Verdict:
    documents = [report.document for report in reports if report.document is not None]
    accepted = session.successful_invoice_count if session is not None else None
    if session is not None and session.is_terminal and accepted is None:
        accepted = 0
    if not reports and accepted == 0:
        return Verdict("pages", "ok", "the session accepted nothing, so that there is no UPO")
    found = Findings()
    for number, report in enumerate(reports, start=1):
        verdict = report.verdict("pages")
        if verdict.outcome == "failed":
            for detail in verdict.details:
                found.add(f"file {number}: {detail}" if len(reports) > 1 else detail)
    unread = len(reports) - len(documents)
    if unread:
        found.add(f"{unread} of {len(reports)} files are no UPO")
    if documents and not any(document.is_session_page for document in documents):
        count = sum(document.document_count for document in documents)
        if accepted is not None and accepted != count:
            found.add(f"the UPOs are of {count} invoices and the session accepted {accepted}")
        return found.verdict("pages", "they are UPOs of single invoices")
    facts = [facts_of(one) for one in documents]
    for problem in check_completeness(facts, accepted):
        found.add(problem)
    if not found.count and (odd := check_bounds(facts)):
        return Verdict("pages", "warning", odd[0], odd)
    pages = "the only page is" if len(documents) == 1 else f"all {len(documents)} pages are"
    return found.verdict("pages", f"{pages} there, and the counts are right")


def _reconciled(reconciliation: Reconciliation | None) -> Verdict:
    if reconciliation is None:
        return Verdict("reconciliation", "skipped", "nothing was given to compare with")
    fine = f"{', '.join(reconciliation.compared)} agree on {len(reconciliation.rows)} invoices"
    if explained := len(reconciliation.explained):
        fine += f"; {explained} of them explained by their status"
    return judged("reconciliation", (one.message for one in reconciliation.faults), fine)
