"""Collective identifiers that were generated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import define, field, frozen

from ..logins.credentials import Party


@frozen
class Payment:
    """What is paid of an invoice; the amount as the request wrote it."""

    amount: int | float
    currency: str


@frozen
class Line:
    """An invoice within a collective identifier."""

    ksef_number: str
    payment: Payment | None = None
    description: str | None = None

    @property
    def has_details(self) -> bool:
        """Whether anything was said of the invoice."""
        return self.payment is not None or self.description is not None


@frozen
class CollectiveIdentifier:
    """One collective identifier. It never changes."""

    number: str
    #: Where it was generated.
    context: Party
    seller: str
    created: datetime
    lines: tuple[Line, ...]


@define
class CollectiveRegister:
    """All collective identifiers of a simulator."""

    _by_number: dict[str, CollectiveIdentifier] = field(factory=dict)
    #: Numbers of collective identifiers by the KSeF numbers of their invoices.
    _of_invoice: dict[str, list[str]] = field(factory=dict)

    def add(self, identifier: CollectiveIdentifier) -> None:
        """Keep a new one."""
        self._by_number[identifier.number] = identifier
        for line in identifier.lines:
            self._of_invoice.setdefault(line.ksef_number, []).append(identifier.number)

    def find(self, number: str) -> CollectiveIdentifier | None:
        """The one of a number."""
        return self._by_number.get(number)

    def everything(self) -> Iterable[CollectiveIdentifier]:
        """All of them, oldest first."""
        return self._by_number.values()

    def of_invoice(self, ksef_number: str) -> list[CollectiveIdentifier]:
        """Those that an invoice belongs to, oldest first."""
        return [self._by_number[number] for number in self._of_invoice.get(ksef_number, ())]
