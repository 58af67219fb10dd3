"""Fills a fresh simulator with what was kept of another one."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..workspace import Stored
from .decoding import Decoder, Sources, shell
from .problems import StateError
from .tracking import Changes


class Restored:
    """The objects that came back, by number, and the bytes that they use, by name."""

    def __init__(
        self,
        kept: Changes,
        roots: Mapping[str, object],
        document: Callable[[int, int], Stored],
        folder: Callable[[], Path],
    ) -> None:
        """Fill the roots. Raises StateError when what was kept does not fit this simulator."""
        self.nodes: dict[int, object] = {}
        self.blobs: set[str] = set()
        self._kept = kept
        self._roots = roots
        self._waiting: list[int] = []
        self._decoder = Decoder(Sources(self._node, self._root, self._blob, document, folder))
        try:
            self._fill()
        except StateError:
            raise
        except (ArithmeticError, AttributeError, LookupError, RecursionError) as error:
            raise StateError(f"it is damaged ({type(error).__name__})") from error
        except (TypeError, ValueError) as error:
            raise StateError(f"it is damaged ({error})") from error

    def _fill(self) -> None:
        for path, text in self._kept.roots.items():
            if path not in self._roots:
                raise StateError(f"there is no {path} in this version of the simulator")
            for name, value in json.loads(text).items():
                put(self._roots[path], name, self._decoder.decode(value))
        while self._waiting:
            number = self._waiting.pop()
            self._decoder.fill(self.nodes[number], json.loads(self._kept.nodes[number][1]))

    def _node(self, number: int) -> object:
        one = self.nodes.get(number)
        if one is None:
            one = self.nodes[number] = shell(self._kept.nodes[number][0])
            self._waiting.append(number)
        return one

    def _root(self, path: str) -> object:
        return self._roots[path]

    def _blob(self, name: str) -> bytes:
        self.blobs.add(name)
        return self._kept.blobs[name]


def put(one: object, name: str, value: Any) -> None:
    """Set what an object holds; a container stays the same one, for others may know it."""
    if not hasattr(one, name):
        raise StateError(f"{type(one).__name__} has no {name} in this version of the simulator")
    present = getattr(one, name)
    if present is value:
        return
    if isinstance(present, dict | set) and isinstance(value, dict | set):
        present.clear()
        present.update(value)
    elif isinstance(present, list | deque) and isinstance(value, list | deque):
        present.clear()
        present.extend(value)
    else:
        object.__setattr__(one, name, value)
