"""Sessions and invoices as their owner sees them: lists and statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..listing import Pager
from ..messages import Response, json_response, without_nulls
from ..moments import read_moment
from ..problems import INVALID_INPUT, Refusal
from ..receipts.pages import Receipts, invoice_upo_name, page_name
from ..settings import Settings
from ..storage import Storage
from .processing import INVOICE_TEXTS
from .register import SessionRegister
from .state import (
    CANCELLED,
    DONE,
    NOTHING_VALID,
    SESSION_TEXTS,
    Invoice,
    Session,
)
from .visibility import sees_all, visible_session

#: Query parameters of the session list by the moment they bound (contract, GET /sessions).
_DATE_FILTERS = ("dateCreated", "dateClosed", "dateModified")


@define
class Inspection:
    """Statuses of sessions and invoices."""

    clock: Clock
    settings: Settings
    sessions: SessionRegister
    receipts: Receipts
    storage: Storage
    pager: Pager

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        session = "/sessions/{referenceNumber}"
        return {
            ("GET", "/sessions"): self._list,
            ("GET", session): self._status,
            ("GET", f"{session}/invoices"): self._invoices,
            ("GET", f"{session}/invoices/failed"): self._failed,
            ("GET", f"{session}/invoices/{{invoiceReferenceNumber}}"): self._invoice,
        }

    def _list(self, call: Call) -> Response:
        assert call.caller.context is not None
        now = self.clock.now()
        everything = sees_all(call)
        found = [
            session
            for session in self.sessions.of_context(call.caller.context)
            if (everything or session.creator == call.caller.subject)
            and self._is_wanted(session, call.inputs.query, now)
        ]
        found.sort(key=_order, reverse=True)
        page = self.pager.page(call, found, [_order(session) for session in found])
        document = {
            "continuationToken": page.token,
            "sessions": [self._summary(session, now) for session in page.items],
        }
        return json_response(200, without_nulls(document))

    def _is_wanted(self, session: Session, query: Mapping[str, Any], now: datetime) -> bool:
        if session.kind != query["sessionType"].lower():
            return False
        reference = query.get("referenceNumber")
        if reference is not None and reference.upper() != session.reference:
            return False
        moments = {
            "dateCreated": session.created,
            "dateClosed": session.closed_at(now),
            "dateModified": session.updated_at(now, self.settings.latencies),
        }
        if not all(_is_within(moments[name], name, query) for name in _DATE_FILTERS):
            return False
        statuses = query.get("statuses")
        return not statuses or _common_status(self._code(session, now)) in statuses

    def _summary(self, session: Session, now: datetime) -> dict[str, Any]:
        total, accepted, rejected = session.counts(now)
        return {
            "referenceNumber": session.reference,
            "status": self._status_info(session, now),
            "dateCreated": wire_time(session.created),
            "dateUpdated": wire_time(session.updated_at(now, self.settings.latencies)),
            "validUntil": wire_time(session.valid_until),
            "totalInvoiceCount": total,
            "successfulInvoiceCount": accepted,
            "failedInvoiceCount": rejected,
        }

    def _code(self, session: Session, now: datetime) -> int:
        return session.code(now, self.settings.latencies)

    def _status_info(self, session: Session, now: datetime) -> dict[str, Any]:
        code = self._code(session, now)
        info: dict[str, Any] = {"code": code, "description": SESSION_TEXTS[session.kind][code]}
        details = session.details(code)
        if details:
            info["details"] = list(details)
        return info

    def _status(self, call: Call) -> Response:
        session = visible_session(call, self.sessions)
        now = self.clock.now()
        code = self._code(session, now)
        total, accepted, rejected = session.counts(now)
        # Counters stay out until they are positive; of a package that was gone through they say
        # how many of either kind there are, none included (observed).
        is_judged = session.kind == "batch" and code in (DONE, NOTHING_VALID)
        nought = 0 if is_judged else None
        document = {
            "status": self._status_info(session, now),
            "dateCreated": wire_time(session.created),
            "dateUpdated": wire_time(session.updated_at(now, self.settings.latencies)),
            # Told after closing too, of a session that has not ended (observed).
            "validUntil": wire_time(session.valid_until) if code < DONE else None,
            "upo": self._upo(call, session),
            "invoiceCount": total or None,
            "successfulInvoiceCount": accepted or nought,
            "failedInvoiceCount": rejected or nought,
        }
        return json_response(200, without_nulls(document))

    def _upo(self, call: Call, session: Session) -> dict[str, Any] | None:
        pages = []
        for index, page in enumerate(self.receipts.pages(session)):
            link = self.storage.link(
                call.request.origin, session.reference, "session-upo", page_name(index)
            )
            pages.append(
                {
                    "referenceNumber": page.reference,
                    "downloadUrl": link.url,
                    "downloadUrlExpirationDate": wire_time(link.expires),
                }
            )
        return {"pages": pages} if pages else None

    def _invoices(self, call: Call) -> Response:
        session = visible_session(call, self.sessions)
        return self._page_of(call, session, session.invoices)

    def _failed(self, call: Call) -> Response:
        session = visible_session(call, self.sessions)
        return self._page_of(call, session, session.failed_by(self.clock.now()))

    def _page_of(self, call: Call, session: Session, invoices: Sequence[Invoice]) -> Response:
        now = self.clock.now()
        page = self.pager.page(call, invoices)
        document = {
            "continuationToken": page.token,
            "invoices": [self._describe(call, session, item, now) for item in page.items],
        }
        return json_response(200, without_nulls(document))

    def _invoice(self, call: Call) -> Response:
        session = visible_session(call, self.sessions)
        reference = call.inputs.path["invoiceReferenceNumber"]
        invoice = session.by_reference.get(reference.upper())
        if invoice is None:
            detail = f"Faktura o numerze referencyjnym {reference} nie została znaleziona."
            raise Refusal(INVALID_INPUT, detail)
        return json_response(200, self._describe(call, session, invoice, self.clock.now()))

    def _describe(
        self, call: Call, session: Session, invoice: Invoice, now: datetime
    ) -> dict[str, Any]:
        code = invoice.code(now, self.settings.latencies)
        status: dict[str, Any] = {"code": code, "description": INVOICE_TEXTS[code]}
        sent = session.created if session.kind == "batch" else invoice.received
        document = {
            "ordinalNumber": invoice.ordinal,
            "referenceNumber": invoice.reference,
            "invoiceHash": invoice.hash,
            "invoicingDate": wire_time(sent),
            "invoiceFileName": invoice.file_name,
            "status": status,
        }
        if now < invoice.decided:
            return without_nulls(document)
        if invoice.verdict.details:
            status["details"] = list(invoice.verdict.details)
        if invoice.verdict.extensions:
            status["extensions"] = dict(invoice.verdict.extensions)
        document["invoiceNumber"] = invoice.number
        if invoice.verdict.is_accepted:
            self._describe_accepted(call, session, invoice, now, document)
        return without_nulls(document)

    def _describe_accepted(
        self,
        call: Call,
        session: Session,
        invoice: Invoice,
        now: datetime,
        document: dict[str, Any],
    ) -> None:
        stored = invoice.stored_at(self.settings.latencies)
        document["ksefNumber"] = invoice.ksef_number
        document["acquisitionDate"] = wire_time(invoice.decided)
        document["permanentStorageDate"] = wire_time(stored) if now >= stored else None
        document["invoicingMode"] = invoice.mode
        if self.receipts.has_invoice_upo(invoice) and invoice.ksef_number is not None:
            name = invoice_upo_name(invoice.ksef_number)
            link = self.storage.link(call.request.origin, session.reference, "invoice-upo", name)
            document["upoDownloadUrl"] = link.url
            document["upoDownloadUrlExpirationDate"] = wire_time(link.expires)


def _order(session: Session) -> str:
    return f"{session.created.isoformat()} {session.reference}"


def _common_status(code: int) -> str:
    """The coarse status that the filter of the list speaks of (contract, CommonSessionStatus)."""
    if code < DONE:
        return "InProgress"
    if code == DONE:
        return "Succeeded"
    return "Cancelled" if code == CANCELLED else "Failed"


def _is_within(moment: datetime | None, name: str, query: Mapping[str, Any]) -> bool:
    earliest, latest = query.get(f"{name}From"), query.get(f"{name}To")
    if earliest is None and latest is None:
        return True
    if moment is None:
        return False
    return not (
        (earliest is not None and moment < read_moment(earliest))
        or (latest is not None and moment > read_moment(latest))
    )
