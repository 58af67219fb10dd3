"""Contracts that were never published, each one change away from one that was.

Each future is a function that changes a document in place. What they do is what contracts have done
before or announce to do: rename, remove, move, widen, allow null, forget to declare.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from scripts.document import Document
from scripts.replay.futures import answers, documents, operations, requests, spellings

Change = Callable[[Document], None]

_ROOMS = (operations, requests, answers, documents, spellings)

FUTURES: dict[str, Change] = {
    name: change
    for room in _ROOMS
    for name, change in vars(room).items()
    if getattr(change, "__module__", "") == room.__name__ and not name.startswith("_")
}
"""Every change by its name."""


def future(base: Document, name: str) -> Document:
    """The document with one future's change made in a copy."""
    document = copy.deepcopy(base)
    FUTURES[name](document)
    return document
