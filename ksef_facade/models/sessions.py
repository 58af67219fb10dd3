"""What callers get back: small frozen values of our own, each with `.raw`, the JSON as it came.

Only identifiers and `status.code` are relied upon. Everything else may be absent (`None`), and what
was there but could not be read is named in `.unreadable`. Codes are compared as numbers: final
means 200 or more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from attrs import field, frozen

from ksef_facade.answers.reading import Reader
from ksef_facade.errors import DuplicateInvoice, InvoiceRejected, SessionFailed

FIRST_FINAL_CODE = 200
"""Every smaller code of a session or invoice is in progress (contract, tables of `status`)."""
FIRST_FAILURE_CODE = 400
CANCELLED_SESSION = 440
DUPLICATE_INVOICE = 440
CANCELLED_BY_SYSTEM = 550

SessionKind = Literal["online", "batch"]
SessionOutcome = Literal["in_progress", "succeeded", "cancelled", "failed", "unknown"]
InvoiceOutcome = Literal["in_progress", "accepted", "duplicate", "retryable", "rejected", "unknown"]


@frozen(kw_only=True)
class StatusInfo:
    """A status as the service words it (contract `StatusInfo`, `InvoiceStatusInfo`).

    `code` is 0 where an answer carried none; `description` and `details` are Polish texts for
    people.
    """

    code: int
    description: str = ""
    details: tuple[str, ...] = ()
    extensions: Mapping[str, str] = field(factory=dict, hash=False)

    @property
    def is_final(self) -> bool:
        """Whether the code will not change any more by itself."""
        return self.code >= FIRST_FINAL_CODE

    def __str__(self) -> str:
        """Code, description and details in one line."""
        text = f"{self.code} {self.description}".strip()
        return f"{text} ({'; '.join(self.details)})" if self.details else text


def read_status(reader: Reader) -> StatusInfo:
    """The `status` of the object that the reader reads; code 0 and a note when there is none."""
    inner = reader.inner("status")
    code = inner.integer("code")
    if code is None and "status.code" not in inner.unreadable:
        inner.unreadable.append("status.code")
    status = StatusInfo(
        code=code or 0,
        description=inner.text("description") or "",
        details=inner.texts("details"),
        extensions=inner.mapping("extensions"),
    )
    reader.absorb(inner)
    return status


def _session_outcome(code: int) -> SessionOutcome:
    if code <= 0:
        return "unknown"
    if code < FIRST_FINAL_CODE:
        return "in_progress"
    if code < FIRST_FAILURE_CODE:
        return "succeeded"
    return "cancelled" if code == CANCELLED_SESSION else "failed"


@frozen(kw_only=True)
class UpoPageLink:
    """Where one page of a session's UPO is (contract `UpoPageResponse`). The link is a secret: not
    in `repr`.
    """

    reference_number: str
    download_url: str | None = field(default=None, repr=False)
    expires: datetime | None = None


@frozen(kw_only=True)
class SessionStatus:
    """Status of a session (contract `SessionStatusResponse`).

    The three counts are `None` until the service tells them, which it does once they are positive.
    """

    reference_number: str
    status: StatusInfo
    date_created: datetime | None = None
    date_updated: datetime | None = None
    valid_until: datetime | None = None
    invoice_count: int | None = None
    successful_invoice_count: int | None = None
    failed_invoice_count: int | None = None
    upo_pages: tuple[UpoPageLink, ...] = ()
    unreadable: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(factory=dict, repr=False, eq=False)

    @property
    def is_terminal(self) -> bool:
        """Whether processing is over (code of 200 or more)."""
        return self.status.is_final

    @property
    def outcome(self) -> SessionOutcome:
        """The code in one word; `succeeded` may still include rejected invoices."""
        return _session_outcome(self.status.code)

    def raise_for_failure(self) -> SessionStatus:
        """This status, unless the session failed.

        Raises:
            SessionFailed: code of 400 or more.
        """
        if self.status.code >= FIRST_FAILURE_CODE:
            raise SessionFailed(f"session {self.reference_number} ended with {self.status}", self)
        return self


@frozen(kw_only=True)
class SessionSummary:
    """A row of the session history (contract `SessionsQueryResponseItem`)."""

    reference_number: str
    status: StatusInfo
    date_created: datetime | None = None
    date_updated: datetime | None = None
    valid_until: datetime | None = None
    total_invoice_count: int | None = None
    successful_invoice_count: int | None = None
    failed_invoice_count: int | None = None
    unreadable: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(factory=dict, repr=False, eq=False)

    @property
    def is_terminal(self) -> bool:
        """Whether processing is over (code of 200 or more)."""
        return self.status.is_final

    @property
    def outcome(self) -> SessionOutcome:
        """The code in one word; `succeeded` may still include rejected invoices."""
        return _session_outcome(self.status.code)


@frozen(kw_only=True)
class InvoiceStatus:
    """Status of one invoice of a session (contract `SessionInvoiceStatusResponse`).

    `invoice_hash` is the Base64 SHA-256 of the plain XML: the key to match with what was sent.
    """

    reference_number: str
    status: StatusInfo
    ordinal_number: int | None = None
    invoice_number: str | None = None
    ksef_number: str | None = None
    invoice_hash: str | None = None
    invoice_file_name: str | None = None
    invoicing_date: datetime | None = None
    acquisition_date: datetime | None = None
    permanent_storage_date: datetime | None = None
    invoicing_mode: str | None = None
    upo_download_url: str | None = field(default=None, repr=False)
    upo_download_url_expires: datetime | None = None
    unreadable: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(factory=dict, repr=False, eq=False)

    @property
    def is_terminal(self) -> bool:
        """Whether processing is over (code of 200 or more)."""
        return self.status.is_final

    @property
    def outcome(self) -> InvoiceOutcome:
        """The code in one word; `retryable` (550) means: send the invoice again."""
        code = self.status.code
        if code <= 0:
            return "unknown"
        if code < FIRST_FINAL_CODE:
            return "in_progress"
        if code < FIRST_FAILURE_CODE:
            return "accepted"
        special: dict[int, InvoiceOutcome] = {
            DUPLICATE_INVOICE: "duplicate",
            CANCELLED_BY_SYSTEM: "retryable",
        }
        return special.get(code, "rejected")

    @property
    def original_ksef_number(self) -> str | None:
        """For a duplicate: KSeF number of the accepted original."""
        return self.status.extensions.get("originalKsefNumber")

    @property
    def original_session(self) -> str | None:
        """For a duplicate: reference of the session that holds the original."""
        return self.status.extensions.get("originalSessionReferenceNumber")

    def raise_for_failure(self) -> InvoiceStatus:
        """This status, unless the invoice was rejected.

        Raises:
            DuplicateInvoice: code 440.
            InvoiceRejected: any other code of 400 or more.
        """
        if self.status.code >= FIRST_FAILURE_CODE:
            kind = DuplicateInvoice if self.outcome == "duplicate" else InvoiceRejected
            name = self.invoice_number or self.reference_number
            raise kind(f"invoice {name} ended with {self.status}", self)
        return self


@frozen(kw_only=True)
class SentInvoice:
    """An invoice that KSeF took for processing; its fate shows in its status.

    `invoice_hash` is the Base64 SHA-256 of the plain XML, `size` its bytes. `recovered` tells that
    the answer to the sending was lost and the reference was found in the session by the hash.
    """

    reference_number: str
    invoice_hash: str
    size: int
    recovered: bool = False
