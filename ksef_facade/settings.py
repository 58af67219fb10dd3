"""How requests are made: time-outs, retries, pacing and hooks; one frozen value, shared by copies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from attrs import evolve, field, frozen

from ksef_facade.errors import KsefSystemWarning
from ksef_facade.planning.retry import RetryPolicy

_SHORTEST = 0.05
"""Seconds a request gets even when the wait that it belongs to is all but over."""
RateLimits = Literal["auto", "contract", "off"]
WarningHook = Callable[[KsefSystemWarning], None]


@frozen(kw_only=True)
class Settings:
    """Settings of a client. Times are in seconds."""

    timeout: float = 30.0
    """The longest silence of one request: connecting, or between two pieces of an answer."""
    retry: RetryPolicy = field(factory=RetryPolicy)
    paced: bool = True
    """Whether requests wait for their place in the contract's limits before they are sent."""
    parallel_downloads: int = 4
    login_timeout: float = 180.0
    """The longest wait for KSeF's decision on a login."""
    on_system_warning: WarningHook | None = None

    def within(self, seconds: float | None) -> Settings:
        """These settings inside a wait that has `seconds` left, or no deadline (`None`).

        A `Retry-After` is waited out whatever its length, as long as the wait may last.
        """
        left = float("inf") if seconds is None else max(seconds, _SHORTEST)
        return evolve(
            self,
            timeout=min(self.timeout, left),
            retry=evolve(
                self.retry,
                deadline=left,
                max_rate_limit_wait=left,
            ),
        )


def seconds_of(duration: timedelta | float | None) -> float | None:
    """A duration in seconds, whichever way it was given; `None` is no limit."""
    return duration.total_seconds() if isinstance(duration, timedelta) else duration
