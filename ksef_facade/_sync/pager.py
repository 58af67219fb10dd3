# Derived from ksef_facade/_async/pager.py by scripts/derive_sync.py; do not edit.
"""A list that comes in pages, walked item by item or page by page, and resumable after an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from ksef_facade.errors import KsefError
from ksef_facade.models.pages import Page
from ksef_facade.planning.paging import TokenCursor

Item = TypeVar("Item")


FetchPage = Callable[[str | None], tuple[Sequence[Item], str | None]]


class Pager(Generic[Item]):
    """Iterates over all items; `by_page` iterates over pages and can begin at a stored token.

    Nothing is requested before the iteration starts; each page is one request. An error carries the
    token of the page that failed as `continuation_token`.
    """

    def __init__(self, fetch: FetchPage[Item], page_size: int) -> None:
        self._fetch = fetch
        self._page_size = page_size

    def __iter__(self) -> Iterator[Item]:
        """Iterate over the items of all pages."""
        for page in self.by_page():
            for item in page.items:
                yield item

    def by_page(self, continuation_token: str | None = None) -> Iterator[Page[Item]]:
        """Iterate over pages, from the first or from the one that a token names.

        Cost: 1 request for each page, of the list's limit group. A token belongs to the same list
        with the same filters and page size; it is good for a short time only. Source: contract
        header `x-continuation-token`.

        Raises:
            RepeatedToken: the service gave a token twice.
            KsefError: a request failed; `continuation_token` on it says where.
        """
        cursor = TokenCursor(self._page_size, continuation_token)
        while not cursor.done:
            asked = cursor.token
            try:
                items, token = self._fetch(asked)
                cursor.advance(len(items), token)
            except KsefError as error:
                error.continuation_token = asked
                raise
            yield Page(tuple(items), cursor.token)
