"""Rate limits: sliding windows per caller and group, by the contract's table."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable

from .clock import Clock
from .contract import Operation
from .logins.access import Caller
from .problems import OverLimit
from .settings import LimitProfile, Settings

#: How the sentence of a refusal names each window (documented wire text).
_WINDOW_NAMES = {1: "sekundę", 60: "minutę", 3600: "godzinę"}
_LONGEST_WINDOW = 3600
_FACTORS: dict[LimitProfile, int] = {"contract": 1, "x10": 10}
#: In this group every operation has a counter of its own (documented rule).
_SEPARATE = "other"
_ANONYMOUS = "anonymous"


class RateLimits:
    """Counts requests and refuses those over a limit. Refused requests are not counted."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._settings = settings
        self._seen: dict[Hashable, deque[float]] = {}

    def count(self, operation: Operation, caller: Caller, client: str) -> None:
        """Count one request; raises OverLimit when a window is full."""
        factor = _FACTORS.get(self._settings.limits)
        if factor is None or not operation.limits:
            return
        seen = self._seen.setdefault(_key(operation, caller, client), deque())
        now = self._clock.timestamp()
        while seen and seen[0] <= now - _LONGEST_WINDOW:
            seen.popleft()
        for window, limit in operation.limits:
            allowed = limit * factor
            if len(seen) < allowed:
                continue
            # The window is free again when the request that is `allowed` places back leaves it.
            free = seen[-allowed] + window
            if free > now:
                raise OverLimit(allowed, _WINDOW_NAMES[window], max(1, math.ceil(free - now)))
        seen.append(now)

    def reset(self) -> None:
        """Forget all requests."""
        self._seen.clear()


def _key(operation: Operation, caller: Caller, client: str) -> Hashable:
    if operation.group == _ANONYMOUS:
        return client, _ANONYMOUS
    group = str(operation.key) if operation.group == _SEPARATE else operation.group
    return client, caller.context, group
