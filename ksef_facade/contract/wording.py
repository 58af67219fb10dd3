"""How much of two documents differs in wording alone: prose, and names that nothing depends on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ksef_facade.contract.document import Document, operations
from ksef_facade.contract.facts import API_VERSION

_SHORT = 40
"""Characters of the longest reason that HTTP gives a status, and some."""
_PROSE = frozenset(
    {"description", "example", "examples", "operationId", "summary", "tags", "title", "x-summary"}
)
#: Under these a key is a name, whatever it is spelled like.
_NAMES = frozenset({"properties", "schemas", "headers", "parameters", "responses", "content"})


def reworded(old: Document, new: Document) -> int:
    """How many texts differ; 0 where one of the documents was stripped of them.

    Texts are counted and not located: a text that only moved, or came to another order, is the same.
    """
    if _is_stripped(old) or _is_stripped(new):
        return 0
    before, after = Counter(_texts(old, names=False)), Counter(_texts(new, names=False))
    return max(sum((before - after).values()), sum((after - before).values()))


def renamed_schemas(old: Document, new: Document) -> list[tuple[str, str]]:
    """Schemas that say the same under another name; those that also changed are not recognised."""
    before, after = _schemas(old), _schemas(new)
    fresh = {name: _facts(text) for name, text in after.items() if name not in before}
    found = []
    for name in sorted(before.keys() - after.keys()):
        facts = _facts(before[name])
        same = sorted(other for other, text in fresh.items() if text == facts)
        if same:
            fresh.pop(same[0])
            found.append((name, same[0]))
    return found


def renamed_parameters(old: Document, new: Document) -> int:
    """How many paths differ in nothing but the names of their parameters or their base path."""
    before = {operation.key: operation.path for operation in operations(old)}
    after = {operation.key: operation.path for operation in operations(new)}
    return sum(1 for key in before.keys() & after.keys() if before[key] != after[key])


def describes_answers(document: Document) -> bool:
    """Whether any answer is described in more than a word or two, such as `Bad Request`."""
    answers = [*document.get("components", {}).get("responses", {}).values()]
    for operation in operations(document):
        answers += operation.body.get("responses", {}).values()
    texts = [str(answer.get("description") or "") for answer in answers if isinstance(answer, dict)]
    return any("|" in text or len(text) > _SHORT for text in texts)


def _is_stripped(document: Document) -> bool:
    return API_VERSION in document["info"]


def _schemas(document: Document) -> dict[str, Any]:
    schemas: dict[str, Any] = document.get("components", {}).get("schemas", {})
    return schemas


def _facts(node: Any, *, names: bool = False) -> Any:
    if isinstance(node, list):
        return sorted((_facts(item) for item in node), key=repr)
    if not isinstance(node, dict):
        return node
    return {
        key: _facts(value, names=key in _NAMES and not names)
        for key, value in sorted(node.items())
        if value is not None and (names or key not in _PROSE)
    }


def _texts(node: Any, *, names: bool) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _texts(item, names=False)
    elif isinstance(node, dict):
        for key, value in node.items():
            if not names and key in _PROSE:
                if value is not None:
                    yield f"{key}={value!r}"
            else:
                yield from _texts(value, names=key in _NAMES and not names)
