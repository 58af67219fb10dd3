"""Errors that are the fate of a login, a session, an invoice, a receipt or a wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksef_facade.errors.general import KsefError

if TYPE_CHECKING:
    from ksef_facade.handles import Handle
    from ksef_facade.logins.advice import LoginFailureReason
    from ksef_facade.models.sessions import InvoiceStatus, SessionStatus, StatusInfo


class AuthenticationFailed(KsefError):
    """The login ended without a token.

    Attributes:
        status: the login's status as the service gave it (415, 425, 450, 460, 470, 480, 500, 550),
            or `None` when it did not come to one.
        codes: exception codes, when the service refused a step of the login with 400, else empty.
        reason: why, in one word, from the status or the codes: `no-permission`, `ended`, `token`,
            `certificate`, `deceased`, `blocked`, `service`, `cancelled`, `challenge`, `signature`,
            `document`, `public-key`, `tokens`, `timeout` or `unknown`.
        advice: what to do about it, in one clause; empty when there is none to give.
    """

    def __init__(
        self,
        message: str,
        status: StatusInfo | None = None,
        *,
        codes: tuple[int, ...] = (),
        reason: LoginFailureReason = "unknown",
        advice: str = "",
    ) -> None:
        self.status = status
        self.codes = codes
        self.reason = reason
        self.advice = advice
        super().__init__(message)

    def again(self) -> AuthenticationFailed:
        """The same failure as an error of its own, for another caller that waited for this login."""
        return AuthenticationFailed(
            str(self), self.status, codes=self.codes, reason=self.reason, advice=self.advice
        )


class SessionFailed(KsefError):
    """The session ended with a code of 400 or more: none of its invoices was accepted.

    Attributes:
        status: the session's status, with code, description and details.
    """

    def __init__(self, message: str, status: SessionStatus) -> None:
        self.status = status
        super().__init__(message)


class InvoiceRejected(KsefError):
    """The invoice ended with a code of 400 or more.

    Attributes:
        status: the invoice's status, with code, description, details and extensions.
    """

    def __init__(self, message: str, status: InvoiceStatus) -> None:
        self.status = status
        super().__init__(message)


class DuplicateInvoice(InvoiceRejected):
    """Code 440: an invoice with the same seller, kind and number is in KSeF already.

    Attributes:
        original_ksef_number: KSeF number of the one that is there, if told.
        original_session: reference of the session that holds it, if told.
    """

    @property
    def original_ksef_number(self) -> str | None:
        """`extensions.originalKsefNumber` of the status."""
        return self.status.original_ksef_number

    @property
    def original_session(self) -> str | None:
        """`extensions.originalSessionReferenceNumber` of the status."""
        return self.status.original_session


class UpoNotReady(KsefError):
    """There is no UPO yet, and there may be one later: wait and ask again.

    Attributes:
        status: the session's or invoice's status that tells so, or `None`.
    """

    def __init__(self, message: str, status: SessionStatus | InvoiceStatus | None = None) -> None:
        self.status = status
        super().__init__(message)


class UpoWillNotExist(KsefError):
    """There is no UPO and there will never be one: the session failed or the invoice was rejected.

    Attributes:
        status: the final status that tells why.
        original_ksef_number: for a duplicate (440): KSeF number of the accepted original, else
            `None`.
        original_session: for a duplicate: reference of the session whose UPO proves the original.
    """

    def __init__(self, message: str, status: SessionStatus | InvoiceStatus) -> None:
        self.status = status
        self.original_ksef_number: str | None = getattr(status, "original_ksef_number", None)
        self.original_session: str | None = getattr(status, "original_session", None)
        super().__init__(message)


class PollingDeadlineExceeded(KsefError):
    """The wait's time was over before a final state came; nothing is lost, and the wait can be
    resumed.

    Attributes:
        last_status: the last status seen, or `None` when not one answer came in time.
        handle: what to store to go on waiting in this or another process.
    """

    def __init__(
        self,
        message: str,
        *,
        handle: Handle,
        last_status: SessionStatus | InvoiceStatus | None,
    ) -> None:
        super().__init__(message)
        self.handle = handle
        self.last_status = last_status
