"""Schemas of the contract as JSON Schema, compiled once, and their findings made readable."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import jsonschema_rs
from attrs import frozen

from .moments import is_moment

_BASE = "urn:contract"
#: JSON Schema keywords whose violation means that a value cannot be read at all (21001), in
#: difference to a value that can be read and is out of bounds (21405).
_UNREADABLE = frozenset({"type", "enum"})
#: What fits the formats of whole numbers (OpenAPI 3.0, data types); JSON Schema does not look.
_WIDEST: Mapping[str, int] = {"int32": 2**31 - 1, "int64": 2**63 - 1}


@frozen
class Finding:
    """One way in which a value departs from its schema."""

    path: tuple[str, ...]
    message: str
    unreadable: bool
    #: The keyword of JSON Schema that the value breaks.
    keyword: str = ""
    #: What an enumeration would have allowed.
    allowed: tuple[object, ...] = ()

    def __str__(self) -> str:
        place = ".".join(self.path)
        return f"'{place}': {self.message}" if place else self.message


def translate(schema: Any) -> Any:
    """The OpenAPI 3.0 schema as JSON Schema Draft 4, which differ in `nullable` only."""
    if isinstance(schema, list):
        return [translate(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": _BASE + schema["$ref"]}
    plain = {
        name: _translate_members(value) if name == "properties" else translate(value)
        for name, value in schema.items()
        if name not in ("nullable", "default", "example", "discriminator", "xml")
    }
    widest = _WIDEST.get(str(schema.get("format")))
    if widest is not None:
        plain["maximum"] = min(widest, plain.get("maximum", widest))
        plain["minimum"] = max(-widest - 1, plain.get("minimum", -widest - 1))
    if schema.get("nullable") is not True:
        return plain
    if isinstance(plain.get("type"), str) and "enum" not in plain and "allOf" not in plain:
        return {**plain, "type": [plain["type"], "null"]}
    return {"anyOf": [{"type": "null"}, plain]}


def _translate_members(members: Any) -> Any:
    return {name: translate(value) for name, value in members.items()}


def decode_base64(text: str) -> bytes | None:
    """The bytes behind standard Base64 with padding, or None when it is not that."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


class Schemas:
    """All schemas of one contract, ready to compile validators that refer to them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        named = document.get("components", {}).get("schemas", {})
        self._document = document
        resource = {"components": {"schemas": _translate_members(named)}}
        self._registry = jsonschema_rs.Registry([(_BASE, resource)], draft=jsonschema_rs.Draft4)

    def compile(self, schema: Mapping[str, Any], *, of_requests: bool = False) -> Validator:
        """A validator of one OpenAPI schema; requests may write their times in more ways."""
        formats: dict[str, Callable[[str], bool]] = {
            "byte": lambda text: decode_base64(text) is not None
        }
        if of_requests:
            formats["date-time"] = is_moment
        return Validator(
            jsonschema_rs.Draft4Validator(
                translate(schema),
                registry=self._registry,
                validate_formats=True,
                formats=formats,
                # Values may be secrets: they stay out of messages.
                mask="value",
            )
        )

    def component(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """The entry itself, or the component that it refers to."""
        while "$ref" in entry:
            node: Any = self._document
            for step in entry["$ref"].removeprefix("#/").split("/"):
                node = node[step]
            entry = node
        return entry

    def type_of(self, schema: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """The JSON type of a schema and the schema that says so, through references."""
        schema = self.component(schema)
        if "type" in schema:
            return str(schema["type"]), schema
        for part in schema.get("allOf", ()):
            return self.type_of(part)
        return "string", schema


class Validator:
    """One compiled schema."""

    def __init__(self, validator: jsonschema_rs.Draft4Validator) -> None:
        self._validator = validator

    def findings(self, value: Any) -> list[Finding]:
        """Everything wrong with a value; empty when it is valid."""
        if self._validator.is_valid(value):
            return []
        return list(dict.fromkeys(_flatten(self._validator.iter_errors(value), ())))


def _flatten(errors: Iterable[Any], parent: tuple[str, ...]) -> Iterator[Finding]:
    for error in errors:
        path = tuple(str(step) for step in error.instance_path)
        keyword = error.kind.name
        if keyword == "anyOf":
            # The only alternatives are null and the schema itself: the latter's findings matter.
            yield from _flatten(error.kind.context[-1], path or parent)
            continue
        unreadable = keyword in _UNREADABLE or (keyword == "format" and "byte" in error.message)
        allowed = tuple(error.kind.options) if keyword == "enum" else ()
        yield Finding(path, error.message, unreadable, keyword, allowed)
