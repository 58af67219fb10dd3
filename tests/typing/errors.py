"""The public errors, stated: what catches what, and what each of them carries."""

from collections.abc import Mapping
from typing import assert_type

from ksef_facade import (
    AuthenticationFailed,
    BadRequest,
    BatchExpired,
    BatchIncomplete,
    BudgetExhausted,
    ConfigurationError,
    DuplicateInvoice,
    FileConflict,
    Forbidden,
    Gone,
    Handle,
    IntegrityFailure,
    InvalidIdentifier,
    InvoiceRejected,
    InvoiceStatus,
    JournalRefused,
    KsefError,
    KsefSystemWarning,
    NotAUpo,
    NotFound,
    OperationUnavailable,
    PackageRefused,
    PollingDeadlineExceeded,
    Problem,
    RateLimited,
    RepeatedToken,
    Response,
    ResponseError,
    ServerError,
    SessionFailed,
    SessionStatus,
    StatusInfo,
    TransportError,
    Unauthorized,
    UndecodableBody,
    UnknownSession,
    UnreadableInvoice,
    UnsafeUrl,
    UnusableReference,
    UpoNotReady,
    UpoWillNotExist,
)

ALL: list[type[KsefError]] = [
    AuthenticationFailed,
    BatchExpired,
    BatchIncomplete,
    BudgetExhausted,
    ConfigurationError,
    FileConflict,
    IntegrityFailure,
    InvalidIdentifier,
    InvoiceRejected,
    JournalRefused,
    OperationUnavailable,
    PackageRefused,
    PollingDeadlineExceeded,
    RepeatedToken,
    ResponseError,
    SessionFailed,
    TransportError,
    UnreadableInvoice,
    UnsafeUrl,
    UnusableReference,
    UpoNotReady,
    UpoWillNotExist,
]
ANSWERS: list[type[ResponseError]] = [
    BadRequest,
    Forbidden,
    Gone,
    NotFound,
    RateLimited,
    ServerError,
    Unauthorized,
    UndecodableBody,
]
SPECIAL: tuple[type[BadRequest], type[IntegrityFailure], type[InvoiceRejected]] = (
    UnknownSession,
    NotAUpo,
    DuplicateInvoice,
)
ALSO_VALUE_ERRORS: list[type[ValueError]] = [ConfigurationError, InvalidIdentifier]
WARNINGS: list[type[UserWarning]] = [KsefSystemWarning]


def every_error(error: KsefError) -> None:
    assert_type(error.continuation_token, str | None)
    assert_type(error.handle, Handle | None)


def answers(error: ResponseError, limited: RateLimited, forbidden: Forbidden) -> None:
    assert_type(error.response, Response)
    assert_type(error.problem, Problem)
    assert_type(error.operation, str)
    assert_type(error.status_code, int)
    assert_type(error.headers, Mapping[str, str])
    assert_type(error.body, bytes)
    assert_type(error.codes, tuple[int, ...])
    assert_type(error.details, tuple[str, ...])
    assert_type(error.trace_id, str | None)
    assert_type(limited.retry_after, float | None)
    assert_type(limited.group, str)
    assert_type(forbidden.reason_code, str | None)
    assert_type(forbidden.required_permissions, tuple[str, ...])
    assert_type(forbidden.present_permissions, tuple[str, ...])


def problem(problem: Problem, response: Response) -> None:
    assert_type(problem.shape, str)
    assert_type(problem.codes, tuple[int, ...])
    assert_type(problem.descriptions, tuple[str, ...])
    assert_type(response.content, bytes)
    assert_type(response.ok, bool)


def without_an_answer(
    transport: TransportError, budget: BudgetExhausted, unavailable: OperationUnavailable
) -> None:
    assert_type(transport.operation, str)
    assert_type(transport.maybe_sent, bool)
    assert_type(budget.retry_after, float)
    assert_type(budget.group, str)
    assert_type(unavailable.operation, str)
    assert_type(unavailable.api_version, str)


def outcomes(
    login: AuthenticationFailed,
    session: SessionFailed,
    rejected: InvoiceRejected,
    duplicate: DuplicateInvoice,
    deadline: PollingDeadlineExceeded,
) -> None:
    assert_type(login.status, StatusInfo | None)
    assert_type(session.status, SessionStatus)
    assert_type(rejected.status, InvoiceStatus)
    assert_type(duplicate.original_ksef_number, str | None)
    assert_type(duplicate.original_session, str | None)
    assert_type(deadline.handle, Handle | None)
    assert_type(deadline.last_status, SessionStatus | InvoiceStatus | None)


def receipts(never: UpoWillNotExist, later: UpoNotReady) -> None:
    assert_type(never.status, SessionStatus | InvoiceStatus)
    assert_type(never.original_ksef_number, str | None)
    assert_type(never.original_session, str | None)
    assert_type(later.status, SessionStatus | InvoiceStatus | None)


def batches(expired: BatchExpired, incomplete: BatchIncomplete) -> None:
    assert_type(expired.session_reference, str)
    assert_type(incomplete.session_reference, str)


def warning(warning: KsefSystemWarning) -> None:
    assert_type(warning.code, str)
    assert_type(warning.operation, str)
