# Derived from ksef_facade/_async/sessions/online.py by scripts/derive_sync.py; do not edit.
"""An online session of one's own: opened with a fresh key, fed with invoices, closed once and for
sure.
"""

from __future__ import annotations

from base64 import b64encode
from types import TracebackType

from ksef_facade._sync.caller import Caller
from ksef_facade._sync.public_keys import UNKNOWN_PUBLIC_KEY, PublicKeys
from ksef_facade._sync.sessions.closing import close_session
from ksef_facade._sync.sessions.invoice_posting import find_invoice, post_invoice
from ksef_facade._sync.sessions.lookups import look_at_session
from ksef_facade._sync.sessions.session import Session
from ksef_facade.answers.reading import Reader
from ksef_facade.answers.responses import read_object, undecodable
from ksef_facade.calls.describing import JsonBody, describe
from ksef_facade.concurrency.threads import shielded
from ksef_facade.errors import BadRequest, ConfigurationError, KsefError
from ksef_facade.form_codes import FormCode
from ksef_facade.identifiers import InvoiceReference, SessionReference
from ksef_facade.models.sessions import SentInvoice
from ksef_facade.planning.lost_answers import may_have_acted

_LAST_ATTEMPT = 5.0
"""Seconds that closing may take while an interrupt or a cancellation waits."""
_CONFIRMATION = 10.0
"""Seconds that looking whether KSeF could read the key may take."""


class OnlineSession:
    """Opens on entering, closes on leaving; `session` is the handle for all that comes after."""

    def __init__(self, caller: Caller, public_keys: PublicKeys, form_code: FormCode) -> None:
        from ksef_facade.crypto.encryption import SessionKey

        self._caller = caller
        self._public_keys = public_keys
        self._form_code = form_code
        self._key = SessionKey.generate()
        self._reference: SessionReference | None = None
        self._opened_at = 0.0
        self._closed = False
        self._sent: set[str] = set()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self._reference)!r})"

    def __enter__(self) -> OnlineSession:
        """Open the session; see `open`."""
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the session, also after an error: what was sent is processed and gets its UPO."""
        if error is None:
            self.close()
            return
        caller = self._caller
        if not isinstance(error, Exception):
            # An interrupt or a cancellation wants out: one short attempt, then KSeF closes it.
            brief = caller.settings.within(_LAST_ATTEMPT, caller.clock.monotonic())
            self._caller = caller.with_settings(brief)
        try:
            with shielded(_LAST_ATTEMPT):
                self.close()
        except KsefError as second:
            error.add_note(
                f"session {self._reference} could not be closed either ({second}); "
                "KSeF closes it 12 hours after it was opened"
            )

    @property
    def reference(self) -> SessionReference:
        """The session's reference number."""
        if self._reference is None:
            raise ConfigurationError("this session is not open yet; use it in a with block")
        return self._reference

    @property
    def session(self) -> Session:
        """The handle of this session: status, invoices, waiting, UPO."""
        return Session(self._caller, self.reference)

    def open(self) -> SessionReference:
        """Open the session and return its reference.

        Cost: 1 request of group `onlineSession`, and 1 of `sessionMisc` to see that KSeF could read
        the key; the public keys 1 more, once a day. Source: contract `POST /sessions/online`. A
        session that was opened but whose answer was lost stays empty; KSeF cancels it.

        Raises:
            SessionFailed: KSeF could not read the session's key (415).
            BadRequest: the form code is not supported (21405).
            Forbidden: the token may not send invoices.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        from ksef_facade.crypto.encryption import wrap_key

        if self._reference is not None:
            return self._reference
        for fresh in (False, True):
            public = self._public_keys.get("SymmetricKeyEncryption", fresh=fresh)
            wrapped = wrap_key(public.certificate_der, self._key.key)
            body = JsonBody(
                formCode=self._form_code.to_json(),
                encryption={
                    "encryptedSymmetricKey": b64encode(wrapped).decode(),
                    "initializationVector": b64encode(self._key.iv).decode(),
                    **public.named,
                },
            )
            try:
                response = self._caller.send(describe("POST", "/sessions/online", body=body))
            except BadRequest as error:
                if fresh or UNKNOWN_PUBLIC_KEY not in error.codes:
                    raise
                continue
            reference = Reader(read_object(response)).required_text("referenceNumber")
            if not reference:
                raise undecodable(response, "no referenceNumber in it")
            self._opened_at = self._caller.clock.monotonic()
            self._reference = SessionReference.from_server(reference)
            self._confirm()
            return self._reference
        raise AssertionError("unreachable")

    def send(
        self, invoice: bytes, *, offline: bool = False, corrects: str | None = None
    ) -> SentInvoice:
        """Encrypt an invoice and send it; what becomes of it shows in its status.

        Cost: 1 request of group `invoiceSend` (180 an hour). Source: contract `POST
        /sessions/online/{referenceNumber}/invoices`. When the answer is lost, the invoice is looked
        up in the session by its hash (group `sessionInvoiceList`) and never sent twice blindly.

        Args:
            invoice: the XML, exactly as it shall be kept.
            offline: it was issued in one of the offline modes.
            corrects: for a technical correction of an offline invoice that was rejected: the
                `invoice_hash` of that one. A correction is always offline (documented rule).

        Raises:
            BadRequest: the session does not take invoices any more (21180), is full (21155) or
                under maintenance (21184); the invoice to be corrected has a correction already
                (21166) or was accepted (21167).
            TransportError, ServerError, UndecodableBody: the answer was lost and the session does
                not list the invoice; it may still arrive, so do not send it anew before the session
                is over without it. `Ksef.send` does all that.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        from ksef_facade.crypto.encryption import sha256_base64

        if not invoice:
            raise ConfigurationError("an invoice of 0 bytes cannot be sent")
        digest = sha256_base64(invoice)
        recovered = False
        try:
            reference = post_invoice(
                self._caller,
                self.reference,
                self._key,
                invoice,
                digest,
                opened_at=self._opened_at,
                offline=offline or corrects is not None,
                corrects=corrects,
            )
        except KsefError as error:
            if not may_have_acted(error):
                raise
            found = self._look_for(digest, error)
            if found is None:
                raise
            reference, recovered = found, True
        self._sent.add(reference)
        return SentInvoice(
            reference_number=reference,
            invoice_hash=digest,
            size=len(invoice),
            recovered=recovered,
        )

    def close(self) -> None:
        """Close the session; KSeF then finishes processing and makes the UPO. Closing twice is no
        error.

        Cost: 1 request of group `onlineSessionClose`; when an answer is lost, closing is repeated,
        which is harmless, and 1 request of `sessionMisc` settles what happened. Source: contract
        `POST /sessions/online/{referenceNumber}/close`.

        Raises:
            BadRequest: the session cannot be closed (another code than 21180).
            KsefError: it is not known to be closed; see the hierarchy in `ksef_facade.errors`.
        """
        if self._closed or self._reference is None:
            return
        path = "/sessions/online/{referenceNumber}/close"
        close_session(self._caller, path, self.reference)
        self._closed = True

    def _confirm(self) -> None:
        """One look at the status: KSeF tells that it cannot read the key only there (415), shortly
        after opening.
        """
        patience = self._caller.settings.within(_CONFIRMATION, self._caller.clock.monotonic())
        try:
            status = look_at_session(self._caller.with_settings(patience), self.reference)
        except KsefError:
            # The session is open all the same; a bad key shows at the first invoice then.
            return
        if status.is_terminal:
            self._closed = True
            status.raise_for_failure()

    def _look_for(self, digest: str, lost: KsefError) -> InvoiceReference | None:
        try:
            return find_invoice(self._caller, self.reference, digest, self._sent)
        except KsefError as error:
            # What counts is the lost answer: another error here would say less than is known.
            lost.add_note(f"it could not be looked for in the session either: {error}")
            return None
