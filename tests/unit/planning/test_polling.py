"""Polling: cheap enough for the hourly limit, and never past the deadline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.planning.polling import Deadline, PollingPolicy, next_delay

POLICY = PollingPolicy()
HOUR = 3600.0
# Contract `x-rate-limits` of GET /sessions/{referenceNumber}, group sessionMisc, per hour.
SESSION_MISC_PER_HOUR = 1200


def looks_in(seconds: float, jitter: float = 0.0, policy: PollingPolicy = POLICY) -> list[float]:
    """The moments at which one waiter looks within `seconds`, the first look included."""
    now, moments = 0.0, [0.0]
    while (delay := next_delay(policy, len(moments), None, jitter=jitter)) is not None:
        now += delay
        if now >= seconds:
            break
        moments.append(now)
    return moments


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_four_waiters_stay_within_the_hourly_limit(jitter: float) -> None:
    assert len(looks_in(HOUR, jitter)) < SESSION_MISC_PER_HOUR / 4


def test_no_later_hour_is_dearer_than_the_first() -> None:
    moments = looks_in(12 * HOUR)
    by_hour = [sum(1 for m in moments if h * HOUR <= m < (h + 1) * HOUR) for h in range(12)]
    assert max(by_hour) == by_hour[0]


def test_a_quick_result_is_found_quickly() -> None:
    assert looks_in(10)[:4] == [0.0, 1.0, 2.5, 4.75]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_up_to_the_maximum_and_chance_only_adds(attempt: int, jitter: float) -> None:
    plain = next_delay(POLICY, attempt, None)
    longer = next_delay(POLICY, attempt + 1, None)
    spread = next_delay(POLICY, attempt, None, jitter=jitter)
    assert plain is not None
    assert longer is not None
    assert spread is not None
    assert plain <= longer <= POLICY.maximum
    assert plain <= spread <= plain * (1 + POLICY.spread) + 1e-9


@given(
    st.integers(1, 50),
    st.floats(0, 100),
    st.one_of(st.none(), st.floats(0, 100)),
    st.floats(0, 1),
)
def test_no_wait_passes_the_deadline_or_cuts_retry_after_short(
    attempt: int, remaining: float, retry_after: float | None, jitter: float
) -> None:
    delay = next_delay(POLICY, attempt, remaining, retry_after, jitter)
    if delay is None:
        assert remaining <= 0 or (retry_after is not None and retry_after > remaining)
    else:
        assert 0 < delay <= remaining
        assert retry_after is None or delay >= retry_after


def test_the_last_look_comes_at_the_deadline() -> None:
    assert next_delay(POLICY, 20, 3.0) == 3.0
    assert next_delay(POLICY, 21, 0.0) is None
    assert next_delay(POLICY, 1, -1.0) is None


def test_retry_after_is_honoured() -> None:
    assert next_delay(POLICY, 1, None, 120.0) == 120.0
    assert next_delay(POLICY, 30, None, 2.0) == 15.0
    assert next_delay(POLICY, 1, 60.0, 120.0) is None
    assert next_delay(POLICY, 1, 120.0, 120.0) == 120.0


def test_a_deadline_counts_down_and_stops_at_zero() -> None:
    deadline = Deadline.after(10.0, 100.0)
    assert deadline.remaining(100.0) == 10.0
    assert deadline.remaining(104.0) == 6.0
    assert deadline.remaining(111.0) == 0.0
    assert Deadline.after(None, 100.0).remaining(1e9) is None
    assert Deadline().remaining(0.0) is None


@pytest.mark.parametrize(
    "changes", [{"first": 0.0}, {"factor": 0.9}, {"maximum": 0.0}, {"spread": 1.5}, {"spread": -1}]
)
def test_a_rhythm_that_makes_no_sense_is_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        PollingPolicy(**changes)
