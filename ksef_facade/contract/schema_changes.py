"""How two schemas differ, whatever they are called and wherever their parts are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from ksef_facade.contract.schemas import Place, Schema, Schemas, Written

ChangeKind = Literal[
    "added",
    "removed",
    "required",
    "optional",
    "type",
    "format",
    "nullable",
    "not-nullable",
    "values-added",
    "values-removed",
    "bound",
    "default",
    "deprecated",
    "closed",
    "opened",
]

#: Bounds that let fewer values pass when they grow, and those that do when they shrink.
LOWER_BOUNDS = ("minLength", "minItems", "minimum", "minProperties")
UPPER_BOUNDS = ("maxLength", "maxItems", "maximum", "maxProperties")


@frozen
class Change:
    """One difference, where it is written: `subject` names the schema, `names` what changed."""

    kind: ChangeKind
    subject: str
    names: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    keyword: str = ""
    required: bool = False
    """Of an added property: whether it must be there."""


@frozen
class Seen:
    """A difference seen from an operation: `at` is its place in the body, `new` what is there now."""

    at: str
    change: Change
    new: Schema | None = None


class SchemaComparison:
    """Compares schemas of two documents."""

    def __init__(self, old: Schemas, new: Schemas) -> None:
        self._old = old
        self._new = new
        # The references of the bodies of errors are the same text for every operation.
        self._known: dict[str, list[Seen]] = {}

    def compare(self, old: Written, new: Written, at: str = "") -> list[Seen]:
        """Every difference, in the order of the names."""
        texts = f"{at}|{old.text!r}|{new.text!r}" if _is_reference(old, new) else ""
        if not texts:
            return list(self._compare(old, new, at, ()))
        if texts not in self._known:
            self._known[texts] = list(self._compare(old, new, at, ()))
        return self._known[texts]

    def _compare(
        self, old_text: Written, new_text: Written, at: str, above: tuple[tuple[int, int], ...]
    ) -> Iterator[Seen]:
        pair = (id(old_text.text), id(new_text.text))
        if pair in above:
            return
        above = (*above, pair)
        old, new = self._old.view(old_text), self._new.view(new_text)
        if kind_of(old) != kind_of(new):
            yield Seen(at, _on(new, "type", before=kind_of(old), after=kind_of(new)), new)
            return
        yield from _values(old, new, at)
        if old.closed != new.closed:
            yield Seen(at, _on(new, "closed" if new.closed else "opened"), new)
        for name in sorted(old.properties.keys() | new.properties.keys()):
            yield from self._property(name, old, new, at, above)
        for step in sorted(old.inner.keys() & new.inner.keys()):
            inside = f"{at}{step}" if step == "[]" or not at else f"{at}.{step}"
            yield from self._compare(old.inner[step], new.inner[step], inside, above)

    def _property(
        self, name: str, old: Schema, new: Schema, at: str, above: tuple[tuple[int, int], ...]
    ) -> Iterator[Seen]:
        here = f"{at}.{name}" if at else name
        if name not in old.properties:
            written = new.properties[name]
            required = name in new.required
            change = _member("added", written.place, required=required)
            yield Seen(here, change, self._new.view(written))
            return
        if name not in new.properties:
            yield Seen(here, _member("removed", old.properties[name].place))
            return
        written = new.properties[name]
        if (name in old.required) != (name in new.required):
            kind: ChangeKind = "required" if name in new.required else "optional"
            yield Seen(here, _member(kind, written.place), self._new.view(written))
        yield from self._compare(old.properties[name], written, here, above)


def _is_reference(*schemas: Written) -> bool:
    return all(schema.text.keys() == {"$ref"} for schema in schemas)


def kind_of(schema: Schema) -> str:
    """What a value is, in one word or two: its JSON type, and whether its values are listed."""
    kind = str(schema.keywords.get("type", "anything"))
    if schema.alternatives:
        kind = f"{kind} {schema.alternatives}"
    return f"{kind} of listed values" if "enum" in schema.keywords else kind


def _values(old: Schema, new: Schema, at: str) -> Iterator[Seen]:
    before, after = old.keywords, new.keywords
    old_values, new_values = _texts(before.get("enum")), _texts(after.get("enum"))
    place = _origin("enum", old, new)
    if added := tuple(value for value in new_values if value not in old_values):
        yield Seen(at, Change("values-added", place.dotted, added), new)
    if gone := tuple(value for value in old_values if value not in new_values):
        yield Seen(at, Change("values-removed", place.dotted, gone), new)
    for keyword in sorted((before.keys() | after.keys()) - {"enum", "type"}):
        if before.get(keyword) == after.get(keyword):
            continue
        kind = _PLAIN.get(keyword, "bound")
        if keyword == "nullable" and not after.get(keyword):
            kind = "not-nullable"
        told = (_told(before.get(keyword)), _told(after.get(keyword)))
        place = _origin(keyword, old, new)
        change = Change(kind, place.owner, place.names, told[0], told[1], keyword)
        yield Seen(at, change, new)


def _origin(keyword: str, old: Schema, new: Schema) -> Place:
    return new.origins.get(keyword) or old.origins.get(keyword) or new.place


_PLAIN: dict[str, ChangeKind] = {
    "default": "default",
    "deprecated": "deprecated",
    "format": "format",
    "nullable": "nullable",
}


def _member(kind: ChangeKind, place: Place, *, required: bool = False) -> Change:
    return Change(kind, place.owner, (place.path,), required=required)


def _on(schema: Schema, kind: ChangeKind, before: str = "", after: str = "") -> Change:
    return Change(kind, schema.place.owner, schema.place.names, before, after)


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(sorted(str(value) for value in values)) if isinstance(values, list) else ()


def _told(value: Any) -> str:
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
