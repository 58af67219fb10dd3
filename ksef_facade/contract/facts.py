"""Facts that the published contract states only in prose, turned into extensions of our own.

`x-api-version` and `x-build` of the document, `x-rate-limit-group` and `x-exception-codes` of an
operation. A document that was stripped before already has them: every step leaves those alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ksef_facade.contract.document import (
    Document,
    Operation,
    UnreadableContract,
    operations,
)

API_VERSION = "x-api-version"
BUILD = "x-build"
GROUP = "x-rate-limit-group"
LIMITS = "x-rate-limits"
CODES = "x-exception-codes"
PERMISSIONS = "x-required-permissions"

#: Operations whose table names no group are limited per address over the whole API.
ANONYMOUS_GROUP = "anonymous"
#: Operations of this group have a counter each, with the same limits.
OTHER_GROUP = "other"

_VERSION = re.compile(r"(?P<version>\d+\.\d+[\w.+-]*)\s*\(\s*build\s+(?P<build>[^)\s]+)\s*\)")
_GROUP_COLUMN = "grupa"
_NO_GROUP = {"-", "–", "—", ""}
_CODE_COLUMN = "ExceptionCode"
_SEPARATOR = re.compile(r"^[\s|:-]+$")
_CODE = re.compile(r"\d{3,6}")
_DEEPEST_REFERENCE = 10


Tell = Callable[[str], None]
"""What is done with a table that cannot be read: `refuse` it, or note it and go on without."""


def refuse(oddity: str) -> None:
    """Stop: a fact that is silently lost is found out by the users."""
    raise UnreadableContract(oddity)


def add_facts(document: Document, tell: Tell = refuse) -> None:
    """Add every extension that the document's prose gives."""
    add_version(document)
    add_rate_limit_groups(document, tell)
    add_exception_codes(document, tell)


def add_version(document: Document) -> None:
    """Version and build as the document's description states them; else `info.version` alone."""
    info = document["info"] = document.get("info") or {}
    if API_VERSION in info:
        return
    match = _VERSION.search(info.get("description") or "")
    info[API_VERSION] = match["version"] if match else str(info.get("version", ""))
    info[BUILD] = match["build"] if match else ""


def add_rate_limit_groups(document: Document, tell: Tell = refuse) -> None:
    """The group of each operation, from the column `grupa` of its 429 response's table.

    An operation without a table gets no group (older contracts have such); a table that cannot be
    read is refused, because a limit that is silently lost ends in a blocked context.
    """
    for operation in operations(document):
        if GROUP not in operation.body and (table := _table(document, operation, "429")):
            group = _group(operation, table, tell)
            if group is not None:
                operation.body[GROUP] = group


def add_exception_codes(document: Document, tell: Tell = refuse) -> None:
    """The sorted exception codes of each operation, from the table of its 400 response."""
    for operation in operations(document):
        if CODES not in operation.body and (table := _table(document, operation, "400")):
            codes = _codes(operation, table, tell)
            if codes:
                operation.body[CODES] = codes


def _table(document: Document, operation: Operation, status: str) -> list[list[str]]:
    """Header and rows of the Markdown table in a response's description; [] without a table."""
    response = (operation.body.get("responses") or {}).get(status)
    lines = [line.strip() for line in _description(document, response).splitlines()]
    rows = [line for line in lines if "|" in line and not _SEPARATOR.match(line)]
    return [[cell.strip(" *`") for cell in _cells(row)] for row in rows]


def _description(document: Document, response: Any) -> str:
    """What is said of a response, or else of the shared one that it refers to."""
    components = document.get("components")
    shared = components.get("responses") if isinstance(components, dict) else None
    for _ in range(_DEEPEST_REFERENCE):
        text = response.get("description") if isinstance(response, dict) else None
        if not isinstance(response, dict) or "$ref" not in response or "|" in str(text):
            return str(text or "")
        name = str(response["$ref"]).removeprefix("#/components/responses/")
        response = shared.get(name) if isinstance(shared, dict) else None
    return ""


def _cells(row: str) -> list[str]:
    # The published tables close some rows with a bar and some not.
    return row.removeprefix("|").removesuffix("|").split("|")


def _group(operation: Operation, table: list[list[str]], tell: Tell) -> str | None:
    header, *rows = table
    if _GROUP_COLUMN not in header or len(rows) != 1:
        tell(f"{operation}: the table of its 429 response cannot be read: {table}")
        return None
    column = header.index(_GROUP_COLUMN)
    # A row whose last cell is empty and has no closing bar is one cell short.
    group = rows[0][column] if column < len(rows[0]) else ""
    if group in _NO_GROUP:
        return ANONYMOUS_GROUP
    if not group.isidentifier():
        tell(f"{operation}: {group!r} is not the name of a rate-limit group")
        return None
    return group


def _codes(operation: Operation, table: list[list[str]], tell: Tell) -> list[int]:
    header, *rows = table
    if _CODE_COLUMN not in header:
        tell(f"{operation}: the table of its 400 response cannot be read: {header}")
        return []
    column = header.index(_CODE_COLUMN)
    cells = [row[column] for row in rows if column < len(row)]
    return sorted({int(cell) for cell in cells if _CODE.fullmatch(cell)})
