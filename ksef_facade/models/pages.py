"""A page of a list, the same for both clients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from attrs import frozen

Item = TypeVar("Item")


@frozen
class Page(Generic[Item]):
    """One page: its items, and the token of the next one (`None` on the last)."""

    items: tuple[Item, ...]
    continuation_token: str | None

    def __iter__(self) -> Iterator[Item]:
        """Iterate over the items."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many items the page has; a page may be short or empty and not be the last."""
        return len(self.items)
