"""What the raw client knows about its operations besides code: three modules of plain tables."""

from __future__ import annotations

import math
from typing import Any

from ksef_facade.contract.facts import (
    API_VERSION,
    BUILD,
    CODES,
    GROUP,
    LIMITS,
    OTHER_GROUP,
    PERMISSIONS,
)
from scripts.document import Document, Operation, operations
from scripts.names import Named
from scripts.tidy import tidy

PAGE_SIZE = "pageSize"

Limit = tuple[str, int | None, int | None, int | None]

_OPERATIONS = '''\
"""Every operation of the contract: its name here, where it is and what it answers."""

from __future__ import annotations

from typing import NamedTuple

API_VERSION = {version!r}
BUILD = {build!r}


class Operation(NamedTuple):
    """One operation of the contract."""

    name: str
    tag: str
    method: str
    path: str
    #: The path with every parameter's name left out; with the method it identifies the operation.
    shape: str
    #: The module that describes the request and decodes the answer.
    module: str
    #: The status codes of success.
    success: tuple[int, ...]
    #: The budget a request is counted in; "other" counts per operation, "anonymous" per address.
    limit_group: str
    #: The exception codes that a 400 answer may carry.
    exception_codes: tuple[int, ...]
    #: How it pages: none, token (continuation token) or offset (page number).
    pages: str
    #: The operation to poll until its status.code is 200 or more; empty: nothing to wait for.
    waits: str
    #: The largest page that may be asked for; 0 where the contract states none.
    largest_page: int


#: By (METHOD, shape).
OPERATIONS: dict[tuple[str, str], Operation] = {{
{rows}
}}
'''

_LIMITS = '''\
"""The rate limits that the contract publishes (x-rate-limits), in requests per window."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """Requests per second, minute and hour; None: no limit in that window."""

    group: str
    per_second: int | None
    per_minute: int | None
    per_hour: int | None


#: By operation name.
LIMITS: dict[str, Limit] = {{
{rows}
}}

#: By group: the operations of a group share one budget, those of "other" have one each.
GROUPS: dict[str, Limit] = {{
{groups}
}}
'''

_PERMISSIONS = '''\
"""The permissions that the contract asks for (x-required-permissions); one suffices."""

from __future__ import annotations

#: By operation name; empty where the contract asks for none.
PERMISSIONS: dict[str, tuple[str, ...]] = {{
{rows}
}}
'''


def render(document: Document, named: Named, package: str) -> dict[str, str]:
    """The table modules of a contract by file name.

    `document` needs its errors no longer, but its extensions: facts as `strip` leaves them.
    """
    ordered = sorted(operations(document), key=lambda operation: named.by_key[operation.key].name)
    limits = {named.by_key[operation.key].name: limit(operation) for operation in ordered}
    groups = groups_of(list(limits.values()))
    limits = {
        name: value if value[1:] != (None, None, None) else groups.get(value[0], value)
        for name, value in limits.items()
    }
    info = document["info"]
    return {
        "operations.py": tidy(
            _OPERATIONS.format(
                version=info[API_VERSION],
                build=info[BUILD],
                rows=_lines(
                    _operation_row(operation, named, package, document["components"]["schemas"])
                    for operation in ordered
                ),
            )
        ),
        "limits.py": tidy(
            _LIMITS.format(
                rows=_lines(f"{name!r}: Limit{value!r}" for name, value in limits.items()),
                groups=_lines(f"{name!r}: Limit{value!r}" for name, value in groups.items()),
            )
        ),
        "permissions.py": tidy(
            _PERMISSIONS.format(
                rows=_lines(
                    f"{named.by_key[operation.key].name!r}: "
                    f"{_texts(operation.body.get(PERMISSIONS))!r}"
                    for operation in ordered
                )
            )
        ),
    }


def limit(operation: Operation) -> Limit:
    """Group and limits of one operation; where the contract is silent, those of group "other"."""
    published = operation.body.get(LIMITS)
    published = published if isinstance(published, dict) else {}
    per_second, per_minute, per_hour = (
        _positive(published.get(window)) for window in ("perSecond", "perMinute", "perHour")
    )
    return operation.body.get(GROUP, OTHER_GROUP), per_second, per_minute, per_hour


def groups_of(limits: list[Limit]) -> dict[str, Limit]:
    """The limits of each group: of differing ones for the same group the narrowest per window."""
    groups: dict[str, Limit] = {}
    for group, *windows in sorted(limits, key=lambda item: item[0]):
        if windows == [None, None, None]:
            continue
        known = groups.get(group, (group, None, None, None))[1:]
        narrowest = [
            min((value for value in pair if value is not None), default=None)
            for pair in zip(known, windows, strict=True)
        ]
        groups[group] = (group, narrowest[0], narrowest[1], narrowest[2])
    return groups


def largest_page(operation: Operation, schemas: dict[str, Any]) -> int:
    """The `maximum` of the parameter `pageSize`; 0 without one."""
    for parameter in operation.body.get("parameters", []):
        if parameter.get("name") == PAGE_SIZE:
            return _positive(_maximum(parameter.get("schema"), schemas)) or 0
    return 0


def _maximum(schema: Any, schemas: dict[str, Any]) -> Any:
    if not isinstance(schema, dict):
        return None
    if "$ref" in schema:
        return _maximum(schemas.get(schema["$ref"].rsplit("/", 1)[1]), schemas)
    if "maximum" in schema:
        # Up to OpenAPI 3.0 it is a flag beside the number whether that number itself is allowed.
        return _whole(schema["maximum"], less=schema.get("exclusiveMaximum") is True)
    if "exclusiveMaximum" in schema:
        return _whole(schema["exclusiveMaximum"], less=True)
    return next(filter(None, (_maximum(inner, schemas) for inner in schema.get("allOf", ()))), None)


def _whole(number: Any, *, less: bool) -> int | None:
    """A bound as a whole number: some write `500.0`."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return math.ceil(number) - 1 if less else math.floor(number)


def _operation_row(
    operation: Operation, named: Named, package: str, schemas: dict[str, Any]
) -> str:
    name = named.by_key[operation.key]
    success = tuple(
        int(status)
        for status in sorted(operation.body["responses"])
        if status.startswith("2") and status.isdigit()
    )
    fields = {
        "name": name.name,
        "tag": name.tag,
        "method": operation.method,
        "path": operation.path,
        "shape": operation.key[1],
        "module": f"{package}.api.{name.tag}.{name.name}",
        "success": success,
        "limit_group": limit(operation)[0],
        "exception_codes": tuple(operation.body.get(CODES, ())),
        "pages": name.pages,
        "waits": name.waits,
        "largest_page": largest_page(operation, schemas),
    }
    arguments = ", ".join(f"{field}={value!r}" for field, value in fields.items())
    return f"{operation.key!r}: Operation({arguments})"


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(text for text in value or () if isinstance(text, str))


def _lines(rows: Any) -> str:
    return "\n".join(f"    {row}," for row in rows)


def _positive(value: Any) -> int | None:
    # The API says "no limit" with -1 where it says anything (GET /rate-limits).
    return value if isinstance(value, int) and value > 0 else None
