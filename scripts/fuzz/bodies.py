"""What can happen to an answer besides its JSON: bytes, headers, status, errors of every shape."""

from __future__ import annotations

import gzip
import json
from random import Random
from typing import Any

from scripts.fuzz.answer import Answer
from scripts.fuzz.kinds import JSON_KINDS, Mutation

_RETRY_AFTER = ("0", "1", "30", "-5", "1e9", "99999999999999999999", "1.5", "ż", "", "soon", "0x10")
_DATES = (
    "Fri, 20 Nov 2026 12:00:00 GMT",
    "Fri, 20 Nov 2026 12:00:00 -0000",
    "Fri, 31 Feb 2026 12:00:00 GMT",
    "Fri, 20 Nov 0001 12:00:00 +1400",
    "Fri, 20 Nov 9999 23:59:59 -1400",
    "Fri, 20 Nov 99999 12:00:00 GMT",
    "20 Nov 2026 99:99:99 +9999",
    "Mon, 1 Jan 1 00:00:00 +99999999",
    "2026-11-20T12:00:00Z",
    ",",
    "(",
    "\u00a0",
    "",
)
_HASHES = ("", " ", "AAAA", "not base64 ż", "a" * 5000, "=", "X+wQflQVyRs1fImlI+xDPnWk1V37hys4=")
_WARNINGS = (
    "[sig-001]: text | [sig-002]: other",
    "[sig-001] text",
    "[",
    "[]: ",
    "[a]: b]: c | ] [ : |" * 500,
    "text without form",
    "|" * 10_000,
    "żółć",
)
_MEDIA_TYPES = (
    "text/html",
    "text/json; charset=utf-16",
    "application/json; charset=nope",
    "application/json; charset=\x00",
    "application/problem+json",
    "application/xml",
    "application/octet-stream",
    "multipart/form-data",
    ";;;",
    "",
)
_ERRORS = (
    *(400, 400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 422, 429, 429, 451, 499),
    *(500, 501, 502, 503, 504, 520, 599, 600, 999),
)
_HTML = b"<!DOCTYPE html><html><body>Request blocked. Support ID: 1</body></html>"
_XML = b'<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code></Error>'


def truncated(answer: Answer, random: Random) -> None:
    """The body breaks off."""
    answer.write()
    answer.freeze(answer.body[: random.randrange(len(answer.body) + 1)])


def empty(answer: Answer, random: Random) -> None:
    """No body, or blanks."""
    answer.freeze(random.choice([b"", b" ", b"\r\n\r\n", b"null", b"\x00"]))


def web_page(answer: Answer, random: Random) -> None:
    """A firewall's page, or a storage's XML."""
    answer.freeze(random.choice([_HTML, _XML, b"<", b"Service Unavailable", b"<html"]))
    answer.set_header("Content-Type", random.choice(["text/html", "application/xml", "text/plain"]))


def invalid_bytes(answer: Answer, random: Random) -> None:
    """Bytes that are no UTF-8, somewhere."""
    answer.write()
    at = random.randrange(len(answer.body) + 1)
    odd = random.choice([b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\x00", b"\xf5\x80\x80\x80"])
    answer.freeze(answer.body[:at] + odd + answer.body[at:])


def other_encoding(answer: Answer, random: Random) -> None:
    """A byte order mark, or another encoding of Unicode."""
    answer.write()
    text = answer.body.decode("utf-8", "replace")
    encodings = ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso-8859-2", "utf-7", "cp037"]
    answer.freeze(text.encode(random.choice(encodings), "replace"))


def compressed(answer: Answer, random: Random) -> None:
    """A content coding, right, wrong, doubled or broken off."""
    answer.write()
    packed = gzip.compress(answer.body)
    coding, body = random.choice(
        [
            ("gzip", packed),
            ("gzip", packed[:-9]),
            ("gzip", answer.body),
            ("gzip", b""),
            ("gzip", b"\x1f\x8b"),
            ("deflate", answer.body),
            ("gzip, gzip", gzip.compress(packed)),
            ("gzip, deflate, br", packed),
            ("identity", answer.body),
            ("brotli-of-tomorrow", answer.body),
            ("br", answer.body),
            ("zstd", answer.body),
        ]
    )
    answer.set_header("Content-Encoding", coding)
    answer.freeze(body)


def other_media_type(answer: Answer, random: Random) -> None:
    """The body is called something else."""
    answer.set_header("Content-Type", random.choice(_MEDIA_TYPES))


def odd_headers(answer: Answer, random: Random) -> None:
    """Headers that are read, with values that are hard to."""
    choices: list[tuple[str, tuple[str, ...]]] = [
        ("Date", _DATES),
        ("Retry-After", (*_RETRY_AFTER, *_DATES)),
        ("x-ms-meta-hash", _HASHES),
        ("X-System-Warning", _WARNINGS),
        ("Location", ("https://evil.example/", "/", "")),
        ("Set-Cookie", ("a=b; Domain=.pl", "\x00")),
        ("Content-Type", _MEDIA_TYPES),
    ]
    for _ in range(random.choice([1, 2, 3])):
        name, values = random.choice(choices)
        answer.headers.append((name, random.choice(values)))
    if random.random() < 0.2:
        answer.headers.append(("X-System-Warning", b"\xff\xfe[a]: b"))


def other_success(answer: Answer, random: Random) -> None:
    """Another status of success, or of redirection."""
    answer.status = random.choice([200, 201, 202, 203, 204, 206, 226, 299, 300, 302, 304, 307])


def error(answer: Answer, random: Random) -> None:
    """An error of any shape, itself perhaps not whole."""
    answer.status = random.choice(_ERRORS)
    answer.value, answer.is_json = _error_value(random, answer.status), True
    for name, values in (("Retry-After", _RETRY_AFTER), ("Retry-After", _DATES)):
        if random.random() < 0.4:
            answer.set_header(name, random.choice(values))
    if random.random() < 0.3:
        other_media_type(answer, random)
    if random.random() < 0.5:
        random.choice(JSON_KINDS)(answer, random)
    elif random.random() < 0.3:
        random.choice((truncated, empty, web_page, invalid_bytes))(answer, random)


BODY_KINDS: tuple[Mutation, ...] = (
    truncated,
    empty,
    web_page,
    invalid_bytes,
    other_encoding,
    compressed,
    other_media_type,
    odd_headers,
    other_success,
    error,
)


def _error_value(random: Random, status: int) -> Any:
    code = random.choice([21001, 21155, 21173, 21178, 21180, 21301, 21405, 21418, 21470, 99999, 0])
    entry = {"exceptionCode": code, "exceptionDescription": "opis", "details": ["szczegół"]}
    problem = {"title": "x", "status": status, "detail": "y", "traceId": "ab", "instance": "/a"}
    shapes: list[Any] = [
        {"exception": {"exceptionDetailList": [entry, entry], "serviceCode": "00-ab"}},
        {"exception": {"exceptionDetailList": {}, "timestamp": "x"}},
        {"status": {"code": 429, "description": "Too Many Requests", "details": ["poczekaj"]}},
        {**problem, "errors": [{"code": code, "description": "opis", "details": ["a", "b"]}]},
        {**problem, "reasonCode": "missing-permissions", "security": {"presentPermissions": ["a"]}},
        {**problem, "reasonCode": "insufficient-resource-access"},
        {**problem, "reasonCode": "of-tomorrow", "security": []},
        {"fault": {"id": 1}},
        {},
        [],
        [entry],
        "text",
        code,
    ]
    return json.loads(json.dumps(random.choice(shapes)))
