"""The HTML page of a UPO: everything is on it, and nothing in it does anything."""

import re

import pytest
from lxml import html

from ksef_facade.errors import NotAUpo
from ksef_facade.upo.render import render_html
from ksef_facade.upo.render.markup import Html, element, page, text
from tests.unit.upo.render.upo_texts import (
    PANGRAM,
    SAMPLE_NAMES,
    SAMPLES,
    invoice_upo,
    needs_samples,
    session_page,
    texts,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></table></main><iframe src=https://example.com>",
    "</style><svg/onload=alert(1)>",
    "&lt;b&gt; &amp;nbsp;",
)
# What a page could ask a server with, or run.
ACTIVE = ("script", "img", "iframe", "link", "object", "embed", "form", "base", "video", "audio")


@needs_samples
@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("language", ["pl", "en", "both"])
def test_every_element_of_the_samples_is_on_it(name: str, language: str) -> None:
    path = SAMPLES / name
    shown = html.fromstring(render_html(path, language=language)).text_content()  # type: ignore[arg-type]
    assert [told for told in texts(path.read_bytes()) if told not in shown] == []


@pytest.mark.parametrize("make", [invoice_upo, lambda number: session_page([number, "FV/2"])])
@pytest.mark.parametrize("number", [*HOSTILE, PANGRAM, "x" * 256])
def test_whatever_a_document_says_is_text(make, number: str) -> None:  # type: ignore[no-untyped-def]
    tree = html.fromstring(render_html(make(number), language="both"))
    assert number in [node.text for node in tree.iter("td", "dd")]
    assert list(tree.iter(*ACTIVE)) == []
    attributes = {name for node in tree.iter(html.etree.Element) for name in node.attrib}
    assert {name for name in attributes if name.startswith("on")} == set()
    assert {"src", "srcset", "style", "action"} & attributes == set()


def test_only_the_verification_link_leads_out() -> None:
    made = render_html([invoice_upo("http://example.com"), session_page(["FV/1", "FV/2"])])
    tree = html.fromstring(made)
    (link,) = [node.get("href") for node in tree.iter() if node.get("href")]
    assert link.startswith("https://qr.ksef.mf.gov.pl/invoice/5265877635/16-09-2026/")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    (style,) = tree.iter("style")
    assert not re.search(r"url\(|@import|@font-face", style.text)


def test_what_would_hide_is_shown_by_its_number() -> None:
    made = render_html(invoice_upo("FV/\u202e6202\u200b/\x851"))
    assert "FV/[U+202E]6202[U+200B]/[U+0085]1" in made
    # Letters of every script stay as they are, and turn the writing of their cell only.
    assert "שלום 漢字" in render_html(invoice_upo("שלום 漢字"))


def test_unknown_elements_are_shown() -> None:
    head = b"<Nowy><Element>warto</Element></Nowy><KodFormularza>"
    for document in (invoice_upo("FV/1"), session_page(["FV/1", "FV/2"])):
        shown = html.fromstring(render_html(document.replace(b"<KodFormularza>", head)))
        assert "Nowy/Element" in shown.text_content()
        assert "warto" in shown.text_content()


def test_the_same_document_makes_the_same_page() -> None:
    document = session_page([PANGRAM] * 3)
    assert render_html(document) == render_html([document])


def test_what_is_no_upo_is_refused() -> None:
    with pytest.raises(NotAUpo):
        render_html(b"<html></html>")
    with pytest.raises(ValueError, match="no document"):
        render_html([])


def test_markup_takes_no_text_unescaped() -> None:
    made = element(
        "a", "<b>", element("i", text("&")), None, href='"><script>', class_="x", id=None
    )
    expected = '<a href="&quot;&gt;&lt;script&gt;" class="x">&lt;b&gt;<i>&amp;</i></a>'
    assert str(made) == expected
    with pytest.raises(TypeError, match="element"):
        Html("<script>")
    assert "<title>&lt;/title&gt;</title>" in page("pl-PL", "</title>", "")
