"""Duplicates within a set: the later one is told, once, with the name of the first."""

from ksef_facade import InvoiceSet, check_set, read_invoice
from tests.unit.invoices.documents import OTHER, fa


def test_different_invoices_are_no_duplicates() -> None:
    documents = [fa(), fa(number="FV/2"), fa(kind="KOR"), fa(seller=OTHER), fa(number="fv/1")]
    assert check_set(read_invoice(document) for document in documents) == {}


def test_the_same_number_is_told_of_the_later_one() -> None:
    seen = InvoiceSet()
    assert seen.add(read_invoice(fa(), "a.xml")) == ()
    [problem] = seen.add(read_invoice(fa(issued="2026-11-19"), "b.xml"))
    assert (problem.code, problem.severity) == ("duplicate-number", "error")
    assert "'a.xml'" in problem.message
    assert "FV/1" in problem.message


def test_the_same_bytes_are_told_even_under_one_name() -> None:
    facts = read_invoice(fa(), "a.xml")
    found = check_set([facts, facts, facts])
    assert {position: [p.code for p in problems] for position, problems in found.items()} == {
        1: ["same-bytes"],
        2: ["same-bytes"],
    }


def test_files_without_a_key_are_known_by_their_bytes() -> None:
    other = read_invoice(b"<a/>")
    assert list(check_set([other, read_invoice(b"<b/>"), other])) == [2]


def test_a_duplicate_is_named_by_its_place_when_it_has_no_name() -> None:
    found = check_set([read_invoice(fa()), read_invoice(fa(issued="2026-11-19"))])
    assert "'invoice 1 of the set'" in found[1][0].message
