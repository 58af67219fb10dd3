"""Whether a request is repeated, and after how many seconds.

Repeating is not free: each attempt counts against the limits, KSeF makes a block longer when it
is tried too early, and a repeated POST may act twice.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, TypeAlias

from attrs import field, frozen, validators

# Answers that speak of the service's state, not of the request (observed behaviour: a repeated
# request usually succeeds).
_PASSING_STATUSES: Final = frozenset({500, 502, 503, 504})
_TOO_MANY_REQUESTS: Final = 429

# Methods without effect, by HTTP (RFC 9110, 9.2.1).
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

# The contract has whole seconds; a proxy's fraction is understood, a text without end is not.
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")

# Past this many doublings every backoff is at its maximum, and `**` would overflow.
_LARGEST_EXPONENT: Final = 64


@frozen
class Answered:
    """The service answered with an HTTP status; `retry_after` in seconds, as it asked, or `None`."""

    status: int
    retry_after: float | None = None


@frozen
class NotSent:
    """No connection came about: the service has certainly not seen the request."""


@frozen
class NoAnswer:
    """The connection broke or timed out later: the service may have acted on the request."""


Outcome: TypeAlias = Answered | NotSent | NoAnswer


@frozen
class Retry:
    """Send the request again after `delay` seconds."""

    delay: float


@frozen
class Stop:
    """Do not send the request again; `reason` is a sentence's end for a message."""

    reason: str


@frozen(kw_only=True)
class RetryPolicy:
    """How long and how often to try; all times in seconds.

    Attributes:
        deadline: time from the first attempt after which none is started.
        attempts: most attempts, the first one included.
        first: longest wait before the second attempt; it grows by `factor` up to `maximum`.
        max_rate_limit_wait: longest `Retry-After` that is waited out. The default covers the
            windows of a second and a minute; a block of the hourly window (observed: up to 3037
            s) is the caller's to decide.
        rate_limit_margin: added to a `Retry-After`, since the header and the service's text were
            observed to differ by a second.
    """

    deadline: float = field(default=180.0, validator=validators.ge(0))
    attempts: int = field(default=6, validator=validators.ge(1))
    first: float = field(default=0.5, validator=validators.ge(0))
    factor: float = field(default=2.0, validator=validators.ge(1))
    maximum: float = field(default=8.0, validator=validators.ge(0))
    max_rate_limit_wait: float = field(default=90.0, validator=validators.ge(0))
    rate_limit_margin: float = field(default=1.0, validator=validators.ge(0))


def decide(
    *,
    method: str,
    idempotent: bool,
    attempt: int,
    elapsed: float,
    outcome: Outcome,
    policy: RetryPolicy,
    jitter: float,
) -> Retry | Stop:
    """What to do after an attempt that brought no good answer.

    A request that may act twice is repeated only when the service has not seen it or refused to
    count it (429). A `Retry-After` is waited for in full or not at all.

    Args:
        method: HTTP method; GET, HEAD and OPTIONS may always be repeated.
        idempotent: the operation may be repeated although its method says nothing of it.
        attempt: attempts made so far, from 1.
        elapsed: seconds since the first attempt began.
        outcome: what the last attempt brought.
        policy: how long and how often.
        jitter: chance, from 0 to 1: the part of the backoff that is waited.
    """
    if attempt >= policy.attempts:
        return Stop(f"after {attempt} attempts")
    if isinstance(outcome, Answered) and outcome.status == _TOO_MANY_REQUESTS:
        return _after_rate_limit(outcome.retry_after, elapsed, policy)
    repeatable = idempotent or method.upper() in _SAFE_METHODS
    match outcome:
        case NotSent():
            wanted = 0.0
        case NoAnswer():
            if not repeatable:
                return Stop("because the request may have arrived and could act twice")
            wanted = 0.0
        case Answered(status=status, retry_after=retry_after):
            if status not in _PASSING_STATUSES:
                return Stop(f"because status {status} will not change by itself")
            if not repeatable:
                return Stop("because the request was answered and could act twice")
            wanted = retry_after or 0.0
    exponent = min(max(attempt, 1) - 1, _LARGEST_EXPONENT)
    backoff = min(policy.maximum, policy.first * policy.factor**exponent)
    delay = max(wanted, backoff * min(max(jitter, 0.0), 1.0))
    return _within_deadline(delay, elapsed, policy)


def _after_rate_limit(
    retry_after: float | None, elapsed: float, policy: RetryPolicy
) -> Retry | Stop:
    if retry_after is None:
        # A guess could be too early, and each early attempt makes the block longer.
        return Stop("because the service did not say how long its limit holds")
    if retry_after > policy.max_rate_limit_wait:
        return Stop(
            f"because the service asks to wait {retry_after:g} s,"
            f" more than the {policy.max_rate_limit_wait:g} s that are allowed"
        )
    return _within_deadline(retry_after + policy.rate_limit_margin, elapsed, policy)


def _within_deadline(delay: float, elapsed: float, policy: RetryPolicy) -> Retry | Stop:
    if elapsed + delay > policy.deadline:
        return Stop(f"because the next attempt would come after {policy.deadline:g} s")
    return Retry(delay)


def parse_retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks for, or `None` when it cannot be understood.

    Seconds (contract: header of 429) and HTTP dates (RFC 9110, 10.2.3) are read; a date in the past
    is 0.0.

    Args:
        text: the header's value, `None` when there was none.
        now: the present, with a time zone; only needed for dates.

    Raises:
        ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    if text is None:
        return None
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        # "-0000" says that the zone is unknown; HTTP dates are always UTC.
        moment = moment.replace(tzinfo=now.tzinfo)
    return max(0.0, (moment - now).total_seconds())
