"""An archive as callers get it: sessions, invoices, what a run did and what a check found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from attrs import field, frozen

from ksef_facade.models.budget import GroupBudget

ArchiveState = Literal[
    "listed", "open", "waiting", "complete", "without_upo", "inaccessible", "faulty"
]
"""`listed`: known from the history, not looked at yet; `open`: not final; `waiting`: final, its UPO
is not there yet; `complete`: final, every page on disk; `without_upo`: final, there will be none;
`inaccessible`: KSeF does not show it; `faulty`: an answer or a file is not what it must be."""

SETTLED: frozenset[ArchiveState] = frozenset({"complete", "without_upo"})
"""States in which a session is never asked for again, unless a file of it is damaged."""

StopReason = Literal["budget", "max_requests"]


@frozen(kw_only=True)
class ArchivedSession:
    """A session in the archive; `reason` says why it is not complete.

    Attributes:
        reference: its reference.
        kind: `online` or `batch`; `None` when the history has not shown it.
        state: see `ArchiveState`.
        reason: why it is not complete, in one sentence.
        code: its status, as KSeF gave it last.
        description: the service's text for the code.
        date_created: when it was opened.
        date_updated: when something happened in it last.
        invoice_count: invoices in it, as KSeF tells.
        accepted_count: those accepted.
        rejected_count: those rejected.
        page_count: pages of its UPO, once KSeF names them.
        folder: where its files are.
    """

    reference: str
    kind: Literal["online", "batch"] | None
    state: ArchiveState
    reason: str | None
    code: int | None
    description: str | None
    date_created: datetime | None
    date_updated: datetime | None
    invoice_count: int | None
    accepted_count: int | None
    rejected_count: int | None
    page_count: int | None
    folder: Path

    @property
    def is_settled(self) -> bool:
        """Whether nothing about it will be asked again."""
        return self.state in SETTLED


@frozen(kw_only=True)
class ArchivedInvoice:
    """An invoice in the archive, from a session's list or recorded by the caller before.

    Attributes:
        session: reference of its session; `None` while that is not found.
        reference: KSeF's reference of the invoice.
        ordinal: its place in the session.
        invoice_hash: Base64 SHA-256 of its XML.
        ksef_number: the number it got, if it was accepted.
        invoice_number: the seller's own number.
        seller_nip: the seller's NIP, from the UPO or else from the KSeF number.
        issue_date: date of issue, as the UPO has it.
        code: its status.
        description: the service's text for the code.
        details: the service's further texts.
        invoicing_date: when KSeF took it for processing.
        acquisition_date: when it got its number.
        mode: `Online` or `Offline`.
        file_name: its name in the package of a batch.
        original_ksef_number: of a duplicate, the invoice that was there before.
        original_session: the session that holds that one.
        upo_reference: the UPO page that proves it.
        upo_file: where that page is.
        source: where the caller has it, if it was recorded.
        recorded_from: who recorded it: `journal`, `csv` or the caller's own word.
    """

    session: str | None
    reference: str | None
    ordinal: int | None
    invoice_hash: str | None
    ksef_number: str | None
    invoice_number: str | None
    seller_nip: str | None
    issue_date: date | None
    code: int | None
    description: str | None
    details: tuple[str, ...]
    invoicing_date: datetime | None
    acquisition_date: datetime | None
    mode: str | None
    file_name: str | None
    original_ksef_number: str | None
    original_session: str | None
    upo_reference: str | None
    upo_file: Path | None
    source: str | None
    recorded_from: str | None


@frozen(kw_only=True)
class RecordedInvoice:
    """An invoice that the caller knows of, to be linked to its session once that is archived.

    At least `ksef_number`, `invoice_hash`, or session and invoice reference must be known.
    """

    invoice_hash: str | None = None
    ksef_number: str | None = None
    invoice_number: str | None = None
    session_reference: str | None = None
    invoice_reference: str | None = None
    source: str | None = None


@frozen(kw_only=True)
class ArchiveProgress:
    """How far a run has come: `total` sessions are to be looked at, `done` are."""

    stage: Literal["history", "sessions"]
    done: int
    total: int
    session: ArchivedSession | None = None
    budget: Mapping[str, GroupBudget] = field(factory=dict, repr=False)


@frozen(kw_only=True)
class ArchiveSyncReport:
    """What a run of `sync` did.

    Attributes:
        directory: the archive.
        looked_at: sessions that were looked at, by the state that they are in now.
        pages_saved: UPO pages that were saved.
        requests: metered requests that were made, repetitions included.
        remaining: sessions that are left for the next run.
        stopped: why the run ended before all was done: the limits of KSeF have no room soon
            enough, or `max_requests` were made; `None` when it did all.
        retry_after: seconds until the limits have room, when they stopped it.
        problems: reference and reason of the sessions looked at that KSeF does not show, or that
            are faulty.
        budget: what the limits still allow.
    """

    directory: Path
    looked_at: Mapping[ArchiveState, int]
    pages_saved: int
    requests: int
    remaining: int
    stopped: StopReason | None
    retry_after: float | None
    problems: tuple[tuple[str, str], ...]
    budget: Mapping[str, GroupBudget]

    @property
    def is_done(self) -> bool:
        """Whether everything that KSeF had to give is in the archive."""
        return self.stopped is None and not self.problems


@frozen(kw_only=True)
class ArchiveStatus:
    """What an archive holds.

    Attributes:
        directory: the archive.
        environment: name of the environment that it is of.
        context: the context that it is of, as `Type:value`.
        covers_since: sessions opened since then are in it; `None` means all.
        walked_until: the history was read up to then; `None` before the first whole run.
        sessions: number of sessions by state.
        invoices: invoices in it.
        proven: invoices that a UPO page in it proves.
        unlinked: invoices recorded whose session is not found yet.
        pages: UPO pages in it.
        size: bytes of these pages.
        not_complete: the sessions that are neither complete nor without a UPO for good.
    """

    directory: Path
    environment: str
    context: str
    covers_since: datetime | None
    walked_until: datetime | None
    sessions: Mapping[ArchiveState, int]
    invoices: int
    proven: int
    unlinked: int
    pages: int
    size: int
    not_complete: tuple[ArchivedSession, ...]


@frozen(kw_only=True)
class ArchiveFinding:
    """Something wrong with a file, or with a session as a whole (then `file` is `None`)."""

    session: str
    file: Path | None
    message: str


@frozen(kw_only=True)
class ArchiveVerification:
    """What a check of all files found; what is damaged is fetched again by the next sync."""

    directory: Path
    sessions: int
    files: int
    size: int
    findings: tuple[ArchiveFinding, ...]

    @property
    def is_intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
