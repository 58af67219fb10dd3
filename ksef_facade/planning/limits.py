"""When the next request of a limit group may go out, so that KSeF never has to answer 429.

KSeF counts requests in sliding windows of one second, one minute and one hour at once, for each
context, address and group (documented rule of the API limits). A log of the moments at which
requests went out is the only bookkeeping that is exact for sliding windows; buckets and fixed
windows let bursts through.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable, Iterable
from typing import Final, Self

from attrs import define, field, frozen, validators

# The contract's `x-rate-limits` name these three windows.
_SECOND: Final = 1.0
_MINUTE: Final = 60.0
_HOUR: Final = 3600.0

# Waits are whole milliseconds, rounded up: a waiter that is told to wait always gets on, whatever
# the rounding of its clock.
_RESOLUTION: Final = 0.001

# How often idle keys are looked for: seldom enough to cost nothing, often enough for many contexts.
_CALLS_BETWEEN_SWEEPS: Final = 512


@frozen
class Window:
    """At most `limit` requests in any `seconds` seconds."""

    limit: int = field(validator=validators.ge(1))
    seconds: float = field(validator=validators.gt(0))


@frozen
class Budget:
    """The windows of one limit group; no windows means no limit."""

    group: str
    windows: tuple[Window, ...] = ()

    @classmethod
    def of(
        cls,
        group: str,
        per_second: int | None = None,
        per_minute: int | None = None,
        per_hour: int | None = None,
    ) -> Self:
        """The budget of a row of the contract's `x-rate-limits`.

        `None` and negative numbers (`GET /rate-limits` gives -1) mean that the window has no limit.
        """
        rows = ((per_second, _SECOND), (per_minute, _MINUTE), (per_hour, _HOUR))
        return cls(
            group,
            tuple(Window(limit, span) for limit, span in rows if limit is not None and limit >= 0),
        )

    @property
    def longest(self) -> float:
        """Seconds of the longest window; 0 when there is none."""
        return max((window.seconds for window in self.windows), default=0.0)


@define
class _Log:
    """When requests of one key went out, oldest first, and until when it is blocked."""

    stamps: deque[float] = field(factory=deque)
    kept_for: float = 0.0
    blocked_until: float = -math.inf

    def forget(self, now: float) -> None:
        """Drop the moments that no window reaches any more."""
        while self.stamps and self.stamps[0] + self.kept_for <= now:
            self.stamps.popleft()


class Limiter:
    """An exact sliding-window limiter for any number of keys, without a clock of its own.

    It does not sleep and does not lock: the caller asks under a lock, and sleeps without it. A
    key stands for one counter of the service, e.g. context and group. `now` is in seconds of any
    clock that does not go back. Memory: per key at most as many moments as the longest window
    allows; idle keys go away.

    Args:
        margin: seconds by which every window is taken longer than it is. The service counts
            arrivals, and two requests may arrive closer together than they left.
    """

    __slots__ = ("_calls", "_logs", "_margin")

    def __init__(self, *, margin: float = 0.05) -> None:
        """Begin with nothing counted."""
        if not 0 <= margin < math.inf:
            raise ValueError("margin is a number of seconds, zero or more")
        self._margin = margin
        self._logs: dict[Hashable, _Log] = {}
        self._calls = 0

    def reserve(self, key: Hashable, budget: Budget, now: float) -> float:
        """Take one request out of the budget, if there is room.

        Returns:
            0.0 when the request may go out now; it has been counted. Otherwise the seconds to
            wait before asking again; nothing has been counted.
        """
        wait = self.delay(key, budget, now)
        if wait == 0.0:
            self.count(key, budget, now)
        return wait

    def count(self, key: Hashable, budget: Budget, now: float) -> None:
        """Take one request out of the budget whether or not there is room: it goes out anyway."""
        self._sweep(now)
        if not budget.windows:
            return
        log = self._logs.setdefault(key, _Log())
        log.kept_for = budget.longest + self._margin
        log.forget(now)
        # Callers read the clock before they get the lock, so moments may come out of order.
        log.stamps.append(max(now, log.stamps[-1]) if log.stamps else now)
        # Only what is counted without asking can be more than a window allows.
        if len(log.stamps) > max(window.limit for window in budget.windows):
            log.stamps.popleft()

    def recall(self, key: Hashable, budget: Budget, moments: Iterable[float]) -> None:
        """Count requests that went out before this limiter began, in another process."""
        if budget.windows:
            log = self._logs.setdefault(key, _Log())
            log.kept_for = budget.longest + self._margin
            most = max(window.limit for window in budget.windows)
            log.stamps = deque(sorted((*log.stamps, *moments))[-most:])

    def delay(self, key: Hashable, budget: Budget, now: float) -> float:
        """Seconds that `reserve` would answer now; nothing is counted."""
        log = self._logs.get(key)
        if log is None:
            return 0.0
        ready = log.blocked_until
        for window in budget.windows:
            if len(log.stamps) >= window.limit:
                ready = max(ready, log.stamps[-window.limit] + window.seconds + self._margin)
        return math.ceil((ready - now) / _RESOLUTION) * _RESOLUTION if ready > now else 0.0

    def block(self, key: Hashable, until: float) -> None:
        """Let no request of this key out before `until`; an earlier, longer block stays.

        For a 429: `until` is the moment of the answer plus its `Retry-After`.

        Raises:
            ValueError: `until` is not a finite number.
        """
        if not math.isfinite(until):
            raise ValueError("until is a moment of the limiter's clock")
        log = self._logs.setdefault(key, _Log())
        log.blocked_until = max(log.blocked_until, until)

    def remaining(self, key: Hashable, budget: Budget, now: float) -> dict[float, int]:
        """Requests that each window still has room for, by the window's length in seconds."""
        log = self._logs.get(key, _Log())
        left = {}
        for window in budget.windows:
            span = window.seconds + self._margin
            used = sum(1 for stamp in log.stamps if stamp + span > now)
            left[window.seconds] = max(0, window.limit - used) if log.blocked_until <= now else 0
        return left

    def _sweep(self, now: float) -> None:
        """Forget keys without recent requests once in a while: contexts come and go in a server."""
        self._calls += 1
        if self._calls < _CALLS_BETWEEN_SWEEPS:
            return
        self._calls = 0
        for key, log in list(self._logs.items()):
            log.forget(now)
            if not log.stamps and log.blocked_until <= now:
                del self._logs[key]
