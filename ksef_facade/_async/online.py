"""An online session of one's own: opened with a fresh key, fed with invoices, closed once and for
sure.
"""

from __future__ import annotations

from base64 import b64encode
from types import TracebackType

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.closing import close_session
from ksef_facade._async.lookups import list_invoices
from ksef_facade._async.public_keys import UNKNOWN_PUBLIC_KEY, AsyncPublicKeys
from ksef_facade._async.sessions import AsyncSession
from ksef_facade.calls import JsonBody, describe
from ksef_facade.errors import (
    BadRequest,
    ConfigurationError,
    KsefError,
    ServerError,
    TransportError,
    UnknownSession,
)
from ksef_facade.form_codes import FormCode
from ksef_facade.identifiers import InvoiceReference, SessionReference
from ksef_facade.models import SentInvoice
from ksef_facade.reading import Reader
from ksef_facade.responses import read_object, undecodable

_SETTLING_TIME = 60.0
"""Seconds after opening in which "unknown session" may only mean "not known everywhere yet"
(observed).
"""
_SETTLING_PAUSE = 1.0


class AsyncOnlineSession:
    """Opens on entering, closes on leaving; `session` is the handle for all that comes after."""

    def __init__(
        self, caller: AsyncCaller, public_keys: AsyncPublicKeys, form_code: FormCode
    ) -> None:
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

    async def __aenter__(self) -> AsyncOnlineSession:
        """Open the session: 1 request of group `onlineSession`."""
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the session, also after an error: what was sent is processed and gets its UPO."""
        if error is None:
            await self.close()
            return
        try:
            await self.close()
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
    def session(self) -> AsyncSession:
        """The handle of this session: status, invoices, waiting, UPO."""
        return AsyncSession(self._caller, self.reference)

    async def open(self) -> SessionReference:
        """Open the session and return its reference.

        Cost: 1 request of group `onlineSession`; the public keys 1 more, once a day. Source:
        contract `POST /sessions/online`. A session that was opened but whose answer was lost stays
        empty; KSeF cancels it.

        Raises:
            BadRequest: the form code is not supported (21405).
            Forbidden: the token may not send invoices.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        from ksef_facade.crypto.encryption import wrap_key

        if self._reference is not None:
            return self._reference
        for fresh in (False, True):
            public = await self._public_keys.get("SymmetricKeyEncryption", fresh=fresh)
            wrapped = wrap_key(public.certificate_der, self._key.key)
            body = JsonBody(
                formCode=self._form_code.to_json(),
                encryption={
                    "encryptedSymmetricKey": b64encode(wrapped).decode(),
                    "initializationVector": b64encode(self._key.iv).decode(),
                    "publicKeyId": public.public_key_id,
                },
            )
            try:
                response = await self._caller.send(describe("POST", "/sessions/online", body=body))
            except BadRequest as error:
                if fresh or UNKNOWN_PUBLIC_KEY not in error.codes:
                    raise
                continue
            reference = Reader(read_object(response)).required_text("referenceNumber")
            if not reference:
                raise undecodable(response, "no referenceNumber in it")
            self._opened_at = self._caller.clock.monotonic()
            self._reference = SessionReference.from_server(reference)
            return self._reference
        raise AssertionError("unreachable")

    async def send(self, invoice: bytes, *, offline: bool = False) -> SentInvoice:
        """Encrypt an invoice and send it; what becomes of it shows in its status.

        Cost: 1 request of group `invoiceSend` (180 an hour). Source: contract `POST
        /sessions/online/{referenceNumber}/invoices`. When the answer is lost, the invoice is looked
        up in the session by its hash (group `sessionInvoiceList`) and never sent twice blindly.

        Args:
            invoice: the XML, exactly as it shall be kept.
            offline: it was issued in one of the offline modes.

        Raises:
            BadRequest: the session does not take invoices any more (21180), is full (21155) or
                under maintenance (21184).
            TransportError: the answer was lost and the session does not list the invoice; it may
                still arrive, so look again before sending it anew.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        from ksef_facade.crypto.encryption import sha256_base64

        if not invoice:
            raise ConfigurationError("an invoice of 0 bytes cannot be sent")
        encrypted = self._key.encrypt(invoice)
        digest = sha256_base64(invoice)
        body = JsonBody(
            invoiceHash=digest,
            invoiceSize=len(invoice),
            encryptedInvoiceHash=sha256_base64(encrypted),
            encryptedInvoiceSize=len(encrypted),
            encryptedInvoiceContent=b64encode(encrypted).decode(),
            offlineMode=offline,
        )
        path = "/sessions/online/{referenceNumber}/invoices"
        call = describe("POST", path, self.reference, body=body)
        clock = self._caller.clock
        while True:
            try:
                response = await self._caller.send(call)
                break
            except UnknownSession:
                if clock.monotonic() - self._opened_at > _SETTLING_TIME:
                    raise
                await clock.sleep(_SETTLING_PAUSE)
            except (TransportError, ServerError) as error:
                found = await self._find(digest) if _may_have_arrived(error) else None
                if found is None:
                    raise
                return SentInvoice(
                    reference_number=found, invoice_hash=digest, size=len(invoice), recovered=True
                )
        reference = Reader(read_object(response)).required_text("referenceNumber")
        if not reference:
            raise undecodable(response, "no referenceNumber in it")
        self._sent.add(reference)
        return SentInvoice(reference_number=reference, invoice_hash=digest, size=len(invoice))

    async def close(self) -> None:
        """Close the session; KSeF then finishes processing and makes the UPO. Closing twice is no
        error.

        Cost: 1 request of group `onlineSessionClose`; when an answer is lost, closing is repeated,
        which is harmless, and 1 request of `sessionMisc` settles what happened.

        Raises:
            BadRequest: the session cannot be closed (another code than 21180).
            KsefError: it is not known to be closed; see the hierarchy in `ksef_facade.errors`.
        """
        if self._closed or self._reference is None:
            return
        path = "/sessions/online/{referenceNumber}/close"
        await close_session(self._caller, path, self.reference)
        self._closed = True

    async def _find(self, digest: str) -> InvoiceReference | None:
        async for status in list_invoices(self._caller, self.reference):
            if status.invoice_hash == digest and status.reference_number not in self._sent:
                self._sent.add(status.reference_number)
                return InvoiceReference.from_server(status.reference_number)
        return None


def _may_have_arrived(error: TransportError | ServerError) -> bool:
    return error.maybe_sent if isinstance(error, TransportError) else True
