# Derived from ksef_facade/_async/sessions/invoice.py by scripts/derive_sync.py; do not edit.
"""One invoice of a session, known by its reference: status, waiting, and its own UPO."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from ksef_facade._sync.caller import Caller
from ksef_facade._sync.sessions.lookups import look_at_invoice
from ksef_facade._sync.waiting import poll
from ksef_facade.handles import Handle
from ksef_facade.identifiers import InvoiceReference, SessionReference
from ksef_facade.models.sessions import InvoiceStatus
from ksef_facade.settings import DEFAULT_WAIT

if TYPE_CHECKING:
    from ksef_facade.models.receipts import Upo


class SessionInvoice:
    """A handle of one invoice; making one costs no request."""

    def __init__(
        self, caller: Caller, session_reference: SessionReference, reference: InvoiceReference
    ) -> None:
        self._caller = caller
        self.session_reference = session_reference
        self.reference = reference

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.session_reference)!r}, {str(self.reference)!r})"

    @property
    def handle(self) -> Handle:
        """What to store to go on with this invoice in another process; see `Ksef.resume`."""
        return self._caller.handle(self.session_reference, self.reference)

    def status(self) -> InvoiceStatus:
        """The invoice's status now.

        Cost: 1 request of group `invoiceStatus`. Source: contract
        `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}`.

        Raises:
            BadRequest: no such invoice in this session (21405) or no such session (21173).
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        return self._look(self._caller)

    def wait(
        self,
        timeout: timedelta | float | None = DEFAULT_WAIT,
        on_poll: Callable[[InvoiceStatus], object] | None = None,
    ) -> InvoiceStatus:
        """The invoice's final status (code of 200 or more), whatever it is.

        A rejection is an answer, not an error here: call `raise_for_failure()` where it should be
        one.

        Cost: about 240 requests an hour of group `invoiceStatus` at most, which allows 1200.
        Source: contract `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}`.

        Args:
            timeout: seconds or a `timedelta`; `None` waits without a deadline.
            on_poll: called with every status seen.

        Raises:
            PollingDeadlineExceeded: not final in time; carries `handle` and `last_status`.
            KsefError: as `status`; carries `handle`.
        """
        return poll(
            self._caller,
            self._look,
            lambda status: status.is_terminal,
            what=f"invoice {self.reference}",
            handle=self.handle,
            timeout=timeout,
            on_poll=on_poll,
        )

    def upo(self) -> Upo:
        """The invoice's UPO, there as soon as the invoice is accepted, even while the session is
        open.

        Cost: 1 request of group `sessionMisc`; when there is none, 1 more of `invoiceStatus` to
        tell why. Source: contract `GET
        /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo`.

        Raises:
            UpoNotReady: processing is not over, or the UPO lags behind it.
            UpoWillNotExist: the invoice was rejected; for a duplicate the original is named.
            IntegrityFailure: what came is not this invoice's UPO.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        from ksef_facade._sync.receipts.session_upo import SessionUpo

        receipts = SessionUpo(self._caller, self.session_reference)
        return receipts.by_invoice(self.reference)

    def _look(self, caller: Caller) -> InvoiceStatus:
        return look_at_invoice(caller, self.session_reference, self.reference)
