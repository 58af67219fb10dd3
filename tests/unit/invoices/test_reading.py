"""The facts of an invoice of every form, and files that have none."""

import base64
import hashlib
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade import FormCode, UnreadableInvoice, read_invoice
from ksef_facade.invoices.facts import Party
from tests.unit.invoices.documents import BUYER, FA_2, OTHER, SELLER, fa, fa_rr, ubl


def test_fa_3() -> None:
    content = fa(self_invoicing="1", number="  FV\n 1 ", end="<Zalacznik/>")
    facts = read_invoice(content, "a.xml")
    assert facts.name == "a.xml"
    assert facts.size == len(content)
    assert facts.sha256 == base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert facts.form_code == FormCode.FA_3
    assert facts.declared_form == ("FA (3)", "1-0E", "FA")
    assert (facts.seller_nip, facts.buyer_nip) == (SELLER, BUYER)
    assert facts.unique_key == (SELLER, "VAT", "FV 1")
    assert facts.issue_date == date(2026, 11, 20)
    assert facts.made == "2026-11-20T10:00:00Z"
    assert facts.is_self_invoicing
    assert facts.has_attachment
    assert facts.parties == (Party("Podmiot1", SELLER, 7), Party("Podmiot2", BUYER, 8))
    assert (facts.lines["NIP"], facts.lines["P_1"], facts.lines["P_2"]) == (7, 11, 12)


def test_fa_2() -> None:
    facts = read_invoice(fa(namespace=FA_2, system_code="FA (2)"))
    assert facts.form_code == FormCode.FA_2
    assert facts.number == "FV/1"
    assert not facts.is_self_invoicing
    assert not facts.has_attachment


def test_fa_rr() -> None:
    facts = read_invoice(fa_rr())
    assert facts.form_code == FormCode.FA_RR_1
    assert facts.unique_key == (SELLER, "VAT_RR", "RR/7")
    assert (facts.buyer_nip, facts.issue_date) == (BUYER, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("root", "form_code", "self_billed"),
    [("Invoice", FormCode.PEF_3, "389"), ("CreditNote", FormCode.PEF_KOR_3, "261")],
)
def test_ubl(root: str, form_code: FormCode, self_billed: str) -> None:
    facts = read_invoice(ubl(root))
    assert facts.form_code == form_code
    assert facts.unique_key == (SELLER, root, "PEF/3")
    assert (facts.buyer_nip, facts.issue_date) == (BUYER, date(2026, 11, 20))
    assert facts.has_attachment
    assert not facts.is_self_invoicing
    assert read_invoice(ubl(root, type_code=self_billed)).is_self_invoicing


def test_all_parties_with_tax_numbers() -> None:
    third = "<Podmiot3><DaneIdentyfikacyjne>{}</DaneIdentyfikacyjne></Podmiot3>"
    internal = f"{SELLER}-12345"
    parties = third.format(f"<NIP>{OTHER}</NIP>") + third.format(f"<IDWew>{internal}</IDWew>")
    facts = read_invoice(fa(parties=parties.replace("Podmiot3", "PodmiotUpowazniony", 2)))
    assert Party("PodmiotUpowazniony", OTHER, 9) in facts.parties
    assert Party("Podmiot3", internal, 9, is_internal_id=True) in facts.parties


def test_what_is_not_there_is_none() -> None:
    facts = read_invoice(fa(seller="", issued="yesterday", number=" ", kind=""))
    assert (facts.seller_nip, facts.number, facts.kind, facts.issue_date) == (None,) * 4
    assert facts.issue_date_text == "yesterday"
    assert facts.unique_key is None


@pytest.mark.parametrize("text", ["2026-11-31", "20261120", "2026-W47-5", "2026-1-2", "٢٠٢٦-11-20"])
def test_dates_as_the_schema_writes_them(text: str) -> None:
    assert read_invoice(fa(issued=text)).issue_date is None


def test_an_unknown_document_has_facts_without_a_form() -> None:
    facts = read_invoice(b"<html/>")
    assert (facts.root, facts.namespace, facts.form) == ("html", "", None)


def test_comments_and_cdata_do_not_change_a_value() -> None:
    facts = read_invoice(fa(seller="52658<!-- x -->77635", number="<![CDATA[FV/1]]>"))
    assert (facts.seller_nip, facts.number) == (SELLER, "FV/1")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xff", "not UTF-8"),
        (b"plain text", "not well-formed"),
        (b"<a><b></a>", "line 1, column 11: .*not well-formed"),
        (b"<a>\x07</a>", "not well-formed"),
        (b" <?xml version='1.0'?><a/>", "not well-formed"),
        (b"<a b='1' b='2'/>", "not well-formed"),
        (b"<a>&unknown;</a>", "not well-formed"),
        (b"<!DOCTYPE html><html></html>", "DOCTYPE"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "DOCTYPE"),
    ],
)
def test_files_without_facts(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInvoice, match=reason):
        read_invoice(content)


def test_deep_nesting_is_refused_by_the_parser() -> None:
    with pytest.raises(UnreadableInvoice, match="not well-formed"):
        read_invoice(b"<a>" * 5000 + b"</a>" * 5000)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    facts = None
    with suppress(UnreadableInvoice):
        facts = read_invoice(content)
    assert facts is None or facts.size == len(content)
