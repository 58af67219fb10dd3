"""Lists of collective identifiers and of their invoices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..listing import Page, Pager
from ..logins.credentials import Party
from ..messages import Response, json_response, without_nulls
from ..moments import WIDEST_RANGE, read_moment
from ..problems import BAD_CONTINUATION_TOKEN, INVALID_INPUT, Complaint, Refusal
from ..repository.index import Repository
from ..repository.roles import is_seen_by
from .register import CollectiveIdentifier, CollectiveRegister, Line

T = TypeVar("T")

#: How these operations word the refusal of a continuation token (contract, their 400 tables).
_BAD_TOKEN = "Przesłany token kontynuacji jest nieprawidłowy."
#: Identifiers whose invoices may be asked for at once (contract,
#: CollectiveIdentifierInvoicesQueryRequest).
_MOST_NUMBERS = 10


@define
class Inspecting:
    """The three lists."""

    clock: Clock
    repository: Repository
    register: CollectiveRegister
    pager: Pager

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/collective-identifiers/query"): self._query,
            ("POST", "/collective-identifiers/invoices"): self._invoices,
            ("GET", "/collective-identifiers/ksef/{ksefNumber}"): self._of_invoice,
        }

    def _query(self, call: Call) -> Response:
        context, body = call.caller.context, call.inputs.body
        assert context is not None
        earliest = read_moment(body["dateCreatedFrom"])
        latest = read_moment(body["dateCreatedTo"])
        if latest - earliest > WIDEST_RANGE:
            days = WIDEST_RANGE.days
            raise Refusal(INVALID_INPUT, f"'dateCreated' must not exceed {days} days.")
        found = [
            one
            for one in self.register.everything()
            if _is_of(context, one) and earliest <= one.created <= latest
            if _is_wanted(one, body, is_own=one.context == context)
        ]
        page = self._newest_first(call, found)
        entries = [
            {**_describe(one, context), "invoiceCount": len(one.lines)} for one in page.items
        ]
        return _answer(page, "collectiveIdentifiers", entries)

    def _of_invoice(self, call: Call) -> Response:
        context, number = call.caller.context, call.inputs.path["ksefNumber"]
        assert context is not None
        # Who has nothing to do with the invoice finds only what it made itself.
        sees_all = self.repository.visible(context, number) is not None
        found = [
            one for one in self.register.of_invoice(number) if sees_all or one.context == context
        ]
        page = self._newest_first(call, found)
        entries = [_describe(one, context) for one in page.items]
        return _answer(page, "collectiveIdentifiers", entries)

    def _invoices(self, call: Call) -> Response:
        context = call.caller.context
        assert context is not None
        numbers = call.inputs.body["collectiveIdentifierNumbers"]
        if len(numbers) > _MOST_NUMBERS:
            raise Refusal(
                INVALID_INPUT,
                f"'collectiveIdentifierNumbers': at most {_MOST_NUMBERS} are allowed",
            )
        once = dict.fromkeys(numbers)
        identifiers = [one for one in map(self.register.find, once) if one is not None]
        found = {
            f"{line.ksef_number} {one.number}": (one, line)
            for one in identifiers
            for line in one.lines
        }
        keys = sorted(found, reverse=True)
        page = self._page(call, [found[key] for key in keys], keys)
        entries = [self._describe_line(context, one, line) for one, line in page.items]
        return _answer(page, "invoices", entries)

    def _describe_line(
        self, context: Party, identifier: CollectiveIdentifier, line: Line
    ) -> dict[str, Any]:
        is_shown = identifier.context == context or self._is_party(context, line.ksef_number)
        payment = None
        if line.payment is not None and is_shown:
            payment = {"amount": line.payment.amount, "currency": line.payment.currency}
        document = {
            "ksefNumber": line.ksef_number,
            "collectiveIdentifierNumber": identifier.number,
            "payment": payment,
            "description": line.description if is_shown else None,
            "detailsHidden": line.has_details and not is_shown,
        }
        return without_nulls(document)

    def _is_party(self, context: Party, ksef_number: str) -> bool:
        held = self.repository.find(ksef_number)
        return held is not None and is_seen_by(context, held.particulars)

    def _newest_first(
        self, call: Call, found: Sequence[CollectiveIdentifier]
    ) -> Page[CollectiveIdentifier]:
        ordered = sorted(found, key=_order, reverse=True)
        return self._page(call, ordered, [_order(one) for one in ordered])

    def _page(self, call: Call, items: Sequence[T], keys: Sequence[str]) -> Page[T]:
        try:
            return self.pager.page(call, items, keys)
        except Refusal:
            complaint = Complaint(BAD_CONTINUATION_TOKEN, description=_BAD_TOKEN)
            raise Refusal.of([complaint]) from None


def _order(identifier: CollectiveIdentifier) -> str:
    return f"{wire_time(identifier.created)} {identifier.number}"


def _is_of(context: Party, identifier: CollectiveIdentifier) -> bool:
    """Whether it was generated in the context, or a company's context is the seller."""
    return identifier.context == context or context == Party("Nip", identifier.seller)


def _is_wanted(identifier: CollectiveIdentifier, body: Mapping[str, Any], *, is_own: bool) -> bool:
    number, own = body.get("collectiveIdentifierNumber"), body.get("createdInCurrentContext")
    fewest, most = body.get("invoiceCountFrom"), body.get("invoiceCountTo")
    count = len(identifier.lines)
    return (
        (number is None or number == identifier.number)
        and (own is None or own == is_own)
        and (fewest is None or count >= fewest)
        and (most is None or count <= most)
    )


def _describe(identifier: CollectiveIdentifier, context: Party) -> dict[str, Any]:
    return {
        "collectiveIdentifierNumber": identifier.number,
        "dateCreated": wire_time(identifier.created),
        "createdInCurrentContext": identifier.context == context,
    }


def _answer(page: Page[Any], name: str, entries: list[dict[str, Any]]) -> Response:
    return json_response(200, without_nulls({"continuationToken": page.token, name: entries}))
