"""What must be true of an archive after all kills: the same content, and nothing asked for twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

LEDGER = "ledger.sqlite3"
PARALLEL = 4
"""UPO pages that are under way at once (`parallel_downloads`, by default)."""
TIMES: Mapping[str, frozenset[str]] = {
    "sessions": frozenset({"changed_at"}),
    "invoices": frozenset({"recorded_at"}),
    "receipts": frozenset({"saved_at"}),
    "checks": frozenset({"checked_at"}),
}
"""Columns that tell when a run was: they differ between any two runs."""
_OF_THE_RUN = frozenset({"created_at", "walked_until", "round"})
"""Rows of the table `archive` that do so; `round` counts runs."""
_TABLES = ("archive", "sessions", "invoices", "receipts", "checks", "work_statuses", "work_rows")

Content = Mapping[str, Any]


def content_of(folder: Path) -> Content:
    """Every file by its hash, and the ledger row by row, without the times of the runs."""
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(LEDGER)
    }
    connection = sqlite3.connect(folder / LEDGER)
    try:
        tables = {f"table {name}": _rows(connection, name) for name in _TABLES}
    finally:
        connection.close()
    return {**files, **tables}


def _rows(connection: sqlite3.Connection, table: str) -> list[str]:
    connection.row_factory = sqlite3.Row
    left_out = TIMES.get(table, frozenset())
    rows = []
    for row in connection.execute(f"SELECT * FROM {table}"):
        if table != "archive" or row["name"] not in _OF_THE_RUN:
            rows.append(repr([(name, row[name]) for name in row.keys() if name not in left_out]))  # noqa: SIM118
    return sorted(rows)


def differences(calm: Content, disturbed: Content) -> list[str]:
    """What the two archives do not have in common, in words."""
    found = []
    for name in sorted(calm.keys() | disturbed.keys()):
        if name not in disturbed:
            found.append(f"{name} is missing")
        elif name not in calm:
            found.append(f"{name} should not be there")
        elif calm[name] != disturbed[name]:
            found.append(f"{name} differs")
    return found


@frozen(kw_only=True)
class Asked:
    """The requests for one archive: all, those made again, and what is wrong with these."""

    requests: int
    repeated: int
    problems: tuple[str, ...]


def judge_requests(calls: Sequence[Mapping[str, Any]], killed: frozenset[str]) -> Asked:
    """Find every request that was made again, and whether a kill excuses it.

    An attempt has one metered request under way at a time, or a few pages over links. So of what it
    asked for, no more may be asked for again by later attempts, and only if it was killed.
    """
    asked: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for call in calls:
        label, page = call["headers"]["user-agent"].split(" ")
        # The signature in a link's query is withheld; the path names the page.
        query = "" if "/storage/" in call["path"] else call["query"]
        asked[call["method"], call["path"], query, page].append(label)
    again: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    problems = []
    for what, labels in asked.items():
        for label in labels[:-1]:
            again[label].append(what)
        if len(set(labels)) < len(labels):
            problems.append(f"{' '.join(what)}: asked for twice by one attempt")
    for label, repeated in again.items():
        links = [what for what in repeated if "/storage/" in what[1]]
        metered = len(repeated) - len(links)
        if label not in killed:
            problems.append(f"{label} was not killed, and {len(repeated)} requests were made again")
        if metered > 1 or len(links) > PARALLEL or (metered and links):
            problems.append(f"{label}: {metered} metered requests and {len(links)} links again")
    return Asked(
        requests=len(calls),
        repeated=sum(len(labels) - 1 for labels in asked.values()),
        problems=tuple(problems),
    )
