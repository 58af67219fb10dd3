"""Every invoice that has a KSeF number, found by its number and by its parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from attrs import define, field

from ..clock import Clock
from ..logins.credentials import Party
from ..sessions.particulars import Particulars
from ..sessions.register import SessionRegister
from ..sessions.state import Invoice, Session
from .roles import Key, Role, is_seen_by, keys, keys_of


class Held(NamedTuple):
    """An invoice with a KSeF number, and the session it came in."""

    ksef_number: str
    session: Session
    invoice: Invoice
    particulars: Particulars

    @property
    def invoicing_date(self) -> datetime:
        """When it was sent; of a batch, when its session was opened (documented rule)."""
        return self.session.created if self.session.kind == "batch" else self.invoice.received


@define
class Repository:
    """All invoices with a KSeF number, of all sessions.

    It keeps nothing of its own: the index follows from the sessions, and catches up with them
    whenever it is asked.
    """

    clock: Clock
    sessions: SessionRegister
    _by_number: dict[str, Held] = field(factory=dict, init=False)
    _by_key: dict[tuple[Role, Key], list[Held]] = field(factory=dict, init=False)
    #: How many accepted invoices of each session are in the index.
    _indexed: dict[str, int] = field(factory=dict, init=False)

    def find(self, ksef_number: str) -> Held | None:
        """The invoice of a KSeF number that has been given out by now."""
        self._catch_up()
        held = self._by_number.get(ksef_number)
        return held if held is not None and held.invoice.decided <= self.clock.now() else None

    def visible(self, context: Party, ksef_number: str) -> Held | None:
        """The same, if the context is a party to the invoice in any role."""
        held = self.find(ksef_number)
        return held if held is not None and is_seen_by(context, held.particulars) else None

    def of(self, context: Party, role: Role) -> Sequence[Held]:
        """Invoices on which a context has a role, whether their time has come or not."""
        self._catch_up()
        return [
            held
            for key in keys(context, role)
            for held in self._by_key.get((role, key), ())
            if is_seen_by(context, held.particulars)
        ]

    def _catch_up(self) -> None:
        for held in self._new():
            self._by_number[held.ksef_number] = held
            for key in keys_of(held.particulars):
                self._by_key.setdefault(key, []).append(held)

    def _new(self) -> Iterator[Held]:
        for session in self.sessions.everything():
            known = self._indexed.get(session.reference, 0)
            if known == len(session.accepted):
                continue
            for invoice in session.accepted[known:]:
                particulars = invoice.read_particulars()
                if particulars is not None and invoice.ksef_number is not None:
                    yield Held(invoice.ksef_number, session, invoice, particulars)
            self._indexed[session.reference] = len(session.accepted)
