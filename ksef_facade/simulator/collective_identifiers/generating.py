"""Generating a collective identifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, local
from ..effective_limits.in_force import ContextLimitsInForce
from ..logins.credentials import Party
from ..messages import Response, json_response
from ..problems import INVALID_INPUT, Complaint, Refusal
from ..references import References
from ..repository.index import Repository
from ..settings import Settings
from .register import CollectiveIdentifier, CollectiveRegister, Line, Payment

_UNKNOWN_INVOICE, _TOO_OFTEN, _OTHER_SELLER, _REPEATED = 71001, 71002, 71004, 71005


@define
class Generating:
    """The operation that generates them."""

    clock: Clock
    settings: Settings
    references: References
    repository: Repository
    limits: ContextLimitsInForce
    register: CollectiveRegister

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {("POST", "/collective-identifiers"): self._generate}

    def _generate(self, call: Call) -> Response:
        context = call.caller.context
        assert context is not None
        lines = [_read(entry) for entry in call.inputs.body["invoices"]]
        most = self.limits.of(context).collective_identifier
        if len(lines) > most:
            raise Refusal(INVALID_INPUT, f"'invoices': at most {most} invoices are allowed")
        complaints = [*_repeated(lines), *self._unfit(context, lines)]
        if complaints:
            raise Refusal.of(complaints)
        now = self.clock.now()
        seller = self._seller(context, lines[0].ksef_number)
        assert seller is not None, "an unknown invoice has been complained of"
        number = self.references.collective_identifier(seller, local(now).date())
        self.register.add(CollectiveIdentifier(number, context, seller, now, tuple(lines)))
        return json_response(201, {"collectiveIdentifierNumber": number})

    def _unfit(self, context: Party, lines: Sequence[Line]) -> Iterator[Complaint]:
        first: str | None = None
        for number in dict.fromkeys(line.ksef_number for line in lines):
            seller = self._seller(context, number)
            if seller is None:
                detail = f"Faktura o numerze KSeF {number} nie została znaleziona."
                yield Complaint(_UNKNOWN_INVOICE, (detail,))
                continue
            first = first or seller
            if seller != first:
                detail = f"Faktura o numerze KSeF {number} ma innego sprzedawcę."
                yield Complaint(_OTHER_SELLER, (detail,))
            if self._is_full(context, number):
                detail = (
                    f"Faktura o numerze KSeF {number} jest już przypisana do maksymalnej liczby "
                    "Identyfikatorów Zbiorczych."
                )
                yield Complaint(_TOO_OFTEN, (detail,))

    def _seller(self, context: Party, ksef_number: str) -> str | None:
        # Whoever pays has the invoice: that an identifier takes none that the context cannot see
        # is our reading of "not found".
        held = self.repository.visible(context, ksef_number)
        return None if held is None else held.particulars.seller.value

    def _is_full(self, context: Party, ksef_number: str) -> bool:
        own = [one for one in self.register.of_invoice(ksef_number) if one.context == context]
        return len(own) >= self.settings.collective_identifiers_per_invoice


def _read(entry: dict[str, Any]) -> Line:
    payment = entry.get("payment")
    return Line(
        entry["ksefNumber"],
        None if payment is None else Payment(payment["amount"], payment["currency"]),
        entry.get("description"),
    )


def _repeated(lines: Sequence[Line]) -> list[Complaint]:
    numbers = [line.ksef_number for line in lines]
    repeated = dict.fromkeys(number for number in numbers if numbers.count(number) > 1)
    return [Complaint(_REPEATED, (f"Powtórzony numer KSeF {number}.",)) for number in repeated]
