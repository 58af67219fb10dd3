"""An answer on its way to the client, as mutations see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
from attrs import define, field

Place = tuple[Any, Any]
"""A container and the key or index in it."""


@define
class Answer:
    """Status, headers and bytes; `value` is the JSON they hold, while they hold any."""

    status: int
    headers: list[tuple[str, str | bytes]] = field(factory=list)
    body: bytes = b""
    value: Any = None
    is_json: bool = False

    @classmethod
    def of(cls, response: httpx.Response) -> Answer:
        """The answer in a response."""
        answer = cls(response.status_code, list(response.headers.items()), response.content)
        try:
            answer.value = json.loads(response.content)
            answer.is_json = True
        except ValueError:
            pass
        return answer

    def respond(self) -> httpx.Response:
        """The response that the client gets."""
        headers = [
            (name.encode(), value if isinstance(value, bytes) else value.encode("utf-8", "replace"))
            for name, value in self.headers
            if name.lower() not in ("content-length", "transfer-encoding")
        ]
        # As a stream, so that decoding it happens in the client and not here.
        return httpx.Response(self.status, headers=headers, stream=_Whole(self.body))

    def set_header(self, name: str, value: str | bytes) -> None:
        """Replace a header, or add it."""
        self.headers = [item for item in self.headers if item[0].lower() != name.lower()]
        self.headers.append((name, value))

    def write(self) -> None:
        """Bring the JSON value into the bytes."""
        if self.is_json:
            self.body = json.dumps(self.value).encode()

    def freeze(self, body: bytes) -> None:
        """Let the bytes be these; there is no value any more."""
        self.body, self.is_json = body, False


class _Whole(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body

    async def __aiter__(self) -> Any:
        yield self._body


def places(value: Any) -> list[Place]:
    """Every place in a JSON value, outer ones first."""
    found: list[Place] = []
    waiting = [value]
    while waiting:
        node = waiting.pop(0)
        inside = (
            node.items()
            if isinstance(node, dict)
            else enumerate(node)
            if isinstance(node, list)
            else ()
        )
        for key, inner in inside:
            found.append((node, key))
            waiting.append(inner)
    return found
