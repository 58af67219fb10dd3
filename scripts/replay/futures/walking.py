"""Ways through a document to what a change is about."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from scripts.document import METHODS, Document, operations, reachable

_SCHEMAS = "#/components/schemas/"


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document, outer ones first."""
    if isinstance(node, dict):
        yield node
        for value in list(node.values()):
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def all_schemas(document: Document) -> list[dict[str, Any]]:
    """Everything that looks like a schema, anywhere."""
    return [node for node in nodes(document) if "type" in node or "enum" in node]


def answer_objects(document: Document) -> list[dict[str, Any]]:
    """The objects with properties that only successful answers hold."""
    schemas = document["components"]["schemas"]
    return [
        node
        for name in _answer_schemas(document)
        for node in nodes(schemas[name])
        if isinstance(node.get("properties"), dict)
    ]


def answer_enumerations(document: Document) -> list[dict[str, Any]]:
    """The schemas with an enumeration that only successful answers hold."""
    schemas = document["components"]["schemas"]
    return [
        node
        for name in _answer_schemas(document)
        for node in nodes(schemas[name])
        if isinstance(node.get("enum"), list) and node["enum"]
    ]


def medias(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """`responses` or `requestBody`, and each media type's description."""
    for operation in operations(document):
        bodies = [("requestBody", operation.body.get("requestBody") or {})]
        bodies += [("responses", response) for response in operation.body["responses"].values()]
        for kind, body in bodies:
            for media in (body.get("content") or {}).values():
                yield kind, media


def rename_schemas(document: Document, names: dict[str, str]) -> None:
    """Give schemas other names, and references to them too."""
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {
        names.get(name, name): schema for name, schema in schemas.items()
    }
    for node in nodes(document):
        target = node.get("$ref")
        if isinstance(target, str) and target.removeprefix(_SCHEMAS) in names:
            node["$ref"] = _SCHEMAS + names[target.removeprefix(_SCHEMAS)]


def rename_media_types(document: Document, rename: Callable[[str], list[str]]) -> None:
    """Write each body once under every name that `rename` gives for its media type."""
    for operation in operations(document):
        bodies = [operation.body.get("requestBody") or {}, *operation.body["responses"].values()]
        for body in bodies:
            if body.get("content"):
                body["content"] = {
                    name: copy.deepcopy(media)
                    for written, media in body["content"].items()
                    for name in rename(written)
                }


def parameters_named(document: Document, name: str) -> Iterator[dict[str, Any]]:
    """Every parameter of a name."""
    for operation in operations(document):
        for parameter in operation.body.get("parameters") or []:
            if parameter.get("name") == name:
                yield parameter


def drop_parameters(document: Document, names: set[str]) -> None:
    """Take parameters out of every operation."""
    for operation in operations(document):
        given = operation.body.get("parameters") or []
        operation.body["parameters"] = [item for item in given if item.get("name") not in names]


def retype(document: Document, old: str, new: str) -> None:
    """Change a type in all successful answers."""
    for schema in answer_objects(document):
        for inner in schema["properties"].values():
            if inner.get("type") == old:
                inner["type"] = new
                for keyword in ("format", "minimum", "maximum"):
                    inner.pop(keyword, None)


def written_out(document: Document, schema: Any, depth: int) -> Any:
    """A copy of a schema with its references written out, so many levels deep."""
    if isinstance(schema, list):
        return [written_out(document, item, depth) for item in schema]
    if not isinstance(schema, dict):
        return schema
    target = schema.get("$ref")
    if isinstance(target, str) and depth:
        found = document["components"]["schemas"][target.removeprefix(_SCHEMAS)]
        return written_out(document, found, depth - 1)
    return {key: written_out(document, value, depth) for key, value in schema.items()}


def _answer_schemas(document: Document) -> list[str]:
    answers: set[str] = set()
    requests: set[str] = set()
    for item in document["paths"].values():
        for method in METHODS:
            if operation := item.get(method):
                for status, response in operation["responses"].items():
                    if status.startswith("2"):
                        answers |= reachable(document, response)
                requests |= reachable(document, operation.get("requestBody"))
                requests |= reachable(document, operation.get("parameters"))
    return sorted(answers - requests)
