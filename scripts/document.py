"""A published contract as a JSON document: how it is read, walked and written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from scripts.failure import BadInput

Document = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

#: Keywords whose value maps names (of properties, schemas, headers ...) to objects. Under them a
#: key is a name and never a keyword, whatever it is spelled like.
NAME_MAPS = frozenset(
    {
        "$defs",
        "callbacks",
        "content",
        "definitions",
        "dependentSchemas",
        "encoding",
        "headers",
        "links",
        "parameters",
        "pathItems",
        "paths",
        "patternProperties",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "securitySchemes",
        "variables",
        "webhooks",
    }
)

#: Keywords whose value is data of the API, not part of the description's structure.
LITERALS = frozenset({"const", "default", "enum", "mapping", "required", "security"})

# Older contracts carry the base path in every path, newer ones in `servers`.
_BASE_PATH = re.compile(r"^/(?:api/)?v\d+(?=/)")
_PATH_PARAMETER = re.compile(r"\{[^{}]*\}")


class Operation(NamedTuple):
    """One operation where it stands in a document."""

    method: str
    path: str
    body: dict[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """(METHOD, shape): what names the operation in every version of the contract."""
        return self.method, shape(self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def parse(text: str | bytes, source: str) -> Document:
    """Read an OpenAPI document; anything else is refused in one sentence that names `source`."""
    try:
        document = json.loads(text)
    except ValueError as problem:
        raise BadInput(f"{source} is not a JSON document ({problem})") from None
    if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3."):
        raise BadInput(f"{source} is JSON, but not an OpenAPI 3 document")
    if not isinstance(document.get("paths"), dict) or not document["paths"]:
        raise BadInput(f"{source} is an OpenAPI document without paths")
    return document


def dump(document: Document) -> str:
    """The canonical text of a document: the same facts always give the same bytes."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def base_path_removed(path: str) -> str:
    """The path as newer contracts write it: `/api/v2/sessions` is `/sessions`."""
    return _BASE_PATH.sub("", path)


def shape(path: str) -> str:
    """The path without what may be renamed: base path and names of parameters."""
    return _PATH_PARAMETER.sub("{}", base_path_removed(path))


def operations(document: Document) -> Iterator[Operation]:
    """Every operation of the document, in the document's order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if isinstance(item.get(method), dict):
                yield Operation(method.upper(), path, item[method])


def references(node: object) -> Iterator[str]:
    """The names of the component schemas that are referred to anywhere below `node`."""
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str) and target.startswith("#/components/schemas/"):
            yield target.rsplit("/", 1)[1]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def reachable(document: Document, start: object) -> set[str]:
    """The names of all component schemas that `start` needs, directly or through others."""
    schemas = document.get("components", {}).get("schemas", {})
    found: set[str] = set()
    waiting = list(references(start))
    while waiting:
        name = waiting.pop()
        if name not in found and name in schemas:
            found.add(name)
            waiting.extend(references(schemas[name]))
    return found
