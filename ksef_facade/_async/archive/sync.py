"""A run that brings an archive up to date: the history first, then every session that needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from ksef_facade._async.archive.session import AsyncSessionArchiver
from ksef_facade._async.budget import budget_of, recall
from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.sessions.history import list_sessions
from ksef_facade.concurrency.tasks import offload
from ksef_facade.errors import (
    BadRequest,
    BudgetExhausted,
    ConfigurationError,
    FileConflict,
    Forbidden,
    IntegrityFailure,
    KsefError,
    RateLimited,
    RepeatedToken,
    ResponseError,
    ServerError,
    Unauthorized,
    UnknownSession,
)
from ksef_facade.local_time import moment_of
from ksef_facade.models.archive import (
    ArchivedSession,
    ArchiveProgress,
    ArchiveState,
    ArchiveSyncReport,
    StopReason,
)
from ksef_facade.models.budget import GroupBudget
from ksef_facade.models.sessions import SessionKind
from ksef_facade.store.ledger.file import time_text
from ksef_facade.store.ledger.ledger import Ledger
from ksef_facade.store.ledger.queries import archived_session
from ksef_facade.store.ledger.spending import note_block, spent
from ksef_facade.store.ledger.walks import Walk, begin_round, restart, walked, walks_of

_GROUPS = ("sessionList", "sessionInvoiceList", "sessionMisc")
"""Limit groups that a run draws on (contract `x-rate-limit-group`)."""
_OVERLAP = timedelta(hours=1)
"""How far a walk goes back behind the one before: clocks differ, and the service's lists lag."""
_FRESH = timedelta(hours=1)
"""How long an interrupted run is gone on with before the history is read anew; tokens are
short-lived, and what is new should not wait."""
_MOST_FAILURES = 3
"""Sessions in a row that the service fails on before the run gives up: then it is not the session."""
_BAD_TOKEN = 21418
_HIDDEN = (Forbidden, UnknownSession)
_OF_THE_RUN = (RateLimited, Unauthorized)
_OF_THE_SESSION = (ResponseError, IntegrityFailure, RepeatedToken, FileConflict)


class _Enough(Exception):
    """The run has made the requests that it may make."""


class AsyncArchiveRun:
    """One call of `sync`; see `AsyncSessionArchive.sync`."""

    def __init__(
        self,
        caller: AsyncCaller,
        ledger: Ledger,
        *,
        newest_first: bool,
        max_requests: int | None,
        page_size: int,
        on_progress: Callable[[ArchiveProgress], object] | None,
    ) -> None:
        self._caller = caller
        self._ledger = ledger
        self._newest_first = newest_first
        self._max_requests = max_requests
        self._page_size = page_size
        self._on_progress = on_progress
        self._made_before = self._made()
        self._failed: list[str] = []
        self._looked_at: Counter[ArchiveState] = Counter()
        self._problems: list[tuple[str, str]] = []
        self._sessions = AsyncSessionArchiver(caller, ledger, self._spend, page_size)

    async def run(self, since: datetime | date | None) -> ArchiveSyncReport:
        """Do all that is to do, or as much as the limits allow."""
        stopped: StopReason | None = None
        retry_after = None
        try:
            await self._recall()
            await self._prepare(since)
            await self._walk()
            await self._look_at_all()
        except _Enough:
            stopped = "max_requests"
        except (BudgetExhausted, RateLimited) as error:
            stopped, retry_after = "budget", error.retry_after
            await self._note_block(error.group, retry_after)
        remaining = len(await self._pending())
        if not remaining and stopped is None:
            await offload(self._ledger.end_round)
        return ArchiveSyncReport(
            directory=self._ledger.directory,
            looked_at=dict(self._looked_at),
            pages_saved=self._sessions.pages_saved,
            requests=self._made() - self._made_before,
            remaining=remaining,
            stopped=stopped,
            retry_after=retry_after,
            problems=tuple(self._problems),
            budget=self._budget(),
        )

    async def _recall(self) -> None:
        """Count what earlier runs have spent in the last hour: the service does."""
        file, now = self._ledger.file, self._caller.clock.now()
        recall(self._caller, await offload(lambda: spent(file, now)))

    async def _note_block(self, group: str, seconds: float | None) -> None:
        if group and seconds:
            until = self._caller.clock.now() + timedelta(seconds=seconds)
            await offload(lambda: note_block(self._ledger.file, group, until))

    async def _prepare(self, since: datetime | date | None) -> None:
        """Go on with the round of an interrupted run, or begin one."""
        wanted = time_text(moment_of(since))
        now = self._caller.clock.now()

        def prepare() -> None:
            covered, walked = self._ledger.fact("covers_since"), self._ledger.fact("walked_until")
            walks = walks_of(self._ledger)
            if self._ledger.is_round_open and walks and self._goes_on(walks, wanted, now):
                return
            reaches = covered is not None and (not covered or wanted is None or wanted >= covered)
            if reaches:
                start: str | None = covered or None
            else:
                # Without a wish, what an interrupted first run was asked for still counts.
                start = wanted or (walks[0].created_from if walks else None)
            modified = None
            if reaches and walked:
                modified = time_text(datetime.fromisoformat(walked) - _OVERLAP)
            begin_round(
                self._ledger,
                (
                    Walk(
                        kind=kind,
                        created_from=start,
                        modified_from=modified,
                        began_at=time_text(now) or "",
                        page_size=self._page_size,
                        token=None,
                        is_done=False,
                    )
                    for kind in ("online", "batch")
                ),
            )

        await offload(prepare)

    def _goes_on(self, walks: list[Walk], wanted: str | None, now: datetime) -> bool:
        walk = walks[0]
        fresh = now - datetime.fromisoformat(walk.began_at) < _FRESH
        reaches = wanted is None or walk.created_from is None or wanted >= walk.created_from
        same = walk.page_size == self._page_size or all(one.is_done for one in walks)
        return fresh and reaches and same

    async def _walk(self) -> None:
        for walk in await offload(lambda: walks_of(self._ledger)):
            if walk.is_done:
                continue
            try:
                await self._read_history(walk, walk.token)
            except BadRequest as error:
                if walk.token is None or _BAD_TOKEN not in error.codes:
                    raise
                await offload(lambda: restart(self._ledger, walk))  # noqa: B023
                await self._read_history(walk, None)

    async def _read_history(self, walk: Walk, token: str | None) -> None:
        kind: SessionKind = "batch" if walk.kind == "batch" else "online"
        pager = list_sessions(
            self._caller,
            kind=kind,
            statuses=(),
            reference_number=None,
            created_from=_moment(walk.created_from),
            created_to=None,
            closed_from=None,
            closed_to=None,
            modified_from=_moment(walk.modified_from),
            modified_to=None,
            page_size=self._page_size,
        )
        self._spend()
        async for page in pager.by_page(token):
            rows, following = page.items, page.continuation_token
            nameless = await offload(lambda: walked(self._ledger, walk, rows, following))  # noqa: B023
            if nameless:
                told = f"{nameless} rows of the history name no session; they were passed over"
                self._problems.append(("", told))
            self._tell("history", 0, len(await self._pending()))
            if following is not None:
                self._spend()

    async def _look_at_all(self) -> None:
        pending = await self._pending()
        for done, reference in enumerate(pending, start=1):
            await self._look_at(reference)
            row = await offload(lambda: self._ledger.session(reference))  # noqa: B023
            session = archived_session(row, self._ledger.directory)
            self._looked_at[session.state] += 1
            if session.state in ("inaccessible", "faulty"):
                self._problems.append((reference, session.reason or session.state))
            self._tell("sessions", done, len(pending), session)

    async def _look_at(self, reference: str) -> None:
        try:
            await self._sessions.run(reference)
        except _OF_THE_RUN:
            raise
        except _HIDDEN as error:
            reason = f"KSeF does not show it: {_sentence(error)}"
            await offload(lambda: self._ledger.note(reference, "inaccessible", reason))
        except _OF_THE_SESSION as error:
            fault = _sentence(error)
            await offload(lambda: self._ledger.note(reference, "faulty", fault))
            if isinstance(error, ServerError):
                await self._count_failure(reference, error)
        else:
            self._failed.clear()

    async def _count_failure(self, reference: str, error: ServerError) -> None:
        self._failed.append(reference)
        if len(self._failed) < _MOST_FAILURES:
            return
        # It was not these sessions: the next run looks at them again.
        await offload(lambda: self._ledger.look_again(self._failed))
        raise error

    async def _pending(self) -> list[str]:
        return await offload(lambda: self._ledger.pending(newest_first=self._newest_first))

    def _spend(self) -> None:
        most = self._max_requests
        if most is not None and self._made() - self._made_before >= most:
            raise _Enough

    def _made(self) -> int:
        return sum(group.made for group in self._budget().values())

    def _budget(self) -> dict[str, GroupBudget]:
        budget = budget_of(self._caller)
        return {name: budget[name] for name in _GROUPS if name in budget}

    def _tell(
        self,
        stage: Literal["history", "sessions"],
        done: int,
        total: int,
        session: ArchivedSession | None = None,
    ) -> None:
        if self._on_progress is not None:
            self._on_progress(
                ArchiveProgress(
                    stage=stage, done=done, total=total, session=session, budget=self._budget()
                )
            )


def check_options(max_requests: int | None) -> None:
    """Refuse what cannot work.

    Raises:
        ConfigurationError: `max_requests` is no positive number.
    """
    if max_requests is not None and max_requests < 1:
        raise ConfigurationError("max_requests must be 1 or more")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _sentence(error: KsefError) -> str:
    return " ".join(str(error).split())
