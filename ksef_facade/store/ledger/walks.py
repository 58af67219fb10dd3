"""How far the history of sessions has been read: rounds, and the walk of each kind in a round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.models.sessions import FIRST_FINAL_CODE, SessionSummary
from ksef_facade.store.ledger.ledger import Ledger
from ksef_facade.store.ledger.spending import note_request


@frozen(kw_only=True)
class Walk:
    """How far the history of one kind has been read."""

    kind: str
    created_from: str | None
    modified_from: str | None
    began_at: str
    page_size: int
    token: str | None
    is_done: bool


def begin_round(ledger: Ledger, walks: Iterable[Walk]) -> int:
    """Begin a round: the history is to be read, and every session that is open looked at."""
    number = ledger.round + 1
    with ledger.file.transaction() as connection:
        ledger.keep_fact("round", str(number))
        ledger.keep_fact("round_open", "1")
        connection.execute("DELETE FROM work_walks")
        for table in ("work_statuses", "work_rows"):
            # What an interrupted round was told of a session that was not final may be different now.
            connection.execute(
                f"DELETE FROM {table} WHERE session IN"
                " (SELECT reference FROM sessions WHERE coalesce(code, 0) < ?)",
                (FIRST_FINAL_CODE,),
            )
        connection.executemany(
            "INSERT INTO work_walks (kind, created_from, modified_from, began_at, page_size)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (
                    walk.kind,
                    walk.created_from,
                    walk.modified_from,
                    walk.began_at,
                    walk.page_size,
                )
                for walk in walks
            ],
        )
    return number


def walks_of(ledger: Ledger) -> list[Walk]:
    """The walks of the present round."""
    rows = ledger.file.select("SELECT * FROM work_walks ORDER BY kind DESC")
    return [Walk(**{**dict(row), "is_done": bool(row["is_done"])}) for row in rows]


def walked(ledger: Ledger, walk: Walk, rows: Sequence[SessionSummary], token: str | None) -> int:
    """Keep a page of the history; with the last one of all, the archive reaches further.

    Tells how many rows name no session that could have a folder.
    """
    nameless = 0
    with ledger.file.transaction() as connection:
        note_request(ledger.file, "sessionList", ledger.now())
        for row in rows:
            try:
                ledger.see(row, walk.kind)
            except InvalidIdentifier:
                nameless += 1
        connection.execute(
            "UPDATE work_walks SET token = ?, is_done = ? WHERE kind = ?",
            (token, token is None, walk.kind),
        )
        if all(other.is_done for other in walks_of(ledger)):
            ledger.keep_fact("walked_until", walk.began_at)
            ledger.keep_fact("covers_since", walk.created_from or "")
    return nameless


def restart(ledger: Ledger, walk: Walk) -> None:
    """Read the history of this kind from the start: its token is not taken any more."""
    with ledger.file.transaction() as connection:
        connection.execute("UPDATE work_walks SET token = NULL WHERE kind = ?", (walk.kind,))
