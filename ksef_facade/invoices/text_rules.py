"""Rules for the file as text, looked at before any XML parser sees it.

UTF-8 without BOM, no other encoding named, no document type, no processing instruction, no
discouraged character (documented rules for invoice files). A document with a DOCTYPE never reaches
the parser, so there are no entities to expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from ksef_facade.invoices.problems import InvoiceProblem, quoted

_BOM: Final = b"\xef\xbb\xbf"

# First bytes of UTF-16, with a byte order mark or, as the XML specification tells, without one.
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")

# No prolog of use is longer.
_LONGEST_PROLOG: Final = 256

_DECLARATION: Final = re.compile(r"<\?xml[ \t\r\n]([^>]{0,200}?)\?>")
_ENCODING: Final = re.compile(r"\bencoding[ \t\r\n]*=[ \t\r\n]*[\"']([^\"']*)[\"']")
_VERSION: Final = re.compile(r"\bversion[ \t\r\n]*=[ \t\r\n]*[\"']([^\"']*)[\"']")

# Documented rule: controls other than NEL, the Arabic noncharacters, and the last two code points
# of planes 1 to 16. (Those of plane 0 and the other controls are no XML at all.) One class with all
# of these would take twenty times as long to search for as these ranges, of which the last is wide.
_SUSPECTS: Final = re.compile("[\x7f-\x84\x86-\x9f\ufdd0-\ufdef]|[\U00010000-\U0010ffff]")
_PLANE_1: Final = 0x10000
_LAST_TWO: Final = 0xFFFE

_MARKUP: Final = re.compile(
    r"<!--|<!\[CDATA\[|<!DOCTYPE|<\?([^\s?>]*)|&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));"
)
_ENDS: Final = {"<!--": "-->", "<![CDATA[": "]]>"}
_LAST_CODE_POINT: Final = 0x10FFFF


@frozen
class TextScan:
    """What was found; `readable` tells whether the file may go to an XML parser."""

    problems: tuple[InvoiceProblem, ...]
    readable: bool


def scan(content: bytes) -> TextScan:
    """Look through a file. Each rule is reported once, at its first break; the time is linear."""
    if not content:
        problem = InvoiceProblem(
            code="empty", message="the file is empty: write the invoice into it"
        )
        return TextScan((problem,), False)
    if content.startswith(_UTF_16):
        message = "the file is in UTF-16: save it as UTF-8 without byte order mark"
        return TextScan((InvoiceProblem(code="encoding", message=message, offset=0),), False)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return TextScan(tuple(_undecodable(content, error)), False)
    finder = _Finder(text)
    problems = [problem for problem in finder.all() if problem is not None]
    return TextScan(tuple(problems), not any(problem.code == "doctype" for problem in problems))


def _undecodable(content: bytes, error: UnicodeDecodeError) -> Iterator[InvoiceProblem]:
    head = content.removeprefix(_BOM)[:_LONGEST_PROLOG].decode("latin-1")
    declared = _declared(_DECLARATION.match(head), _ENCODING)
    if declared is not None and declared.upper() != "UTF-8":
        yield _other_encoding(declared)
    start = error.start
    line_start = content.rfind(b"\n", 0, start) + 1
    yield InvoiceProblem(
        code="encoding",
        message=f"the byte 0x{content[start]:02X} at offset {start} is not UTF-8: save the file as UTF-8",
        line=content.count(b"\n", 0, start) + 1,
        column=len(content[line_start:start].decode("utf-8", errors="replace")) + 1,
        offset=start,
    )


def _other_encoding(declared: str) -> InvoiceProblem:
    return InvoiceProblem(
        code="encoding-declaration",
        message=f"the prolog names the encoding {quoted(declared)}: save the file as UTF-8 and say so",
        line=1,
    )


def _declared(declaration: re.Match[str] | None, what: re.Pattern[str]) -> str | None:
    found = what.search(declaration[1]) if declaration else None
    return found[1] if found else None


def _is_forbidden(suspect: re.Match[str]) -> bool:
    code = ord(suspect[0])
    return code < _PLANE_1 or code & _LAST_TWO == _LAST_TWO


class _Finder:
    """Looks through the text; remembers where a byte order mark ends, so that places are right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = 1 if text.startswith("\ufeff") else 0

    def all(self) -> Iterator[InvoiceProblem | None]:
        if self._start:
            yield InvoiceProblem(
                code="bom",
                message="the file begins with a byte order mark (EF BB BF): save it without one",
                offset=0,
            )
        declaration = _DECLARATION.match(self._text, self._start)
        yield from self._declaration(declaration)
        raw = next(filter(_is_forbidden, _SUSPECTS.finditer(self._text)), None)
        yield from self._markup(declaration.end() if declaration else self._start, raw)

    def _declaration(self, declaration: re.Match[str] | None) -> Iterator[InvoiceProblem]:
        encoding = _declared(declaration, _ENCODING)
        if encoding is not None and encoding.upper() != "UTF-8":
            yield _other_encoding(encoding)
        version = _declared(declaration, _VERSION)
        if version is not None and version != "1.0":
            yield InvoiceProblem(
                code="xml-version",
                message=f"the prolog names XML {quoted(version)}: KSeF takes XML 1.0 only",
                line=1,
            )

    def _markup(self, position: int, raw: re.Match[str] | None) -> Iterator[InvoiceProblem | None]:
        """DOCTYPE, processing instructions and references; comments and CDATA hold no markup."""
        instruction: int | None = None
        forbidden = (raw.start(), ord(raw[0]), False) if raw else None
        while match := _MARKUP.search(self._text, position):
            token, position = match[0], match.end()
            if token == "<!DOCTYPE":
                yield self._at(
                    match.start(),
                    "doctype",
                    "the file has a document type declaration (DOCTYPE): remove it",
                )
                break
            if token.startswith("<"):
                # Another declaration than the first is not well-formed, and the parser says so.
                if instruction is None and match[1] is not None and match[1].lower() != "xml":
                    instruction = match.start()
                # What stands inside is no markup, whatever it looks like.
                position = self._text.find(_ENDS.get(token, "?>"), position)
                if position < 0:
                    # Not well-formed: the parser says so.
                    break
            elif forbidden is None or match.start() < forbidden[0]:
                code = int(match[2], 16) if match[2] else int(match[3])
                suspect = _SUSPECTS.match(chr(code)) if code <= _LAST_CODE_POINT else None
                if suspect is not None and _is_forbidden(suspect):
                    forbidden = (match.start(), code, True)
        if instruction is not None:
            yield self._at(
                instruction,
                "processing-instruction",
                "the file has a processing instruction (<?…?>): remove it",
            )
        if forbidden is not None:
            place, code, is_reference = forbidden
            how = "the reference to the character" if is_reference else "the character"
            yield self._at(
                place, "forbidden-character", f"{how} U+{code:04X} is refused by KSeF: remove it"
            )

    def _at(self, index: int, code: str, message: str) -> InvoiceProblem:
        line_start = max(self._text.rfind("\n", 0, index) + 1, self._start)
        return InvoiceProblem(
            code=code,
            message=message,
            line=self._text.count("\n", 0, index) + 1,
            column=index - line_start + 1,
            offset=len(self._text[:index].encode()),
        )
