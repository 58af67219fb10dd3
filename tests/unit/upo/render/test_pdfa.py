"""PDF/A-3: what it says of itself, its colours and fonts, and the XML inside."""

import io
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from ksef_facade.upo.render import render_pdf
from tests.unit.upo.render.upo_texts import (
    PANGRAM,
    SESSION,
    invoice_upo,
    ksef_number,
    session_page,
)

XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def catalog(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]


@pytest.fixture(scope="module")
def document() -> bytes:
    return session_page([PANGRAM] * 40)


@pytest.fixture(scope="module")
def pdf(document: bytes) -> bytes:
    return render_pdf(document, pdfa=True)


def test_it_names_its_part_and_level(pdf: bytes) -> None:
    metadata = etree.fromstring(catalog(pdf)["/Metadata"].get_object().get_data())
    assert metadata.findtext(".//pdfaid:part", namespaces=XMP) == "3"
    assert metadata.findtext(".//pdfaid:conformance", namespaces=XMP) == "B"
    assert metadata.findtext(".//dc:title//rdf:li", namespaces=XMP) == f"UPO {SESSION}"
    # The newest KSeF number of the document, in UTC.
    moment = "2026-09-16T09:30:41+00:00"
    assert metadata.findtext(".//xmp:CreateDate", namespaces=XMP) == moment
    assert metadata.findtext(".//xmp:ModifyDate", namespaces=XMP) == moment


def test_it_says_what_its_colours_mean(pdf: bytes) -> None:
    (intent,) = catalog(pdf)["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    profile = intent.get_object()["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    # Signature of an ICC profile, at its place in the header (ICC.1).
    assert profile.get_data()[36:40] == b"acsp"


def test_every_font_is_inside_and_nothing_is_encrypted_or_active(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    assert not reader.is_encrypted
    for page in reader.pages:
        fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]
        assert fonts
        for font in fonts:
            (descendant,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in descendant.get_object()["/FontDescriptor"].get_object()
            assert "/ToUnicode" in font.get_object()
    root = catalog(pdf)
    assert not {"/AA", "/AcroForm"} & set(root)
    # Where to open the file: a place in it, no action.
    assert root["/OpenAction"][1] == "/FitH"
    assert "/JavaScript" not in root.get("/Names", {})


@pytest.mark.parametrize("pdfa", [True, False])
def test_the_xml_is_inside_byte_for_byte(pdfa: bool, document: bytes) -> None:
    one = invoice_upo("FV/1")
    made = render_pdf([document, one, one], pdfa=pdfa)
    attached = PdfReader(io.BytesIO(made)).attachments
    names = [f"{SESSION}-upo-0001.xml", f"{ksef_number(0)}-upo.xml", f"{ksef_number(0)}-upo-3.xml"]
    assert attached == dict(zip(names, ([document], [one], [one]), strict=True))
    assert PdfReader(io.BytesIO(render_pdf(one, pdfa=pdfa, attach=False))).attachments == {}


def test_the_xml_is_the_source_of_the_file(pdf: bytes) -> None:
    (specification,) = catalog(pdf)["/AF"]
    assert specification.get_object()["/AFRelationship"] == "/Source"
    file = specification.get_object()["/EF"]["/F"].get_object()
    assert file["/Subtype"] == "/application/xml"
    assert "/ModDate" in file["/Params"]


def test_a_session_reference_cannot_lead_out_of_the_folder() -> None:
    hostile = session_page(["FV/1"]).replace(SESSION.encode(), b"../../etc/passwd")
    assert list(PdfReader(io.BytesIO(render_pdf(hostile))).attachments) == ["upo.xml"]
