"""What runs have spent of the limits in the last hour, kept for the run that comes next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ksef_facade.models.budget import Spent
from ksef_facade.store.ledger.file import LedgerFile, time_text

_LONGEST_WINDOW: Final = timedelta(hours=1)
"""The longest window of the contract's limits."""


def note_request(file: LedgerFile, group: str, now: datetime) -> None:
    """Write down a request; inside the transaction that keeps its answer it costs nothing."""
    with file.transaction() as connection:
        connection.execute(
            "INSERT INTO work_requests (group_name, at) VALUES (?, ?)", (group, time_text(now))
        )


def note_block(file: LedgerFile, group: str, until: datetime) -> None:
    """Write down until when KSeF takes no request of a group."""
    with file.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO work_blocks (group_name, until) VALUES (?, ?)",
            (group, time_text(until)),
        )


def spent(file: LedgerFile, now: datetime) -> dict[str, Spent]:
    """What was spent in the last hour, by group; what is older is dropped."""
    with file.transaction() as connection:
        connection.execute(
            "DELETE FROM work_requests WHERE at < ?", (time_text(now - _LONGEST_WINDOW),)
        )
        connection.execute("DELETE FROM work_blocks WHERE until <= ?", (time_text(now),))
    moments: dict[str, list[datetime]] = {}
    for row in file.select("SELECT group_name, at FROM work_requests ORDER BY at"):
        moments.setdefault(row["group_name"], []).append(datetime.fromisoformat(row["at"]))
    blocks = {
        row["group_name"]: datetime.fromisoformat(row["until"])
        for row in file.select("SELECT group_name, until FROM work_blocks")
    }
    return {
        group: Spent(requests=tuple(moments.get(group, ())), blocked_until=blocks.get(group))
        for group in moments.keys() | blocks.keys()
    }
