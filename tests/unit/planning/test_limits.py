"""The limiter: never more than allowed in any window, never a waiter left behind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrate_limiter import InMemoryBucket, Rate, RateItem

from ksef_facade.planning.limits import Budget, Limiter, Window

KEY = ("context", "sessionMisc")
SESSION_MISC = Budget.of("sessionMisc", 10, 120, 1200)

# Small windows in every relation to each other, so that each of them is the tightest at times.
budgets = st.lists(
    st.builds(Window, st.integers(1, 8), st.sampled_from([0.5, 1.0, 3.0, 10.0])),
    min_size=1,
    max_size=3,
    unique_by=lambda window: window.seconds,
).map(lambda windows: Budget("g", tuple(windows)))


def most_in_any_window(moments: Sequence[float], seconds: float) -> int:
    """The most moments in any interval of this length, its begin included and its end not."""
    return max(
        (sum(1 for m in moments if start <= m < start + seconds) for start in moments), default=0
    )


@given(budgets, st.lists(st.floats(0, 4), max_size=60), st.sampled_from([0.0, 0.05, 0.5]))
def test_no_window_ever_holds_more_than_its_limit(
    budget: Budget, pauses: list[float], margin: float
) -> None:
    limiter = Limiter(margin=margin)
    now = 1000.0
    sent = []
    for pause in pauses:
        now += pause
        if limiter.reserve(KEY, budget, now) == 0.0:
            sent.append(now)
    for window in budget.windows:
        assert most_in_any_window(sent, window.seconds) <= window.limit


@given(budgets, st.integers(1, 60), st.floats(0, 1e9))
def test_who_waits_as_told_always_gets_on(budget: Budget, count: int, start: float) -> None:
    limiter = Limiter()
    now = start
    sent = []
    while len(sent) < count:
        for _ in range(3):
            wait = limiter.reserve(KEY, budget, now)
            if wait == 0.0:
                break
            now += wait
        assert wait == 0.0, "two waits in a row did not lead to a request"
        sent.append(now)
    for window in budget.windows:
        assert most_in_any_window(sent, window.seconds) <= window.limit


def test_a_burst_goes_out_at_the_pace_of_the_contract() -> None:
    limiter = Limiter(margin=0.0)
    now, moments = 0.0, []
    while len(moments) < 1201:
        wait = limiter.reserve(KEY, SESSION_MISC, now)
        if wait:
            now += wait
        else:
            moments.append(now)
    assert moments[9] == 0.0
    assert moments[10] == pytest.approx(1.0, abs=0.01)
    assert moments[120] == pytest.approx(60.0, abs=0.1)
    assert moments[1200] == pytest.approx(3600.0, abs=1.0)


@given(
    st.lists(
        st.tuples(st.integers(1, 8), st.sampled_from([501, 1001, 3001, 10_001])),
        min_size=1,
        max_size=3,
        unique_by=lambda rate: rate[1],
    ),
    st.lists(st.integers(0, 3000), max_size=80),
)
def test_it_decides_as_pyrate_limiter_does(rates: list[tuple[int, int]], pauses: list[int]) -> None:
    # The other library wants rates in order, each longer one with a higher limit and a lower pace.
    ordered = sorted(rates, key=lambda rate: rate[1])
    rates = ordered[:1]
    for limit, span in ordered[1:]:
        last_limit, last_span = rates[-1]
        if limit > last_limit and limit * last_span < last_limit * span:
            rates.append((limit, span))
    oracle = InMemoryBucket([Rate(limit, span) for limit, span in rates])
    limiter = Limiter(margin=0.0)
    budget = Budget("g", tuple(Window(limit, span / 1000) for limit, span in rates))
    now = 1_000_000
    for pause in pauses:
        # Even moments and odd windows: at the exact end of a window the other library still counts
        # the oldest request, and a limiter without margin does not.
        now += 2 * pause
        expected = oracle.put(RateItem("x", now))
        assert (limiter.reserve(KEY, budget, now / 1000) == 0.0) == bool(expected)


def test_a_refusal_counts_nothing() -> None:
    limiter = Limiter(margin=0.0)
    budget = Budget.of("g", per_second=1)
    assert limiter.reserve(KEY, budget, 10.0) == 0.0
    for _ in range(5):
        assert limiter.reserve(KEY, budget, 10.25) == pytest.approx(0.75, abs=0.001)
    assert limiter.reserve(KEY, budget, 11.0) == 0.0


def test_asking_for_the_delay_counts_nothing() -> None:
    limiter = Limiter(margin=0.0)
    budget = Budget.of("g", per_second=1)
    assert limiter.delay(KEY, budget, 10.0) == 0.0
    assert limiter.reserve(KEY, budget, 10.0) == 0.0
    assert limiter.delay(KEY, budget, 10.0) == pytest.approx(1.0, abs=0.002)


def test_the_margin_makes_every_window_longer() -> None:
    limiter = Limiter(margin=0.05)
    budget = Budget.of("g", per_second=1)
    assert limiter.reserve(KEY, budget, 0.0) == 0.0
    assert limiter.reserve(KEY, budget, 1.0) > 0.0
    assert limiter.reserve(KEY, budget, 1.051) == 0.0


def test_keys_do_not_share_their_budget() -> None:
    limiter = Limiter()
    budget = Budget.of("g", per_hour=1)
    assert limiter.reserve(("a", "g"), budget, 0.0) == 0.0
    assert limiter.reserve(("b", "g"), budget, 0.0) == 0.0
    assert limiter.reserve(("a", "g"), budget, 0.0) > 3599


@given(st.floats(0.01, 4000), st.lists(st.floats(0, 5000), max_size=20))
def test_nothing_goes_out_while_a_key_is_blocked(block: float, moments: list[float]) -> None:
    limiter = Limiter()
    limiter.block(KEY, 100.0 + block)
    for moment in sorted(moments):
        now = 100.0 + moment
        wait = limiter.reserve(KEY, Budget.of("g", per_second=100), now)
        if now < 100.0 + block:
            assert wait >= 100.0 + block - now
            assert wait < 100.0 + block - now + 0.002
        else:
            assert wait == 0.0 or moments.count(moment) >= 100


def test_a_shorter_block_does_not_end_a_longer_one() -> None:
    limiter = Limiter()
    limiter.block(KEY, 50.0)
    limiter.block(KEY, 20.0)
    assert limiter.reserve(KEY, SESSION_MISC, 30.0) == pytest.approx(20.0, abs=0.002)
    assert limiter.reserve(KEY, SESSION_MISC, 50.0) == 0.0


def test_a_block_holds_without_limits_too() -> None:
    limiter = Limiter()
    unlimited = Budget.of("g", -1, None, -1)
    limiter.block(KEY, 5.0)
    assert limiter.reserve(KEY, unlimited, 0.0) == pytest.approx(5.0, abs=0.002)
    assert all(limiter.reserve(KEY, unlimited, 5.0) == 0.0 for _ in range(10_000))


def test_moments_out_of_order_make_no_room() -> None:
    limiter = Limiter(margin=0.0)
    budget = Budget.of("g", per_second=2)
    assert limiter.reserve(KEY, budget, 10.5) == 0.0
    assert limiter.reserve(KEY, budget, 10.0) == 0.0
    assert limiter.reserve(KEY, budget, 11.25) == pytest.approx(0.25, abs=0.001)


def test_what_is_left_is_told_for_each_window() -> None:
    limiter = Limiter(margin=0.0)
    assert limiter.remaining(KEY, SESSION_MISC, 0.0) == {1.0: 10, 60.0: 120, 3600.0: 1200}
    for _ in range(4):
        limiter.reserve(KEY, SESSION_MISC, 0.0)
    assert limiter.remaining(KEY, SESSION_MISC, 0.5) == {1.0: 6, 60.0: 116, 3600.0: 1196}
    assert limiter.remaining(KEY, SESSION_MISC, 1.0) == {1.0: 10, 60.0: 116, 3600.0: 1196}
    limiter.block(KEY, 3.0)
    assert limiter.remaining(KEY, SESSION_MISC, 1.0) == {1.0: 0, 60.0: 0, 3600.0: 0}


def test_memory_is_bounded_by_the_longest_window() -> None:
    limiter = Limiter()
    for hour in range(5):
        for _ in range(2000):
            limiter.reserve(KEY, SESSION_MISC, hour * 4000.0)
            limiter.reserve(KEY, SESSION_MISC, hour * 4000.0 + 61.0)
    [log] = limiter._logs.values()
    assert len(log.stamps) <= 1200
    assert log.stamps[0] >= 4 * 4000.0


def test_keys_that_are_idle_are_forgotten() -> None:
    limiter = Limiter()
    for number in range(20_000):
        limiter.reserve((number, "g"), SESSION_MISC, number * 10.0)
    assert len(limiter._logs) < 1000
    limiter.block("blocked", 1e9)
    for number in range(2000):
        limiter.reserve((number, "h"), SESSION_MISC, 1e6 + number * 10.0)
    assert limiter.reserve("blocked", SESSION_MISC, 2e6) > 0


def test_a_budget_is_made_of_the_contracts_rows() -> None:
    assert SESSION_MISC.windows == (Window(10, 1.0), Window(120, 60.0), Window(1200, 3600.0))
    assert Budget.of("anonymous", 60, None, -1).windows == (Window(60, 1.0),)
    assert Budget.of("none").windows == ()
    assert Budget.of("none").longest == 0.0
    assert SESSION_MISC.longest == 3600.0


@pytest.mark.parametrize("limit", [0, -5])
def test_a_window_allows_at_least_one_request(limit: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        Window(limit, 1.0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_times_that_make_no_sense_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="margin"):
        Limiter(margin=value)
    with pytest.raises(ValueError, match="until"):
        Limiter().block(KEY, value if value > 0 or value != value else float("-inf"))


def test_requests_that_go_out_anyway_are_counted_too() -> None:
    limiter = Limiter(margin=0.0)
    budget = Budget("g", (Window(2, 1.0), Window(3, 60.0)))
    for moment in (0.0, 0.1, 0.2, 0.3, 0.4):
        limiter.count(KEY, budget, moment)
    assert limiter.remaining(KEY, budget, 0.5) == {1.0: 0, 60.0: 0}
    # The latest three are what the windows still hold.
    assert limiter.remaining(KEY, budget, 60.25) == {1.0: 2, 60.0: 1}
    assert limiter.reserve(KEY, budget, 1.35) > 0


def test_requests_of_another_process_are_counted() -> None:
    limiter = Limiter(margin=0.0)
    budget = Budget("g", (Window(2, 1.0), Window(3, 60.0)))
    limiter.count(KEY, budget, 100.0)
    limiter.recall(KEY, budget, [30.0, 50.0])
    assert limiter.remaining(KEY, budget, 100.5) == {1.0: 1, 60.0: 1}
    assert limiter.delay(KEY, budget, 100.5) == 0.0
    limiter.recall(KEY, budget, [99.0, 99.5])
    assert limiter.delay(KEY, budget, 100.2) > 50
