"""One page of a token-paged list: its rows as values, and the token of the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ksef_facade.answers.reading import Reader
from ksef_facade.answers.responses import Response, read_object, undecodable
from ksef_facade.errors import ConfigurationError

SMALLEST_PAGE = 10
LARGEST_PAGE = 1000
"""Bounds of `pageSize` of the session lists (contract)."""
LARGEST_AUTH_PAGE = 100
"""Largest `pageSize` of `GET /auth/sessions` (contract)."""

Row = TypeVar("Row")


def check_page_size(page_size: int, largest: int = LARGEST_PAGE) -> None:
    """Refuse a page size that the service would refuse.

    Raises:
        ConfigurationError: it is not a whole number from 10 to the `largest`.
    """
    if not isinstance(page_size, int) or not SMALLEST_PAGE <= page_size <= largest:
        raise ConfigurationError(
            f"page_size must be a whole number from {SMALLEST_PAGE} to {largest}, not {page_size!r}"
        )


def read_page(
    response: Response, key: str, read_row: Callable[[object], Row]
) -> tuple[list[Row], str | None]:
    """The rows under `key` and the continuation token; an empty token is none.

    Raises:
        UndecodableBody: the answer is no JSON object, or what is under `key` is no list.
    """
    reader = Reader(read_object(response))
    rows = reader.rows(key)
    token = reader.text("continuationToken")
    if reader.unreadable:
        raise undecodable(response, f"no readable {', '.join(reader.unreadable)}")
    return [read_row(row) for row in rows], token or None
