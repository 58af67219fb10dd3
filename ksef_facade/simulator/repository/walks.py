"""Walks through the pages of a query."""

from __future__ import annotations

from datetime import datetime

from attrs import define, field

#: Walks that are remembered; the oldest is forgotten first.
_MOST_WALKS = 1000


@define
class WalkRegister:
    """When the first page of each query was asked for: all its pages are as of that moment."""

    _begun: dict[str, datetime] = field(factory=dict)

    def begin(self, walk: str, now: datetime) -> datetime:
        """Begin a walk, anew if it was begun before."""
        self._begun.pop(walk, None)
        self._begun[walk] = now
        while len(self._begun) > _MOST_WALKS:
            del self._begun[next(iter(self._begun))]
        return now

    def go_on(self, walk: str, now: datetime) -> datetime:
        """When a walk was begun; one that is not known begins now."""
        return self._begun.get(walk) or self.begin(walk, now)
