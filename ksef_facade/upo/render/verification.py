"""The link under which KSeF shows whether it holds an invoice of a receipt."""

from __future__ import annotations

from ksef_facade.errors import ConfigurationError, InvalidIdentifier
from ksef_facade.qr.coded_invoices import CodedInvoice
from ksef_facade.qr.links import invoice_link
from ksef_facade.qr.sites import SITES
from ksef_facade.upo.entries import UpoEntry


def verification_link(entry: UpoEntry, environment_name: str | None) -> str | None:
    """KOD I of an invoice that a receipt proves.

    `None` where the document does not tell all of it: before v4-3 it names no environment.
    """
    if environment_name not in SITES or entry.issue_date is None:
        return None
    try:
        proven = CodedInvoice(entry.seller_nip or "", entry.issue_date, entry.invoice_hash or "")
    except (ConfigurationError, InvalidIdentifier):
        return None
    return invoice_link(proven, environment_name)
