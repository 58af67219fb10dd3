"""How a page of a list is asked for, whichever way the raw client's contract pages it.

By continuation token since autumn 2025; by page number in the contracts before. Callers see tokens
either way.
"""

from __future__ import annotations

from typing import Any

from ksef_facade.answers.pages import LARGEST_PAGE
from ksef_facade.calls.describing import Call, describe, has_parameter, largest_page
from ksef_facade.errors import ConfigurationError

_TOKEN = "x_continuation_token"
_OFFSET = "page_offset"
_SIZE = "page_size"
_SIZE_UNTOLD = 10
"""Rows of a page when no size is asked for (contract, default of `pageSize`)."""


class ListQuery:
    """A list operation with its filters; makes the request for any of its pages.

    Nothing is looked up before the first page is asked for.
    """

    def __init__(
        self,
        method: str,
        path: str,
        *arguments: str,
        page_size: int,
        largest: int = LARGEST_PAGE,
        **filters: Any,
    ) -> None:
        self._method = method
        self._path = path
        self._arguments = arguments
        self._page_size = page_size
        self._is_chosen = page_size != largest
        self._filters = filters

    def call(self, token: str | None) -> Call:
        """The request for the first page, or for the one that a token names.

        Raises:
            OperationUnavailable: the raw client's contract has no such operation or filter.
        """
        paging: dict[str, Any] = {_SIZE: self._size()}
        if token is not None and self._pages_by_offset():
            paging[_OFFSET] = _number(token)
        else:
            paging[_TOKEN] = token
        return describe(self._method, self._path, *self._arguments, **paging, **self._filters)

    def following(self, asked: str | None, rows: int, token: str | None) -> str | None:
        """The token of the page after the one that `asked` named, which had so many rows."""
        if token is not None or not self._pages_by_offset():
            return token
        full = rows >= (self._size() or _SIZE_UNTOLD)
        return str(_number(asked or "0") + 1) if full else None

    def _size(self) -> int | None:
        """Never more than the contract allows; untold where it knows no size and none was chosen."""
        if not self._is_chosen and not self._takes(_SIZE):
            return None
        return min(self._page_size, largest_page(self._method, self._path) or self._page_size)

    def _pages_by_offset(self) -> bool:
        return not self._takes(_TOKEN) and self._takes(_OFFSET)

    def _takes(self, parameter: str) -> bool:
        return has_parameter(self._method, self._path, parameter)


def _number(token: str) -> int:
    if token.isascii() and token.isdigit():
        return int(token[:9])
    raise ConfigurationError("this continuation token is not of a list that is paged by number")
