"""Whether answers hold what the facade cannot do without, and which of what it reads was ever seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import define, field

from ksef_api import operations
from ksef_facade.contract.relied_on import RELIANCE

_OPTIONAL: Final = "continuationToken"
"""Its absence is what ends a list."""


@define
class WhatWasRead:
    """Properties in answers, held against the list of what the facade relies on."""

    lacking: set[str] = field(factory=set)
    seen: set[str] = field(factory=set)

    def look(self, operation: operations.Operation, document: Any) -> None:
        """Take in one answer."""
        reliance = RELIANCE.get((operation.method, operation.shape))
        if reliance is None:
            return
        label = f"{operation.method} {operation.path}"
        self.seen |= {f"{label}: {place}" for place in places(document)}
        for needed in reliance.needs:
            parent, _, name = needed.rpartition(".")
            holders = list(at_place(document, parent))
            if name != _OPTIONAL and any(name not in one for one in holders):
                self.lacking.add(f"{label}: {needed}")

    @property
    def never_seen(self) -> list[str]:
        """What the facade reads and no answer of the operations asked held."""
        asked = {place.partition(":")[0] for place in self.seen}
        read = {
            f"{operation.method} {operation.path}": (*reliance.needs, *reliance.reads)
            for key, reliance in RELIANCE.items()
            if (operation := operations.OPERATIONS.get(key)) is not None
        }
        wanted = {f"{label}: {place}" for label in asked for place in read.get(label, ())}
        return sorted(wanted - self.seen)


def at_place(value: Any, place: str) -> Iterator[dict[str, Any]]:
    """Every object at a place, written like `upo.pages[]`; none where something before it is absent."""
    name, _, rest = place.partition(".")
    if name.endswith("[]"):
        inner = value if name == "[]" else value.get(name[:-2]) if isinstance(value, dict) else None
        for one in inner if isinstance(inner, list) else ():
            yield from at_place(one, rest)
    elif name:
        if isinstance(value, dict):
            yield from at_place(value.get(name), rest)
    elif isinstance(value, dict):
        yield value


def places(value: Any, at: str = "") -> Iterator[str]:
    """Every place in a document, lists and objects included, written like `upo.pages[].name`."""
    if at:
        yield at
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner, f"{at}[]")
