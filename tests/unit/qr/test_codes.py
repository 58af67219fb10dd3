"""The codes with their labels, and their pictures, which a decoder of others' making reads back."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import segno
from lxml import etree
from PIL import Image

from ksef_facade import ConfigurationError, ExtraNeeded, InvalidIdentifier
from ksef_facade.qr import QrCode, invoice_link, verification_codes
from ksef_facade.qr.symbols import qr_path, qr_rows, runs
from tests.unit.invoices.documents import fa
from tests.unit.qr.offline_identities import NOW, offline_identity
from tests.unit.qr.test_invoice_links import LINK

NUMBER = "5265877635-20250826-0100001AF629-AF"
SVG = "{http://www.w3.org/2000/svg}"


def decoded(picture: Any) -> list[str]:
    reader = pytest.importorskip("zxingcpp", reason="the decoder zxing-cpp is not installed")
    return [found.text for found in reader.read_barcodes(picture)]


def of_png(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    assert picture.format == "PNG"
    return picture


def drawn(content: bytes, pixels: int = 4) -> Image.Image:
    """An SVG of ours drawn by code of the test's own: white, then every rectangle of the path."""
    root = etree.fromstring(content)
    left, top, width, height = (int(part) for part in root.get("viewBox").split())
    picture = Image.new("L", (width * pixels, height * pixels), 255)
    background, modules = root.findall(f"{SVG}path")
    assert background.get("fill") == "#fff"
    step = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
    path = modules.get("d")
    assert step.sub("", path) == ""
    for x, y, across, back in step.findall(path):
        assert across == back
        box = [(int(x) - left) * pixels, (int(y) - top) * pixels]
        box += [box[0] + int(across) * pixels, box[1] + pixels]
        picture.paste(0, tuple(box))
    return picture


@pytest.mark.parametrize("kind", ["p256", "rsa-2048", "rsa-4096"])
def test_pictures_are_read_back(kind: str) -> None:
    codes = verification_codes(fa(), "test", identity=offline_identity(kind), now=NOW)
    assert [code.kind for code in codes] == ["invoice", "certificate"]
    assert [code.label for code in codes] == ["OFFLINE", "CERTYFIKAT"]
    for code in codes:
        assert decoded(of_png(code.png())) == [code.link]
        assert decoded(drawn(code.svg())) == [code.link]


def test_labels() -> None:
    (alone,) = verification_codes(fa(), "prod")
    assert (alone.link, alone.label) == (invoice_link(fa(), "prod"), "OFFLINE")
    (numbered,) = verification_codes(fa(), "prod", ksef_number=f" {NUMBER.lower()} ")
    assert (numbered.link, numbered.label) == (alone.link, NUMBER)
    codes = verification_codes(
        fa(), "prod", ksef_number=NUMBER, identity=offline_identity(), now=NOW
    )
    assert [code.label for code in codes] == [NUMBER, "CERTYFIKAT"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (NUMBER[:-1] + "E", "is mistyped"),
        ("5265877635", "is a NIP"),
        ("5555555555-20250828-010080615740-E4", "of another seller"),
    ],
)
def test_a_wrong_number_labels_nothing(number: str, sentence: str) -> None:
    with pytest.raises(InvalidIdentifier, match=sentence):
        verification_codes(fa(), "test", ksef_number=number)


@pytest.mark.parametrize("label", ["OFFLINE", "CERTYFIKAT", NUMBER, "W" * 60, "<&\">'"])
def test_the_label_stands_below_and_inside(label: str) -> None:
    code = QrCode("invoice", LINK, label)
    modules = len(qr_rows(LINK))
    png = of_png(code.png(10))
    assert png.size == ((modules + 8) * 10, (modules + 8 + 5) * 10)
    quiet = [
        png.crop((0, 0, png.width, 40)),
        png.crop((0, 0, 40, png.width)),
        png.crop((png.width - 40, 0, png.width, png.width)),
    ]
    assert all(part.getextrema() == (255, 255) for part in quiet)
    below = png.crop((0, png.width - 40, png.width, png.height))
    dark = below.point(lambda value: 255 - value).getbbox()
    assert dark is not None
    left, top, right, bottom = dark
    # Inside the picture with room at both sides, and so far down that the quiet zone stays quiet.
    assert left >= 10
    assert right <= png.width - 10
    assert abs((left + right) - png.width) <= 10
    assert top >= 30
    assert bottom < below.height
    root = etree.fromstring(code.svg(10))
    text = root.find(f"{SVG}text")
    assert text.text == label == root.find(f"{SVG}title").text
    assert (root.get("width"), root.get("height")) == (str(png.width), str(png.height))
    assert float(text.get("font-size")) * 0.5 * len(label) <= modules + 8


def test_the_same_code_is_the_same_bytes() -> None:
    code = QrCode("invoice", LINK, NUMBER)
    assert code.png() == code.png()
    assert code.svg() == code.svg()


@pytest.mark.parametrize("pixels", [0, -1, 101])
def test_absurd_sizes(pixels: int) -> None:
    for draw in (QrCode("invoice", LINK, "OFFLINE").png, QrCode("invoice", LINK, "OFFLINE").svg):
        with pytest.raises(ConfigurationError, match="1 to 100 pixels"):
            draw(pixels)


def test_the_code_is_drawn_module_by_module() -> None:
    rows = qr_rows(LINK)
    expected = segno.make(LINK, error="m", micro=False, boost_error=False).matrix
    assert rows == tuple(tuple(module == 1 for module in row) for row in expected)
    again = [[False] * len(rows) for _ in rows]
    for top, row in enumerate(rows):
        for start, width in runs(row):
            again[top][start : start + width] = [True] * width
    assert tuple(map(tuple, again)) == rows
    assert qr_path(((True, True, False), (False, False, True))) == "M0 0h2v1h-2zM2 1h1v1h-1z"


@pytest.mark.parametrize(("absent", "draw"), [("segno", "svg"), ("segno", "png"), ("PIL", "png")])
def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, absent: str, draw: str) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    with pytest.raises(ExtraNeeded) as caught:
        getattr(QrCode("invoice", LINK, "OFFLINE"), draw)()
    assert caught.value.extra == "pdf"
    assert "pip install 'ksef-facade[pdf]'" in str(caught.value)
    assert isinstance(caught.value, ImportError)


def test_links_load_nothing_that_they_do_not_need() -> None:
    probe = (
        "import sys; from datetime import date; from ksef_facade.qr import CodedInvoice, invoice_link;"
        f"invoice_link(CodedInvoice('1111111111', date(2026, 2, 1), '{'A' * 43}='), 'test');"
        "print(*sys.modules)"
    )
    root = Path(__file__).parents[3]
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "ksef_facade.qr.links" in loaded
    heavy = {"cryptography", "lxml", "segno", "PIL", "httpx", "ksef_api"}
    assert heavy.isdisjoint(name.partition(".")[0] for name in loaded)
