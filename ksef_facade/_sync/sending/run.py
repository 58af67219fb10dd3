# Derived from ksef_facade/_async/sending/run.py by scripts/derive_sync.py; do not edit.
"""One run of sending: what is to be sent, the journal that remembers, and how long to be patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from ksef_facade._sync.caller import Caller
from ksef_facade.concurrency.threads import offload
from ksef_facade.errors import BudgetExhausted, KsefError, RateLimited
from ksef_facade.models.sending import SendProgress, SendProgressHook, SendStage
from ksef_facade.settings import seconds_of

if TYPE_CHECKING:
    from ksef_facade._sync.client import Ksef
    from ksef_facade.sending.sources import Candidate
    from ksef_facade.store.journal.journal import SendJournal

Result = TypeVar("Result")
MOST_TRIES = 5
"""How often one invoice is given to a session within a run. Each time it was certain that the one
before had failed, so this only keeps a broken service from being asked for ever.
"""
_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 60.0
_MARGIN = 1.0
"""Seconds added to a `Retry-After`, as the wire does."""


class SendRun:
    """What the steps of one run share."""

    def __init__(
        self,
        client: Ksef,
        journal: SendJournal,
        candidates: Mapping[str, Candidate],
        *,
        timeout: timedelta | float | None,
        on_progress: SendProgressHook | None,
    ) -> None:
        self.client = client
        self.journal = journal
        self.candidates = candidates
        self.timeout = timeout
        self.tries: Counter[str] = Counter()
        # Why an invoice is left alone for the rest of this run, by its hash.
        self.left: dict[str, str] = {}
        # Why an invoice cannot be sent as it is, by its hash.
        self.refused: dict[str, str] = {}
        # Why nothing further is sent in this run.
        self.over: str | None = None
        # Sessions of the journal that were waited for in vain.
        self.slow: set[int] = set()
        # Hashes by KSeF number, of sessions that hold the originals of duplicates.
        self.originals: dict[str, dict[str, str]] = {}
        # Counts what KSeF took or judged, so that rounds that bring nothing can be told.
        self.gains = 0
        self.busy = Patience(self.caller, seconds_of(timeout))
        self._on_progress = on_progress

    @property
    def caller(self) -> Caller:
        """What makes the requests."""
        return self.client._caller

    def note(self, step: Callable[[], Result]) -> Result:
        """The result of a step of the journal, which is on the disk afterwards."""
        return offload(step)

    def tell(self, stage: SendStage, done: int = 0, total: int | None = None) -> None:
        """Say how far the run is."""
        if self._on_progress is not None:
            self._on_progress(SendProgress(stage=stage, done=done, total=total))

    def failed(self, hashes: Iterable[str], why: str) -> None:
        """Count a try that certainly failed; who has failed often enough is left alone."""
        for digest in hashes:
            self.tries[digest] += 1
            if self.tries[digest] >= MOST_TRIES:
                self.left[digest] = f"given up for now after {MOST_TRIES} tries: {why}"

    def leave(self, hashes: Iterable[str], why: str) -> None:
        """Leave invoices alone for the rest of this run."""
        for digest in hashes:
            self.left.setdefault(digest, why)

    def refuse(self, digest: str, why: str) -> None:
        """Leave an invoice alone that no session would take."""
        self.left[digest] = self.refused[digest] = why

    def gained(self, count: int) -> None:
        """Count what KSeF took or judged; patience begins anew with it."""
        if count:
            self.gains += count
            self.busy = Patience(self.caller, seconds_of(self.timeout))


class Patience:
    """Waits out what the service calls passing, up to the run's time-out in all; `times` tells how
    often it did.
    """

    def __init__(self, caller: Caller, longest: float | None) -> None:
        self._clock = caller.clock
        self._longest = longest
        self._waited = 0.0
        self.times = 0
        self._pause = _FIRST_PAUSE

    def lasts(self, error: KsefError) -> bool:
        """Wait as long as the error asks for, or ever longer; false when it would be too long."""
        asked = error.retry_after if isinstance(error, (RateLimited, BudgetExhausted)) else None
        pause = self._pause if asked is None else asked + _MARGIN
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        if self._longest is not None and self._waited + pause > self._longest:
            return False
        self._waited += pause
        self.times += 1
        self._clock.sleep(pause)
        return True
