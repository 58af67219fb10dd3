"""What a published contract says of one operation, read from the document as it is."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, NamedTuple

from ksef_facade.contract.facts import API_VERSION
from scripts.document import METHODS, Document, Operation, operations
from scripts.mend import JSON, plain_media_type

Key = tuple[str, str]

_DEEPEST_REFERENCE = 20
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


class Answer(NamedTuple):
    """A response that the contract declares."""

    status: int
    media_type: str
    schema: dict[str, Any] | None
    headers: frozenset[str]


class Published:
    """A contract, asked by (METHOD, shape) of an operation."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.operations: dict[Key, Operation] = {}
        self._known: dict[int, tuple[Any, dict[str, Any]]] = {}
        for operation in operations(document):
            self.operations.setdefault(operation.key, operation)

    @cached_property
    def routes(self) -> list[Key]:
        """The operations, those with fewer parameters in their paths first."""
        return sorted(self.operations, key=lambda key: key[1].count("{}"))

    @property
    def api_version(self) -> tuple[int, ...]:
        """The version as numbers; () where the document states none."""
        match = _VERSION.search(str(self.document.get("info", {}).get(API_VERSION, "")))
        return tuple(map(int, match.groups())) if match else ()

    def resolved(self, node: Any) -> dict[str, Any]:
        """A schema or other part without references, `allOf` merged, alternatives chosen."""
        # The node is kept with the result, so that its id cannot become another's.
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = (node, self._resolved(node, _DEEPEST_REFERENCE))
        return known[1]

    def success(self, key: Key) -> Answer | None:
        """The first successful answer, JSON before others."""
        found = self.answers(key, "2")
        found.sort(key=lambda answer: plain_media_type(answer.media_type) != JSON)
        return found[0] if found else None

    def errors(self, key: Key) -> list[Answer]:
        """Every error that is declared, once for each media type."""
        return [*self.answers(key, "4"), *self.answers(key, "5")]

    def answers(self, key: Key, first_digit: str) -> list[Answer]:
        """The answers whose status begins with a digit; `2XX` counts as 200."""
        found = []
        operation = self.operations.get(key)
        responses = (operation.body.get("responses") if operation else None) or {}
        for status, written in sorted(responses.items()):
            number = re.sub(r"[xX]", "0", status)
            if status.startswith(first_digit) and number.isdigit():
                response = self._part(written)
                headers = frozenset(name.lower() for name in response.get("headers") or {})
                contents = response.get("content") or {"": None}
                for media_type, media in contents.items():
                    schema = media.get("schema") if isinstance(media, dict) else None
                    found.append(Answer(int(number), media_type, schema, headers))
        return found

    def parameters(self, key: Key) -> dict[str, dict[str, Any]]:
        """The operation's parameters by name, those of its path item too."""
        operation = self.operations.get(key)
        if operation is None:
            return {}
        item = self.document["paths"][operation.path]
        given = [*(item.get("parameters") or []), *(operation.body.get("parameters") or [])]
        parts = (self._part(parameter) for parameter in given)
        return {part["name"]: part for part in parts if isinstance(part.get("name"), str)}

    def takes_body(self, key: Key) -> bool:
        """Whether the operation is described with a body of any kind."""
        operation = self.operations.get(key)
        return bool(operation and self._part(operation.body.get("requestBody")).get("content"))

    def request_schema(self, key: Key) -> dict[str, Any] | None:
        """The schema of the JSON that the operation takes."""
        operation = self.operations.get(key)
        body = self._part(operation.body.get("requestBody")) if operation else {}
        for media_type, media in (body.get("content") or {}).items():
            if plain_media_type(media_type) == JSON and isinstance(media, dict):
                schema = media.get("schema")
                return schema if isinstance(schema, dict) else None
        return None

    def has(self, key: Key, path: str) -> bool:
        """Whether the successful answer has a property: `upo.pages.downloadUrl`; lists are seen
        through."""
        answer = self.success(key)
        if answer is None or answer.schema is None:
            return False
        node = self._items(self.resolved(answer.schema))
        for name in filter(None, path.split(".")):
            properties = node.get("properties") or {}
            if name not in properties:
                return False
            node = self._items(self.resolved(properties[name]))
        return True

    def _items(self, node: dict[str, Any]) -> dict[str, Any]:
        while isinstance(node.get("items"), dict):
            node = self.resolved(node["items"])
        return node

    def _part(self, node: Any) -> dict[str, Any]:
        for _ in range(_DEEPEST_REFERENCE):
            if not isinstance(node, dict):
                return {}
            if "$ref" not in node:
                return node
            node = self._target(node["$ref"])
        return {}

    def _target(self, reference: Any) -> Any:
        node: Any = self.document
        for step in str(reference).removeprefix("#/").split("/"):
            step = step.replace("~1", "/").replace("~0", "~")
            node = node.get(step) if isinstance(node, dict) else None
        return node

    def _resolved(self, node: Any, depth: int) -> dict[str, Any]:
        if not isinstance(node, dict) or depth == 0:
            return {}
        if "$ref" in node:
            beside = {key: value for key, value in node.items() if key != "$ref"}
            return self._resolved(self._target(node["$ref"]), depth - 1) | beside
        merged = {key: value for key, value in node.items() if value is not None}
        for part in merged.pop("allOf", None) or []:
            inner = self._resolved(part, depth - 1)
            properties = {**(inner.get("properties") or {}), **(merged.get("properties") or {})}
            required = [*(inner.get("required") or []), *(merged.get("required") or [])]
            merged = {**inner, **merged}
            merged |= {"properties": properties} if properties else {}
            merged |= {"required": required} if required else {}
        for keyword in ("oneOf", "anyOf"):
            branches = [self._resolved(part, depth - 1) for part in merged.pop(keyword, None) or []]
            chosen = [branch for branch in branches if branch and branch.get("type") != "null"]
            if len(chosen) < len(branches):
                merged["nullable"] = True
            merged = {**(chosen[0] if chosen else {}), **merged}
        kinds = merged.get("type")
        if isinstance(kinds, list):
            named = [kind for kind in kinds if kind != "null"]
            merged["type"] = named[0] if named else "null"
            merged["nullable"] = merged.get("nullable", False) or "null" in kinds
        return merged


def item_methods(item: dict[str, Any]) -> list[str]:
    """The methods that a path item describes."""
    return [method for method in METHODS if isinstance(item.get(method), dict)]
