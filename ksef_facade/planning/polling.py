"""How long to wait between two looks at a status that is not final yet."""

from __future__ import annotations

from typing import Final, Self

from attrs import field, frozen, validators

# Past this many steps every wait is at its maximum, and `**` would overflow.
_LARGEST_EXPONENT: Final = 64


@frozen(kw_only=True)
class PollingPolicy:
    """The rhythm of polling; times in seconds.

    The defaults find a quick result quickly and then ask about 240 times an hour, a fifth of the
    1200 that the groups `sessionMisc` and `invoiceStatus` allow (contract `x-rate-limits`): four
    waiters, or one and the downloads of its UPO, fit into one context.

    Attributes:
        first: wait before the second look.
        factor: by how much each wait is longer than the one before it.
        maximum: longest wait, chance apart.
        spread: part of a wait that chance may add, so that many waiters do not ask in step.
    """

    first: float = field(default=1.0, validator=validators.gt(0))
    factor: float = field(default=1.5, validator=validators.ge(1))
    maximum: float = field(default=15.0, validator=validators.gt(0))
    spread: float = field(default=0.1, validator=[validators.ge(0), validators.le(1)])


@frozen
class Deadline:
    """The moment after which a wait gives up, on a clock that the caller reads; `None` is never."""

    at: float | None = None

    @classmethod
    def after(cls, seconds: float | None, now: float) -> Self:
        """The deadline `seconds` from `now`; `None` is never."""
        return cls(None if seconds is None else now + seconds)

    def remaining(self, now: float) -> float | None:
        """Seconds that are left, never below 0; `None` without a deadline."""
        return None if self.at is None else max(0.0, self.at - now)


def next_delay(
    policy: PollingPolicy,
    attempt: int,
    remaining: float | None,
    retry_after: float | None = None,
    jitter: float = 0.0,
) -> float | None:
    """Seconds to wait before the next look, or `None` when the wait is over.

    The last look comes at the deadline itself, never after it. Chance only makes a wait longer,
    so that it cannot raise the cost in requests.

    Args:
        policy: the rhythm.
        attempt: looks made so far, from 1.
        remaining: seconds until the deadline; `None` when there is none.
        retry_after: seconds that the service asked to wait, or `None`; it is never cut short, so
            the wait is over when it reaches beyond the deadline.
        jitter: chance, from 0 to 1.
    """
    if remaining is not None and remaining <= 0:
        return None
    exponent = min(max(attempt, 1) - 1, _LARGEST_EXPONENT)
    delay = min(policy.maximum, policy.first * policy.factor**exponent)
    delay *= 1 + policy.spread * min(max(jitter, 0.0), 1.0)
    if remaining is not None:
        if retry_after is not None and retry_after > remaining:
            return None
        delay = min(delay, remaining)
    return delay if retry_after is None else max(delay, retry_after)
