"""The PDF of a UPO: what is in it, on every sheet, whatever the document says."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from ksef_facade.errors import NotAUpo
from ksef_facade.upo.render import render_pdf
from tests.unit.upo.render.upo_texts import (
    PANGRAM,
    SAMPLE_NAMES,
    SAMPLES,
    SESSION,
    invoice_hash,
    invoice_upo,
    ksef_number,
    needs_samples,
    session_page,
    texts,
)

LONG = "".join(f"{place:03}/" for place in range(64))


def sheets(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@needs_samples
@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("language", ["pl", "en", "both"])
def test_every_element_of_the_samples_is_in_it(name: str, language: str) -> None:
    path = SAMPLES / name
    (text,) = sheets(render_pdf(path, language=language))  # type: ignore[arg-type]
    missing = [told for told in texts(path.read_bytes()) if told not in text]
    assert missing == []


def test_polish_letters_hashes_and_numbers_of_every_row() -> None:
    count = 100
    pdf = render_pdf(session_page([f"{PANGRAM} {place}" for place in range(count)]))
    text = "\n".join(sheets(pdf))
    for place in range(count):
        for told in (f"{PANGRAM} {place}", ksef_number(place), invoice_hash(place)):
            assert told in text
    assert f"Razem dokumentów na tej stronie UPO: {count}" in text


@pytest.mark.parametrize(
    ("language", "foot", "title"),
    [
        ("pl", "Strona {} z {}", "Numer faktury"),
        ("en", "Page {} of {}", "Invoice number"),
        ("both", "Strona {0} z {1} / Page {0} of {1}", "Numer faktury"),
    ],
)
def test_sheets_are_numbered_and_repeat_the_head_of_the_table(
    language: str, foot: str, title: str
) -> None:
    found = sheets(render_pdf(session_page(["FV/1"] * 100), language=language))  # type: ignore[arg-type]
    assert len(found) > 3
    for number, text in enumerate(found, start=1):
        assert foot.format(number, len(found)) in text
        assert title in text
        assert SESSION in text


@pytest.mark.parametrize("count", range(10, 34))
def test_the_sum_stands_below_a_row(count: int) -> None:
    last = sheets(render_pdf(session_page(["FV/1"] * count)))[-1]
    assert ksef_number(count - 1) in last
    assert f"UPO: {count}" in last


def test_the_same_document_makes_the_same_bytes(tmp_path: Path) -> None:
    document = session_page([PANGRAM] * 30)
    path = tmp_path / "some name.xml"
    path.write_bytes(document)
    for pdfa in (False, True):
        assert render_pdf(document, pdfa=pdfa) == render_pdf([path], pdfa=pdfa)
    assert render_pdf(document) != render_pdf(session_page(["FV/1"] * 30))


@pytest.mark.parametrize("make", [invoice_upo, lambda number: session_page([number, "FV/2"])])
@pytest.mark.parametrize(
    "number",
    [
        "<script>alert(1)</script>",
        "&nbsp;&lt;",
        "**bold** __under__ {nb} {{nb}}",
        "(a\\) Tj ET Q",
        LONG,
        "W" * 256,
        "ΑΒΓ АБВ ąęłńóśźż",
    ],
)
def test_a_hostile_number_stands_there_as_it_is(make, number: str) -> None:  # type: ignore[no-untyped-def]
    (text,) = sheets(render_pdf(make(number)))
    assert number.replace(" ", "") in re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("FV/\u202e6202/1", "FV/[U+202E]6202/1"),
        ("a\u200bb\ufeffc", "a[U+200B]b[U+FEFF]c"),
        ("x\x85y\u2028z", "x[U+0085]y[U+2028]z"),
        ("\u05e9\u05dc 12", "[U+05E9][U+05DC] 12"),
        ("\u6f22 1 \U0001f600", "[U+6F22] 1 [U+1F600]"),
    ],
)
def test_what_would_hide_or_turn_the_writing_is_shown_by_its_number(
    number: str, shown: str
) -> None:
    (text,) = sheets(render_pdf(invoice_upo(number)))
    assert shown in text
    controls = [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    assert controls == []


def test_unknown_elements_are_shown_and_do_not_flood() -> None:
    few = '<Nowy><Element atr="1">wartość</Element></Nowy>'
    for document in (invoice_upo("FV/1", extra=few), session_page(["FV/1"] * 2, extra=few)):
        (text,) = sheets(render_pdf(document))
        for told in ("Nowy/Element", "wartość", "@atr"):
            assert told in text
    odd = b"<Odd>" + b"x" * 500 + b"</Odd>"
    head = session_page(["FV/1"] * 2).replace(b"<KodFormularza>", odd * 1000 + b"<KodFormularza>")
    found = sheets(render_pdf(head))
    assert len(found) < 5
    assert "FV/1" in found[-1]
    many = "".join(f"<E{place}>{'x' * 500}</E{place}>" for place in range(500))
    found = sheets(render_pdf(session_page(["FV/1"] * 2, extra=many)))
    assert len(found) < 10
    assert "+ 476: dalsze elementy są w pliku XML" in "\n".join(found)


@pytest.mark.parametrize(
    ("authority", "words"),
    [
        (" - środowisko testowe (TE)", "ŚRODOWISKO TESTOWE"),
        (" - środowisko przedprodukcyjne (TR)", "ŚRODOWISKO PRZEDPRODUKCYJNE"),
        ("", None),
    ],
)
def test_a_document_that_is_not_from_production_says_so(authority: str, words: str | None) -> None:
    (text,) = sheets(render_pdf(invoice_upo("FV/1", authority=authority)))
    assert (words in text) if words else ("ŚRODOWISKO" not in text)


def test_several_documents_follow_each_other() -> None:
    found = sheets(render_pdf([invoice_upo("FV/1"), session_page(["FV/2", "FV/3"])]))
    assert ["FV/1" in text for text in found] == [True, False]
    assert "Strona 2 z 2" in found[1]


def test_the_code_leads_to_the_verification_page() -> None:
    (page,) = PdfReader(io.BytesIO(render_pdf(invoice_upo("FV/1")))).pages
    (link,) = [annotation.get_object() for annotation in page["/Annots"]]  # type: ignore[attr-defined]
    code = invoice_hash(0).rstrip("=").replace("+", "-").replace("/", "_")
    address = f"https://qr.ksef.mf.gov.pl/invoice/5265877635/16-09-2026/{code}"
    assert link["/A"]["/URI"] == address


def test_what_is_no_upo_is_refused() -> None:
    with pytest.raises(NotAUpo):
        render_pdf(b"<html></html>")
    with pytest.raises(ValueError, match="no document"):
        render_pdf([])
    with pytest.raises(ValueError, match="choose pl, en or both"):
        render_pdf(invoice_upo("FV/1"), language="de")  # type: ignore[arg-type]
