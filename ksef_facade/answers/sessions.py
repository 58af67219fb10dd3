"""JSON of the session, invoice and UPO answers in; the values of `models` out."""

from __future__ import annotations

from typing import Any

from ksef_facade.answers.reading import Reader
from ksef_facade.models.sessions import (
    InvoiceStatus,
    SessionStatus,
    SessionSummary,
    UpoPageLink,
    read_status,
)


def _raw(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"": value}


def read_session_status(raw: object, reference_number: str) -> SessionStatus:
    """A session's status from contract `SessionStatusResponse`, which does not repeat the
    reference.
    """
    reader = Reader(raw)
    status = read_status(reader)
    upo = reader.inner("upo") if reader.has("upo") else Reader({})
    pages = []
    for row in upo.rows("pages"):
        page = Reader(row, "upo.pages.")
        pages.append(
            UpoPageLink(
                reference_number=page.required_text("referenceNumber"),
                download_url=page.text("downloadUrl"),
                expires=page.moment("downloadUrlExpirationDate"),
            )
        )
        upo.absorb(page)
    reader.absorb(upo)
    return SessionStatus(
        reference_number=reference_number,
        status=status,
        date_created=reader.moment("dateCreated"),
        date_updated=reader.moment("dateUpdated"),
        valid_until=reader.moment("validUntil"),
        invoice_count=reader.integer("invoiceCount"),
        successful_invoice_count=reader.integer("successfulInvoiceCount"),
        failed_invoice_count=reader.integer("failedInvoiceCount"),
        upo_pages=tuple(pages),
        unreadable=tuple(reader.unreadable),
        raw=_raw(raw),
    )


def read_session_summary(raw: object) -> SessionSummary:
    """A row of contract `SessionsQueryResponse.sessions`."""
    reader = Reader(raw)
    return SessionSummary(
        reference_number=reader.required_text("referenceNumber"),
        status=read_status(reader),
        date_created=reader.moment("dateCreated"),
        date_updated=reader.moment("dateUpdated"),
        valid_until=reader.moment("validUntil"),
        total_invoice_count=reader.integer("totalInvoiceCount"),
        successful_invoice_count=reader.integer("successfulInvoiceCount"),
        failed_invoice_count=reader.integer("failedInvoiceCount"),
        unreadable=tuple(reader.unreadable),
        raw=_raw(raw),
    )


def read_invoice_status(raw: object) -> InvoiceStatus:
    """A row of contract `SessionInvoicesResponse.invoices`, or the answer for one invoice."""
    reader = Reader(raw)
    return InvoiceStatus(
        reference_number=reader.required_text("referenceNumber"),
        status=read_status(reader),
        ordinal_number=reader.integer("ordinalNumber"),
        invoice_number=reader.text("invoiceNumber"),
        ksef_number=reader.text("ksefNumber"),
        invoice_hash=reader.text("invoiceHash"),
        invoice_file_name=reader.text("invoiceFileName"),
        invoicing_date=reader.moment("invoicingDate"),
        acquisition_date=reader.moment("acquisitionDate"),
        permanent_storage_date=reader.moment("permanentStorageDate"),
        invoicing_mode=reader.text("invoicingMode"),
        upo_download_url=reader.text("upoDownloadUrl"),
        upo_download_url_expires=reader.moment("upoDownloadUrlExpirationDate"),
        unreadable=tuple(reader.unreadable),
        raw=_raw(raw),
    )
