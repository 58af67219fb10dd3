"""Client for KSeF 2.0, Poland's national e-invoicing system: sessions, their status, and the
receipts (UPO).

`Ksef` is the client for threads, `AsyncKsef` the same for an event loop. Names are loaded when they
are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade._async.archive.session_archive import AsyncSessionArchive
    from ksef_facade._async.batches.session import AsyncBatchSession
    from ksef_facade._async.client import AsyncKsef
    from ksef_facade._async.pager import AsyncPager
    from ksef_facade._async.receipts.session_upo import AsyncSessionUpo
    from ksef_facade._async.sessions.invoice import AsyncSessionInvoice
    from ksef_facade._async.sessions.online import AsyncOnlineSession
    from ksef_facade._async.sessions.session import AsyncSession
    from ksef_facade._sync.archive.session_archive import SessionArchive
    from ksef_facade._sync.batches.session import BatchSession
    from ksef_facade._sync.client import Ksef
    from ksef_facade._sync.pager import Pager
    from ksef_facade._sync.receipts.session_upo import SessionUpo
    from ksef_facade._sync.sessions.invoice import SessionInvoice
    from ksef_facade._sync.sessions.online import OnlineSession
    from ksef_facade._sync.sessions.session import Session
    from ksef_facade.answers.responses import Problem, Response
    from ksef_facade.crypto.identities import SigningIdentity
    from ksef_facade.crypto.self_signed import self_signed_person, self_signed_seal
    from ksef_facade.environments import ENVIRONMENTS, Environment
    from ksef_facade.errors import (
        ArchiveRefused,
        AuthenticationFailed,
        BadRequest,
        BatchExpired,
        BatchIncomplete,
        BudgetExhausted,
        ConfigurationError,
        DuplicateInvoice,
        ExtraNeeded,
        FileConflict,
        Forbidden,
        Gone,
        IntegrityFailure,
        InvalidIdentifier,
        InvoiceRejected,
        JournalRefused,
        KsefError,
        KsefSystemWarning,
        NotAUpo,
        NotFound,
        OperationUnavailable,
        PackageRefused,
        PollingDeadlineExceeded,
        RateLimited,
        RepeatedToken,
        ResponseError,
        ServerError,
        SessionFailed,
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
    from ksef_facade.form_codes import FormCode
    from ksef_facade.handles import Handle
    from ksef_facade.identifiers import (
        AuthReference,
        InvoiceReference,
        KsefNumber,
        Nip,
        SessionReference,
        UpoReference,
    )
    from ksef_facade.invoices.checks import InvoiceChecker, InvoiceReport, check_invoice_file
    from ksef_facade.invoices.content_rules import InvoiceLimits
    from ksef_facade.invoices.facts import InvoiceFacts
    from ksef_facade.invoices.problems import InvoiceProblem
    from ksef_facade.invoices.reading import read_invoice
    from ksef_facade.invoices.schema_validation import InvoiceSchemas, installed_schemas
    from ksef_facade.invoices.sets import InvoiceSet, check_set
    from ksef_facade.logins.contexts import Context
    from ksef_facade.logins.credentials import AccessTokenAuth, CertificateAuth, TokenAuth
    from ksef_facade.logins.ip_policy import AllowedIps
    from ksef_facade.models.archive import RecordedInvoice
    from ksef_facade.models.batches import BatchProgress, BatchResult
    from ksef_facade.models.budget import GroupBudget
    from ksef_facade.models.logins import AuthSession
    from ksef_facade.models.pages import Page
    from ksef_facade.models.receipts import SavedReceipt, SavedUpo, Upo
    from ksef_facade.models.sending import SendItem, SendProgress, SendReport, SendSession
    from ksef_facade.models.session_report import ReportedInvoice, SessionReport
    from ksef_facade.models.sessions import (
        InvoiceStatus,
        SentInvoice,
        SessionStatus,
        SessionSummary,
        StatusInfo,
        UpoPageLink,
    )
    from ksef_facade.packages.limits import PackageLimits
    from ksef_facade.packages.manifest import Package, PackageEntry, PackagePart
    from ksef_facade.packages.sources import Archive
    from ksef_facade.store.archive.reader import ArchiveReader

__version__: str

_HOMES = {
    "_async.archive.session_archive": ("AsyncSessionArchive",),
    "_async.batches.session": ("AsyncBatchSession",),
    "_async.client": ("AsyncKsef",),
    "_async.sessions.invoice": ("AsyncSessionInvoice",),
    "_async.sessions.online": ("AsyncOnlineSession",),
    "_async.pager": ("AsyncPager",),
    "_async.receipts.session_upo": ("AsyncSessionUpo",),
    "_async.sessions.session": ("AsyncSession",),
    "_sync.archive.session_archive": ("SessionArchive",),
    "_sync.batches.session": ("BatchSession",),
    "_sync.client": ("Ksef",),
    "_sync.sessions.invoice": ("SessionInvoice",),
    "_sync.sessions.online": ("OnlineSession",),
    "_sync.pager": ("Pager",),
    "_sync.receipts.session_upo": ("SessionUpo",),
    "_sync.sessions.session": ("Session",),
    "logins.contexts": ("Context",),
    "models.archive": ("RecordedInvoice",),
    "models.batches": ("BatchProgress", "BatchResult"),
    "models.budget": ("GroupBudget",),
    "logins.credentials": ("AccessTokenAuth", "CertificateAuth", "TokenAuth"),
    "crypto.identities": ("SigningIdentity",),
    "crypto.self_signed": ("self_signed_person", "self_signed_seal"),
    "environments": ("ENVIRONMENTS", "Environment"),
    "errors": (
        "ArchiveRefused",
        "AuthenticationFailed",
        "BadRequest",
        "BatchExpired",
        "BatchIncomplete",
        "BudgetExhausted",
        "ConfigurationError",
        "DuplicateInvoice",
        "ExtraNeeded",
        "FileConflict",
        "Forbidden",
        "Gone",
        "IntegrityFailure",
        "InvalidIdentifier",
        "InvoiceRejected",
        "JournalRefused",
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
        "UnusableReference",
        "UpoNotReady",
        "UpoWillNotExist",
    ),
    "form_codes": ("FormCode",),
    "handles": ("Handle",),
    "identifiers": (
        "AuthReference",
        "InvoiceReference",
        "KsefNumber",
        "Nip",
        "SessionReference",
        "UpoReference",
    ),
    "invoices.checks": ("InvoiceChecker", "InvoiceReport", "check_invoice_file"),
    "invoices.content_rules": ("InvoiceLimits",),
    "invoices.facts": ("InvoiceFacts",),
    "invoices.problems": ("InvoiceProblem",),
    "invoices.reading": ("read_invoice",),
    "invoices.schema_validation": ("InvoiceSchemas", "installed_schemas"),
    "invoices.sets": ("InvoiceSet", "check_set"),
    "logins.ip_policy": ("AllowedIps",),
    "models.logins": ("AuthSession",),
    "models.sessions": (
        "InvoiceStatus",
        "SentInvoice",
        "SessionStatus",
        "SessionSummary",
        "StatusInfo",
        "UpoPageLink",
    ),
    "models.receipts": ("SavedReceipt", "SavedUpo", "Upo"),
    "packages.limits": ("PackageLimits",),
    "packages.manifest": ("Package", "PackageEntry", "PackagePart"),
    "packages.sources": ("Archive",),
    "models.pages": ("Page",),
    "answers.responses": ("Problem", "Response"),
    "store.archive.reader": ("ArchiveReader",),
    "models.session_report": ("ReportedInvoice", "SessionReport"),
    "models.sending": ("SendItem", "SendProgress", "SendReport", "SendSession"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ENVIRONMENTS",
    "AccessTokenAuth",
    "AllowedIps",
    "Archive",
    "ArchiveReader",
    "ArchiveRefused",
    "AsyncBatchSession",
    "AsyncKsef",
    "AsyncOnlineSession",
    "AsyncPager",
    "AsyncSession",
    "AsyncSessionArchive",
    "AsyncSessionInvoice",
    "AsyncSessionUpo",
    "AuthReference",
    "AuthSession",
    "AuthenticationFailed",
    "BadRequest",
    "BatchExpired",
    "BatchIncomplete",
    "BatchProgress",
    "BatchResult",
    "BatchSession",
    "BudgetExhausted",
    "CertificateAuth",
    "ConfigurationError",
    "Context",
    "DuplicateInvoice",
    "Environment",
    "ExtraNeeded",
    "FileConflict",
    "Forbidden",
    "FormCode",
    "Gone",
    "GroupBudget",
    "Handle",
    "IntegrityFailure",
    "InvalidIdentifier",
    "InvoiceChecker",
    "InvoiceFacts",
    "InvoiceLimits",
    "InvoiceProblem",
    "InvoiceReference",
    "InvoiceRejected",
    "InvoiceReport",
    "InvoiceSchemas",
    "InvoiceSet",
    "InvoiceStatus",
    "JournalRefused",
    "Ksef",
    "KsefError",
    "KsefNumber",
    "KsefSystemWarning",
    "Nip",
    "NotAUpo",
    "NotFound",
    "OnlineSession",
    "OperationUnavailable",
    "Package",
    "PackageEntry",
    "PackageLimits",
    "PackagePart",
    "PackageRefused",
    "Page",
    "Pager",
    "PollingDeadlineExceeded",
    "Problem",
    "RateLimited",
    "RecordedInvoice",
    "RepeatedToken",
    "ReportedInvoice",
    "Response",
    "ResponseError",
    "SavedReceipt",
    "SavedUpo",
    "SendItem",
    "SendProgress",
    "SendReport",
    "SendSession",
    "SentInvoice",
    "ServerError",
    "Session",
    "SessionArchive",
    "SessionFailed",
    "SessionInvoice",
    "SessionReference",
    "SessionReport",
    "SessionStatus",
    "SessionSummary",
    "SessionUpo",
    "SigningIdentity",
    "StatusInfo",
    "TokenAuth",
    "TransportError",
    "Unauthorized",
    "UndecodableBody",
    "UnknownSession",
    "UnreadableInvoice",
    "UnsafeUrl",
    "UnusableReference",
    "Upo",
    "UpoNotReady",
    "UpoPageLink",
    "UpoReference",
    "UpoWillNotExist",
    "check_invoice_file",
    "check_set",
    "installed_schemas",
    "read_invoice",
    "self_signed_person",
    "self_signed_seal",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from ksef_facade.version import VERSION

        return VERSION
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
