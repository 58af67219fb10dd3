"""The link of KOD I that a receipt leads to."""

from datetime import date

import pytest
from attrs import evolve

from ksef_facade.upo.entries import UpoEntry
from ksef_facade.upo.render.verification import verification_link

ENTRY = UpoEntry(
    seller_nip="1111111111",
    issue_date=date(2026, 2, 1),
    invoice_hash="UtQp9Gpc51y+u3xApZjIjgkpZ01js+J8KflSPW8WzIE=",
)
# Example of the documentation of KOD I.
LINK = (
    "https://qr-test.ksef.mf.gov.pl/invoice/1111111111/01-02-2026/"
    "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
)


def test_the_documented_example() -> None:
    assert verification_link(ENTRY, "test") == LINK
    assert verification_link(ENTRY, "demo") == LINK.replace("qr-test", "qr-demo")
    assert verification_link(ENTRY, "prod") == LINK.replace("qr-test", "qr")


@pytest.mark.parametrize(
    ("entry", "environment"),
    [
        (ENTRY, None),
        (ENTRY, "XX"),
        (ENTRY, "simulator"),
        (evolve(ENTRY, issue_date=None), "test"),
        (evolve(ENTRY, seller_nip=None), "test"),
        (evolve(ENTRY, seller_nip="../../login"), "test"),
        (evolve(ENTRY, invoice_hash=None), "test"),
        (evolve(ENTRY, invoice_hash="AAAA"), "test"),
        (evolve(ENTRY, invoice_hash="not Base64 !"), "test"),
    ],
)
def test_no_link_without_all_that_it_is_made_of(entry: UpoEntry, environment: str | None) -> None:
    assert verification_link(entry, environment) is None
