"""Rules for the file as text: each break has its code, its place, and never reaches a parser's traps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.invoices.text_rules import scan
from tests.unit.invoices.documents import fa

PROLOG = b'<?xml version="1.0" encoding="UTF-8"?>'


def found(content: bytes) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(p.code, p.line, p.column, p.offset) for p in scan(content).problems]


def test_a_good_file_has_no_problem() -> None:
    assert found(fa()) == []
    assert scan(fa()).readable
    assert found(b"<a/>") == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("empty", None, None, None)]),
        (b"\xef\xbb\xbf<a/>", [("bom", None, None, 0)]),
        ("<a/>".encode("utf-16"), [("encoding", None, None, 0)]),
        ("<a/>".encode("utf-16-le"), [("encoding", None, None, 0)]),
        (b"<a>\n<b>\xb9</b></a>", [("encoding", 2, 4, 7)]),
        ("<a>\nŁ".encode() + b"\xff</a>", [("encoding", 2, 2, 6)]),
        # A surrogate, written as if it were a character.
        (b"<a>\xed\xa0\x80</a>", [("encoding", 1, 4, 3)]),
        (
            b"<?xml version='1.0' encoding='windows-1250'?><a/>",
            [("encoding-declaration", 1, None, None)],
        ),
        (
            b"<?xml version='1.0' encoding='iso-8859-2'?><a>\xb1</a>",
            [("encoding-declaration", 1, None, None), ("encoding", 1, 47, 46)],
        ),
        (b"<?xml version='1.0' encoding='utf-8'?><a/>", []),
        (b"<?xml version='1.1'?><a/>", [("xml-version", 1, None, None)]),
        (PROLOG + b"\n<!DOCTYPE a><a/>", [("doctype", 2, 1, 39)]),
        (b"<a/>\n <?pi ?>", [("processing-instruction", 2, 2, 6)]),
        (PROLOG + b"<?xml-stylesheet href='a'?><a/>", [("processing-instruction", 1, 39, 38)]),
        (b"<a>\n \x7f</a>", [("forbidden-character", 2, 2, 5)]),
        ("<a>Ł\U0001ffff</a>".encode(), [("forbidden-character", 1, 5, 5)]),
        ("\ufeff<a>\x80</a>".encode(), [("bom", None, None, 0), ("forbidden-character", 1, 4, 6)]),
        (b"<a>&#x9F;</a>", [("forbidden-character", 1, 4, 3)]),
        (b"<a b='&#64976;'/>", [("forbidden-character", 1, 7, 6)]),
        ("<a>&#x9F;\x80</a>".encode(), [("forbidden-character", 1, 4, 3)]),
        # No markup, whatever it looks like.
        (b"<a><!-- <?pi?> <!DOCTYPE a> &#x9F; --><![CDATA[<?pi?>&#x9F;]]></a>", []),
        # The next line is NEL, which is allowed.
        ("<a>\x85&#x85;&#x1F600;&#x110000;</a>".encode(), []),
        # A comment inside an instruction does not hide what follows it.
        (
            b"<?p <!-- ?><!DOCTYPE a><a/>",
            [("doctype", 1, 12, 11), ("processing-instruction", 1, 1, 0)],
        ),
    ],
)
def test_each_rule_names_the_place(
    content: bytes, expected: list[tuple[str, int | None, int | None, int | None]]
) -> None:
    assert found(content) == expected


DISCOURAGED = [
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    *range(0xFDD0, 0xFDF0),
    *(plane << 16 | low for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)),
]


@pytest.mark.parametrize("form", ["{0}", "&#{1};", "&#x{1:x};"])
def test_every_discouraged_character_is_found_and_its_neighbours_are_not(form: str) -> None:
    def is_found(code: int) -> bool:
        text = f"<a>{form.format(chr(code), code)}</a>"
        return [p.code for p in scan(text.encode()).problems] == ["forbidden-character"]

    assert [code for code in DISCOURAGED if not is_found(code)] == []
    neighbours = {0x7E, 0x85, 0xA0, 0xFDCF, 0xFDF0, 0x1FFFD, 0x20000, 0x10FFFD}
    assert [code for code in neighbours if is_found(code)] == []


def test_a_document_type_never_goes_to_the_parser() -> None:
    assert not scan(b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>").readable


@pytest.mark.parametrize("piece", [b"<!--", b"<![CDATA[", b"<?a", b"&#", b"&#x9", b"<!", b"]]>"])
def test_text_that_opens_and_never_closes_is_left_to_the_parser(piece: bytes) -> None:
    # Looking for each end anew would take hours here.
    result = scan(b"<a>" + piece * 300_000)
    assert result.readable
    assert {problem.code for problem in result.problems} <= {"processing-instruction"}


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_give_problems_and_never_raise(content: bytes) -> None:
    for problem in scan(content).problems:
        assert problem.message
        assert problem.offset is None or 0 <= problem.offset <= len(content)
