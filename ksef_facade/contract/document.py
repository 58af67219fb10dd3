"""A published contract as a JSON document: how it is read, and how its operations are found."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ksef_facade.contract.plain_paths import plain_paths
from ksef_facade.contract.references import plain_references
from ksef_facade.errors import KsefError

Document = dict[str, Any]
Key = tuple[str, str]
"""(METHOD, shape): what names an operation in every version of the contract."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

# Older contracts carry the base path in every path, newer ones in `servers`.
_BASE_PATH = re.compile(r"^(?:(?:/[\w.-]+)?/api(?:/v\d+)?|/v\d+)+(?=/)")
_GZIP = b"\x1f\x8b"
_DEEPEST = 200
"""Published contracts nest fourteen levels deep; what goes far beyond would exhaust its readers."""
_PATH_PARAMETER = re.compile(r"\{[^{}]*\}")


class UnreadableContract(KsefError, ValueError):
    """A document is not an OpenAPI 3 contract, or a table in it cannot be read."""


class Operation(NamedTuple):
    """One operation where it stands in a document."""

    method: str
    path: str
    body: dict[str, Any]

    @property
    def key(self) -> Key:
        """(METHOD, shape)."""
        return self.method, shape(self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def parse(text: str | bytes, source: str) -> Document:
    """Read an OpenAPI document.

    Raises:
        UnreadableContract: it is anything else; one sentence that names `source`.
    """
    if not text.strip():
        raise UnreadableContract(f"{source} is empty")
    if text[:2] == _GZIP:
        raise UnreadableContract(f"{source} is compressed; unpack it first")
    try:
        document = _unicode(json.loads(text))
    except (ValueError, RecursionError) as problem:
        raise UnreadableContract(f"{source} is not a JSON document ({problem})") from None
    if isinstance(document, dict) and "swagger" in document and "openapi" not in document:
        raise UnreadableContract(
            f"{source} is a Swagger document of version {document['swagger']}, not an OpenAPI 3 document"
        )
    if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3."):
        raise UnreadableContract(f"{source} is JSON, but not an OpenAPI 3 document")
    if _is_deeper(document, _DEEPEST):
        raise UnreadableContract(f"{source} nests more than {_DEEPEST} levels deep")
    if not isinstance(document.get("paths"), dict) or not document["paths"]:
        raise UnreadableContract(f"{source} is an OpenAPI document without paths")
    document["openapi"] = _in_three_parts(str(document["openapi"]))
    _write_out_paths(document)
    plain_references(document)
    plain_paths(document)
    return document


def _unicode(value: Any) -> Any:
    """The value without halves of characters, which JSON can escape and nobody can write."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.loads(text.encode(errors="replace"))
    return value


def _is_deeper(node: Any, levels: int) -> bool:
    layer = [node]
    for _ in range(levels):
        inner = [node.values() if isinstance(node, dict) else node for node in layer]
        layer = [it for nodes in inner for it in nodes if isinstance(it, dict | list)]
    return bool(layer)


def _write_out_paths(document: Document) -> None:
    """Put what a path refers to (`components/pathItems`, another path) in its place, methods too."""
    paths = document["paths"]
    for path, item in paths.items():
        if isinstance(item, dict) and isinstance(item.get("$ref"), str):
            found: Any = document
            for step in item["$ref"].removeprefix("#/").split("/"):
                name = step.replace("~1", "/").replace("~0", "~")
                found = found.get(name) if isinstance(found, dict) else None
            if isinstance(found, dict) and "$ref" not in found:
                beside = {key: value for key, value in item.items() if key != "$ref"}
                paths[path] = {**copy.deepcopy(found), **beside}
    for path, item in paths.items():
        if isinstance(item, dict):
            paths[path] = {_method_or(key): value for key, value in item.items()}


def _in_three_parts(version: str) -> str:
    """`3.0.0` where a document says `3.0`, as text or as a number."""
    return f"{version}.0" if version.count(".") == 1 else version


def _method_or(key: str) -> str:
    """A method in small letters, as OpenAPI writes it, whatever the document does."""
    return key.lower() if key.lower() in METHODS else key


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
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                yield Operation(method.upper(), path, item[method])
