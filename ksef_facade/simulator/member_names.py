"""Names of members in the bodies of requests, read in any letter case.

ASP.NET Core, on which the service runs by all appearances, does so, and programs for .NET that
write names as their properties have them get along with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

Schema = Mapping[str, Any]


class _Resolve(Protocol):
    def __call__(self, entry: Schema, /) -> Schema: ...


def with_declared_names(value: Any, schema: Schema, resolve: _Resolve) -> Any:
    """A JSON value whose members are called as an OpenAPI schema calls them.

    `resolve` follows references. What the schema does not know keeps its name, and where two
    members differ in letter case only, the one that is spelled as declared stays.
    """
    parts = list(_parts(schema, resolve))
    if isinstance(value, list):
        items: Schema = next((part["items"] for part in parts if "items" in part), {})
        return [with_declared_names(item, items, resolve) for item in value]
    if not isinstance(value, dict):
        return value
    given: dict[str, Any] = value
    members: dict[str, Schema] = {}
    for part in parts:
        members |= part.get("properties", {})
    declared = {name.lower(): name for name in members}
    read: dict[str, Any] = {}
    for name, member in given.items():
        meant: str = name if name in members else declared.get(name.lower(), name)
        if meant == name or meant not in given:
            read[meant] = with_declared_names(member, members.get(meant, {}), resolve)
    return read


def _parts(schema: Schema, resolve: _Resolve) -> Iterator[Schema]:
    whole = resolve(schema)
    yield whole
    for part in whole.get("allOf", ()):
        yield from _parts(part, resolve)
