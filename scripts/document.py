"""A published contract as the pipeline reads, walks and writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import yaml

from ksef_facade.contract import document as contract
from ksef_facade.contract.document import (
    METHODS,
    Document,
    Operation,
    UnreadableContract,
    base_path_removed,
    operations,
    shape,
)
from scripts.failure import BadInput

__all__ = [
    "ENDINGS",
    "LITERALS",
    "METHODS",
    "NAME_MAPS",
    "Document",
    "Operation",
    "base_path_removed",
    "compact",
    "dump",
    "load",
    "operations",
    "parse",
    "reachable",
    "references",
    "shape",
]

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


_YAML = (".yaml", ".yml")
_LONGEST_YAML = 10_000_000
#: What files with contracts in them are called.
ENDINGS = (".json", *_YAML)


# YAML with the types of JSON, so that a date stays the text it is written as; libyaml is much faster.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVERS = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_JsonTypes = type("_JsonTypes", (_LOADER,), {"yaml_implicit_resolvers": _RESOLVERS})


def parse(text: str | bytes, source: str) -> Document:
    """Read an OpenAPI document in JSON, or in YAML where `source` ends like that.

    Raises:
        BadInput: it is anything else; one sentence that names `source`.
    """
    try:
        return contract.parse(_as_json(text, source), source)
    except UnreadableContract as problem:
        told = str(problem)
        if _is_yaml(source):
            told = told.replace(" is JSON, but", " is YAML, but", 1)
        raise BadInput(told) from None


def load(text: str | bytes, source: str) -> Any:
    """The value that stands in a JSON or YAML file, contract or not.

    Raises:
        BadInput: it is neither.
    """
    try:
        return json.loads(_as_json(text, source))
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"{source} is not a JSON document ({problem})") from None


def _as_json(text: str | bytes, source: str) -> str | bytes:
    if not _is_yaml(source) or not text.strip():
        return text
    try:
        loaded = yaml.load(text, _JsonTypes)
        if _written_size(loaded, {}) > _LONGEST_YAML:
            raise ValueError("its aliases stand for more than any contract says")
        return json.dumps(loaded)
    # Keys that JSON has not got, and aliases that lead in a circle, are the later ones.
    except (yaml.YAMLError, UnicodeError, ValueError, TypeError, RecursionError) as problem:
        told = " ".join(str(problem).split())[:200]
        raise BadInput(f"{source} is not a YAML document ({told})") from None


def _is_yaml(source: str) -> bool:
    return PurePath(source).suffix.lower() in _YAML


def _written_size(node: Any, known: dict[int, int]) -> int:
    """How many values a document has once what its aliases stand for is written out."""
    if not isinstance(node, dict | list):
        return 1
    if id(node) not in known:
        # What holds itself is refused when it is written.
        known[id(node)] = 1
        inner = node.values() if isinstance(node, dict) else node
        known[id(node)] = 1 + sum(_written_size(value, known) for value in inner)
    return known[id(node)]


def dump(document: Document) -> str:
    """The canonical text of a document: the same facts always give the same bytes."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def compact(document: Document) -> str:
    """The document with one line per path and per schema: small, and still to be read in a diff."""
    return _layers(document, ("paths", "components", "schemas")) + "\n"


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


def _layers(node: Document, opened: tuple[str, ...]) -> str:
    lines = []
    for key, value in sorted(node.items()):
        # Below these keys every entry gets a line of its own.
        if key in opened and isinstance(value, dict):
            text = _layers(value, opened if key == "components" else ())
        else:
            text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        lines.append(f"{json.dumps(key)}:{text}")
    return "{\n" + ",\n".join(lines) + "\n}"
