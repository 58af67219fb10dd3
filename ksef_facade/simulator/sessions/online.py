"""Online sessions from the sender's side: open, send, close."""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import define, frozen

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..effective_limits.in_force import ContextLimitsInForce
from ..effective_limits.overrides import SessionLimits
from ..messages import Response, json_response
from ..outcomes import Outcomes
from ..problems import INVALID_INPUT, UNREADABLE, Refusal
from ..references import References
from ..schemas import decode_base64
from ..settings import Settings
from ..taxpayers import Taxpayers
from .encryption import decrypt, hash_of
from .opening import Opening
from .processing import LONGEST_NUMBER, Draft, Outcome, examine, settle
from .register import SessionRegister
from .state import OPEN, Invoice, Session, Verdict
from .visibility import require_creator, session_to_change

_NO_AUTHORITY = 410


@frozen
class Arrival:
    """One invoice as declared and sent."""

    ciphertext: bytes
    declared_hash: str
    declared_size: int
    received: datetime
    is_offline: bool
    corrects: str | None


@define
class OnlineSubmission:
    """The three operations of online sessions."""

    clock: Clock
    settings: Settings
    references: References
    sessions: SessionRegister
    opening: Opening
    taxpayers: Taxpayers
    outcomes: Outcomes
    limits: ContextLimitsInForce

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/sessions/online"): self._open,
            ("POST", "/sessions/online/{referenceNumber}/invoices"): self._send,
            ("POST", "/sessions/online/{referenceNumber}/close"): self._close,
        }

    def _open(self, call: Call) -> Response:
        session = self.opening.open(call, "online", self.opening.form(call, "online"))
        document = {
            "referenceNumber": session.reference,
            "validUntil": wire_time(session.valid_until),
        }
        return json_response(201, document)

    def _send(self, call: Call) -> Response:
        session = session_to_change(call, self.sessions, "online")
        require_creator(call, session)
        code = session.code(self.clock.now(), self.settings.latencies)
        if code != OPEN:
            raise Refusal(21180, f"Status sesji {code} uniemożliwia wysyłkę faktur.")
        if self.settings.maintenance:
            raise Refusal(
                21184,
                f"Trwają prace serwisowe i sesja {session.reference} jest tymczasowo niedostępna. "
                "Spróbuj ponownie później lub otwórz nową sesję, aby wysłać kolejne faktury.",
            )
        limits = self.limits.of(session.context).online
        if len(session.invoices) >= limits.invoices:
            raise Refusal(
                21155,
                f"Sesja o numerze referencyjnym {session.reference} osiągnęła dozwolony "
                f"limit liczby faktur {limits.invoices}.",
            )
        arrival = self._read_arrival(call, limits)
        if arrival.corrects is not None:
            self._require_correctable(arrival.corrects, arrival.is_offline, session)
        invoice = self._take_in(arrival, session)
        return json_response(202, {"referenceNumber": invoice.reference})

    def _read_arrival(self, call: Call, limits: SessionLimits) -> Arrival:
        body = call.inputs.body
        limit = limits.largest_invoice
        if body["invoiceSize"] > limit:
            raise Refusal(INVALID_INPUT, f"'invoiceSize': at most {limit} bytes are allowed")
        ciphertext = decode_base64(body["encryptedInvoiceContent"])
        if ciphertext is None:
            raise Refusal(UNREADABLE, "'encryptedInvoiceContent': this is not Base64")
        if len(ciphertext) != body["encryptedInvoiceSize"]:
            raise Refusal(21402, "Długość treści nie zgadza się z rozmiarem pliku.")
        if hash_of(ciphertext) != body["encryptedInvoiceHash"]:
            raise Refusal(21403, "Skrót treści nie zgadza się ze skrótem pliku.")
        return Arrival(
            ciphertext=ciphertext,
            declared_hash=body["invoiceHash"],
            declared_size=body["invoiceSize"],
            received=self.clock.now(),
            is_offline=bool(body.get("offlineMode", False)),
            corrects=body.get("hashOfCorrectedInvoice"),
        )

    def _require_correctable(self, hash_: str, is_offline: bool, session: Session) -> None:
        if not is_offline:
            raise Refusal(INVALID_INPUT, "'offlineMode': a technical correction is sent offline")
        original = self.sessions.corrected_original(hash_, session.context, self.clock.now())
        if original is None:
            raise Refusal(INVALID_INPUT, "'hashOfCorrectedInvoice': there is no such invoice")
        if original.verdict.is_accepted:
            raise Refusal(
                21167, "Nie można wysłać korekty technicznej do prawidłowo przetworzonej faktury."
            )
        if original.verdict.code == _NO_AUTHORITY:
            # What nobody was allowed to issue is not a technical matter (documented rule).
            raise Refusal(21167, "Nie można wysłać korekty technicznej do faktury bez uprawnień.")
        if hash_ in self.sessions.corrected:
            raise Refusal(21166, "Faktura posiada już przetworzoną prawidłowo korektę techniczną.")

    def _judge(self, arrival: Arrival, session: Session) -> Outcome:
        decided = self.outcomes.take("invoice")
        if decided is not None:
            return Outcome(Verdict(*decided))
        if session.key_fails is not None:
            return Outcome(Verdict(405))
        content = decrypt(session.symmetric_key, session.initialization_vector, arrival.ciphertext)
        if content is None:
            return Outcome(Verdict(435))
        broken = _compare(arrival, content)
        if broken is not None:
            return Outcome(broken, content=content)
        draft = Draft(
            content,
            received=arrival.received,
            sent=arrival.received,
            is_offline=arrival.is_offline,
            is_correction=arrival.corrects is not None,
        )
        limits = self.limits.of(session.context).online
        outcome = examine(draft, session, self.settings, self.taxpayers, limits)
        return settle(outcome, self.sessions)

    def _take_in(self, arrival: Arrival, session: Session) -> Invoice:
        # Judged on arrival, so that of two equal invoices the later one is the duplicate,
        # whatever the clock does; the verdict shows when the time of processing has passed.
        outcome = self._judge(arrival, session)
        decided = arrival.received + timedelta(seconds=self.settings.latencies.invoice_done)
        # Never before an earlier invoice's, nor before the session itself is known to have failed.
        earliest = (decided, session.last_decided, session.key_fails)
        decided = max(moment for moment in earliest if moment is not None)
        facts = outcome.facts
        invoice = Invoice(
            ordinal=len(session.invoices) + 1,
            reference=self.references.reference("EE", arrival.received),
            hash=arrival.declared_hash,
            received=arrival.received,
            decided=decided,
            verdict=outcome.verdict,
            mode=outcome.mode,
            seller=facts.seller if facts else None,
            kind=facts.kind if facts else None,
            number=facts.number if facts and len(facts.number) <= LONGEST_NUMBER else None,
            issued=facts.issued if facts else None,
            content=outcome.content,
            corrects=arrival.corrects,
        )
        if invoice.verdict.is_accepted and facts is not None:
            invoice.ksef_number = self.references.ksef_number(facts.seller, decided)
            invoice.particulars = facts.particulars
            if arrival.corrects is not None:
                self.sessions.corrected.add(arrival.corrects)
        session.add(invoice)
        self.sessions.occupy(invoice, session.reference)
        return invoice

    def _close(self, call: Call) -> Response:
        session = session_to_change(call, self.sessions, "online")
        require_creator(call, session)
        now = self.clock.now()
        code = session.code(now, self.settings.latencies)
        if code != OPEN:
            raise Refusal(21180, f"Status sesji {code} uniemożliwia jej zamknięcie.")
        session.closed = now
        return Response(204)


def _compare(arrival: Arrival, content: bytes) -> Verdict | None:
    if len(content) != arrival.declared_size:
        sentence = (
            f"Rozmiar faktury nie zgadza się z zadeklarowaną wartością: '{arrival.declared_size}'."
        )
        return Verdict(430, (sentence,))
    if hash_of(content) != arrival.declared_hash:
        return Verdict(430, ("Skrót faktury nie zgadza się z zadeklarowaną wartością.",))
    return None
