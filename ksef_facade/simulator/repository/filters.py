"""The filters of a query and of an export: read, checked, and applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from attrs import field, frozen

from ..logins.credentials import Party
from ..moments import WIDEST_RANGE, polish_day, read_moment
from ..problems import INVALID_INPUT, Refusal
from ..settings import Latencies
from .index import Held, Repository
from .roles import Role

#: Contract, InvoiceQueryDateType.
DateType = Literal["Issue", "Invoicing", "PermanentStorage"]

#: What says that a range begins beyond the high-water mark (contract, 400 table of
#: POST /invoices/query/metadata and status 420 of an export).
BEYOND_HWM = (
    "Parametr dateRange.from jest późniejszy niż PermanentStorageHwmDate przy włączonym "
    "restrictToPermanentStorageHwmDate."
)


@frozen
class Query:
    """One set of filters, as of a moment."""

    role: Role
    date_type: DateType
    start: datetime
    #: The end of the range; the moment itself where the request names none.
    end: datetime
    #: Up to when permanent storage was complete at that moment.
    hwm: datetime
    is_restricted: bool
    as_of: datetime
    _filters: Mapping[str, Any] = field(repr=False)

    @property
    def is_beyond_hwm(self) -> bool:
        """Whether the range is restricted to the high-water mark and begins after it."""
        return self.is_restricted and self.start > self.hwm

    @property
    def reported_hwm(self) -> datetime | None:
        """The mark that goes with the answer: for old ranges it is their end."""
        return min(self.end, self.hwm) if self.date_type == "PermanentStorage" else None

    def run(self, repository: Repository, context: Party, latencies: Latencies) -> list[Held]:
        """Invoices that fit, by the date of the filters and their number, the earliest first.

        An invoice shows when it has reached permanent storage: metadata have no room for one
        that has not (contract, InvoiceMetadata).
        """
        dated: list[tuple[datetime | date, str, Held]] = []
        for held in repository.of(context, self.role):
            if held.invoice.stored_at(latencies) > self.as_of or not self._fits(held):
                continue
            moment = self.date_of(held, latencies)
            if self._is_within(moment):
                dated.append((moment, held.ksef_number, held))
        dated.sort(key=lambda entry: entry[:2])
        return [held for _, _, held in dated]

    def date_of(self, held: Held, latencies: Latencies) -> datetime | date:
        """The date of an invoice that the range is about; a day for the date of issue."""
        if self.date_type == "Issue":
            return date.fromisoformat(held.invoice.issued or "")
        if self.date_type == "Invoicing":
            return held.invoicing_date
        return held.invoice.stored_at(latencies)

    def _is_within(self, moment: datetime | date) -> bool:
        end = min(self.end, self.hwm) if self.is_restricted else self.end
        if isinstance(moment, datetime):
            return self.start <= moment <= end
        # Only the calendar day counts, as it is in Poland (observed).
        return polish_day(self.start) <= moment <= polish_day(end)

    def _fits(self, held: Held) -> bool:
        return all(
            test(held, self._filters[name])
            for name, test in _TESTS.items()
            if self._filters.get(name) is not None
        )


def read_query(filters: Mapping[str, Any], as_of: datetime, latencies: Latencies) -> Query:
    """The filters of a request, as of a moment.

    Raises Refusal with 21405 for a range that is wider than 100 days or ends before it begins.
    """
    span = filters["dateRange"]
    start, to = read_moment(span["from"]), span.get("to")
    end = as_of if to is None else read_moment(to)
    if end - start > WIDEST_RANGE:
        raise Refusal(INVALID_INPUT, f"'dateRange' must not exceed {WIDEST_RANGE.days} days.")
    if to is not None and end < start:
        raise Refusal(INVALID_INPUT, "'dateRange.to' must not be earlier than 'dateRange.from'.")
    date_type: DateType = span["dateType"]
    return Query(
        role=filters["subjectType"],
        date_type=date_type,
        start=start,
        end=end,
        hwm=as_of - timedelta(seconds=latencies.high_water_mark),
        is_restricted=(
            date_type == "PermanentStorage" and bool(span.get("restrictToPermanentStorageHwmDate"))
        ),
        as_of=as_of,
        filters=filters,
    )


def _has_amount(held: Held, wanted: Mapping[str, Any]) -> bool:
    particulars = held.particulars
    amounts = {"Brutto": particulars.gross, "Netto": particulars.net, "Vat": particulars.vat}
    amount = Decimal(amounts[wanted["type"]]) / 100
    lowest, highest = wanted.get("from"), wanted.get("to")
    return (lowest is None or Decimal(str(lowest)) <= amount) and (
        highest is None or amount <= Decimal(str(highest))
    )


def _has_buyer(held: Held, wanted: Mapping[str, Any]) -> bool:
    buyer, value = held.particulars.buyer, wanted.get("value")
    return buyer.kind == wanted["type"] and (value is None or buyer.value == value)


#: Each filter by its name, and whether an invoice fits what it asks for. Empty lists ask for
#: nothing.
_TESTS: Mapping[str, Callable[[Held, Any], bool]] = {
    "ksefNumber": lambda held, wanted: held.ksef_number == wanted,
    "invoiceNumber": lambda held, wanted: held.invoice.number == wanted,
    "amount": _has_amount,
    "sellerNip": lambda held, wanted: held.particulars.seller.value == wanted,
    "buyerIdentifier": _has_buyer,
    "currencyCodes": lambda held, wanted: not wanted or held.particulars.currency in wanted,
    "invoicingMode": lambda held, wanted: held.invoice.mode == wanted,
    "isSelfInvoicing": lambda held, wanted: held.particulars.is_self_invoiced == wanted,
    "formType": lambda held, wanted: held.session.form.value == wanted,
    "invoiceTypes": lambda held, wanted: not wanted or held.particulars.type in wanted,
    "hasAttachment": lambda held, wanted: held.particulars.has_attachment == wanted,
}
