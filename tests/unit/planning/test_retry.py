"""Retries: what may be repeated, when, and when it must not be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.planning.retry import (
    Answered,
    NoAnswer,
    NotSent,
    Outcome,
    Retry,
    RetryPolicy,
    Stop,
    decide,
    parse_retry_after,
)

POLICY = RetryPolicy()
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def ask(
    outcome: Outcome,
    *,
    method: str = "GET",
    idempotent: bool = False,
    attempt: int = 1,
    elapsed: float = 0.0,
    policy: RetryPolicy = POLICY,
    jitter: float = 1.0,
) -> Retry | Stop:
    return decide(
        method=method,
        idempotent=idempotent,
        attempt=attempt,
        elapsed=elapsed,
        outcome=outcome,
        policy=policy,
        jitter=jitter,
    )


@pytest.mark.parametrize(
    "outcome", [NotSent(), NoAnswer(), *(Answered(status) for status in (500, 502, 503, 504))]
)
def test_a_read_is_repeated_after_what_may_pass(outcome: Outcome) -> None:
    assert ask(outcome) == Retry(0.5)


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 410, 415, 501, 505])
def test_no_answer_that_will_not_change_is_asked_for_again(status: int) -> None:
    assert isinstance(ask(Answered(status)), Stop)
    assert isinstance(ask(Answered(status), method="POST", idempotent=True), Stop)


@pytest.mark.parametrize("outcome", [NoAnswer(), Answered(500), Answered(503), Answered(504)])
def test_a_post_is_not_repeated_when_it_could_act_twice(outcome: Outcome) -> None:
    decision = ask(outcome, method="POST")
    assert isinstance(decision, Stop)
    assert "could act twice" in decision.reason
    assert ask(outcome, method="POST", idempotent=True) == Retry(0.5)


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_what_certainly_did_not_act_is_repeated(method: str) -> None:
    assert ask(NotSent(), method=method) == Retry(0.5)
    assert ask(Answered(429, 3.0), method=method) == Retry(4.0)


def test_backoff_doubles_up_to_its_maximum() -> None:
    policy = RetryPolicy(attempts=100, deadline=1e6)
    delays = [ask(NotSent(), attempt=attempt, policy=policy) for attempt in range(1, 8)]
    assert delays == [Retry(d) for d in (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)]
    assert ask(NotSent(), attempt=5000, policy=RetryPolicy(attempts=10_000)) == Retry(8.0)


@given(st.floats(0, 1), st.integers(1, 5))
def test_chance_shortens_a_backoff_and_never_lengthens_it(jitter: float, attempt: int) -> None:
    whole, part = ask(NotSent(), attempt=attempt), ask(NotSent(), attempt=attempt, jitter=jitter)
    assert isinstance(whole, Retry)
    assert isinstance(part, Retry)
    assert part.delay == pytest.approx(whole.delay * jitter)


def test_attempts_are_counted() -> None:
    assert isinstance(ask(NotSent(), attempt=5), Retry)
    assert ask(NotSent(), attempt=6) == Stop("after 6 attempts")
    assert isinstance(ask(Answered(429, 1.0), attempt=6), Stop)
    assert ask(NotSent(), policy=RetryPolicy(attempts=1)) == Stop("after 1 attempts")


@given(
    st.floats(0, 400),
    st.floats(0, 400),
    st.sampled_from(["NotSent", "NoAnswer", "503", "429"]),
    st.integers(1, 6),
    st.floats(0, 1),
)
def test_no_attempt_starts_after_the_deadline(
    elapsed: float, retry_after: float, kind: str, attempt: int, jitter: float
) -> None:
    outcome: Outcome = {
        "NotSent": NotSent(),
        "NoAnswer": NoAnswer(),
        "503": Answered(503, retry_after),
        "429": Answered(429, retry_after),
    }[kind]
    decision = ask(outcome, elapsed=elapsed, attempt=attempt, jitter=jitter)
    if isinstance(decision, Retry):
        assert elapsed + decision.delay <= POLICY.deadline
        if isinstance(outcome, Answered):
            assert decision.delay >= retry_after


@given(st.floats(0, 1), st.floats(0, 90))
def test_a_429_is_waited_for_in_full_whatever_chance_says(jitter: float, asked: float) -> None:
    assert ask(Answered(429, asked), jitter=jitter) == Retry(asked + POLICY.rate_limit_margin)


@pytest.mark.parametrize("asked", [90.5, 300.0, 2680.0, 3037.0])
def test_a_longer_429_is_the_callers_to_wait_for(asked: float) -> None:
    decision = ask(Answered(429, asked))
    assert isinstance(decision, Stop)
    assert f"{asked:g} s" in decision.reason
    patient = RetryPolicy(max_rate_limit_wait=4000, deadline=4000)
    assert ask(Answered(429, asked), policy=patient) == Retry(asked + 1)


def test_a_429_that_names_no_time_is_not_guessed_at() -> None:
    assert isinstance(ask(Answered(429)), Stop)


def test_another_answer_may_ask_for_time_too() -> None:
    assert ask(Answered(503, 20.0)) == Retry(20.0)
    assert isinstance(ask(Answered(503, 500.0)), Stop)


def test_reasons_end_a_sentence() -> None:
    for decision in (
        ask(Answered(400)),
        ask(Answered(429)),
        ask(Answered(429, 999.0)),
        ask(NoAnswer(), method="POST"),
        ask(Answered(500), method="POST"),
        ask(NotSent(), attempt=6),
        ask(NotSent(), elapsed=180.0),
    ):
        assert isinstance(decision, Stop)
        assert decision.reason.split()[0] in ("after", "because")
        assert not decision.reason.endswith(".")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("30", 30.0),
        (" 2680 ", 2680.0),
        ("1.5", 1.5),
        ("999999999", 999999999.0),
        (None, None),
        ("", None),
        ("-1", None),
        ("soon", None),
        ("1e3", None),
        ("inf", None),
        ("nan", None),
        ("٣٠", None),
        ("9" * 400, None),
        ("Fri, 32 Nov 2026 12:00:00 GMT", None),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 13:00:30 +0100", 30.0),
        ("Fri, 20 Nov 2026 12:00:30 -0000", 30.0),
        ("Friday, 20-Nov-26 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 11:59:59 GMT", 0.0),
    ],
)
def test_retry_after_is_read(text: str | None, seconds: float | None) -> None:
    assert parse_retry_after(text, NOW) == seconds


@given(st.integers(0, 10**6), st.integers(-12, 12))
def test_dates_mean_the_same_in_every_zone(seconds: int, hours: int) -> None:
    text = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    local = NOW.astimezone(timezone(timedelta(hours=hours)))
    assert parse_retry_after(text, local) == seconds


@given(st.text(max_size=40) | st.from_regex(r"[0-9.:+ A-Za-z,-]{0,40}", fullmatch=True))
def test_any_header_is_read_or_ignored(text: str) -> None:
    seconds = parse_retry_after(text, NOW)
    assert seconds is None or 0 <= seconds < float("inf")


def test_the_present_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        parse_retry_after("1", NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    "changes", [{"deadline": -1.0}, {"attempts": 0}, {"factor": 0.5}, {"max_rate_limit_wait": -1.0}]
)
def test_a_policy_that_makes_no_sense_is_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        RetryPolicy(**changes)  # type: ignore[arg-type]
