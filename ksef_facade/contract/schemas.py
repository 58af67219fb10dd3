"""Schemas of one document as they work where they are used: references followed, `allOf` merged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ksef_facade.contract.document import Document

#: Keywords that say something about a value; everything else is structure or prose.
VALUE_KEYWORDS = frozenset(
    {
        "default",
        "deprecated",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "nullable",
        "pattern",
        "type",
        "uniqueItems",
    }
)
_ALTERNATIVES = ("oneOf", "anyOf", "not")
_REFERENCE = "#/components/schemas/"


@frozen
class Place:
    """Where a schema stands: in which named schema (empty: in the operation itself), and where
    there.
    """

    owner: str = ""
    path: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The path as what changed in the owner; nothing when it is the owner itself."""
        return (self.path,) if self.path else ()

    @property
    def dotted(self) -> str:
        """Owner and path in one word."""
        return ".".join(filter(None, (self.owner, self.path)))

    def inside(self, name: str) -> Place:
        """The place of a property, of the items (`[]`) or of the other values (`*`)."""
        joined = name if not self.path or name == "[]" else f".{name}"
        return Place(self.owner, f"{self.path}{joined}")


@frozen
class Written:
    """A schema as it is written, and where that is."""

    text: Mapping[str, Any]
    place: Place


@frozen
class Schema:
    """What a schema asks of a value; the schemas inside it are still as written."""

    place: Place
    keywords: Mapping[str, Any] = field(factory=dict)
    origins: Mapping[str, Place] = field(factory=dict)
    """Where each keyword is written: `nullable` beside a reference is not the named schema's."""
    properties: Mapping[str, Written] = field(factory=dict)
    required: frozenset[str] = frozenset()
    inner: Mapping[str, Written] = field(factory=dict)
    """Schemas of the items (`[]`) and of properties with other names (`*`)."""
    closed: bool = False
    """Whether properties with other names are forbidden."""
    alternatives: str = ""


class Schemas:
    """The schemas of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # The same few schemas of errors are looked at for every operation.
        self._views: dict[tuple[int, Place], Schema] = {}

    def component(self, entry: Any) -> Mapping[str, Any]:
        """A parameter, body, response or header itself, or the shared one that it refers to."""
        seen = 0
        while isinstance(entry, dict) and isinstance(entry.get("$ref"), str) and seen < 10:
            node: Any = self._document
            for step in entry["$ref"].removeprefix("#/").split("/"):
                node = node.get(step) if isinstance(node, dict) else None
            entry, seen = node, seen + 1
        return entry if isinstance(entry, dict) else {}

    def view(self, written: Written) -> Schema:
        """The schema with references followed and `allOf` merged into it."""
        key = id(written.text), written.place
        if key not in self._views:
            self._views[key] = self._view(written, frozenset())
        return self._views[key]

    def _view(self, written: Written, followed: frozenset[str]) -> Schema:
        text, place = written.text, written.place
        parts = []
        reference = text.get("$ref")
        if isinstance(reference, str) and reference not in followed:
            name = reference.removeprefix(_REFERENCE)
            target = Written(self.component({"$ref": reference}), Place(name))
            parts.append(self._view(target, followed | {reference}))
        parts += [self._view(Written(part, place), followed) for part in text.get("allOf", ())]
        own = self._own(text, place)
        # A single part that the rest only annotates keeps its own name: `allOf: [{$ref: X}]` is X.
        where = parts[0].place if len(parts) == 1 and not own.properties else place
        return _merged([*parts, own], where)

    def _own(self, text: Mapping[str, Any], place: Place) -> Schema:
        inner = {
            step: Written(text[keyword], place.inside(step))
            for keyword, step in (("items", "[]"), ("additionalProperties", "*"))
            if isinstance(text.get(keyword), dict) and text[keyword]
        }
        required = text.get("required")
        keywords = {
            name: value
            for name, value in text.items()
            if name in VALUE_KEYWORDS and value is not None and value is not False
        }
        return Schema(
            place=place,
            keywords=keywords,
            origins=dict.fromkeys(keywords, place),
            properties={
                name: Written(value, place.inside(name))
                for name, value in text.get("properties", {}).items()
            },
            required=frozenset(required if isinstance(required, list) else ()),
            inner=inner,
            closed=text.get("additionalProperties") is False,
            alternatives="".join(
                f"{name}={text[name]!r}" for name in _ALTERNATIVES if name in text
            ),
        )


def _merged(parts: list[Schema], place: Place) -> Schema:
    keywords: dict[str, Any] = {}
    origins: dict[str, Place] = {}
    properties: dict[str, Written] = {}
    inner: dict[str, Written] = {}
    for part in parts:
        keywords |= part.keywords
        origins |= part.origins
        properties |= part.properties
        inner |= part.inner
    if properties:
        keywords.setdefault("type", "object")
    return Schema(
        place=place,
        keywords=keywords,
        origins=origins,
        properties=properties,
        required=frozenset().union(*(part.required for part in parts)),
        inner=inner,
        closed=any(part.closed for part in parts),
        alternatives="".join(part.alternatives for part in parts),
    )
