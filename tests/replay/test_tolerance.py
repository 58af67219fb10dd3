"""What may happen to an answer without costing the caller anything, tried on every answer that is read.

`fuzz` demands a value or an error of ours; here it must be a value, although a change is made in
every place at once that is not needed to go on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from ksef_facade.contract.relied_on import RELIANCE
from scripts.fuzz.answer import Answer
from scripts.fuzz.case import Case, run
from scripts.fuzz.targets import TARGETS, Target
from scripts.replay.meaning import HOST

#: What comes of it may be sent on as it is, be it a text of tomorrow.
pytestmark = pytest.mark.sends_bad_requests("of answers that were changed")

Change = Callable[[str, Any], Any]
"""From a place, written like `upo.pages[].url`, and its value to another value, or `GONE`."""
GONE = object()
NEW = {"addedTomorrow": {"a": [1, None]}, "class": "x"}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT")
_NAME = re.compile(r"[^.\[\]]+$")


def _added(place: str, value: Any) -> Any:
    return {**value, **NEW} if isinstance(value, dict) else value


def _tomorrow(place: str, value: Any) -> Any:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return [*value, "ValueOfTomorrow"]
    # How a part is uploaded is told by the method; a word that is none cannot be sent.
    plain = isinstance(value, str) and not place.endswith(".method") and "://" not in value
    return "ValueOfTomorrow" if plain and not _DATE.match(value) else value


def _as_text(place: str, value: Any) -> Any:
    return str(value) if type(value) is int else value


def _as_fraction(place: str, value: Any) -> Any:
    return float(value) if type(value) is int else value


def _as_wide_text(place: str, value: Any) -> Any:
    return f" {value} " if type(value) is int else value


def _as_object(place: str, value: Any) -> Any:
    return {"code": value, "rawCode": 1} if isinstance(value, str | int) else value


def _as_number(place: str, value: Any) -> Any:
    return 5 if isinstance(value, str) else value


def _seven_digits(place: str, value: Any) -> Any:
    return re.sub(r"(T\d\d:\d\d:\d\d)(\.\d+)?", r"\1.1234567", value) if _is_date(value) else value


def _no_offset(place: str, value: Any) -> Any:
    return value[: len("2026-11-20T12:00:00")] if _is_date(value) else value


def _no_date(place: str, value: Any) -> Any:
    return "next week" if _is_date(value) else value


def _relative(place: str, value: Any) -> Any:
    return value.removeprefix(HOST) if isinstance(value, str) and _is_link(place) else value


def _absolute(place: str, value: Any) -> Any:
    is_relative = isinstance(value, str) and _is_link(place) and value.startswith("/")
    return f"{HOST}{value}" if is_relative else value


def _short(place: str, value: Any) -> Any:
    # Login and session go on under their numbers; a page of receipts is asked for by its own.
    short = re.fullmatch(r"\d{8}-[A-Z]{2}-[0-9A-F-]+", str(value))
    return value[:22] if short and place.endswith("referenceNumber") else value


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and bool(_DATE.match(value))


def _is_link(place: str) -> bool:
    return place.lower().endswith("url")


#: Changes of all places, and changes of those that nothing depends on.
ANYWHERE: tuple[Change, ...] = (
    _added,
    _as_text,
    _as_fraction,
    _as_wide_text,
    _seven_digits,
    _no_offset,
    _no_date,
    _relative,
    _absolute,
)
OUTSIDE: tuple[Change, ...] = (
    _tomorrow,
    _as_object,
    _as_number,
    lambda place, value: GONE,
    lambda place, value: None,
    lambda place, value: [],
    lambda place, value: "",
)
DEPRECATED = ("authenticationMethod",)


def changed(value: Any, change: Change, needed: frozenset[str], at: str = "") -> Any:
    """The value with a change in every place that is not, and does not lead to, a needed one."""
    if at in needed:
        return change(at, value) if change is _tomorrow and isinstance(value, list) else value
    leads_on = not at or any(place.startswith((f"{at}.", f"{at}[")) for place in needed)
    if leads_on and isinstance(value, dict):
        inner = {
            name: changed(item, change, needed, f"{at}.{name}" if at else name)
            for name, item in value.items()
        }
        return {name: item for name, item in inner.items() if item is not GONE}
    if leads_on and isinstance(value, list):
        return [changed(item, change, needed, f"{at}[]") for item in value]
    return value if leads_on else change(at, value)


def everywhere(value: Any, change: Change, at: str = "") -> Any:
    """The value with a change in every place of it."""
    if isinstance(value, dict):
        value = {
            name: everywhere(item, change, f"{at}.{name}" if at else name)
            for name, item in value.items()
        }
    elif isinstance(value, list):
        value = [everywhere(item, change, f"{at}[]") for item in value]
    return change(at, value)


def outcome(
    target: Target, make: Callable[[Any], Any], *, is_async: bool = False
) -> tuple[Any, int]:
    """What comes of a use whose answer is made another, and how many answers really were."""
    count = 0

    def mutation(answer: Answer, random: Random) -> None:
        nonlocal count
        if answer.is_json:
            made = make(answer.value)
            count += made != answer.value
            answer.value = made

    found = run(Case(1, 1, target, (mutation,), is_async, full=True))
    assert found.violation is None, found.violation
    return found.name, count


JSON_TARGETS = [target for target in TARGETS if target.body == "json"]
EACH = pytest.mark.parametrize("target", JSON_TARGETS, ids=lambda target: target.name)


@EACH
def test_a_change_of_form_costs_nothing(target: Target) -> None:
    for change in ANYWHERE:
        found, _ = outcome(target, lambda value, by=change: everywhere(value, by))
        assert found == "value", change.__name__


@EACH
def test_nothing_depends_on_what_is_not_needed(target: Target) -> None:
    needed = frozenset(RELIANCE[target.key].needs)
    if target.name == "UPO of row":
        # Whether the receipt is that of the row is told by it.
        needed |= {"invoices[].ksefNumber"}
    total = 0
    for change in OUTSIDE:
        found, count = outcome(target, lambda value, by=change: changed(value, by, needed))
        assert found == "value", OUTSIDE.index(change)
        total += count
    assert total or not RELIANCE[target.key].reads


@EACH
def test_what_is_deprecated_may_be_gone(target: Target) -> None:
    def without(place: str, value: Any) -> Any:
        kept = value.items() if isinstance(value, dict) else ()
        return {name: item for name, item in kept if name not in DEPRECATED} if kept else value

    assert outcome(target, lambda value: everywhere(value, without), is_async=True)[0] == "value"


@pytest.mark.parametrize(
    "target",
    # The page that comes says another number than the short one.
    [target for target in JSON_TARGETS if target.name not in ("UPO saved", "UPO pages")],
    ids=lambda target: target.name,
)
def test_a_short_reference_number_is_as_good(target: Target) -> None:
    assert outcome(target, lambda value: everywhere(value, _short))[0] == "value"


def test_the_changes_change() -> None:
    value = {
        "a": 1,
        "b": "x",
        "c": ["y"],
        "dateX": "2026-01-01T00:00:00Z",
        "url": f"{HOST}/1",
        "rows": [{"referenceNumber": "20250925-SO-2F67776000-97273B191A-65", "n": 2}],
    }
    for change in (*ANYWHERE, _tomorrow, _as_object, _as_number, _short):
        made = everywhere(value, change)
        # Python takes 1 and 1.0 for the same.
        assert json.dumps(made) != json.dumps(value) or change is _absolute, change
    assert everywhere({"url": "/1"}, _absolute) == {"url": f"{HOST}/1"}
    gone = changed(value, OUTSIDE[3], frozenset({"rows[].n", "b"}))
    assert gone == {"b": "x", "rows": [{"n": 2}]}
