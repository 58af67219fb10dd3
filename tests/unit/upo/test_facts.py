"""Whether a page is of its session, and whether a session's pages are whole."""

from __future__ import annotations

import random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.upo.facts import UpoFacts, check_completeness, check_invoice, check_page

SESSION = "20250925-SO-2F67776000-97273B191A-65"
OTHER = "20250625-SO-2C3E6C8000-B675CF5D68-07"


def page(**changes: Any) -> UpoFacts:
    facts = UpoFacts(
        namespace="http://upo.schematy.mf.gov.pl/KSeF/v4-3",
        version="v4-3",
        session_reference=SESSION,
        page=1,
        pages=1,
        first=1,
        last=2,
        total=2,
        document_count=2,
    )
    return evolve(facts, **changes)


def whole(*counts: int) -> list[UpoFacts]:
    return [
        page(page=number, pages=len(counts), document_count=count, total=sum(counts))
        for number, count in enumerate(counts, start=1)
    ]


def test_a_page_of_its_session_has_no_problem() -> None:
    assert check_page(page(), session_reference=SESSION) == ()
    assert check_page(page(), session_reference=SESSION.lower()) == ()
    assert check_page(page()) == ()


def test_a_upo_of_one_invoice_has_no_problem() -> None:
    facts = page(page=None, pages=None, first=None, last=None, total=None, document_count=1)
    assert check_page(facts, session_reference=SESSION) == ()


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        (page(session_reference=OTHER), f"the UPO is of session {OTHER}, not of {SESSION}"),
        (page(document_count=0), "the UPO lists no document"),
        (page(page=2), "the UPO says it is page 2 of 1"),
    ],
)
def test_what_speaks_against_a_page_is_told(facts: UpoFacts, problem: str) -> None:
    assert check_page(facts, session_reference=SESSION) == (problem,)


NUMBER = "5265877635-20250826-0100001AF629-AF"
INVOICE = page(page=None, pages=None, document_count=1, single_ksef_number=NUMBER)


def test_the_upo_of_the_invoice_that_was_asked_for_has_no_problem() -> None:
    assert check_invoice(INVOICE, session_reference=SESSION, ksef_number=NUMBER) == ()
    assert check_invoice(INVOICE, ksef_number=NUMBER.lower()) == ()
    assert check_invoice(INVOICE) == ()


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        (evolve(INVOICE, session_reference=OTHER), f"the UPO is of session {OTHER}, not of"),
        (evolve(INVOICE, document_count=0, single_ksef_number=None), "the UPO lists no document"),
        (evolve(INVOICE, document_count=2, single_ksef_number=None), "the UPO lists 2 documents"),
        (evolve(INVOICE, single_ksef_number="5"), f"the UPO proves 5, not {NUMBER}"),
        (evolve(INVOICE, single_ksef_number=None), "the UPO names no KSeF number"),
    ],
)
def test_what_speaks_against_the_upo_of_an_invoice_is_told(facts: UpoFacts, problem: str) -> None:
    [found] = check_invoice(facts, session_reference=SESSION, ksef_number=NUMBER)
    assert found.startswith(problem)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_all_pages_in_any_order_are_whole(counts: list[int], chance: random.Random) -> None:
    pages = whole(*counts)
    chance.shuffle(pages)
    assert check_completeness(pages, sum(counts)) == ()
    assert check_completeness(pages) == ()


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=30), st.data())
def test_any_missing_or_repeated_page_is_noticed(counts: list[int], data: st.DataObject) -> None:
    pages = whole(*counts)
    number = data.draw(st.integers(1, len(pages)))
    lost = pages[: number - 1] + pages[number:]
    assert f"1 of {len(pages)} pages are missing: {number}" in check_completeness(lost)
    twice = [*pages, pages[number - 1]]
    assert f"pages are there more than once: {number}" in check_completeness(twice)


@pytest.mark.parametrize("last", [2, 3, None, 17])
def test_bounds_are_never_compared(last: int | None) -> None:
    assert check_completeness([page(last=last)], 2) == ()


@pytest.mark.parametrize(
    ("pages", "accepted", "problems"),
    [
        ([], 0, ["there is no page"]),
        ([page()], 3, ["the pages list 2 documents and the session accepted 3"]),
        ([page(total=3)], 2, ["the pages list 2 documents and say that there are 3"]),
        (
            [page(pages=2), page(page=2, pages=2, session_reference=OTHER, total=4)],
            4,
            [
                f"the pages are of different sessions: {OTHER}, {SESSION}",
                "the pages disagree on the number of documents: 2, 4",
            ],
        ),
        (
            [page(pages=2, total=4), page(page=2, pages=3, total=4)],
            4,
            ["the pages disagree on the number of pages: 2, 3", "1 of 3 pages are missing: 3"],
        ),
        (
            [page(page=None, pages=None, total=None)],
            2,
            ["not every page says which page of how many it is"],
        ),
        ([page(page=None)], 2, ["not every page says", "1 of 1 pages are missing: 1"]),
        (
            [page(page=3)],
            2,
            ["1 of 1 pages are missing: 1", "pages are there beyond the last one: 3"],
        ),
        (
            [page(pages=999_999_999)],
            2,
            ["999999998 of 999999999 pages are missing: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"],
        ),
    ],
)
def test_each_problem_is_one_sentence(
    pages: list[UpoFacts], accepted: int, problems: list[str]
) -> None:
    found = check_completeness(pages, accepted)
    assert len(found) == len(problems)
    for text, expected in zip(found, problems, strict=True):
        assert text.startswith(expected)


def test_the_case_of_references_makes_no_second_session() -> None:
    pages = whole(1, 1)
    pages[0] = evolve(pages[0], session_reference=SESSION.lower())
    assert check_completeness(pages, 2) == ()


def test_an_unknown_count_of_the_session_is_not_compared() -> None:
    assert check_completeness([page()], None) == ()
