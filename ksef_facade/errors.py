"""One hierarchy of errors: everything this package raises on purpose is a `KsefError`.

Each class says one thing that a caller can act on. The answer of the service, where there was one,
is kept whole on the error (`.response`), so that nothing has to be asked twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade.handles import Handle
    from ksef_facade.models import InvoiceStatus, SessionStatus, StatusInfo
    from ksef_facade.responses import Problem, Response


class KsefError(Exception):
    """Base of every error of this package; catching it catches them all.

    Attributes:
        continuation_token: set by a pager: the token of the page that failed, to resume the walk
            from with `by_page(continuation_token)`; `None` when the first page failed or no pager
            was involved.
        handle: set by a wait: what to store to go on waiting later, else `None`.
    """

    continuation_token: str | None = None
    handle: Handle | None = None


class ConfigurationError(KsefError, ValueError):
    """The caller's settings cannot work; the message says which and what to do. No request was
    made.
    """


class InvalidIdentifier(KsefError, ValueError):
    """A text is not the identifier that is wanted here; the message says why. No request was made."""


class UnsafeUrl(KsefError):
    """A URL would carry data where it must not go (host, scheme, user info); it was not followed."""


class OperationUnavailable(KsefError):
    """The raw client in use was generated from a contract without this operation or parameter.

    Attributes:
        operation: `METHOD /path` as the facade names it.
        api_version: version of the contract that the raw client was generated from.
    """

    def __init__(self, operation: str, api_version: str, detail: str = "") -> None:
        self.operation = operation
        self.api_version = api_version
        super().__init__(
            f"{operation} is not in contract {api_version}{': ' + detail if detail else ''}; "
            "regenerate the raw client from a contract that has it, or avoid this feature"
        )


class TransportError(KsefError):
    """No answer came: name resolution, connection, TLS, time-out or a broken stream.

    Attributes:
        operation: `METHOD /path-template` of the request, or `GET link` for a pre-signed link.
        maybe_sent: `True` when the request may have reached the service, so that a repeated POST
            could act twice; `False` when it certainly did not.
    """

    def __init__(self, message: str, *, operation: str, maybe_sent: bool) -> None:
        self.operation = operation
        self.maybe_sent = maybe_sent
        super().__init__(message)


class ResponseError(KsefError):
    """The service answered, and the answer is not what was asked for.

    Attributes:
        response: the answer as it came: `status_code`, `headers`, `content` (bytes).
        problem: what could be read of it, whichever of the error shapes it had.
    """

    def __init__(self, message: str, response: Response, problem: Problem) -> None:
        self.response = response
        self.problem = problem
        super().__init__(message)

    @property
    def operation(self) -> str:
        """`METHOD /path-template` of the request."""
        return self.response.operation

    @property
    def status_code(self) -> int:
        """HTTP status of the answer."""
        return self.response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the answer, names in lower case."""
        return self.response.headers

    @property
    def body(self) -> bytes:
        """Body of the answer, byte for byte."""
        return self.response.content

    @property
    def codes(self) -> tuple[int, ...]:
        """Exception codes in the answer, in their order, each once; empty when it carried none."""
        return self.problem.codes

    @property
    def details(self) -> tuple[str, ...]:
        """Detail texts in the answer, as the service words them (Polish)."""
        return self.problem.details

    @property
    def trace_id(self) -> str | None:
        """What the service's support wants to be told: `traceId` or `serviceCode`."""
        return self.problem.trace_id


class BadRequest(ResponseError):
    """HTTP 400, or another 4xx without a class of its own: see `codes` and `details`."""


class UnknownSession(BadRequest):
    """21173: no session with this reference in the context and environment that were asked."""


class Unauthorized(ResponseError):
    """HTTP 401, after one renewal of the access token did not help."""


class Forbidden(ResponseError):
    """HTTP 403. `reason_code` tells which kind; it is `None` for a firewall's page.

    Attributes:
        required_permissions: any one of these would do (`missing-permissions`), else empty.
        present_permissions: what the access token holds (`missing-permissions`), else empty.
    """

    @property
    def reason_code(self) -> str | None:
        """`reasonCode` of the answer, e.g. `missing-permissions`."""
        return self.problem.reason_code

    @property
    def required_permissions(self) -> tuple[str, ...]:
        """Permissions of which one is needed, from `security.requiredAnyOfPermissions`."""
        return self.problem.required_permissions

    @property
    def present_permissions(self) -> tuple[str, ...]:
        """Permissions that the token has, from `security.presentPermissions`."""
        return self.problem.present_permissions


class NotFound(ResponseError):
    """HTTP 404: not part of the contract; usually a wrong base URL."""


class Gone(ResponseError):
    """HTTP 410: the operation's result was kept for its retention time and is no longer there."""


class RateLimited(ResponseError):
    """HTTP 429, and waiting it out would exceed what the caller allows.

    Attributes:
        retry_after: seconds that the service asked to wait, or `None` when it did not say.
        group: the limit group of the operation (contract `x-rate-limit-group`).
    """

    def __init__(
        self,
        message: str,
        response: Response,
        problem: Problem,
        *,
        retry_after: float | None = None,
        group: str = "",
    ) -> None:
        super().__init__(message, response, problem)
        self.retry_after = retry_after
        self.group = group


class BudgetExhausted(KsefError):
    """The contract's limits leave no room soon enough; the request was not made, so nothing was
    recorded.

    Attributes:
        retry_after: seconds until there is room again.
        group: the limit group (contract `x-rate-limit-group`).
    """

    def __init__(self, message: str, *, retry_after: float, group: str) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.group = group


class ServerError(ResponseError):
    """HTTP 5xx, still there after the retries that the policy allows."""


class UndecodableBody(ResponseError):
    """A success status with a body that cannot be what was asked for (HTML, empty, cut, not JSON)."""


class AuthenticationFailed(KsefError):
    """The login ended without a token.

    Attributes:
        status: the login's status as the service gave it (415, 425, 450, 460, 470, 480, 500, 550),
            or `None`.
    """

    def __init__(self, message: str, status: StatusInfo | None = None) -> None:
        self.status = status
        super().__init__(message)


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


class IntegrityFailure(KsefError):
    """Bytes are not what they must be (hash, kind, session, count); they were not stored as
    evidence.
    """


class NotAUpo(IntegrityFailure):
    """A document is not a UPO: HTML, empty, malformed, with a DOCTYPE, or with another root
    element.
    """


class FileConflict(KsefError):
    """A file with other content is already there; it was left as it is."""


class RepeatedToken(KsefError):
    """A list gave the same continuation token twice; the walk was stopped instead of going round."""


class PollingDeadlineExceeded(KsefError, TimeoutError):
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


class KsefSystemWarning(UserWarning):
    """The service sent `X-System-Warning` with an otherwise good answer (contract, all 2xx).

    Attributes:
        code: the text in brackets, e.g. `sig-001`; empty when the header had another form.
        operation: `METHOD /path-template` that it came with.
    """

    def __init__(self, message: str, code: str, operation: str) -> None:
        super().__init__(message)
        self.code = code
        self.operation = operation

    def __str__(self) -> str:
        """The warning's text with its code and operation."""
        return (
            f"[{self.code}] {self.args[0]} ({self.operation})" if self.code else str(self.args[0])
        )
