"""Which objects of a simulator have changed since they were last looked at, and their JSON.

Nothing tells of its changes: all objects are compared with what they held before, which takes
about a microsecond for one. Only what has changed is encoded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from attrs import define, field

from ..workspace import DocumentStore, Stored
from .encoding import Encoder, Places
from .problems import StateError
from .roots import Roots
from .shapes import field_names, fields_getter, name_of, still
from .texts import Texts

#: So many names of bytes are remembered; more are worked out again.
_MOST_NAMED = 65_536


@define
class Changes:
    """What has to be written; also, from the other side, all that was read."""

    #: JSON of the fields by path.
    roots: dict[str, str] = field(factory=dict)
    #: Class and JSON of the fields by number.
    nodes: dict[int, tuple[str, str]] = field(factory=dict)
    #: Bytes by name.
    blobs: dict[str, bytes] = field(factory=dict)

    def __bool__(self) -> bool:
        return bool(self.roots or self.nodes or self.blobs)

    def add(self, later: Changes) -> None:
        """Take later changes over."""
        self.roots |= later.roots
        self.nodes |= later.nodes
        self.blobs |= later.blobs


@define(eq=False)
class _Tracked:
    number: int
    one: object
    #: What it held when it was last looked at; None when it never was.
    seen: tuple[Any, ...] | None = None


class Tracker:
    """Follows the objects that a simulator is made of, and all that they refer to."""

    def __init__(self, roots: Roots, documents: DocumentStore) -> None:
        self._roots = roots
        self._root_of = {id(one): path for path, one in roots.by_path.items()}
        self._roots_seen: dict[str, Any] = {}
        self._tracked: dict[int, _Tracked] = {}
        self._new: list[_Tracked] = []
        self._next = 1
        self._documents = documents
        self._blobs: set[str] = set()
        #: Names of bytes by their address; they are held, so that it stays theirs.
        self._named: dict[int, tuple[bytes, str]] = {}
        self._found = Changes()
        self._problem: StateError | None = None
        places = Places(
            self._number_of, lambda one: self._root_of.get(id(one)), self._blob, self._place
        )
        self._texts = Texts(Encoder(places))

    def __len__(self) -> int:
        return len(self._tracked)

    def adopt(self, nodes: Iterable[tuple[int, object]], blobs: Iterable[str]) -> None:
        """Follow objects that were read, and are as they were written."""
        for number, one in nodes:
            held = fields_getter(type(one))(one)
            self._tracked[id(one)] = _Tracked(number, one, tuple(map(still, held)))
            self._next = max(self._next, number + 1)
        self._blobs.update(blobs)

    def changes(self) -> tuple[Changes, StateError | None]:
        """What has changed since the last call; at first, everything.

        With it comes the first of the objects that are no plain data and so cannot be kept.
        """
        self._problem = None
        for path, one in self._roots.by_path.items():
            held = dict(self._roots.state_of(path))
            if self._roots_seen.get(path) != held:
                text = self._text(path, one, held)
                if text is not None:
                    self._found.roots[path] = text
                self._roots_seen[path] = {name: still(value) for name, value in held.items()}
        for tracked in list(self._tracked.values()):
            if fields_getter(type(tracked.one))(tracked.one) != tracked.seen:
                self._note(tracked)
        while self._new:
            self._note(self._new.pop())
        found, self._found = self._found, Changes()
        return found, self._problem

    def _note(self, tracked: _Tracked) -> None:
        one, kind = tracked.one, type(tracked.one)
        held = fields_getter(kind)(one)
        name = name_of(kind)
        fields = dict(zip(field_names(kind), held, strict=True))
        text = self._text(name, one, fields)
        if text is not None:
            self._found.nodes[tracked.number] = name, text
        tracked.seen = tuple(map(still, held))

    def _text(self, name: str, one: object, fields: dict[str, Any]) -> str | None:
        try:
            return self._texts.of(one, fields)
        except (TypeError, ValueError) as error:
            self._problem = self._problem or StateError(f"{name} cannot be kept: {error}")
            return None

    def _number_of(self, one: object) -> int:
        tracked = self._tracked.get(id(one))
        if tracked is None:
            tracked = _Tracked(self._next, one)
            self._tracked[id(one)] = tracked
            self._new.append(tracked)
            self._next += 1
        return tracked.number

    def _blob(self, data: bytes) -> str:
        known = self._named.get(id(data))
        if known is not None:
            return known[1]
        name = hashlib.sha256(data).hexdigest()
        if len(self._named) >= _MOST_NAMED:
            self._named.clear()
        self._named[id(data)] = data, name
        if name not in self._blobs:
            self._blobs.add(name)
            self._found.blobs[name] = data
        return name

    def _place(self, stored: Stored) -> tuple[int, int]:
        if stored.store is not self._documents:
            stored = self._documents.add(stored.read())
        return stored.offset, stored.size
