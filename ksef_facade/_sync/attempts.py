# Derived from ksef_facade/_async/attempts.py by scripts/derive_sync.py; do not edit.
"""One call, as often as it takes: its place in the limits, its repetitions, its deadline, its
warnings.

Decides nothing itself and knows no HTTP library: an attempt is a function that gives an answer or
raises `TransportError`.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable

from ksef_facade.answers.responses import Response, error_of
from ksef_facade.calls.describing import ANONYMOUS_GROUP, Call
from ksef_facade.concurrency.forks import renew_in_children
from ksef_facade.concurrency.threads import Clock
from ksef_facade.errors import BudgetExhausted, KsefError, TransportError
from ksef_facade.models.budget import GroupBudget, Spent
from ksef_facade.planning.limits import Budget, Limiter
from ksef_facade.planning.retry import (
    Answered,
    NoAnswer,
    NotSent,
    Outcome,
    Stop,
    decide,
    parse_retry_after,
)
from ksef_facade.settings import Settings
from ksef_facade.system_warnings import deliver_warnings

_LOG = logging.getLogger("ksef_facade")
_TOO_MANY_REQUESTS = 429

Attempt = Callable[[float], Response]
"""Makes the request once; is told the seconds that it may take in all."""


class Attempts:
    """What all copies of a client share for making calls: the clock, and the count of requests."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._limiter = Limiter()
        self._lock = threading.Lock()
        renew_in_children(self)
        self._made: Counter[tuple[str, str]] = Counter()
        self._born = clock.now()
        self._recalled: set[tuple[str, str]] = set()

    def after_fork(self) -> None:
        """Count on; the lock may have been held by a thread of the parent."""
        self._lock = threading.Lock()

    def left(self, budget: Budget, context: str) -> GroupBudget:
        """What a limit group still allows a context; see `GroupBudget`."""
        key = _counter(budget.group, budget.group, context)
        with self._lock:
            left = self._limiter.remaining(key, budget, self.clock.monotonic())
            made = self._made[key]
        second, minute, hour = (left.get(seconds) for seconds in (1.0, 60.0, 3600.0))
        return GroupBudget(group=budget.group, second=second, minute=minute, hour=hour, made=made)

    def recall(self, budget: Budget, context: str, spent: Spent) -> None:
        """Count what another process has spent of a group, once; what came after this client was made
        is its own, or unknown.
        """
        key = _counter(budget.group, budget.group, context)
        now, moment = self.clock.now(), self.clock.monotonic()
        with self._lock:
            if key in self._recalled:
                return
            self._recalled.add(key)
            earlier = [one for one in spent.requests if one < self._born]
            self._limiter.recall(
                key, budget, (moment - (now - one).total_seconds() for one in earlier)
            )
            if spent.blocked_until is not None and spent.blocked_until > now:
                left = (spent.blocked_until - now).total_seconds()
                self._limiter.block(key, moment + left)

    def run(self, call: Call, context: str, settings: Settings, attempt: Attempt) -> Response:
        """The 2xx answer to a call.

        Raises:
            ResponseError: another answer, after the repetitions allowed.
            TransportError: no answer, or none before the deadline that the settings carry.
            BudgetExhausted: the contract's limits leave no room for it soon enough.
        """
        clock = self.clock
        started = clock.monotonic()
        count = 0
        while True:
            count += 1
            self._pace(call, context, settings, started)
            sent = clock.monotonic()
            outcome: Outcome
            failure: KsefError
            try:
                response = attempt(settings.time_left(sent))
            except TransportError as error:
                outcome, failure = (NoAnswer() if error.maybe_sent else NotSent()), error
                _LOG.info("%s: %s", call.label, error)
            else:
                milliseconds = (clock.monotonic() - sent) * 1000
                _LOG.info("%s -> %d in %.0f ms", call.label, response.status_code, milliseconds)
                if response.ok:
                    deliver_warnings(
                        response, settings.on_system_warning, may_raise=call.idempotent
                    )
                    return response
                retry_after = parse_retry_after(response.headers.get("retry-after"), clock.now())
                outcome = Answered(response.status_code, retry_after)
                failure = error_of(response, retry_after=retry_after, group=call.group)
                if response.status_code == _TOO_MANY_REQUESTS and retry_after is not None:
                    with self._lock:
                        until = clock.monotonic() + retry_after
                        self._limiter.block(_key(call, context), until)
            now = clock.monotonic()
            decision = decide(
                method=call.method,
                idempotent=call.idempotent,
                attempt=count,
                elapsed=now - started,
                outcome=outcome,
                policy=settings.retry,
                jitter=clock.jitter(),
            )
            if isinstance(decision, Stop) or now + decision.delay >= settings.until:
                raise failure
            _LOG.info("%s: again in %.1f s", call.label, decision.delay)
            clock.sleep(decision.delay)

    def _pace(self, call: Call, context: str, settings: Settings, started: float) -> None:
        """Wait until the contract's limits have room, as far as this client knows."""
        key = _key(call, context)
        if call.budget is None or not settings.paced:
            with self._lock:
                self._made[key] += 1
                if call.budget is not None:
                    self._limiter.count(key, call.budget, self.clock.monotonic())
            return
        while True:
            now = self.clock.monotonic()
            with self._lock:
                wait = self._limiter.reserve(key, call.budget, now)
                self._made[key] += wait <= 0
            if wait <= 0:
                return
            allowed = min(
                settings.retry.max_rate_limit_wait - (now - started), settings.time_left(now)
            )
            if wait > allowed:
                raise BudgetExhausted(
                    f"{call.label}: limit group {call.group} has no room for {wait:.0f} s; the "
                    "request was not made",
                    retry_after=wait,
                    group=call.group,
                )
            self.clock.sleep(wait)


def _key(call: Call, context: str) -> tuple[str, str]:
    return _counter(call.group, call.counter, context)


def _counter(group: str, counter: str, context: str) -> tuple[str, str]:
    return ("" if group == ANONYMOUS_GROUP else context, counter)
