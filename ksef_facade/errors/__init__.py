"""One hierarchy of errors: everything this package raises on purpose is a `KsefError`.

Each class says one thing that a caller can act on. The answer of the service, where there was one,
is kept whole on the error (`.response`), so that nothing has to be asked twice.
"""

from ksef_facade.errors.answers import (
    BadRequest,
    Forbidden,
    Gone,
    NotFound,
    RateLimited,
    ResponseError,
    ServerError,
    Unauthorized,
    UndecodableBody,
    UnknownSession,
)
from ksef_facade.errors.batch import BatchExpired, BatchIncomplete, PackageRefused
from ksef_facade.errors.general import (
    BudgetExhausted,
    ConfigurationError,
    FileConflict,
    IntegrityFailure,
    InvalidIdentifier,
    KsefError,
    KsefSystemWarning,
    NotAUpo,
    OperationUnavailable,
    RepeatedToken,
    TransportError,
    UnreadableInvoice,
    UnsafeUrl,
)
from ksef_facade.errors.outcomes import (
    AuthenticationFailed,
    DuplicateInvoice,
    InvoiceRejected,
    PollingDeadlineExceeded,
    SessionFailed,
    UpoNotReady,
    UpoWillNotExist,
)

__all__ = [
    "AuthenticationFailed",
    "BadRequest",
    "BatchExpired",
    "BatchIncomplete",
    "BudgetExhausted",
    "ConfigurationError",
    "DuplicateInvoice",
    "FileConflict",
    "Forbidden",
    "Gone",
    "IntegrityFailure",
    "InvalidIdentifier",
    "InvoiceRejected",
    "KsefError",
    "KsefSystemWarning",
    "NotAUpo",
    "NotFound",
    "OperationUnavailable",
    "PackageRefused",
    "PollingDeadlineExceeded",
    "RateLimited",
    "RepeatedToken",
    "ResponseError",
    "ServerError",
    "SessionFailed",
    "TransportError",
    "Unauthorized",
    "UndecodableBody",
    "UnknownSession",
    "UnreadableInvoice",
    "UnsafeUrl",
    "UpoNotReady",
    "UpoWillNotExist",
]
