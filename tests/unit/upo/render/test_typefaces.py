"""Measuring and breaking texts."""

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.upo.render.typefaces import FAMILY, Style, Typeface

PLAIN = Style(8)
BOLD = Style(8, bold=True)
WIDEST = 4.0


@pytest.fixture(scope="module")
def pdf() -> FPDF:
    return FPDF()


@pytest.fixture(scope="module")
def face(pdf: FPDF) -> Typeface:
    return Typeface(pdf)


@pytest.mark.parametrize("style", [PLAIN, BOLD])
def test_widths_are_those_of_the_pdf(pdf: FPDF, face: Typeface, style: Style) -> None:
    pdf.set_font(FAMILY, "B" if style.bold else "", style.size)
    text = "5265877635-20250916-0200A0D6723E-C2 zażółć"
    assert face.width(text, style) == pytest.approx(pdf.get_string_width(text))


@given(text=st.text(max_size=300), room=st.floats(WIDEST, 200), filled=st.sampled_from([0, 0.55]))
def test_lines_are_the_text_again_and_fit(
    face: Typeface, text: str, room: float, filled: float
) -> None:
    plain = face.plain(text)
    lines = face.broken(plain, PLAIN, room, filled)
    assert "".join(lines).replace(" ", "") == plain.replace(" ", "")
    assert all(face.width(line, PLAIN) <= room + 1e-9 for line in lines if len(line) > 1)


def test_long_numbers_break_after_a_separator(face: Typeface) -> None:
    number = "FV/2026/KSIĘGOWOŚĆ/ODDZIAŁ-WARSZAWA/000000001"
    lines = face.broken(number, PLAIN, 40)
    assert len(lines) > 1
    assert all(line[-1] in "/-" for line in lines[:-1])
