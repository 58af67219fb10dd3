"""All submission sessions of a simulator, and what their invoices occupy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from attrs import define, field

from ..logins.credentials import Party
from .state import Invoice, Session


class AcceptedInvoice(NamedTuple):
    """An invoice that has a KSeF number."""

    seller_nip: str
    number: str
    #: Base64 SHA-256 of the plain invoice.
    hash: str
    ksef_number: str
    #: Reference number of the session it came in.
    session: str


class SentInvoice(NamedTuple):
    """An invoice as its session holds it."""

    ordinal: int
    #: Reference number of the invoice.
    reference: str
    #: Base64 SHA-256 of the plain invoice; of an online one, as the sender declared it.
    hash: str
    #: The code it has, or will have when it has been processed.
    code: int
    number: str | None
    ksef_number: str | None
    file_name: str | None

    @classmethod
    def of(cls, invoice: Invoice) -> SentInvoice:
        """What there is to say of an invoice."""
        return cls(
            invoice.ordinal,
            invoice.reference,
            invoice.hash,
            invoice.verdict.code,
            invoice.number,
            invoice.ksef_number,
            invoice.file_name,
        )


@define
class SessionRegister:
    """All submission sessions of a simulator, and the numbers their invoices occupy."""

    _sessions: dict[str, Session] = field(factory=dict)
    #: Accepted invoices by seller, kind and number: KSeF number and session of each.
    _taken: dict[tuple[str, str, str], tuple[str, str]] = field(factory=dict)
    #: Hashes of rejected invoices that an accepted technical correction has replaced.
    corrected: set[str] = field(factory=set)

    def add(self, session: Session) -> None:
        """Keep a new session."""
        self._sessions[session.reference] = session

    def find(self, reference: str) -> Session | None:
        """The session of a reference number, in any letter case."""
        return self._sessions.get(reference.upper())

    def everything(self) -> Iterable[Session]:
        """All sessions, oldest first."""
        return self._sessions.values()

    def of_context(self, context: Party) -> list[Session]:
        """Sessions of one context, oldest first."""
        return [session for session in self._sessions.values() if session.context == context]

    def with_unfinished_packages(self) -> list[Session]:
        """Batch sessions whose packages have not been processed, oldest first."""
        return [
            session
            for session in self._sessions.values()
            if session.package is not None and session.package.finished is None
        ]

    def original_of(self, seller: str, kind: str, number: str) -> tuple[str, str] | None:
        """KSeF number and session of the accepted invoice that has this number already."""
        return self._taken.get((seller, kind, number))

    def occupy(self, invoice: Invoice, session: str) -> None:
        """Note an accepted invoice, so that a second one of its number is a duplicate."""
        if invoice.seller and invoice.kind and invoice.number and invoice.ksef_number:
            key = (invoice.seller, invoice.kind, invoice.number)
            self._taken[key] = (invoice.ksef_number, session)

    def corrected_original(self, hash_: str, context: Party, at: datetime) -> Invoice | None:
        """The invoice of a context that a technical correction names by its hash."""
        found = None
        for session in self.of_context(context):
            for invoice in session.invoices:
                if invoice.hash == hash_ and invoice.decided <= at:
                    if invoice.verdict.is_accepted:
                        return invoice
                    found = invoice
        return found

    def accepted(self) -> list[AcceptedInvoice]:
        """Every invoice with a KSeF number, session by session, in order."""
        return [
            AcceptedInvoice(
                invoice.seller or "",
                invoice.number or "",
                invoice.hash,
                invoice.ksef_number or "",
                session.reference,
            )
            for session in self._sessions.values()
            for invoice in session.accepted
        ]
