"""Values that the contract allows, for hypothesis; and one change each that it forbids."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st

from ksef_facade.contract.packaged import packaged_contract

_MOST_ITEMS = 2
_LONGEST = 300
_INT32 = 2**31 - 1
_FIRST, _LAST = datetime(2026, 1, 1), datetime(2027, 1, 1)

Schema = Mapping[str, Any]


@cache
def contract() -> Mapping[str, Any]:
    """The contract, read once."""
    return packaged_contract()


def resolved(schema: Schema) -> dict[str, Any]:
    """The schema itself, whatever it refers to, with the keywords beside the reference."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return resolved(contract()["components"]["schemas"][name])
    merged: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        merged |= resolved(part)
    return merged | {name: value for name, value in schema.items() if name != "allOf"}


def values(schema: Schema) -> st.SearchStrategy[Any]:
    """JSON values that a schema allows."""
    return _values(json.dumps(schema))


@cache
def _values(text: str) -> st.SearchStrategy[Any]:
    # Making a strategy costs more than drawing from it.
    plain = resolved(json.loads(text))
    made = _of_type(plain)
    return st.none() | made if plain.get("nullable") else made


def _of_type(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if kind == "object":
        return _objects(schema)
    if kind == "array":
        least = schema.get("minItems", 0)
        most = min(schema.get("maxItems", least + _MOST_ITEMS), least + _MOST_ITEMS)
        return st.lists(values(schema["items"]), min_size=least, max_size=most)
    if kind == "boolean":
        return st.booleans()
    if kind in ("integer", "number"):
        bounds = schema.get("minimum", 0), schema.get("maximum", _INT32)
        return st.integers(int(bounds[0]), int(bounds[1]))
    return _texts(schema)


def _objects(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    members = {name: values(inner) for name, inner in schema.get("properties", {}).items()}
    required = {name: members.pop(name) for name in schema.get("required", ()) if name in members}
    return st.fixed_dictionaries(required, optional=members)


def _texts(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    least, most = schema.get("minLength", 0), min(schema.get("maxLength", _LONGEST), _LONGEST)
    if pattern := schema.get("pattern"):
        found = st.from_regex(pattern.replace("$", r"\Z"), fullmatch=False, alphabet=_ASCII)
        return found.filter(lambda text: least <= len(text) <= most)
    match schema.get("format"):
        case "date-time":
            return st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)).map(datetime.isoformat)
        case "date":
            return st.dates(_FIRST.date(), _LAST.date()).map(date.isoformat)
        case "byte":
            size = least * 3 // 4 - 1 if least else 32
            return st.binary(min_size=size, max_size=size).map(
                lambda b: base64.b64encode(b).decode()
            )
        case "uri":
            return st.just("https://ksef.test/")
    return st.text(_ASCII, min_size=least, max_size=max(least, most))


_ASCII = st.characters(min_codepoint=33, max_codepoint=126)


def spoilt(schema: Schema, value: Any) -> st.SearchStrategy[Any]:
    """The value with one thing about it that the contract forbids, or another kind of value."""
    plain = resolved(schema)
    ways: list[st.SearchStrategy[Any]] = [st.sampled_from(["text", 7, True, ["text"]])]
    if isinstance(value, dict):
        for name in plain.get("required", ()):
            ways.append(st.just({key: inner for key, inner in value.items() if key != name}))
            inner = resolved(plain["properties"][name])
            # A text is what a whole number, a list, an object or a truth value is not.
            wrong = 7 if inner.get("type", "string") == "string" else "text"
            ways.append(st.just({**value, name: wrong}))
    return st.one_of(ways)
