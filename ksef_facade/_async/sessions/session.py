"""A submission session, known by its reference alone: status, invoices, waiting, and the way to its
UPO.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.pager import AsyncPager
from ksef_facade._async.sessions.invoice import AsyncSessionInvoice
from ksef_facade._async.sessions.lookups import list_invoices, look_at_session
from ksef_facade._async.waiting import poll
from ksef_facade.answers.pages import LARGEST_PAGE
from ksef_facade.handles import Handle
from ksef_facade.identifiers import InvoiceReference, SessionReference
from ksef_facade.models.sessions import InvoiceStatus, SessionStatus
from ksef_facade.settings import DEFAULT_WAIT

# Receipts and reports are loaded by the first use of them.
if TYPE_CHECKING:
    from ksef_facade._async.receipts.session_upo import AsyncSessionUpo
    from ksef_facade.models.session_report import SessionReport


class AsyncSession:
    """A handle of a session; making one costs no request. Open or closed, of this process or
    another: all the same.
    """

    def __init__(self, caller: AsyncCaller, reference: SessionReference) -> None:
        self._caller = caller
        self.reference = reference

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.reference)!r})"

    @property
    def handle(self) -> Handle:
        """What to store to go on with this session in another process; see `AsyncKsef.resume`."""
        return self._caller.handle(self.reference)

    @property
    def upo(self) -> AsyncSessionUpo:
        """The receipts of this session; no request."""
        from ksef_facade._async.receipts.session_upo import AsyncSessionUpo

        return AsyncSessionUpo(self._caller, self.reference)

    async def status(self) -> SessionStatus:
        """The session's status now.

        Cost: 1 request of group `sessionMisc`. Source: contract `GET /sessions/{referenceNumber}`.

        Raises:
            UnknownSession: no such session in this context and environment.
            Forbidden: another subject opened it and the permission Introspection is missing.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        return await self._look(self._caller)

    async def wait(
        self,
        timeout: timedelta | float | None = DEFAULT_WAIT,
        on_poll: Callable[[SessionStatus], object] | None = None,
    ) -> SessionStatus:
        """The session's final status (code of 200 or more), whatever it is.

        A failed session is an answer, not an error here: call `raise_for_failure()` on it where it
        should be one.

        Cost: about 240 requests an hour of group `sessionMisc` at most, which allows 1200. Source:
        contract `GET /sessions/{referenceNumber}`, table of `status`.

        Args:
            timeout: seconds or a `timedelta`; `None` waits without a deadline.
            on_poll: called with every status seen.

        Raises:
            PollingDeadlineExceeded: not final in time; carries `handle` and `last_status`.
            KsefError: as `status`; carries `handle`.
        """
        return await poll(
            self._caller,
            self._look,
            lambda status: status.is_terminal,
            what=f"session {self.reference}",
            handle=self.handle,
            timeout=timeout,
            on_poll=on_poll,
        )

    def invoices(self, page_size: int = LARGEST_PAGE) -> AsyncPager[InvoiceStatus]:
        """All invoices of the session with their statuses, in the service's order.

        Cost: 1 request of group `sessionInvoiceList` (200 an hour) for each page. Source: contract
        `GET /sessions/{referenceNumber}/invoices`; `page_size` is 10 to 1000.

        Raises:
            ConfigurationError: `page_size` is out of bounds.
            UnknownSession, Forbidden, KsefError: while iterating; `continuation_token` is on the
                error.
        """
        return list_invoices(self._caller, self.reference, page_size=page_size)

    def failed_invoices(self, page_size: int = LARGEST_PAGE) -> AsyncPager[InvoiceStatus]:
        """The rejected invoices only, with code, description, details and extensions of each.

        Cost, errors and bounds as `invoices`. Source: contract `GET
        /sessions/{referenceNumber}/invoices/failed`.
        """
        return list_invoices(self._caller, self.reference, failed=True, page_size=page_size)

    async def report(self, on_page: Callable[[int], object] | None = None) -> SessionReport:
        """The session's status and every invoice in it, in one value; open or closed alike.

        Cost: 1 request of group `sessionMisc` and 1 of group `sessionInvoiceList` (200 an hour) for
        each 1000 invoices. Source: contract `GET /sessions/{referenceNumber}` and `GET
        /sessions/{referenceNumber}/invoices`.

        Args:
            on_page: called after each page of invoices with how many are there by then.

        Raises:
            UnknownSession, Forbidden, KsefError: as `status` and `invoices`.
        """
        status = await self.status()
        found: list[InvoiceStatus] = []
        async for page in self.invoices().by_page():
            found += page.items
            if on_page is not None:
                on_page(len(found))
        from ksef_facade.models.session_report import session_report

        return session_report(status, found)

    def invoice(self, reference: str) -> AsyncSessionInvoice:
        """A handle of one invoice of this session. Cost: no request. Source: UPO schema, type
        `TNumerReferencyjny`, kind EE (observed).

        Raises:
            InvalidIdentifier: the text is not an invoice reference.
        """
        parsed = InvoiceReference.of(reference)
        return AsyncSessionInvoice(self._caller, self.reference, parsed)

    async def _look(self, caller: AsyncCaller) -> SessionStatus:
        return await look_at_session(caller, self.reference)
