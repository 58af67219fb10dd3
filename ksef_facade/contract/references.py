"""References of a document in their plain form: `#/components/<section>/<name>`, nothing escaped.

A name may hold signs that a JSON pointer or a URI escapes (`Result%3CInvoice%3E`, `a~1b`), and .NET
points into schemas (`#/components/schemas/A/properties/b`), which nothing after this has to follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

_COMPONENTS = "#/components/"


def plain_references(document: dict[str, Any]) -> None:
    """Write every reference plainly, in place; schemas inside schemas that are meant get a name."""
    components = document.get("components")
    if not isinstance(components, dict):
        return
    new_names = _without_slashes(components)
    for node in list(_references(document)):
        if not node["$ref"].startswith(_COMPONENTS):
            continue
        title, *written = node["$ref"].removeprefix(_COMPONENTS).split("/")
        if not written:
            continue
        section = components.get(title)
        known = section if isinstance(section, dict) else {}
        first, *inner = map(_unescaped, written)
        # A name that really holds a percent sign stays as it is.
        first = written[0] if written[0] in known else new_names.get((title, first), first)
        if not inner:
            node["$ref"] = f"{_COMPONENTS}{title}/{first}"
        elif title == "schemas" and isinstance(found := _inside(known, [first, *inner]), dict):
            name = ".".join([first, *inner]).replace("/", ".")
            known.setdefault(name, found)
            node["$ref"] = f"{_COMPONENTS}schemas/{name}"


def _without_slashes(components: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Rename what has a slash in its name; the new names by section and old name."""
    renamed: dict[tuple[str, str], str] = {}
    for title, section in components.items():
        for name in list(section) if isinstance(section, dict) else ():
            plain = name.replace("/", ".")
            if plain != name and plain not in section:
                section[plain] = section.pop(name)
                renamed[title, name] = plain
    return renamed


def _inside(node: Any, steps: list[str]) -> Any:
    for step in steps:
        if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
            node = node[int(step)]
        else:
            node = node.get(step) if isinstance(node, dict) else None
    return node


def _unescaped(step: str) -> str:
    return unquote(step).replace("~1", "/").replace("~0", "~")


def _references(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
