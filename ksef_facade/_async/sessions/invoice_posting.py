"""Sending one invoice to an online session, and finding one there by its hash."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from typing import TYPE_CHECKING

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.sessions.lookups import list_invoices
from ksef_facade.answers.reading import Reader
from ksef_facade.answers.responses import read_object, undecodable
from ksef_facade.calls.describing import JsonBody, describe
from ksef_facade.errors import UnknownSession
from ksef_facade.identifiers import InvoiceReference, SessionReference

if TYPE_CHECKING:
    from ksef_facade.crypto.encryption import SessionKey

SETTLING_TIME = 60.0
"""Seconds after opening in which "unknown session" may only mean "not known everywhere yet"
(observed).
"""
_SETTLING_PAUSE = 1.0


async def post_invoice(
    caller: AsyncCaller,
    session: SessionReference,
    key: SessionKey,
    invoice: bytes,
    digest: str,
    *,
    opened_at: float,
    offline: bool,
    corrects: str | None,
) -> str:
    """Encrypt an invoice, send it once, and return the reference that KSeF gave it.

    Cost: 1 request of group `invoiceSend`; in the first minute after opening more of them while the
    session is not known everywhere. `opened_at` is on the monotonic clock.

    Raises:
        KsefError: `ksef_facade.planning.lost_answers` tells what it means.
    """
    from ksef_facade.crypto.encryption import sha256_base64

    encrypted = key.encrypt(invoice)
    body = JsonBody(
        invoiceHash=digest,
        invoiceSize=len(invoice),
        encryptedInvoiceHash=sha256_base64(encrypted),
        encryptedInvoiceSize=len(encrypted),
        encryptedInvoiceContent=b64encode(encrypted).decode(),
        offlineMode=offline,
    )
    if corrects is not None:
        body["hashOfCorrectedInvoice"] = corrects
    call = describe("POST", "/sessions/online/{referenceNumber}/invoices", session, body=body)
    while True:
        try:
            response = await caller.send(call)
            break
        except UnknownSession:
            if caller.clock.monotonic() - opened_at > SETTLING_TIME:
                raise
            await caller.clock.sleep(_SETTLING_PAUSE)
    reference = Reader(read_object(response)).required_text("referenceNumber")
    if not reference:
        raise undecodable(response, "no referenceNumber in it")
    return reference


async def find_invoice(
    caller: AsyncCaller, session: SessionReference, digest: str, known: Collection[str] = ()
) -> InvoiceReference | None:
    """The reference of the invoice with a hash, other than those known; `None` while none is listed.

    Cost: 1 request of group `sessionInvoiceList` (200 an hour) for each 1000 invoices.
    """
    async for status in list_invoices(caller, session):
        if status.invoice_hash == digest and status.reference_number not in known:
            return InvoiceReference.from_server(status.reference_number)
    return None
