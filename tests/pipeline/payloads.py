"""Answers made from a contract's schemas: complete, with values of tomorrow, or nearly empty."""

from __future__ import annotations

from typing import Any, Literal

from scripts.document import Document
from scripts.prepare import SPINE

Kind = Literal["full", "future", "spine", "nulls"]

FUTURE = "ValueOfTomorrow"

_FORMATS = {
    "date-time": "2026-10-20T12:24:16.0154302+00:00",
    "date": "2026-10-20",
    "uri": "https://example.test/a",
    "binary": "",
}


def payload(document: Document, schema: dict[str, Any], kind: Kind) -> Any:
    """A value of the schema. `future`: enums and additions nobody knows; `spine`: what must be there
    and no more; `nulls`: all else null."""
    if "$ref" in schema:
        return payload(
            document, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], kind
        )
    if "allOf" in schema:
        return payload(document, schema["allOf"][0], kind)
    if "enum" in schema:
        return FUTURE if kind == "future" else schema["enum"][0]
    match schema.get("type"):
        case "object":
            return _object(document, schema, kind)
        case "array":
            return [payload(document, schema["items"], kind)]
        case "integer":
            return schema.get("minimum", 1)
        case "number":
            return 1.5
        case "boolean":
            return True
        case _:
            return _FORMATS.get(schema.get("format", ""), "text")


def _object(document: Document, schema: dict[str, Any], kind: Kind) -> dict[str, Any]:
    properties = schema.get("properties", {})
    if kind in ("full", "future"):
        value = {name: payload(document, inner, kind) for name, inner in properties.items()}
        return value | ({"addedTomorrow": {"a": [1]}} if kind == "future" else {})
    spine = {
        name: payload(document, inner, kind)
        for name, inner in properties.items()
        if name in SPINE and name in schema.get("required", [])
    }
    return spine if kind == "spine" else dict.fromkeys(properties) | spine
