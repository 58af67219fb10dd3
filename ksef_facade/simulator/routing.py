"""Which operation a path belongs to: literal segments win over parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from .contract import Operation


class _Route:
    def __init__(self, template: str) -> None:
        self.template = template
        self.segments = template.strip("/").split("/")
        self.methods: dict[str, Operation] = {}
        # False sorts first: /sessions/online before /sessions/{referenceNumber}.
        self.order = tuple(segment.startswith("{") for segment in self.segments)

    def match(self, parts: list[str]) -> dict[str, str] | None:
        values: dict[str, str] = {}
        for segment, part in zip(self.segments, parts, strict=True):
            if segment.startswith("{"):
                if not part:
                    return None
                values[segment[1:-1]] = unquote(part)
            elif segment != part:
                return None
        return values


class Router:
    """Finds the operation and the path parameters of a request."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        routes: dict[str, _Route] = {}
        for operation in operations:
            route = routes.setdefault(operation.template, _Route(operation.template))
            route.methods[operation.method] = operation
        self._by_length: dict[int, list[_Route]] = {}
        for route in sorted(routes.values(), key=lambda route: route.order):
            self._by_length.setdefault(len(route.segments), []).append(route)

    def find(
        self, method: str, path: str
    ) -> tuple[Operation, Mapping[str, str]] | tuple[str, ...] | None:
        """The operation and its path values; the methods allowed there; or None.

        `path` starts after the version prefix and is not decoded yet.
        """
        parts = path[1:].split("/")
        allowed: set[str] = set()
        for route in self._by_length.get(len(parts), ()):
            values = route.match(parts)
            if values is None:
                continue
            if method in route.methods:
                return route.methods[method], values
            allowed.update(route.methods)
        return tuple(sorted(allowed)) if allowed else None
