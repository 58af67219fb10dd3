"""From a published contract to the facts in it, in canonical order: `strip(document)`.

Keywords that carry prose go, wherever they are keywords: a property, a header or a schema that
happens to be *named* `description` or `title` stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ksef_facade.contract.facts import API_VERSION, BUILD, add_facts
from scripts.document import LITERALS, NAME_MAPS, Document
from scripts.failure import Tell, refuse
from scripts.soundness import drop_unsound

#: OpenAPI requires a title; this one is ours.
TITLE = "KSeF API"

PROSE = frozenset(
    {
        "contact",
        "description",
        "example",
        "examples",
        "externalDocs",
        "license",
        "summary",
        "tags",
        "termsOfService",
        "title",
        "x-summary",
        "x-tagGroups",
    }
)

#: Lists that are sets by their meaning: their order is not a fact.
_SETS = frozenset({"enum", "required", "x-required-permissions"})

#: Strings that may hold blanks or letters beyond ASCII and are still no prose.
_FREE_TEXT = frozenset({"pattern", "enum", "default", "const"})
_WORDS = re.compile(r"\s|[^\x00-\x7f]")


def strip(published: Document, tell: Tell = refuse) -> Document:
    """Return the contract's facts as a new document; stripping a stripped one changes nothing.

    `tell` hears of a table that must be read and cannot be, and of prose that is left over.
    """
    document: Document = _copied(published)
    drop_unsound(document, tell)
    add_facts(document, tell)
    stripped: Document = _stripped(document)
    info = document["info"]
    stripped["info"] = {
        "title": TITLE,
        "version": str(info.get("version", "")),
        API_VERSION: info[API_VERSION],
        BUILD: info[BUILD],
    }
    left = [f"{place}: {text!r}" for place, text in prose(stripped)]
    if left:
        tell(f"prose is left in the stripped contract: {'; '.join(left[:3])}")
    return stripped


def prose(document: Document) -> Iterator[tuple[str, str]]:
    """Every place and text of prose in a document: what a prose keyword says, and any sentence."""
    for place, keyword, text in _strings(document, "", "", names=False):
        if place == "/info/title" and text == TITLE:
            continue
        if (keyword in PROSE and text) or (keyword not in _FREE_TEXT and _WORDS.search(text)):
            yield place, text


def _stripped(node: Any, keyword: str = "", *, names: bool = False) -> Any:
    """A copy of `node` without prose; `names` says that its keys are names, not keywords."""
    if isinstance(node, list):
        # As below: null is no parameter and no schema, though it may be a value of an enumeration.
        kept = [_stripped(item) for item in node if item is not None or keyword in _SETS]
        if keyword in _SETS:
            return sorted(kept, key=str)
        return sorted(kept, key=_parameter_order) if keyword == "parameters" else kept
    if not isinstance(node, dict):
        return node
    if names:
        result = {name: _stripped(value) for name, value in node.items() if value is not None}
        if keyword == "responses":
            for response in result.values():
                if isinstance(response, dict) and "$ref" not in response:
                    response["description"] = ""
        return result
    result = {}
    for key, value in node.items():
        if key in PROSE or (key.startswith("x-") and _is_wordy(value)):
            continue
        if key in LITERALS:
            result[key] = _stripped(value, key) if key in _SETS else value
        # `null` is no value of a keyword, yet contracts with `description: null` were published.
        elif value is not None:
            result[key] = _stripped(value, key, names=key in NAME_MAPS)
    return result


def _strings(node: Any, place: str, keyword: str, *, names: bool) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, str):
        yield place, keyword, node
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _strings(item, f"{place}/{index}", keyword, names=False)
    elif isinstance(node, dict):
        for key, value in node.items():
            inside = f"{place}/{key}"
            # A name is checked as text too; a keyword speaks for the strings right under it.
            yield inside, "", key
            is_map = not names and key in NAME_MAPS and isinstance(value, dict)
            yield from _strings(value, inside, "" if names else key, names=is_map)


def _is_wordy(value: Any) -> bool:
    return any(_WORDS.search(text) for _, _, text in _strings(value, "", "", names=True))


def _parameter_order(parameter: Any) -> tuple[str, ...]:
    known = parameter if isinstance(parameter, dict) else {}
    return tuple(str(known.get(key, "")) for key in ("in", "name", "$ref"))


def _copied(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(item) for item in node] if isinstance(node, list) else node
