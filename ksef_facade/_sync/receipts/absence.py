# Derived from ksef_facade/_async/receipts/absence.py by scripts/derive_sync.py; do not edit.
"""Why there is no UPO: 21178 says the same of "not yet" and of "never"; only a status tells them
apart.
"""

from __future__ import annotations

from ksef_facade._sync.caller import Caller
from ksef_facade._sync.sessions.lookups import list_invoices, look_at_invoice, look_at_session
from ksef_facade.answers.responses import UPO_NOT_FOUND
from ksef_facade.errors import BadRequest, KsefError, UpoNotReady, UpoWillNotExist
from ksef_facade.identifiers import InvoiceReference, KsefNumber, SessionReference, UpoReference
from ksef_facade.models.sessions import FIRST_FAILURE_CODE, InvoiceStatus, SessionStatus


def is_upo_missing(error: BadRequest) -> bool:
    """Whether the answer says "no UPO" (21178) and not something else."""
    return UPO_NOT_FOUND in error.codes


def session_without_upo(status: SessionStatus) -> KsefError:
    """What a session status without UPO pages means."""
    if status.status.code >= FIRST_FAILURE_CODE:
        return UpoWillNotExist(
            f"session {status.reference_number} ended with {status.status}: no invoice was accepted, so "
            "there is no UPO",
            status,
        )
    return UpoNotReady(
        f"the UPO of session {status.reference_number} is not there yet; the session is at "
        f"{status.status}",
        status,
    )


def invoice_without_upo(status: InvoiceStatus) -> KsefError:
    """What an invoice status without a UPO means; for a duplicate the original is named."""
    name = status.invoice_number or status.reference_number
    if status.status.code < FIRST_FAILURE_CODE:
        return UpoNotReady(
            f"the UPO of invoice {name} is not there yet; it is at {status.status}", status
        )
    original = ""
    if status.original_ksef_number:
        original = (
            f"; the original is {status.original_ksef_number} in session "
            f"{status.original_session or '(not told)'}, and the UPO is there"
        )
    return UpoWillNotExist(
        f"invoice {name} ended with {status.status}, so it has no UPO{original}", status
    )


def why_no_invoice_upo(
    caller: Caller, session: SessionReference, invoice: InvoiceReference
) -> KsefError:
    """The error for a missing UPO of an invoice. Cost: 1 request of group `invoiceStatus`."""
    return invoice_without_upo(look_at_invoice(caller, session, invoice))


def why_no_ksef_number_upo(
    caller: Caller, session: SessionReference, number: KsefNumber
) -> KsefError:
    """The error for a missing UPO by KSeF number.

    Cost: 1 request of group `sessionMisc`; unless the session failed, also its invoice list until
    the number is found.
    """
    status = look_at_session(caller, session)
    if status.status.code < FIRST_FAILURE_CODE:
        for invoice in list_invoices(caller, session):
            if number in (invoice.ksef_number, invoice.original_ksef_number):
                return invoice_without_upo(invoice)
        if not status.is_terminal:
            return UpoNotReady(
                f"no invoice of session {session} has the KSeF number {number} yet; the session is at "
                f"{status.status}",
                status,
            )
    return UpoWillNotExist(
        f"session {session} ended with {status.status} and has no invoice with the KSeF number {number}",
        status,
    )


def why_no_page(caller: Caller, session: SessionReference, page: UpoReference) -> KsefError:
    """The error for a missing UPO page. Cost: 1 request of group `sessionMisc`."""
    status = look_at_session(caller, session)
    if not status.upo_pages:
        return session_without_upo(status)
    if any(link.reference_number.upper() == page.upper() for link in status.upo_pages):
        return UpoNotReady(
            f"UPO page {page} of session {session} is listed but not there yet", status
        )
    return UpoWillNotExist(f"session {session} has no UPO page {page}", status)
