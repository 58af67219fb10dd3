"""How requests are made: time-outs, retries, pacing and hooks; one frozen value, shared by copies."""

from __future__ import annotations

from datetime import timedelta
from math import inf
from typing import Literal

from attrs import evolve, field, frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.planning.retry import RetryPolicy
from ksef_facade.system_warnings import WarningHook

_SHORTEST = 0.05
"""Seconds a request gets even when the wait that it belongs to is all but over."""
_ENDLESS = 1e9
"""Seconds, thirty years of them: what lasts longer has no end that a clock could tell."""
_BRIEF_ATTEMPTS = 2
_BRIEF_DEADLINE = 15.0
"""Attempts and seconds for a link, behind which another link and the API are left."""
DEFAULT_WAIT = timedelta(minutes=15)
"""How long a wait lasts unless told otherwise. Processing takes seconds as a rule and hours at
worst.
"""
RateLimits = Literal["auto", "contract", "off"]


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

    until: float = inf
    """When the wait that a request belongs to is over, on the client's monotonic clock."""

    def within(self, seconds: float | None, now: float) -> Settings:
        """These settings inside a wait that has `seconds` left, or no deadline (`None`).

        A `Retry-After` is waited out whatever its length, as long as the wait may last.
        """
        left = inf if seconds is None else max(seconds, _SHORTEST)
        retry = evolve(self.retry, deadline=left, max_rate_limit_wait=left)
        return evolve(self, retry=retry, until=min(self.until, now + left))

    def with_brief_retries(self) -> Settings:
        """These settings for a way that has another one behind it: soon given up."""
        retry = evolve(
            self.retry,
            attempts=min(self.retry.attempts, _BRIEF_ATTEMPTS),
            deadline=min(self.retry.deadline, _BRIEF_DEADLINE),
        )
        return evolve(self, retry=retry, timeout=min(self.timeout, _BRIEF_DEADLINE))

    def time_left(self, now: float) -> float:
        """Seconds until the wait that these settings belong to is over; never below a little."""
        return max(self.until - now, _SHORTEST)


def seconds_of(duration: timedelta | float | None) -> float | None:
    """A duration in seconds, whichever way it was given; `None` is no limit.

    Raises:
        ConfigurationError: it is something else, such as a text.
    """
    if duration is None:
        return None
    if isinstance(duration, timedelta):
        duration = duration.total_seconds()
    # What differs from itself is no number, and no moment comes after it.
    if isinstance(duration, (int, float)) and duration == duration:
        return inf if duration > _ENDLESS else max(duration, -_ENDLESS)
    raise ConfigurationError(f"a duration is seconds or a timedelta, not {duration!r:.60}")


def time_setting(name: str, duration: timedelta | float) -> float:
    """The seconds of a setting, which nothing can take less than no time for.

    Raises:
        ConfigurationError: it is below 0, or no duration.
    """
    seconds = seconds_of(duration) or 0.0
    if seconds < 0:
        raise ConfigurationError(f"{name} must be 0 or more seconds, not {seconds:g}")
    return seconds


def silence_setting(timeout: timedelta | float) -> float:
    """The seconds that a request may be silent for.

    Raises:
        ConfigurationError: no answer could come in time, or it is no duration.
    """
    seconds = time_setting("timeout", timeout)
    if not seconds:
        raise ConfigurationError(
            "timeout must be more than 0 seconds: no answer could come in time"
        )
    return seconds


def at_least_one(parallel_downloads: int) -> int:
    """The number of downloads at once.

    Raises:
        ConfigurationError: none would ever begin, or it is no number of them.
    """
    if not isinstance(parallel_downloads, int) or parallel_downloads < 1:
        raise ConfigurationError(
            f"parallel_downloads must be a whole number of 1 or more, not {parallel_downloads!r}"
        )
    return parallel_downloads
