"""The four questions about a session that everything else is made of; each answer is a value of
ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.pager import AsyncPager
from ksef_facade.answers.pages import LARGEST_PAGE, check_page_size, read_page
from ksef_facade.answers.responses import read_object, undecodable
from ksef_facade.answers.sessions import read_invoice_status, read_session_status
from ksef_facade.calls.describing import describe
from ksef_facade.calls.lists import ListQuery
from ksef_facade.identifiers import InvoiceReference, SessionReference
from ksef_facade.models.sessions import InvoiceStatus, SessionStatus

_NO_CODE = 0


async def look_at_session(caller: AsyncCaller, reference: SessionReference) -> SessionStatus:
    """A session's status: 1 request of group `sessionMisc`; without a code the answer is
    undecodable.
    """
    response = await caller.send(describe("GET", "/sessions/{referenceNumber}", reference))
    status = read_session_status(read_object(response), reference)
    if status.status.code == _NO_CODE:
        raise undecodable(response, "no status.code in it")
    return status


async def look_at_invoice(
    caller: AsyncCaller, session: SessionReference, invoice: InvoiceReference
) -> InvoiceStatus:
    """An invoice's status: 1 request of group `invoiceStatus`; without a code it is undecodable."""
    path = "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}"
    response = await caller.send(describe("GET", path, session, invoice))
    status = read_invoice_status(read_object(response))
    if status.status.code == _NO_CODE:
        raise undecodable(response, "no status.code in it")
    return status


def list_invoices(
    caller: AsyncCaller,
    session: SessionReference,
    *,
    failed: bool = False,
    page_size: int = LARGEST_PAGE,
) -> AsyncPager[InvoiceStatus]:
    """The session's invoices, or only the failed ones: 1 request of group `sessionInvoiceList` a
    page.
    """
    check_page_size(page_size)
    path = "/sessions/{referenceNumber}/invoices" + ("/failed" if failed else "")
    query = ListQuery("GET", path, session, page_size=page_size)

    async def fetch(token: str | None) -> tuple[Sequence[InvoiceStatus], str | None]:
        response = await caller.send(query.call(token))
        rows, following = read_page(response, "invoices", read_invoice_status)
        return rows, query.following(token, len(rows), following)

    return AsyncPager(fetch, page_size)
