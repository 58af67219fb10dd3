"""Answers made from a contract's own schemas, before anything was prepared or relaxed in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from scripts.replay.published import Published

Form = Literal["full", "minimal", "bare"]
"""`full`: every property; `minimal`: the required ones; `bare`: of those, deprecated ones are gone
and null is said wherever the schema allows it."""
FORMS: tuple[Form, ...] = ("full", "minimal", "bare")

Known = Callable[[tuple[str, ...]], Any]
"""What a property means here, by its path; `None` where any value does."""

_DEEPEST = 8
_ENDLESS = 10
"""Where even what is required ends: a schema that needs itself has no value at all."""
_FORMATS = {
    "date-time": "2026-10-20T12:24:16.0154302+00:00",
    "date": "2026-10-20",
    "uri": "https://example.test/a",
    "uuid": "3f6f2f4e-6f0b-4d0e-8a3c-0d6f2b0f9a11",
    "byte": "AAAA",
    "binary": "",
}


class Payloads:
    """Makes values of schemas in one form."""

    def __init__(self, contract: Published, form: Form) -> None:
        self._contract = contract
        self.form = form

    def value(self, schema: Any, known: Known, path: tuple[str, ...] = ()) -> Any:
        """A value of the schema; what `known` tells is brought into the type it declares."""
        node = self._contract.resolved(schema)
        meant = known(path)
        kind = _kind(node)
        if meant is not None and kind not in ("object", "array"):
            return _as_type(meant, kind)
        if kind == "array":
            return self._list(node, meant, known, path)
        if kind == "object":
            return self._object(node, known, path)
        if "const" in node:
            return node["const"]
        if node.get("enum"):
            return next((value for value in node["enum"] if value is not None), None)
        return _plain(kind, node)

    def _object(self, node: dict[str, Any], known: Known, path: tuple[str, ...]) -> dict[str, Any]:
        required = node.get("required") or []
        value: dict[str, Any] = {}
        if len(path) > _ENDLESS:
            return value
        for name, schema in (node.get("properties") or {}).items():
            inner = self._contract.resolved(schema)
            inside = (*path, name)
            wanted = len(path) < _DEEPEST if self.form == "full" else name in required
            if self.form == "bare" and inner.get("deprecated"):
                wanted = False
            if wanted and self.form == "bare" and inner.get("nullable"):
                value[name] = None
            elif wanted:
                value[name] = self.value(schema, known, inside)
        others = node.get("additionalProperties")
        if self.form == "full" and isinstance(others, dict) and not value:
            value["any"] = self.value(others, known, (*path, "any"))
        return value

    def _list(
        self, node: dict[str, Any], meant: Any, known: Known, path: tuple[str, ...]
    ) -> list[Any]:
        if isinstance(meant, list):
            return meant
        count = meant if isinstance(meant, int) else (2 if self.form == "full" else 1)
        if len(path) > _DEEPEST:
            return []
        return [self.value(node.get("items"), known, (*path, str(row))) for row in range(count)]


def _kind(node: dict[str, Any]) -> str:
    if isinstance(node.get("type"), str):
        return str(node["type"])
    if "properties" in node or "additionalProperties" in node:
        return "object"
    return "array" if "items" in node else "string"


def _as_type(meant: Any, kind: str) -> Any:
    if isinstance(meant, list):
        meant = meant[0] if meant else ""
    match kind:
        case "string":
            return str(meant)
        case "number":
            return float(meant) if not isinstance(meant, str) else meant
        case _:
            return meant


def _plain(kind: str, node: dict[str, Any]) -> Any:
    match kind:
        case "integer":
            return int(node.get("minimum", 1))
        case "number":
            return float(node.get("minimum", 1.5))
        case "boolean":
            return True
        case "null":
            return None
        case _:
            return _FORMATS.get(str(node.get("format", "")), "text")[: node.get("maxLength", 100)]
