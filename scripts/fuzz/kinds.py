"""What can happen to an answer's JSON, kind by kind. Each mutation changes the answer in place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

from scripts.fuzz.answer import Answer, Place, places

Mutation = Callable[[Answer, Random], None]

_TOMORROW = "ValueOfTomorrow"
_MOMENTS = (
    "2026-10-20T12:24:16.0154302+00:00",
    "2026-10-20T12:24:16.0154302",
    "2026-10-20T12:24:16Z",
    "2026-10-20",
    "20261020T122416Z",
    "2026-W43-2",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.9999999-14:00",
    "9999-12-31T24:00:00Z",
    "2026-13-40T25:61:61+99:99",
    "2026-10-20T12:24:60Z",
    "2026-10-20 12:24:16,015 +0200",
    "-2026-10-20T12:24:16Z",
    "２０２６-10-20T12:24:16Z",
    "12:24",
    "",
)
_LINKS = (
    "/storage/01/page?sig=a",
    "storage/01/page",
    "../../../etc/passwd",
    "//evil.example/storage",
    "https://evil.example/storage?sig=a",
    "http://api-test.ksef.mf.gov.pl/storage",
    "https://api-test.ksef.mf.gov.pl:8443/storage",
    "https://api-test.ksef.mf.gov.pl:99999/storage",
    "https://user:secret@api-test.ksef.mf.gov.pl/storage",
    "https://api-test.ksef.mf.gov.pl\\@evil.example/storage",
    "https://api-test.ksef.mf.gov.pl/storage/\r\nX-Header: 1",
    "https://api-test.ksef.mf.gov.pl/sto rage/\x00",
    "https://api-test.ksef.mf.gov.pl/%zz?sig=%",
    "https://api-test.ksef.mf.gov.pl/żółć?sig=ż",
    "https://api-test.ksef.mf.gov.pl/" + "a" * 70_000,
    "https://api-test.ksef.mf.gov.pl/?\ud800",
    "https://[::1/storage",
    "https://[v1.a]/storage",
    "https://ż.example/storage",
    "https://xn--a/storage",
    "https://" + "a" * 300 + ".example/",
    "https:///storage",
    "https:",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/xml,<a/>",
    "",
    " ",
    "\x00",
)
_REFERENCES = (
    "20250925-SO-2F67",
    "20250925-so-2f67776000-97273b191a-65",
    "A" * 36,
    "A" * 65,
    "../../etc",
    "a/b",
    "a?b#c",
    "%2e%2e",
    "CON",
    ".",
    "-",
    "żółć",
    "１２３",
    "a\nb",
    "\x00",
    "\ud800",
    " 20250925-EU-2F67776000-97273B191A-65 ",
    "",
)
_SCALARS: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    "",
    "x",
    "200",
    [],
    {},
    [[]],
    [None],
    {"a": {}},
    [{}],
)
_NUMBERS = (
    2**31,
    2**63,
    2**64,
    -(2**63),
    10**300,
    10**400,
    1e308,
    -0.0,
    1e-320,
    0.1,
    99,
    199,
    300,
    1000,
)
_RAW_NUMBERS = ("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1" * 5000, "1" * 400, "1E400")
# Mutations meet: what is long already is not multiplied any more.
_LONG = 200
_DEPRECATED = ("authenticationMethod", "clientIp", "publicKeyId", "certificateId", "timestampMs")


def unknown_property(answer: Answer, random: Random) -> None:
    """A property that nobody knows, anywhere."""
    objects = [node for node in _containers(answer) if isinstance(node, dict)]
    if objects:
        name = random.choice(
            ["addedTomorrow", "", "żółć", "raw", "__class__", "self", "code\u0000"]
        )
        random.choice(objects)[name] = copy.deepcopy(random.choice([*_SCALARS, {"a": [1]}]))


def unknown_enumeration(answer: Answer, random: Random) -> None:
    """A text becomes a value of tomorrow, in a list or for itself."""
    texts = [place for place in places(answer.value) if isinstance(_at(place), str)]
    lists = [node for node in _containers(answer) if isinstance(node, list)]
    if lists and random.random() < 0.4:
        random.choice(lists).append(_TOMORROW)
    elif texts:
        _put(random.choice(texts), _TOMORROW)


def missing_property(answer: Answer, random: Random) -> None:
    """One property, or row, less."""
    if found := places(answer.value):
        node, key = random.choice(found)
        del node[key]


def missing_properties(answer: Answer, random: Random) -> None:
    """Half of the properties less."""
    for node, key in places(answer.value):
        if isinstance(node, dict) and key in node and random.random() < 0.5:
            del node[key]


def null(answer: Answer, random: Random) -> None:
    """Null somewhere, or in half of all places."""
    found = places(answer.value)
    if found and random.random() < 0.7:
        _put(random.choice(found), None)
        return
    for place in reversed(found):
        if random.random() < 0.5:
            _put(place, None)


def widened_number(answer: Answer, random: Random) -> None:
    """A number becomes a text, a fraction, a truth value or a list."""
    numbers = [place for place in places(answer.value) if type(_at(place)) is int]
    if numbers:
        place = random.choice(numbers)
        number = _at(place)
        fraction = float(number) if abs(number) < 10**300 else 1e300
        forms = [str(number), fraction, f"{number}.0", f" {number} ", bool(number), [number]]
        _put(place, random.choice([*forms, {"code": number}, f"{number}x", fraction + 0.5]))


def widened_text(answer: Answer, random: Random) -> None:
    """A text becomes something else that holds it."""
    texts = [place for place in places(answer.value) if isinstance(_at(place), str)]
    if texts:
        place = random.choice(texts)
        text = _at(place)
        long = text * (2000 if len(text) < _LONG else 1)
        forms = [[text], {"code": text, "rawCode": 1}, 5, 1.5, True, long, f" {text} "]
        _put(place, random.choice([*forms, text.lower(), text[:5], text + "\x00"]))


def other_moment(answer: Answer, random: Random) -> None:
    """A date in another form, or none at all."""
    _replace_where(answer, random, ("date", "valid", "timestamp", "expir"), _MOMENTS)


def other_link(answer: Answer, random: Random) -> None:
    """A link that leads elsewhere, or nowhere."""
    _replace_where(answer, random, ("url",), _LINKS)


def other_reference(answer: Answer, random: Random) -> None:
    """A reference that is short, foreign or dangerous."""
    _replace_where(answer, random, ("reference", "number", "token", "challenge"), _REFERENCES)


def removed_deprecated(answer: Answer, random: Random) -> None:
    """What is deprecated or came late is gone."""
    for node, key in places(answer.value):
        if isinstance(node, dict) and key in _DEPRECATED:
            node.pop(key, None)


def wrong_type(answer: Answer, random: Random) -> None:
    """Another type at any depth, at the root too."""
    found = places(answer.value)
    other = copy.deepcopy(random.choice(_SCALARS))
    if found and random.random() < 0.9:
        _put(random.choice(found), other)
    else:
        answer.value = other


def huge_number(answer: Answer, random: Random) -> None:
    """A number that is too large, or another than expected."""
    numbers = [place for place in places(answer.value) if type(_at(place)) in (int, float)]
    if numbers:
        _put(random.choice(numbers), random.choice(_NUMBERS))


def raw_number(answer: Answer, random: Random) -> None:
    """A number that JSON does not know, or that does not fit anywhere."""
    _splice(answer, random, random.choice(_RAW_NUMBERS))


def lone_surrogate(answer: Answer, random: Random) -> None:
    """Half of a character in a text."""
    texts = [place for place in places(answer.value) if isinstance(_at(place), str)]
    if texts:
        place = random.choice(texts)
        _put(place, random.choice(["\ud800", f"{_at(place)}\udfff", "\udc00\ud800"]))


def strange_text(answer: Answer, random: Random) -> None:
    """Characters that headers, paths and terminals do not take."""
    texts = [place for place in places(answer.value) if isinstance(_at(place), str)]
    if texts:
        odd = ["żółć", "a\r\nb: c", "\x00", "\x1b[2J", "\u202e", "😀", "\ufeff", "|", "a" * 100_000]
        _put(random.choice(texts), random.choice(odd))


def deep_nesting(answer: Answer, random: Random) -> None:
    """A value within a value, hundreds or a hundred thousand levels deep."""
    depth = random.choice([50, 400, 990, 100_000])
    opened, closed = random.choice([("[", "]"), ('{"a":', "}")])
    _splice(answer, random, opened * depth + "1" + closed * depth)


def duplicate_keys(answer: Answer, random: Random) -> None:
    """A property is there twice, with different values."""
    answer.write()
    text = answer.body.decode("utf-8", "surrogatepass")
    objects = [node for node in _containers(answer) if isinstance(node, dict) and node]
    if objects and "{" in text:
        name = json.dumps(random.choice(list(random.choice(objects))))
        first = json.dumps(random.choice(_SCALARS))
        at = random.choice([index for index, letter in enumerate(text) if letter == "{"])
        rest = text[at + 1 :]
        comma = "" if rest.lstrip()[:1] == "}" else ", "
        answer.freeze(f"{text[: at + 1]}{name}: {first}{comma}{rest}".encode("utf-8", "replace"))


def many_rows(answer: Answer, random: Random) -> None:
    """A list of thousands, of the same or of rubbish."""
    lists = [node for node in _containers(answer) if isinstance(node, list)]
    if lists:
        chosen = random.choice(lists)
        row = copy.deepcopy(random.choice(chosen)) if chosen and random.random() < 0.5 else 1
        row = row if len(str(row)) < _LONG * 10 else 1
        chosen.extend([row] * random.choice([20, 300]))


def other_status_code(answer: Answer, random: Random) -> None:
    """The status of what was asked about is another one: any that exists, and some that do not."""
    codes = [place for place in places(answer.value) if place[1] == "code"]
    if codes:
        known = [100, 110, 150, 170, 200, 300, 315, 405, 415, 420, 430, 435, 440, 445, 450, 460]
        _put(random.choice(codes), random.choice([*known, 470, 480, 500, 550, 0, -1, 600, 21405]))


JSON_KINDS: tuple[Mutation, ...] = (
    unknown_property,
    unknown_enumeration,
    missing_property,
    missing_properties,
    null,
    widened_number,
    widened_text,
    other_moment,
    other_link,
    other_reference,
    removed_deprecated,
    wrong_type,
    huge_number,
    raw_number,
    lone_surrogate,
    strange_text,
    deep_nesting,
    duplicate_keys,
    many_rows,
    other_status_code,
)


def _containers(answer: Answer) -> list[Any]:
    inner = [node[key] for node, key in places(answer.value)]
    return [node for node in (answer.value, *inner) if isinstance(node, dict | list)]


def _at(place: Place) -> Any:
    node, key = place
    return node[key]


def _put(place: Place, value: Any) -> None:
    node, key = place
    node[key] = value


def _replace_where(
    answer: Answer, random: Random, parts: tuple[str, ...], values: tuple[str, ...]
) -> None:
    found = [
        place
        for place in places(answer.value)
        if isinstance(place[1], str) and any(part in place[1].lower() for part in parts)
    ]
    if found:
        _put(random.choice(found), random.choice(values))


def _splice(answer: Answer, random: Random, text: str) -> None:
    """Put JSON text in a place of the value that Python could not write by itself."""
    mark = "@@mark@@"
    found = places(answer.value)
    if found:
        _put(random.choice(found), mark)
    else:
        answer.value = mark
    answer.freeze(json.dumps(answer.value).replace(f'"{mark}"', text).encode())
