"""What is taken down of a run: outcomes, observations, and never a secret."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from scripts.contract_tests.budget import OTHER, PLAN, overspent, spent
from scripts.contract_tests.checking import Checker, RefutedFacts
from scripts.contract_tests.facts_file import Fact, FactsFile, Probe
from scripts.contract_tests.findings import Findings, tidy
from scripts.contract_tests.relied_on import WhatWasRead
from scripts.contract_tests.report import Report, counts, fact_lines, refuted_lines
from scripts.contract_tests.targets import choose
from scripts.contract_tests.watching import observations, operation_of

FILE = FactsFile(
    {
        name: Fact(name, f"{name} is so.", "documented rule", (f"{name}.py",), f"test_{name}")
        for name in ("one", "two", "three")
    },
    {"why": Probe("why", "Why?", "open question: nobody said", "test_why")},
)
SESSION = "20250925-SO-2F67776000-97273B191A-65"


@pytest.fixture
def findings() -> Findings:
    return Findings(FILE)


@pytest.fixture
def check(findings: Findings) -> Checker:
    return Checker(findings, ("one", "two"), ("why",))


def test_one_look_that_refutes_outweighs_all_others(findings: Findings) -> None:
    findings.note("one", True, "first")
    findings.note("one", False, "second")
    findings.note("one", True, "third")
    findings.miss("one", "too late")
    assert (findings.of("one").outcome, findings.of("one").observed) == ("refuted", "second")
    assert findings.refuted == ["one"]


def test_what_nobody_looked_at_is_not_checked(findings: Findings) -> None:
    findings.miss("two", "it takes a year")
    findings.miss("three", "it broke", broke=True)
    assert counts(findings) == {
        "facts": 3,
        "confirmed": 0,
        "refuted": 0,
        "unchecked": 3,
        "broken": 1,
        "probes": 1,
        "answered": 0,
        "new": 0,
    }
    assert findings.of("one").reason == "no check of it was run"


def test_a_check_that_saw_everything_hold_passes(check: Checker, findings: Findings) -> None:
    check("one", True, "so")
    with check.seen("two"):
        pass
    check.probe("why", "because")
    check.conclude()
    assert findings.count("confirmed") == 2
    assert findings.answers == {"why": "because"}


def test_a_check_that_saw_something_else_fails_and_says_what(check: Checker) -> None:
    check("one", False, {"code": 7})
    with check.seen("two"):
        raise OSError("nobody there")
    with pytest.raises(RefutedFacts) as caught:
        check.conclude()
    assert "one is so. Seen: {'code': 7}" in str(caught.value)
    assert "two is so. Seen: OSError: nobody there" in str(caught.value)


def test_a_check_must_look_at_what_it_names_and_at_nothing_else(check: Checker) -> None:
    check("one", True)
    with pytest.raises(AssertionError, match="did not look at two, why"):
        check.conclude()
    with pytest.raises(AssertionError, match="does not name it in its marker"):
        check("three", True)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Bearer eyJhbGciOi.eyJ0eXAi.c2ln", "Bearer [secret]"),
        (
            "https://h/storage/01/x.xml?sv=2025&sig=abc%2F",
            "https://h/storage/01/x.xml?[secret]&[secret]",
        ),
        (f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-5265877635|{'0f' * 32}", "[secret]"),
        (timedelta(minutes=15), "0:15:00"),
        ("two\n lines", "two lines"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_what_is_shown_is_short_and_holds_no_secret(value: object, shown: str) -> None:
    assert tidy(value) == shown


def observed(method: str, path: str, body: object, status: int = 200, **headers: str) -> list[str]:
    operation = operation_of(method, f"/v2{path}")
    assert operation is not None
    content = json.dumps(body).encode()
    named = {"content-type": "application/json", **headers}
    return list(observations(operation, httpx.Response(status, headers=named, content=content)))


STATUS = {
    "status": {"code": 100, "description": "Sesja interaktywna otwarta"},
    "dateCreated": "2025-09-25T10:00:00+00:00",
    "dateUpdated": "2025-09-25T10:00:00+00:00",
}


def test_an_answer_of_the_contract_is_nothing_new() -> None:
    assert observed("GET", f"/sessions/{SESSION}", STATUS) == []


def test_what_the_contract_does_not_know_is_new() -> None:
    told = observed(
        "GET", f"/sessions/{SESSION}", {**STATUS, "mood": 1, "upo": {"pages": [], "colour": 2}}
    )
    assert told == [
        "a property that the contract does not know: mood",
        "a property that the contract does not know: upo.colour",
    ]
    (told,) = observed("GET", f"/sessions/{SESSION}", STATUS, **{"x-fresh": "1"})
    assert told == "a header x-fresh"
    (told,) = observed("GET", f"/sessions/{SESSION}", STATUS, **{"x-system-warning": "[a]: b"})
    assert told == "a system warning: [a]: b"


def test_what_departs_from_the_contract_is_new() -> None:
    told = observed("GET", f"/sessions/{SESSION}", [STATUS["status"], 1])
    assert any("departs from the contract" in text for text in told)
    assert any("the raw client cannot decode" in text for text in told)
    told = observed("GET", f"/sessions/{SESSION}", STATUS, status=418)
    assert any("418" in text for text in told)
    odd = {"exception": {"exceptionDetailList": [{"exceptionCode": 29999}]}}
    told = observed("GET", f"/sessions/{SESSION}", odd, status=400)
    assert "an exception code that the contract does not list there: 29999" in told


def test_the_plan_stays_far_below_the_limits() -> None:
    from ksef_api.limits import GROUPS

    for group, planned in PLAN.items():
        assert group in GROUPS
        hourly = GROUPS[group].per_hour
        assert hourly is None or planned <= hourly * 2 / 3, group
    assert set(PLAN) == set(GROUPS)


def test_requests_are_counted_by_group() -> None:
    made = {"GET /tokens": 7, "GET /rate-limits": 61, "sessionList": 21, "outside the limits": 900}
    assert spent(made) == {OTHER: 61, "sessionList": 21}
    assert overspent(made) == [
        "61 requests of group other, and 60 were planned",
        "21 requests of group sessionList, and 20 were planned",
    ]


def test_a_report_for_people_begins_with_what_must_change(findings: Findings) -> None:
    findings.note("one", True, "as | it says")
    findings.note("two", False, "not so")
    findings.miss("three", "it takes a year")
    findings.leave("why", "nobody asked")
    findings.notice("GET /x", "a header x-y")
    findings.mess.append("a session")
    report = Report(
        choose("simulator"), findings, datetime(2026, 1, 1, tzinfo=UTC), 1.0, 1, "Verdict."
    )
    text = report.markdown()
    places = [
        text.index(part)
        for part in (
            "## Refuted",
            "## Open questions",
            "## New",
            "## Not checked",
            "## Confirmed",
            "## Left",
        )
    ]
    assert places == sorted(places)
    assert "- must change: `two.py`" in text
    assert "no answer: nobody asked" in text
    document = report.document()
    assert [fact["outcome"] for fact in document["facts"]] == ["confirmed", "refuted", "unchecked"]
    assert document["new"] == [{"operation": "GET /x", "observation": "a header x-y", "times": 1}]
    assert fact_lines(findings)[1] == "REFUTED two    documented rule"
    assert refuted_lines(findings)[0] == "REFUTED two: two is so."


def test_what_the_facade_needs_and_an_answer_lacks_is_noticed() -> None:
    operation = operation_of("GET", f"/v2/sessions/{SESSION}")
    assert operation is not None
    read = WhatWasRead()
    read.look(
        operation, {**STATUS, "upo": {"pages": [{"referenceNumber": "R", "downloadUrl": "L"}]}}
    )
    assert read.lacking == set()
    read.look(operation, {"status": {"description": "no code"}})
    where = "GET /sessions/{referenceNumber}"
    assert read.lacking == {f"{where}: status.code"}
    assert f"{where}: validUntil" in read.never_seen
    assert f"{where}: dateCreated" not in read.never_seen
    read.look(operation, {"status": {"code": 1}, "upo": {"pages": [{"referenceNumber": "R"}, {}]}})
    assert f"{where}: upo.pages[].referenceNumber" in read.lacking
