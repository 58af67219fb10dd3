"""Paging: the walk ends where the list ends, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.errors import RepeatedToken
from ksef_facade.planning.paging import TokenCursor


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40), st.sampled_from([None, ""]))
def test_every_page_is_walked_however_short_it_is(sizes: list[int], end: str | None) -> None:
    cursor = TokenCursor(1000)
    asked: list[str | None] = []
    for number, size in enumerate(sizes, start=1):
        assert not cursor.done
        asked.append(cursor.token)
        more = cursor.advance(size, end if number == len(sizes) else f"token-{number}")
        assert more == (number < len(sizes))
    assert cursor.done
    assert cursor.token is None
    assert asked == [None, *(f"token-{number}" for number in range(1, len(sizes)))]
    assert (cursor.items, cursor.pages) == (sum(sizes), len(sizes))


def test_a_walk_resumes_from_a_token() -> None:
    cursor = TokenCursor(250, "stored")
    assert cursor.token == "stored"
    assert cursor.page_size == 250
    assert TokenCursor(250, "").token is None


def test_the_token_of_a_page_that_failed_stays() -> None:
    cursor = TokenCursor(10)
    cursor.advance(10, "second")
    assert cursor.token == "second"
    assert TokenCursor(10, cursor.token).token == "second"


@pytest.mark.parametrize("tokens", [["a", "a"], ["a", "b", "a"], ["a", "b", "c", "b"]])
def test_a_walk_that_would_go_round_is_stopped(tokens: list[str]) -> None:
    cursor = TokenCursor(10)
    for token in tokens[:-1]:
        assert cursor.advance(10, token)
    with pytest.raises(RepeatedToken, match=f"after page {len(tokens)}.*{len(tokens) * 10} items"):
        cursor.advance(10, tokens[-1])


def test_the_token_that_a_walk_began_with_counts_too() -> None:
    with pytest.raises(RepeatedToken):
        TokenCursor(10, "stored").advance(10, "stored")


def test_the_error_does_not_repeat_the_token() -> None:
    cursor = TokenCursor(10, "secret-cursor")
    with pytest.raises(RepeatedToken) as failure:
        cursor.advance(0, "secret-cursor")
    assert "secret-cursor" not in str(failure.value)


def test_a_page_has_room_for_something() -> None:
    with pytest.raises(ValueError, match="page_size"):
        TokenCursor(0)
