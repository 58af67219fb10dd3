"""Mutated answers: a share of the hundred thousand, and that a violation would be seen and shown."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from scripts import fuzz_responses
from scripts.fuzz import case as cases
from scripts.fuzz.answer import Answer, places
from scripts.fuzz.bodies import BODY_KINDS
from scripts.fuzz.case import Case, make_case, run
from scripts.fuzz.documents import DOCUMENT_KINDS
from scripts.fuzz.kinds import JSON_KINDS, many_rows, missing_property
from scripts.fuzz.shrinking import report, smallest
from scripts.fuzz.targets import LINK, TARGETS, Target
from scripts.fuzz_responses import DEFAULT_SEED, lines, main, run_range
from scripts.replay import asked

#: What an answer gives wrongly, be it a challenge or a reference, is sent back as it is.
pytestmark = pytest.mark.sends_bad_requests("of answers that were changed")

SHARE = 500
#: More cases than uses and kinds together: each kind comes at least once.
KINDS = {kind.__name__ for kind in (*JSON_KINDS, *BODY_KINDS, *DOCUMENT_KINDS)}


@pytest.mark.parametrize("part", range(4))
def test_a_mutated_answer_gives_a_value_or_our_error(part: int) -> None:
    tally = run_range(range(part * SHARE, (part + 1) * SHARE), DEFAULT_SEED)
    assert tally.cases == SHARE
    assert tally.violations == []
    values = sum(outcomes["value"] for outcomes in tally.by_kind.values())
    assert SHARE * 0.2 < values < SHARE * 0.9


def test_every_kind_and_every_use_comes() -> None:
    made = [make_case(1, number) for number in range(len(TARGETS) * 30)]
    assert {case.kind for case in made} == KINDS
    assert {case.target.name for case in made} == {target.name for target in TARGETS}
    assert {case.is_async for case in made} == {True, False}
    assert {case.full for case in made} == {True, False}


def test_every_answer_that_the_facade_goes_by_is_changed() -> None:
    assert {target.key for target in TARGETS} == {*asked.ALL, LINK}


def test_a_case_is_the_same_every_time() -> None:
    one, other = make_case(7, 41), make_case(7, 41)
    assert one == other
    assert run(one) == run(other)


def _target(use: Callable[[Any], object]) -> Target:
    return next(target for target in TARGETS if target.name == "session status")._replace(use=use)


def _case(use: Callable[[Any], object]) -> Case:
    return Case(1, 1, _target(use), (missing_property, many_rows), False, True)


def test_a_violation_is_seen_and_made_smaller() -> None:
    def broken(ksef: Any) -> object:
        ksef.session("20250925-SO-2F67776000-97273B191A-65").status()
        raise KeyError("clientIp")

    case = _case(broken)
    outcome = run(case)
    assert isinstance(outcome.violation, KeyError)
    mutations, found = smallest(case, outcome)
    assert len(mutations) == 1
    assert isinstance(found.violation, KeyError)
    text = "\n".join(report(case, outcome))
    assert "KeyError: 'clientIp'" in text
    assert "--seed 1 --case 1" in text


def test_a_walk_without_end_is_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MOST_REQUESTS", 5)

    def endless(ksef: Any) -> None:
        while True:
            ksef.session("20250925-SO-2F67776000-97273B191A-65").status()

    case = Case(1, 1, _target(endless), (many_rows,), False, True)
    assert isinstance(run(case).violation, cases.Endless)


def test_the_figures_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "60", "--seed", "3", "--processes", "1"]) == 0
    shown = capsys.readouterr().out
    assert "60 mutated answers of" in shown
    assert "seed 3" in shown
    assert " 0 violations" in shown
    assert main(["--case", "5"]) == 0
    assert ": " in capsys.readouterr().out


def test_a_violation_makes_the_command_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Any) -> object:
        raise TypeError("raw")

    monkeypatch.setattr(fuzz_responses, "make_case", lambda seed, number: _case(broken))
    assert main(["--count", "2", "--processes", "1"]) == 1
    shown = capsys.readouterr().out
    assert "VIOLATION 2" in shown
    assert "TypeError: raw" in shown
    assert main(["--case", "2"]) == 1


@pytest.mark.parametrize("kind", [*JSON_KINDS, *BODY_KINDS], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("value", [{"a": {"code": 1, "dateX": "x"}, "b": [1, "y"]}, [], {}, 5])
def test_every_kind_takes_every_value(kind: Any, value: Any) -> None:
    for seed in range(5):
        answer = Answer(200, [], b"", value, is_json=True)
        cases.change(answer, (kind,), Random(seed))
        assert isinstance(answer.body, bytes)
        assert answer.respond().status_code == answer.status


def test_places_are_found_at_every_depth() -> None:
    value = {"a": [{"b": 1}], "c": None}
    found = [key for _, key in places(value)]
    assert found == ["a", "c", 0, "b"]


def test_lines_tell_the_rarer_outcomes_too() -> None:
    tally = fuzz_responses.Tally()
    for outcome in ("value", "A", "B", "C", "D", "E"):
        tally.add("null", outcome)
    assert "others 2" in next(iter(lines(tally, 1, 0.0)))
