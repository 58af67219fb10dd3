"""A copy of a document in which every keyword has the form it must have.

Contracts were published with `description: null`, and what a live environment serves tomorrow is
not known. What has a wrong form is left out here, once, so that nothing after this has to look.
"""

from __future__ import annotations

from typing import Any

from ksef_facade.contract.dialect import in_words_of_3_0
from ksef_facade.contract.document import Document

#: Keywords that map names to objects; under them a key is a name, whatever it is spelled like.
_NAME_MAPS = frozenset(
    {"content", "headers", "paths", "properties", "responses", "schemas", "securitySchemes"}
)
_OBJECTS = frozenset({"components", "info", "items", "requestBody", "schema", "x-rate-limits"})
_LISTS_OF_OBJECTS = frozenset({"allOf", "anyOf", "oneOf", "security"})
_LISTS_OF_TEXTS = frozenset({"x-required-permissions"})
_LISTS_OF_NUMBERS = frozenset({"x-exception-codes"})
_TEXTS = frozenset(
    {"$ref", "description", "format", "in", "name", "pattern", "summary", "type", "version"}
)
_NUMBERS = frozenset(
    {
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
    }
)
#: Data of the API, taken as it is.
_DATA = frozenset({"const", "default", "example", "examples", "mapping"})
#: Nothing published nests as deep; a document that does is made to exhaust its reader.
_DEEPEST = 100


def wellformed(document: Document) -> Document:
    """The copy; the document itself is not changed."""
    copied: Document = _copy(document, names=False, depth=0)
    copied.setdefault("paths", {})
    copied.setdefault("info", {})
    return copied


def _copy(node: Any, *, names: bool, depth: int) -> Any:
    if depth > _DEEPEST and isinstance(node, dict | list):
        return type(node)()
    if isinstance(node, list):
        return [_copy(item, names=False, depth=depth + 1) for item in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {
            name: _copy(value, names=False, depth=depth + 1)
            for name, value in node.items()
            if isinstance(value, dict)
        }
    return {
        key: _copy(value, names=_is_name_map(key, value), depth=depth + 1)
        if key not in _DATA
        else value
        for key, value in in_words_of_3_0(node).items()
        if _is_formed(key, value)
    }


def _is_name_map(key: str, value: Any) -> bool:
    return key in _NAME_MAPS or (key == "parameters" and isinstance(value, dict))


def _is_formed(key: str, value: Any) -> bool:
    if value is None:
        return False
    if key in _NAME_MAPS or key in _OBJECTS:
        return isinstance(value, dict)
    if key in _TEXTS:
        return isinstance(value, str)
    if key in _NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if key in _LISTS_OF_OBJECTS:
        return _lists(value, dict)
    if key in _LISTS_OF_TEXTS:
        return _lists(value, str)
    if key in _LISTS_OF_NUMBERS:
        return _lists(value, int)
    if key == "required":
        # A list of names in a schema, a truth value in a parameter.
        return isinstance(value, bool) or _lists(value, str)
    if key == "parameters":
        return isinstance(value, dict) or _lists(value, dict)
    return key != "enum" or isinstance(value, list)


def _lists(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
