"""The JSON documents of `ksef --json`. Their keys are interface: added to, never renamed.

Times are ISO 8601 in UTC, sizes are bytes, `sha256` is Base64 as in the contract. What the service
did not tell is `null`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ksef_facade.models.receipts import SavedReceipt, SavedUpo
    from ksef_facade.models.sessions import (
        InvoiceStatus,
        SessionStatus,
        SessionSummary,
        StatusInfo,
    )

Document = dict[str, Any]


def status_document(status: StatusInfo) -> Document:
    """`code`, `description`, `details`, `extensions`: as the service words them."""
    return {
        "code": status.code,
        "description": status.description,
        "details": list(status.details),
        "extensions": dict(status.extensions),
    }


def session_document(session: SessionStatus) -> Document:
    """One session's status."""
    return {
        "reference_number": session.reference_number,
        "status": status_document(session.status),
        "outcome": session.outcome,
        "is_terminal": session.is_terminal,
        "date_created": time_text(session.date_created),
        "date_updated": time_text(session.date_updated),
        "valid_until": time_text(session.valid_until),
        "invoice_count": session.invoice_count,
        "successful_invoice_count": session.successful_invoice_count,
        "failed_invoice_count": session.failed_invoice_count,
        # The links are secrets; the references lead to the same pages.
        "upo_references": [page.reference_number for page in session.upo_pages],
    }


def summary_document(session: SessionSummary) -> Document:
    """One row of the session history."""
    return {
        "reference_number": session.reference_number,
        "status": status_document(session.status),
        "outcome": session.outcome,
        "is_terminal": session.is_terminal,
        "date_created": time_text(session.date_created),
        "date_updated": time_text(session.date_updated),
        "valid_until": time_text(session.valid_until),
        "invoice_count": session.total_invoice_count,
        "successful_invoice_count": session.successful_invoice_count,
        "failed_invoice_count": session.failed_invoice_count,
    }


def invoice_document(invoice: InvoiceStatus) -> Document:
    """One invoice's status; of a duplicate, also which invoice was there before."""
    return {
        "ordinal_number": invoice.ordinal_number,
        "reference_number": invoice.reference_number,
        "invoice_number": invoice.invoice_number,
        "ksef_number": invoice.ksef_number,
        "status": status_document(invoice.status),
        "outcome": invoice.outcome,
        "is_terminal": invoice.is_terminal,
        "original_ksef_number": invoice.original_ksef_number,
        "original_session": invoice.original_session,
        "invoice_hash": invoice.invoice_hash,
        "invoice_file_name": invoice.invoice_file_name,
        "invoicing_date": time_text(invoice.invoicing_date),
        "acquisition_date": time_text(invoice.acquisition_date),
        "permanent_storage_date": time_text(invoice.permanent_storage_date),
    }


def saved_upo_document(saved: SavedUpo) -> Document:
    """One UPO document on disk."""
    return {
        "path": str(saved.path),
        "upo_reference": saved.upo_reference,
        "page": saved.page,
        "pages": saved.pages,
        "document_count": saved.document_count,
        "size": saved.size,
        "sha256": saved.sha256,
        "hash_verified": saved.hash_verified,
        "source": saved.source,
    }


def receipt_document(receipt: SavedReceipt) -> Document:
    """All pages of a session's UPO on disk."""
    return {
        "session_reference": receipt.session_reference,
        "directory": str(receipt.directory),
        "complete": receipt.complete,
        "problems": list(receipt.problems),
        "document_count": receipt.document_count,
        "pages": [saved_upo_document(page) for page in receipt.pages],
    }


def error_document(
    error: BaseException, message: str, exit_code: int, hint: str | None
) -> Document:
    """What every command prints instead of its own document when it fails."""
    handle = getattr(error, "handle", None)
    return {
        "error": {
            "type": type(error).__name__,
            "message": message,
            "hint": hint,
            "exit_code": exit_code,
            "status_code": getattr(error, "status_code", None),
            "codes": list(getattr(error, "codes", ())),
            "trace_id": getattr(error, "trace_id", None),
            "retry_after": getattr(error, "retry_after", None),
            "continuation_token": getattr(error, "continuation_token", None),
            "handle": handle.dumps() if handle is not None else None,
        }
    }


def time_text(moment: datetime | None) -> str | None:
    """The time in UTC, as text that sorts."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
