"""Walking a list that is given in pages, each with the token of the next one."""

from __future__ import annotations

from ksef_facade.errors import RepeatedToken

# An empty page may stand before the end, but hundreds of them cost an hour's requests for nothing.
_MOST_EMPTY_PAGES = 100


class TokenCursor:
    """Where a walk stands: which token the next request carries, and whether there is a next one.

    Documented rule (contract header `x-continuation-token`): the token goes back verbatim with
    the same query and page size; a token that is absent, null or empty ends the list. A short
    page, even an empty one, does not.

    Attributes:
        token: what the next request carries; `None` for the first page. After a failed request it
            is still the token of the page that failed, so that a new cursor can start from it.
        done: there is no further page.
        items: items seen so far.
        pages: pages seen so far.
    """

    __slots__ = ("_empty", "_page_size", "_seen", "done", "items", "pages", "token")

    def __init__(self, page_size: int, token: str | None = None) -> None:
        """Start at the page of `token`, or at the first page when it is `None` or empty."""
        if page_size < 1:
            raise ValueError("page_size is at least 1")
        self._page_size = page_size
        self.token: str | None = token or None
        self.done = False
        self._empty = 0
        self.items = 0
        self.pages = 0
        self._seen: set[str] = {self.token} if self.token else set()

    @property
    def page_size(self) -> int:
        """Items that each request asks for; tokens are bound to it, so it stays the same."""
        return self._page_size

    def advance(self, items_count: int, token: str | None) -> bool:
        """Note a page that came: how many items it had and which token.

        Returns:
            Whether there is a further page to ask for, with `.token`.

        Raises:
            RepeatedToken: this walk has had the token before and would go round for ever.
        """
        self.items += items_count
        self.pages += 1
        self._empty = 0 if items_count else self._empty + 1
        if token and self._empty > _MOST_EMPTY_PAGES:
            raise RepeatedToken(
                f"The list gave {self._empty} empty pages in a row, each with another token; the walk was stopped"
            )
        if not token:
            self.done = True
            self.token = None
            return False
        if token in self._seen:
            raise RepeatedToken(
                f"The list gave the continuation token of an earlier page again after page"
                f" {self.pages}; the walk was stopped after {self.items} items"
            )
        self._seen.add(token)
        self.token = token
        return True
