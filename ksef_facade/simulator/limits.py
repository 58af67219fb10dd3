"""Rate limits: sliding windows per caller and group, by the contract's table."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable, Iterable, Mapping

from attrs import frozen

from .clock import Clock
from .contract import Operation
from .effective_limits.overrides import LimitOverrides, Rates
from .logins.access import Caller
from .logins.credentials import Party
from .problems import OverLimit
from .settings import LimitProfile, Settings

#: How the sentence of a refusal names each window (documented wire text).
_WINDOW_NAMES = {1: "sekundę", 60: "minutę", 3600: "godzinę"}
_LONGEST_WINDOW = 3600
#: How many times the contract's table a profile allows, and publishes.
_FACTORS: Mapping[LimitProfile, int] = {"off": 1, "contract": 1, "x10": 10}
#: In this group every operation has a counter of its own (documented rule).
_SEPARATE = "other"
_ANONYMOUS, _GLOBAL = "anonymous", "global"
#: Over everything that comes from an address; no operation of the contract states it (contract,
#: example of GET /rate-limits).
_GLOBAL_RATES = Rates(per_second=75)
#: Groups in the order in which they are published (contract, EffectiveApiRateLimits).
GROUPS = (
    "onlineSession",
    "onlineSessionClose",
    "batchSession",
    "batchSessionClose",
    "invoiceSend",
    "invoiceStatus",
    "sessionList",
    "sessionInvoiceList",
    "sessionMisc",
    "invoiceMetadata",
    "invoiceExport",
    "invoiceExportStatus",
    "invoiceDownload",
    "collectiveIdentifier",
    _SEPARATE,
    _ANONYMOUS,
    _GLOBAL,
)
#: Times on the clock are compared to the microsecond: sums of floats are not exact.
_PRECISION = 6


@frozen
class _Refused:
    limit: int
    window: int
    wait: float


class RateLimits:
    """Counts requests and refuses those over a limit. Refused requests are not counted."""

    def __init__(
        self,
        clock: Clock,
        settings: Settings,
        operations: Iterable[Operation],
        overrides: LimitOverrides,
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._overrides = overrides
        self._table: dict[str, Rates] = {_GLOBAL: _GLOBAL_RATES}
        for operation in operations:
            if operation.limits:
                self._table[operation.group] = _rates(operation)
        self._seen: dict[Hashable, deque[float]] = {}
        #: Until when a caller is blocked, and for how long it was at first.
        self._blocks: dict[Hashable, tuple[float, float]] = {}

    def by_contract(self, group: str) -> Rates:
        """The contract's rates of a group, whatever the profile."""
        return self._table.get(group, Rates())

    def production(self) -> dict[str, Rates]:
        """The rates of production, by group: those of the contract (documented rule)."""
        return {group: self.by_contract(group) for group in GROUPS}

    def published(self, context: Party) -> dict[str, Rates]:
        """What a context is told of its rates, by group.

        With the profile "off" that is the contract's table too, or what was set for the context;
        only it is not enforced.
        """
        factor = _FACTORS[self._settings.limits]
        changed = self._overrides.rates.get(context, {})
        return {
            group: changed.get(group) or self.by_contract(group).times(factor) for group in GROUPS
        }

    def count(self, operation: Operation, caller: Caller, client: str) -> None:
        """Count one request; raises OverLimit when a window is full."""
        if self._settings.limits == "off":
            return
        now = self._clock.timestamp()
        counters = [
            (self._recent(key, now), key, windows)
            for key, windows in self._counters(operation, caller, client)
        ]
        refused = [
            found
            for seen, key, windows in counters
            if (found := self._refusal(seen, key, windows, now)) is not None
        ]
        if refused:
            # Of several full windows the one that is full for longest: after it, and not before,
            # a request is taken.
            longest = max(refused, key=lambda found: found.wait)
            seconds = max(1, math.ceil(longest.wait))
            raise OverLimit(longest.limit, _WINDOW_NAMES[longest.window], seconds)
        for seen, _, _ in counters:
            seen.append(now)

    def reset(self) -> None:
        """Forget all requests."""
        self._seen.clear()
        self._blocks.clear()

    def _counters(
        self, operation: Operation, caller: Caller, client: str
    ) -> list[tuple[Hashable, tuple[tuple[int, int], ...]]]:
        factor = _FACTORS[self._settings.limits]
        rates = _rates(operation).times(factor)
        # Anonymous operations are counted by address: no context changes their rates.
        if caller.context is not None and operation.group != _ANONYMOUS:
            rates = self._overrides.rates.get(caller.context, {}).get(operation.group) or rates
        counters = [(_key(operation, caller, client), rates.windows)]
        if self._settings.enforce_global_limit:
            counters.append(((client, _GLOBAL), _GLOBAL_RATES.times(factor).windows))
        return [(key, windows) for key, windows in counters if windows]

    def _recent(self, key: Hashable, now: float) -> deque[float]:
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - _LONGEST_WINDOW:
            seen.popleft()
        return seen

    def _refusal(
        self, seen: deque[float], key: Hashable, windows: Iterable[tuple[int, int]], now: float
    ) -> _Refused | None:
        found = None
        for window, limit in windows:
            if len(seen) < limit:
                continue
            # The window is free again when the request that is `limit` places back leaves it.
            wait = round(seen[-limit] + window - now, _PRECISION)
            if wait > 0 and (found is None or wait > found.wait):
                found = _Refused(limit, window, wait)
        if not self._settings.growing_blocks:
            return found
        return self._lengthened(found, key, windows, now)

    def _lengthened(
        self,
        found: _Refused | None,
        key: Hashable,
        windows: Iterable[tuple[int, int]],
        now: float,
    ) -> _Refused | None:
        until, step = self._blocks.get(key, (now, 0.0))
        if until <= now:
            if found is not None:
                self._blocks[key] = (now + found.wait, found.wait)
            return found
        until = min(until + step, now + _LONGEST_WINDOW)
        self._blocks[key] = (until, step)
        window, limit = next(iter(windows)) if found is None else (found.window, found.limit)
        return _Refused(limit, window, round(until - now, _PRECISION))


def _rates(operation: Operation) -> Rates:
    windows = dict(operation.limits)
    return Rates(*(windows.get(seconds, Rates().per_second) for seconds in _WINDOW_NAMES))


def _key(operation: Operation, caller: Caller, client: str) -> Hashable:
    if operation.group == _ANONYMOUS:
        return client, _ANONYMOUS
    group = str(operation.key) if operation.group == _SEPARATE else operation.group
    return client, caller.context, group
