"""Which documents a page says that it has, held against those that it lists and against other pages."""

from __future__ import annotations

import pytest

from ksef_facade.upo import verify_receipt, verify_upo

from .signers import canonical, signed

FIRST, SECOND = (canonical((0, 1), 1, 2, 4), canonical((2, 3), 2, 2, 4))


def change(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


RENUMBERED = (change(FIRST, "<Strona>1", "<Strona>2"), change(SECOND, "<Strona>2", "<Strona>1"))


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (RENUMBERED, "page 1 begins with document 3 instead of 1"),
        ((change(FIRST, "Od>1<", "Od>2<"), SECOND), "of documents 2 to 2 by its own account"),
        ((change(FIRST, "Do>2<", "Do>4<"), SECOND), "of documents 1 to 4 by its own account"),
        (
            (FIRST, change(change(SECOND, "Od>3<", "Od>4<"), "Do>4<", "Do>5<")),
            "page 2 begins with document 4 instead of 3",
        ),
    ],
    ids=["pages swapped", "the first document", "the last document", "a gap"],
)
def test_bounds_that_do_not_fit_are_a_reason_to_look_twice(
    pages: tuple[str, str], words: str
) -> None:
    """Whoever holds the key can do it, and no published receipt tells what is certainly wrong."""
    verdict = verify_receipt([signed(page) for page in pages]).verdict("pages")
    assert verdict.outcome == "warning"
    assert any(words in line for line in verdict.details)


@pytest.mark.parametrize("last", [2, 3])
def test_the_last_document_may_be_meant_inclusively_or_not(last: int) -> None:
    page = change(FIRST, "Do>2<", f"Do>{last}<")
    assert verify_receipt([signed(page), signed(SECOND)]).verdict("pages").outcome == "ok"
    assert verify_upo(signed(page)).verdict("pages").outcome == "unknown"


def test_a_page_alone_has_bounds_too() -> None:
    verdict = verify_upo(signed(change(FIRST, "Do>2<", "Do>9<"))).verdict("pages")
    assert (verdict.outcome, verdict.message.count("1 to 9")) == ("warning", 1)
