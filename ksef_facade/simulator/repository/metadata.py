"""The metadata of an invoice, as queries and exports write them."""

from __future__ import annotations

from typing import Any

from ..clock import wire_time
from ..logins.credentials import is_tax_number
from ..messages import without_nulls
from ..sessions.particulars import Participant
from ..settings import Latencies
from .index import Held


def describe(held: Held, latencies: Latencies) -> dict[str, Any]:
    """The document of an invoice (contract, InvoiceMetadata)."""
    invoice, particulars, form = held.invoice, held.particulars, held.session.form
    authorised = particulars.authorised
    document = {
        "ksefNumber": held.ksef_number,
        "invoiceNumber": invoice.number,
        "issueDate": invoice.issued,
        "invoicingDate": wire_time(held.invoicing_date),
        "acquisitionDate": wire_time(invoice.decided),
        "permanentStorageDate": wire_time(invoice.stored_at(latencies)),
        "seller": without_nulls({"nip": invoice.seller, "name": particulars.seller.name}),
        "buyer": _party(particulars.buyer),
        "netAmount": particulars.net / 100,
        "grossAmount": particulars.gross / 100,
        "vatAmount": particulars.vat / 100,
        "currency": particulars.currency,
        "invoicingMode": invoice.mode,
        "invoiceType": particulars.type,
        "formCode": {
            "systemCode": form.system_code,
            "schemaVersion": form.schema_version,
            "value": form.value,
        },
        "isSelfInvoicing": particulars.is_self_invoiced,
        "hasAttachment": particulars.has_attachment,
        "invoiceHash": invoice.hash,
        "hashOfCorrectedInvoice": invoice.corrects,
        "thirdSubjects": [_party(third) for third in particulars.thirds] or None,
        "authorizedSubject": _authorised(authorised) if authorised is not None else None,
    }
    return without_nulls(document)


def _party(party: Participant) -> dict[str, Any]:
    identifier = without_nulls({"type": party.kind, "value": party.value})
    document = {"identifier": identifier, "name": party.name, "role": party.role}
    return without_nulls(document)


def _authorised(party: Participant) -> dict[str, Any] | None:
    # The metadata have room for a tax number only (contract, InvoiceMetadataAuthorizedSubject).
    if party.kind != "Nip" or not is_tax_number(party.value or ""):
        return None
    return without_nulls({"nip": party.value, "name": party.name, "role": party.role})
