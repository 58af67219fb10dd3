"""Pages of lists: opaque continuation tokens, bound to the query that they continue."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Generic, TypeVar

from attrs import frozen

from .calls import Call
from .own_secrets import OwnSecrets
from .problems import BAD_CONTINUATION_TOKEN, Refusal
from .settings import Settings

T = TypeVar("T")

#: Page size where the request names none (contract, parameter pageSize).
DEFAULT_PAGE_SIZE = 10
_HEADER = "x-continuation-token"
#: How much shorter than asked for a page is when short pages are switched on.
_SHORTER_BY = 3


@frozen
class Page(Generic[T]):
    """One page of a list and the token of the next one."""

    items: Sequence[T]
    token: str | None


def numbered_page(call: Call, items: Sequence[T]) -> tuple[Sequence[T], bool]:
    """The page that a request asks for by its number, and whether another one follows.

    Source: parameters `pageOffset` and `pageSize` of the contract; pages are counted from 0.
    """
    size = call.inputs.query.get("pageSize", DEFAULT_PAGE_SIZE)
    start = call.inputs.query.get("pageOffset", 0) * size
    return items[start : start + size], start + size < len(items)


class Pager:
    """Cuts lists into pages."""

    def __init__(self, settings: Settings, secrets: OwnSecrets) -> None:
        self._settings = settings
        self._secrets = secrets

    def page(self, call: Call, items: Sequence[T], keys: Sequence[str] | None = None) -> Page[T]:
        """The page of `items` that a request asks for.

        `keys`, in descending order, name the items where the list may grow at its front or lose
        items between two requests; without them the position counts. Raises Refusal with 21418
        for a token of another query.
        """
        size = call.inputs.query.get("pageSize", DEFAULT_PAGE_SIZE)
        start = self._start(call, keys)
        end = start + size
        if self._settings.short_pages and end < len(items):
            end -= _SHORTER_BY
        chosen = items[start:end]
        more = end < len(items)
        if self._settings.trailing_empty_page and chosen and not more:
            more = True
        if not more:
            return Page(chosen, None)
        mark: int | str = min(end, len(items)) if keys is None else keys[min(end, len(items)) - 1]
        return Page(chosen, self._token(call, mark))

    def _start(self, call: Call, keys: Sequence[str] | None) -> int:
        text = call.inputs.headers.get(_HEADER)
        if not text:
            return 0
        mark = self._read(call, text)
        if keys is None and isinstance(mark, int):
            return mark
        if keys is not None and isinstance(mark, str):
            return sum(key >= mark for key in keys)
        raise Refusal(BAD_CONTINUATION_TOKEN)

    def _token(self, call: Call, mark: int | str) -> str:
        document = [{"token": mark, "range": {"min": "", "max": self._seal(call, mark)}}]
        return base64.b64encode(json.dumps(document, separators=(",", ":")).encode()).decode()

    def _read(self, call: Call, text: str) -> int | str:
        try:
            (entry,) = json.loads(base64.b64decode(text, validate=True))
            mark, seal = entry["token"], entry["range"]["max"]
        except (binascii.Error, ValueError, TypeError, KeyError):
            raise Refusal(BAD_CONTINUATION_TOKEN) from None
        if not isinstance(mark, int | str) or not isinstance(seal, str):
            raise Refusal(BAD_CONTINUATION_TOKEN)
        if not hmac.compare_digest(seal.encode(), self._seal(call, mark).encode()):
            raise Refusal(BAD_CONTINUATION_TOKEN)
        return mark

    def _seal(self, call: Call, mark: int | str) -> str:
        caller = call.caller.context
        query = json.dumps(call.inputs.query, sort_keys=True)
        body = json.dumps(call.inputs.body, sort_keys=True)
        path = dict(call.inputs.path)
        bound = f"page {call.operation.template} {path} {query} {body} {caller} {mark!r}"
        # What the simulator signs links with, which stays the same between runs; no link is signed
        # as a page is.
        return (
            hmac.new(self._secrets.links, bound.encode(), hashlib.sha256).hexdigest()[:14].upper()
        )
