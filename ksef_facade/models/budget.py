"""What is left of the limits, as callers get it."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen


@frozen(kw_only=True)
class GroupBudget:
    """What one limit group still allows, as far as this client knows: other programs count too.

    The numbers are requests in the sliding windows of the contract's `x-rate-limits`; `None` means
    that the window has no limit. After a 429 they are 0 until its `Retry-After` is over.

    Attributes:
        group: name of the group (contract `x-rate-limit-group`).
        second: requests left in the window of a second.
        minute: requests left in the window of a minute.
        hour: requests left in the window of an hour.
        made: requests that this client made in the group since it exists, repetitions included.
    """

    group: str
    second: int | None
    minute: int | None
    hour: int | None
    made: int = 0


@frozen(kw_only=True)
class Spent:
    """What was spent of a limit group by an earlier process, as it was written down."""

    requests: tuple[datetime, ...] = ()
    blocked_until: datetime | None = None
