"""What published documents were seen to get wrong, put right before the generator sees it.

Each step does one thing in place. What a person must know before such a document is committed goes
to `tell`, which refuses it unless the document is only tried; what has one plain meaning does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from scripts.document import METHODS, Document, base_path_removed, operations
from scripts.failure import Tell

JSON = "application/json"
XML = "application/xml"

_SCHEMAS = "#/components/schemas/"
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_TYPE_NAMES: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
}
_LETTERS = re.compile(r"[0-9A-Za-z]+")


def mend(document: Document, tell: Tell) -> None:
    """Run every step."""
    complete(document, tell)
    mend_references(document, tell)
    drop_base_path(document, tell)
    mend_parameters(document, tell)
    plain_media_types(document)
    plain_enumerations(document, tell)
    rename_clashing_schemas(document)


def complete(document: Document, tell: Tell) -> None:
    """Put in what every document has, if only empty."""
    components = document["components"] = document.get("components") or {}
    components["schemas"] = components.get("schemas") or {}
    schemes = components.get("securitySchemes") or {}
    components["securitySchemes"] = {
        name: scheme
        for name, scheme in schemes.items()
        if isinstance(scheme, dict) and "type" in scheme
    }
    if not components["securitySchemes"]:
        del components["securitySchemes"]
    paths = document["paths"]
    for path in [path for path, item in paths.items() if not isinstance(item, dict)]:
        tell(f"{path} is no object")
        del paths[path]
    for operation in operations(document):
        responses = operation.body.get("responses")
        responses = responses if isinstance(responses, dict) else {}
        kept = {status: body for status, body in responses.items() if isinstance(body, dict)}
        if not any(status.startswith("2") for status in kept):
            tell(f"{operation} has no successful response")
            kept["200"] = kept.pop("default", {"description": ""})
        operation.body["responses"] = kept
        if "requestBody" in operation.body and not _is_body(operation.body["requestBody"]):
            tell(f"{operation} takes a body that is not described")
            del operation.body["requestBody"]
        if not _is_security(operation.body.get("security", [])):
            tell(f"{operation} does not say who may use it")
            del operation.body["security"]


def drop_base_path(document: Document, tell: Tell) -> None:
    """Paths start after the base path: newer contracts have it in `servers`, older in paths.

    Of operations that differ by nothing else the first one stays.
    """
    seen = set()
    paths: dict[str, dict[str, Any]] = {}
    for operation in list(operations(document)):
        if operation.key in seen:
            tell(f"{operation} has the same shape as another operation")
            del document["paths"][operation.path][operation.method.lower()]
        seen.add(operation.key)
    for path, item in document["paths"].items():
        there = paths.setdefault(base_path_removed(path), {})
        there.update({key: value for key, value in item.items() if key not in there})
    document["paths"] = paths


def mend_parameters(document: Document, tell: Tell) -> None:
    """Each parameter once, with a schema; those of the path exactly as the path names them."""
    for path, item in document["paths"].items():
        shared = item.pop("parameters", None)
        for method in METHODS:
            if isinstance(item.get(method), dict):
                operation = item[method]
                given = [*_objects(operation.get("parameters")), *_objects(shared)]
                kept = _parameters(f"{method.upper()} {path}", given, tell)
                operation.pop("parameters", None)
                if kept:
                    operation["parameters"] = kept


def plain_media_types(document: Document) -> None:
    """JSON and XML under one name each, whatever parameters or aliases a document writes."""
    for operation in operations(document):
        responses = operation.body["responses"].items()
        bodies = [operation.body.get("requestBody")]
        bodies += [body for status, body in responses if status.startswith("2")]
        for body in _objects(bodies):
            content: dict[str, Any] = {}
            for written, media in (body.get("content") or {}).items():
                media = media if isinstance(media, dict) else {}
                plain = plain_media_type(written)
                if plain == JSON and not isinstance(media.get("schema"), dict):
                    media = media | {"schema": {}}
                content.setdefault(plain, media)
            if content:
                body["content"] = content


def plain_media_type(written: str) -> str:
    """`application/json` or `application/xml` where these are meant, else the text as it is.

    What may be of any type is JSON: the service speaks nothing else unless it says so.
    """
    kind, _, name = written.partition(";")[0].strip().lower().partition("/")
    if kind in ("application", "text", "*") and (name in ("json", "*") or name.endswith("+json")):
        return JSON
    if kind in ("application", "text") and (name == "xml" or name.endswith("+xml")):
        return XML
    return written


def mend_references(document: Document, tell: Tell) -> None:
    """A reference to nothing stands for anything."""
    schemas = document["components"]["schemas"]
    for node in list(_nodes(document)):
        target = node.get("$ref")
        if isinstance(target, str) and target.removeprefix(_SCHEMAS) not in schemas:
            tell(f"{target} is referred to and not there")
            node.clear()
    for node in _nodes(document):
        # All of nothing is anything; the generator would make an object of it.
        if isinstance(node.get("allOf"), list) and {} in node["allOf"]:
            node["allOf"] = [part for part in node["allOf"] if part != {}]
            if not node["allOf"]:
                del node["allOf"]


def plain_enumerations(document: Document, tell: Tell) -> None:
    """An enumeration whose values would have one name, or none, becomes plain text; so do numbers.

    The generator would refuse every number that is not listed, and every value but a constant.
    """
    for node in list(_nodes(document)):
        if isinstance(constant := node.get("const"), str | int | float):
            del node["const"]
            node.setdefault("type", _TYPE_NAMES[type(constant)])
            if isinstance(constant, str):
                node.setdefault("enum", [constant])
        values = node.get("enum")
        if isinstance(values, list) and values and not any(isinstance(it, str) for it in values):
            del node["enum"]
            continue
        if isinstance(values, list) and isinstance(node.get("type", "string"), str | list):
            words = [re.sub(r"\W+", "_", str(value)).upper() for value in values]
            if not values or len(set(words)) < len(words) or "" in words:
                tell(f"an enumeration cannot be one: {', '.join(map(str, values))}")
                del node["enum"]


def rename_clashing_schemas(document: Document) -> None:
    """Schemas whose names differ by signs or capitals alone, or hold no letters, get another one.

    Callers never see these names; the generator makes one class of each.
    """
    schemas = document["components"]["schemas"]
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    for name in sorted(schemas):
        plain = "".join(_LETTERS.findall(_ascii(name)))
        plain = plain if plain[:1].isalpha() else f"Schema{plain}"
        wanted, count = plain, 1
        while wanted.lower() in taken:
            count += 1
            wanted = f"{plain}V{count}"
        taken.add(wanted.lower())
        if wanted != plain or not name.isascii() or not _LETTERS.search(name):
            renamed[name] = wanted
    if not renamed:
        return
    document["components"]["schemas"] = {
        renamed.get(name, name): schema for name, schema in schemas.items()
    }
    for node in _nodes(document):
        target = node.get("$ref")
        if isinstance(target, str) and target.removeprefix(_SCHEMAS) in renamed:
            node["$ref"] = _SCHEMAS + renamed[target.removeprefix(_SCHEMAS)]


def _parameters(label: str, given: list[dict[str, Any]], tell: Tell) -> list[dict[str, Any]]:
    named = _TEMPLATE.findall(label)
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for parameter in given:
        where, name = parameter.get("in"), parameter.get("name")
        if not isinstance(name, str) or where not in ("path", "query", "header", "cookie"):
            tell(f"{label} has a parameter without a name or place")
        elif where == "path" and name not in named:
            tell(f"{label} has no place for the parameter {name}")
        elif (where, name) in kept:
            # An operation's parameter counts more than its path's of the same name.
            continue
        else:
            kept[where, name] = parameter
            if not isinstance(parameter.get("schema"), dict):
                parameter["schema"] = {"type": "string"}
                parameter.pop("content", None)
    for name in named:
        if ("path", name) not in kept:
            tell(f"{label} does not describe its parameter {name}")
            schema = {"type": "string"}
            kept["path", name] = {"in": "path", "name": name, "required": True, "schema": schema}
        kept["path", name]["required"] = True
    return list(kept.values())


def _is_body(body: Any) -> bool:
    return (
        isinstance(body, dict) and isinstance(body.get("content"), dict) and bool(body["content"])
    )


def _is_security(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, dict) and all(isinstance(scopes, list) for scopes in item.values())
        for item in value
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in list(node.values()):
            yield from _nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from _nodes(value)


def _ascii(text: str) -> str:
    plain = text.replace("ł", "l").replace("Ł", "L")
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
