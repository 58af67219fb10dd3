"""Paths and parameters as OpenAPI 3 writes them, where a document keeps other words for them.

ASP.NET Core says more of a parameter in a route than its name (`{id:length(36)}`, `{page?}`) and
passes over a slash at its end, a proxy puts the address of the service before every path, and Swagger
2 has the type of a parameter beside its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_ADDRESS = re.compile(r"(?:/[\w.-]+){1,2}/v\d+(?=/)")
# `{*name:constraint=default}`, each part but the name optional.
_ROUTE_PARAMETER = re.compile(r"\*{0,2}([^:?=*{}]+)([:?=].*)?", re.DOTALL)
#: What Swagger 2 says of a parameter's values without a schema, all of which a schema may say.
_OF_THE_VALUES = (
    *("type", "format", "items", "default", "enum", "pattern", "multipleOf", "uniqueItems"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems"),
)
_PLACES = ("path", "query", "header", "cookie")


def plain_paths(document: dict[str, Any]) -> None:
    """Write every path and parameter plainly, in place; what has one plain form already stays."""
    paths: dict[str, Any] = document["paths"]
    address = _address(paths)
    plain: dict[str, Any] = {}
    for written, item in paths.items():
        path = plain_template(written.removeprefix(address)).rstrip("/") or "/"
        if path != written and (path in paths or path in plain):
            # Routes that differ by their constraints alone are told apart by nothing else.
            path = written
        plain[path] = item
    document["paths"] = plain
    for parameter in _parameters(document):
        name = parameter.get("name")
        if parameter.get("in") == "path" and isinstance(name, str):
            parameter["name"] = _plain_name(name)
        if parameter.get("in") in _PLACES and "type" in parameter and "schema" not in parameter:
            parameter["schema"] = {
                key: parameter.pop(key) for key in _OF_THE_VALUES if key in parameter
            }


def plain_template(path: str) -> str:
    """The path with bare names in its braces; a constraint may hold braces itself, as `{{8}}`."""
    pieces, depth, start = [], 0, 0
    for position, sign in enumerate(path):
        if sign == "{":
            if depth == 0:
                pieces.append(path[start : position + 1])
                start = position + 1
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
            if depth == 0:
                pieces.append(_plain_name(path[start:position]))
                start = position
    return "".join([*pieces, path[start:]])


def _plain_name(written: str) -> str:
    found = _ROUTE_PARAMETER.fullmatch(written)
    return found[1] if found else written


def _address(paths: dict[str, Any]) -> str:
    """What stands before every path and ends in a version; empty where that is nothing."""
    found = {
        match[0] if (match := _ADDRESS.match(path)) else ""
        for path in paths
        if not path.startswith("x-")
    }
    return found.pop() if len(found) == 1 else ""


def _parameters(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    components = document.get("components")
    shared = components.get("parameters") if isinstance(components, dict) else None
    yield from _objects(list(shared.values()) if isinstance(shared, dict) else None)
    for item in _objects(list(document["paths"].values())):
        yield from _objects(item.get("parameters"))
        for operation in _objects(list(item.values())):
            yield from _objects(operation.get("parameters"))


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
