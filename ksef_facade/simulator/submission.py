"""Online sessions from the sender's side: open, send, close."""

from __future__ import annotations

from datetime import timedelta

from attrs import define

from .access import OWNER
from .calls import Call, Handler
from .clock import Clock, wire_time
from .forms import find_form
from .keys import KeyRing
from .messages import Response, json_response
from .problems import INVALID_INPUT, UNKNOWN_SESSION, UNREADABLE, Forbidden, Refusal
from .processing import LONGEST_NUMBER, Arrival, corrected_original, hash_of, judge
from .references import References
from .schemas import decode_base64
from .sessions import OPEN, Invoice, Session, SessionRegister
from .settings import Settings

_AES_KEY_BYTES = 32
_IV_BYTES = 16
_FEATURE_HEADER = "x-ksef-feature"
_CHECK_TAX_NUMBERS = "subject-identifier-validation"


@define
class OnlineSubmission:
    """The three operations of online sessions."""

    clock: Clock
    settings: Settings
    references: References
    keys: KeyRing
    sessions: SessionRegister

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/sessions/online"): self._open,
            ("POST", "/sessions/online/{referenceNumber}/invoices"): self._send,
            ("POST", "/sessions/online/{referenceNumber}/close"): self._close,
        }

    def _open(self, call: Call) -> Response:
        body = call.inputs.body
        form = find_form(body["formCode"])
        if form is None:
            raise Refusal(INVALID_INPUT, "Wskazany kod formularza nie jest wspierany.")
        encryption = body["encryption"]
        key_id = encryption.get("publicKeyId")
        if key_id is not None and not self.keys.is_known("SymmetricKeyEncryption", key_id):
            raise Refusal(21470, f"Klucz o identyfikatorze {key_id} nie jest wspierany.")
        vector = decode_base64(encryption["initializationVector"]) or b""
        if len(vector) != _IV_BYTES:
            raise Refusal(INVALID_INPUT, f"'initializationVector': {_IV_BYTES} bytes are needed")
        wrapped = decode_base64(encryption["encryptedSymmetricKey"]) or b""
        key = self.keys.decrypt("SymmetricKeyEncryption", wrapped, key_id)
        now = self.clock.now()
        caller = call.caller
        assert caller.context is not None
        assert caller.subject is not None
        session = Session(
            reference=self.references.reference("SO", now),
            kind="online",
            context=caller.context,
            creator=caller.subject,
            form=form,
            created=now,
            valid_until=now + self.settings.session_lifetime,
            upo_page_size=self.settings.upo_page_size,
            token_reference=caller.token_reference,
            document_hash=caller.document_hash,
            initialization_vector=vector,
            checks_tax_numbers=_asks_for(call, _CHECK_TAX_NUMBERS),
        )
        if key is not None and len(key) == _AES_KEY_BYTES:
            session.symmetric_key = key
        else:
            # The answer is 201 all the same: an unreadable key shows in the status, later.
            session.key_fails = now + timedelta(seconds=self.settings.latencies.key_check)
        self.sessions.add(session)
        document = {
            "referenceNumber": session.reference,
            "validUntil": wire_time(session.valid_until),
        }
        return json_response(201, document)

    def _send(self, call: Call) -> Response:
        session = self._session(call)
        self._require_creator(call, session)
        code = session.code(self.clock.now(), self.settings.latencies)
        if code != OPEN:
            raise Refusal(21180, f"Status sesji {code} uniemożliwia wysyłkę faktur.")
        if self.settings.maintenance:
            raise Refusal(
                21184,
                f"Trwają prace serwisowe i sesja {session.reference} jest tymczasowo niedostępna. "
                "Spróbuj ponownie później lub otwórz nową sesję, aby wysłać kolejne faktury.",
            )
        limit = self.settings.invoices_per_session
        if len(session.invoices) >= limit:
            raise Refusal(
                21155,
                f"Sesja o numerze referencyjnym {session.reference} osiągnęła dozwolony "
                f"limit liczby faktur {limit}.",
            )
        arrival = self._read_arrival(call)
        if arrival.corrects is not None:
            self._require_correctable(arrival.corrects, arrival.is_offline, session)
        invoice = self._take_in(arrival, session)
        return json_response(202, {"referenceNumber": invoice.reference})

    def _read_arrival(self, call: Call) -> Arrival:
        body = call.inputs.body
        if body["invoiceSize"] > self.settings.invoice_size_with_attachment:
            limit = self.settings.invoice_size_with_attachment
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
        sessions = self.sessions.of_context(session.context)
        original = corrected_original(hash_, sessions, self.clock.now())
        if original is None:
            raise Refusal(INVALID_INPUT, "'hashOfCorrectedInvoice': there is no such invoice")
        if original.verdict.is_accepted:
            raise Refusal(
                21167, "Nie można wysłać korekty technicznej do prawidłowo przetworzonej faktury."
            )
        if hash_ in self.sessions.corrected:
            raise Refusal(21166, "Faktura posiada już przetworzoną prawidłowo korektę techniczną.")

    def _take_in(self, arrival: Arrival, session: Session) -> Invoice:
        # Judged on arrival, so that of two equal invoices the later one is the duplicate,
        # whatever the clock does; the verdict shows when the time of processing has passed.
        outcome = judge(arrival, session, self.sessions, self.settings)
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
        )
        if invoice.verdict.is_accepted and facts is not None:
            invoice.ksef_number = self.references.ksef_number(facts.seller, decided)
            if arrival.corrects is not None:
                self.sessions.corrected.add(arrival.corrects)
        session.add(invoice)
        self.sessions.occupy(invoice, session.reference)
        return invoice

    def _close(self, call: Call) -> Response:
        session = self._session(call)
        self._require_creator(call, session)
        now = self.clock.now()
        code = session.code(now, self.settings.latencies)
        if code != OPEN:
            raise Refusal(21180, f"Status sesji {code} uniemożliwia jej zamknięcie.")
        session.closed = now
        return Response(204)

    def _session(self, call: Call) -> Session:
        reference = call.inputs.path["referenceNumber"]
        session = self.sessions.find(reference)
        if session is None or session.kind != "online" or session.context != call.caller.context:
            detail = f"Sesja o numerze referencyjnym {reference} nie została odnaleziona."
            raise Refusal(UNKNOWN_SESSION, detail)
        return session

    def _require_creator(self, call: Call, session: Session) -> None:
        # Sending and closing are for the one who opened the session, or the context's owner.
        caller = call.caller
        if caller.subject != session.creator and OWNER not in caller.permissions:
            raise Forbidden(
                "insufficient-resource-access", "Sesja została otwarta przez inny podmiot."
            )


def _asks_for(call: Call, feature: str) -> bool:
    asked = call.request.headers.get(_FEATURE_HEADER, "").split(",")
    return feature in (name.strip() for name in asked)
