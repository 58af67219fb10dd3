"""What a client sends and which properties of the answers are asked for, noted while it works."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import httpx

from ksef_facade.contract.document import shape
from ksef_facade.contract.relied_on import RELIANCE

KEYS = set(RELIANCE)
#: Headers that belong to every request; the contract describes none of them as a parameter.
GENERAL = {
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
    "x-error-format",
}


class Recording:
    """What was sent and read, by (METHOD, shape)."""

    def __init__(self) -> None:
        self.sent: dict[Any, set[str]] = defaultdict(set)
        self.body: dict[Any, set[str]] = defaultdict(set)
        self.read: dict[Any, set[str]] = defaultdict(set)
        self.failed: set[str] = set()

    def request(self, request: httpx.Request) -> None:
        path = request.url.path.removeprefix("/v2")
        if path.startswith("/storage"):
            return
        key = self._key(request.method, path)
        self.sent[key] |= set(request.url.params.keys())
        self.sent[key] |= {name.lower() for name in request.headers} - GENERAL
        if "json" in request.headers.get("content-type", ""):
            self.body[key] |= set(leaves(json.loads(request.content)))

    def watch(self, operation: str, value: Any, *, failed: bool = False) -> Any:
        method, _, path = operation.partition(" ")
        return watched(value, "", self.failed if failed else self.read[method, shape(path)])

    @staticmethod
    def _key(method: str, path: str) -> tuple[str, str]:
        fitting = [key for key in KEYS if key[0] == method and fits(key[1], path)]
        assert fitting, f"{method} {path} is not in the list"
        # A literal segment wins over a parameter, as on the server.
        return min(fitting, key=lambda key: key[1].count("{}"))


def fits(template: str, path: str) -> bool:
    return re.fullmatch(re.escape(template).replace(r"\{\}", "[^/]+"), path) is not None


def leaves(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{at}[]")
    else:
        yield at


class Watched(dict[str, Any]):
    """A JSON object that notes which properties are asked for."""

    def __init__(self, value: dict[str, Any], at: str, seen: set[str]) -> None:
        super().__init__(
            {
                name: watched(inner, f"{at}.{name}" if at else name, seen)
                for name, inner in value.items()
            }
        )
        self.at, self.seen = at, seen

    def note(self, name: str) -> None:
        self.seen.add(f"{self.at}.{name}" if self.at else name)

    def get(self, name: str, default: Any = None) -> Any:
        self.note(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self.note(name)
        return super().__getitem__(name)


def watched(value: Any, at: str, seen: set[str]) -> Any:
    if isinstance(value, dict):
        return Watched(value, at, seen)
    if isinstance(value, list):
        return [watched(inner, f"{at}[]", seen) for inner in value]
    return value
