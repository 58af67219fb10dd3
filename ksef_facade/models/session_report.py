"""One session with all its invoices in one value, in the shape that ERP systems keep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import field, frozen

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.models.sessions import InvoiceOutcome, InvoiceStatus, SessionOutcome, SessionStatus

if TYPE_CHECKING:
    from ksef_facade.upo.render.wording import Language


@frozen(kw_only=True)
class ReportedInvoice:
    """One invoice of a session: what became of it, and its receipt.

    Attributes:
        ordinal_number: its place in the session, from 1.
        invoice_number: the seller's own number, where the service could read it.
        ksef_number: once it is accepted.
        acquisition_date: when the KSeF number was given.
        code: of the status (contract `InvoiceStatusInfo`).
        description: of the status, Polish.
        details: of the status, Polish.
        outcome: the code in one word.
        reference_number: the service's name for it in the session.
        invoice_hash: Base64 SHA-256 of its XML.
        receipt: file name that its UPO is saved under; `None` where there is no UPO (yet).
    """

    ordinal_number: int | None
    invoice_number: str | None
    ksef_number: str | None
    acquisition_date: datetime | None
    code: int
    description: str
    details: tuple[str, ...]
    outcome: InvoiceOutcome
    reference_number: str
    invoice_hash: str | None
    receipt: str | None


@frozen(kw_only=True)
class SessionReport:
    """A session and every invoice in it.

    The counts are the service's own; it leaves one out until it is positive, so none means 0.

    Attributes:
        reference_number: of the session.
        code: of its status (contract `StatusInfo`).
        description: of its status, Polish.
        details: of its status, Polish.
        outcome: the code in one word; a session that succeeded may have rejected invoices.
        is_terminal: whether processing is over.
        total_count: invoices that the session took.
        successful_count: invoices accepted.
        failed_count: invoices rejected.
        date_created: when it was opened.
        date_updated: its last activity.
        valid_until: when an open session expires.
        upo_references: of the pages of its UPO.
        invoices: in the service's order, which is that of `ordinal_number`.
    """

    reference_number: str
    code: int
    description: str
    details: tuple[str, ...]
    outcome: SessionOutcome
    is_terminal: bool
    total_count: int
    successful_count: int
    failed_count: int
    date_created: datetime | None
    date_updated: datetime | None
    valid_until: datetime | None
    upo_references: tuple[str, ...]
    invoices: tuple[ReportedInvoice, ...] = field(repr=False)

    def to_html(self, language: Language = "pl") -> str:
        """The report as one page for screen and paper, without any request; no request is made.

        Args:
            language: of the words around, `pl`, `en`, or `both`; the service's own are Polish.

        Raises:
            ValueError: an unknown language.
        """
        from ksef_facade.upo.render.session_page import session_html

        return session_html(self, language)


def session_report(status: SessionStatus, invoices: Iterable[InvoiceStatus]) -> SessionReport:
    """The report of what the service told of a session and its invoices."""
    return SessionReport(
        reference_number=status.reference_number,
        code=status.status.code,
        description=status.status.description,
        details=status.status.details,
        outcome=status.outcome,
        is_terminal=status.is_terminal,
        total_count=status.invoice_count or 0,
        successful_count=status.successful_invoice_count or 0,
        failed_count=status.failed_invoice_count or 0,
        date_created=status.date_created,
        date_updated=status.date_updated,
        valid_until=status.valid_until,
        upo_references=tuple(page.reference_number for page in status.upo_pages),
        invoices=tuple(_reported(invoice) for invoice in invoices),
    )


def _reported(invoice: InvoiceStatus) -> ReportedInvoice:
    return ReportedInvoice(
        ordinal_number=invoice.ordinal_number,
        invoice_number=invoice.invoice_number,
        ksef_number=invoice.ksef_number,
        acquisition_date=invoice.acquisition_date,
        code=invoice.status.code,
        description=invoice.status.description,
        details=invoice.status.details,
        outcome=invoice.outcome,
        reference_number=invoice.reference_number,
        invoice_hash=invoice.invoice_hash,
        receipt=_receipt(invoice),
    )


def _receipt(invoice: InvoiceStatus) -> str | None:
    from ksef_facade.upo.names import invoice_file_name

    if invoice.outcome != "accepted" or not invoice.ksef_number:
        return None
    try:
        return invoice_file_name(invoice.ksef_number)
    except InvalidIdentifier:
        return None
