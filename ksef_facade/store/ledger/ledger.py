"""The ledger of an archive, as a run writes it: what KSeF has, what is on disk, what is left to do.

Every answer is in it before the next request goes out, so that a run which is killed at any instant
asks again at most for what was under way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ksef_facade.models.archive import SETTLED, ArchiveState
from ksef_facade.models.receipts import SavedUpo
from ksef_facade.models.sessions import SessionStatus, SessionSummary
from ksef_facade.store.archive.files import session_folder
from ksef_facade.store.ledger.file import LedgerFile, time_text
from ksef_facade.store.ledger.spending import note_request
from ksef_facade.store.stored_texts import json_text, plain
from ksef_facade.upo.verdicts import Outcome

_SETTLED: Final = ", ".join(f"'{state}'" for state in sorted(SETTLED))
_SESSION_STATUS: Final = (
    "code = ?, description = ?, details = ?, date_created = coalesce(?, date_created),"
    " date_updated = coalesce(?, date_updated), valid_until = ?,"
    " invoice_count = coalesce(?, invoice_count), accepted_count = coalesce(?, accepted_count),"
    " rejected_count = coalesce(?, rejected_count), changed_at = ?"
)
_PENDING: Final = f"state NOT IN ({_SETTLED}) AND round < ?"


@frozen(kw_only=True)
class PageRow:
    """A UPO page on disk."""

    upo_reference: str
    file: str
    position: int
    size: int
    sha256: str
    hash_verified: bool
    source: str
    page: int | None
    pages: int | None
    document_count: int


class Ledger:
    """The ledger of an archive, held by this run alone; any thread may use it."""

    def __init__(self, file: LedgerFile, now: Callable[[], datetime]) -> None:
        self.file = file
        self.now = now

    # What the archive is, and how far it reaches.

    def fact(self, name: str) -> str | None:
        """A row of the table `archive`."""
        rows = self.file.select("SELECT value FROM archive WHERE name = ?", name)
        return str(rows[0]["value"]) if rows else None

    @property
    def round(self) -> int:
        """The number of the present round; 0 before the first."""
        return int(self.fact("round") or 0)

    @property
    def is_round_open(self) -> bool:
        """Whether a run began the present round and none has ended it."""
        return self.fact("round_open") == "1"

    def end_round(self) -> None:
        """Write down that there is nothing left to do in the present round."""
        self.keep_fact("round_open", "0")

    # What is left to do.

    def pending(self, *, newest_first: bool) -> list[str]:
        """References of the sessions that this round has still to look at, in order."""
        order = "DESC" if newest_first else "ASC"
        rows = self.file.select(
            f"SELECT reference FROM sessions WHERE {_PENDING}"
            f" ORDER BY date_created IS NULL, date_created {order}, reference {order}",
            self.round,
        )
        return [row["reference"] for row in rows]

    def look_again(self, references: Iterable[str]) -> None:
        """Have sessions looked at once more, in the present round too."""
        with self.file.transaction() as connection:
            connection.executemany(
                "UPDATE sessions SET round = 0 WHERE reference = ?",
                [(reference,) for reference in references],
            )

    # One session.

    def session(self, reference: str) -> Mapping[str, Any]:
        """The row of a session."""
        (row,) = self.file.select("SELECT * FROM sessions WHERE reference = ?", reference)
        return dict(row)

    def status_raw(self, reference: str) -> Any:
        """The answer for a session's status that this run has kept, with its links, or `None`."""
        rows = self.file.select("SELECT raw FROM work_statuses WHERE session = ?", reference)
        return json.loads(rows[0]["raw"]) if rows else None

    def keep_status(self, status: SessionStatus) -> None:
        """Keep the answer for a session's status until the session is archived."""
        with self.file.transaction() as connection:
            note_request(self.file, "sessionMisc", self.now())
            connection.execute(
                f"UPDATE sessions SET {_SESSION_STATUS}, page_count = ? WHERE reference = ?",
                (
                    *self._status_values(
                        status,
                        status.invoice_count,
                        status.successful_invoice_count,
                        status.failed_invoice_count,
                    ),
                    len(status.upo_pages) or None,
                    status.reference_number,
                ),
            )
            connection.execute(
                "INSERT OR REPLACE INTO work_statuses (session, raw) VALUES (?, ?)",
                (status.reference_number, json_text(status.raw)),
            )

    def page_rows(self, reference: str) -> list[PageRow]:
        """The pages of a session that are on disk and not known to be damaged."""
        rows = self.file.select(
            "SELECT upo_reference, file, position, size, sha256, hash_verified, source, page, pages,"
            " document_count FROM receipts WHERE session = ? AND state = 'saved' ORDER BY position",
            reference,
        )
        return [
            PageRow(**{**dict(row), "hash_verified": bool(row["hash_verified"])}) for row in rows
        ]

    def keep_page(self, saved: SavedUpo, position: int, file: str) -> None:
        """Write down that a page is on disk."""
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO receipts (session, upo_reference, file, position, page, pages,"
                " document_count, size, sha256, hash_verified, source, state, saved_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'saved', ?)",
                (
                    saved.session_reference,
                    plain(saved.upo_reference or ""),
                    file,
                    position,
                    saved.page,
                    saved.pages,
                    saved.document_count,
                    saved.size,
                    saved.sha256,
                    saved.hash_verified,
                    saved.source,
                    self._stamp(),
                ),
            )

    def note(
        self, reference: str, state: ArchiveState, reason: str | None, *, round: int | None = None
    ) -> None:
        """Write down what became of a session without any file of it."""
        with self.file.transaction() as connection:
            connection.execute(
                "UPDATE sessions SET state = ?, reason = ?, round = ?, changed_at = ?"
                " WHERE reference = ?",
                (
                    state,
                    plain(reason),
                    self.round if round is None else round,
                    self._stamp(),
                    reference,
                ),
            )
            for table in ("work_statuses", "work_rows"):
                connection.execute(f"DELETE FROM {table} WHERE session = ?", (reference,))

    def seen(self, reference: str) -> None:
        """Make a session known that the history has not shown, if it is new."""
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO sessions (reference, folder, state, changed_at)"
                " VALUES (?, ?, 'listed', ?)",
                (reference, session_folder(reference), self._stamp()),
            )

    def check(
        self, reference: str, name: str, told: Sequence[str], outcome: Outcome | None = None
    ) -> None:
        """Keep the outcome of a check, in place of the one before; without one, what is told is why
        it failed.
        """
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO checks (session, name, outcome, message, checked_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    reference,
                    name,
                    outcome or ("failed" if told else "ok"),
                    plain("; ".join(told)) or None,
                    self._stamp(),
                ),
            )

    @property
    def directory(self) -> Path:
        """The folder of the archive."""
        return self.file.directory

    def see(self, row: SessionSummary, kind: str) -> None:
        """Take over what the history says of a session; of a settled one, nothing.

        Raises:
            InvalidIdentifier: its reference cannot be a folder's name.
        """
        self.seen(row.reference_number)
        with self.file.transaction() as connection:
            connection.execute(
                f"UPDATE sessions SET kind = ?, {_SESSION_STATUS} WHERE reference = ?"
                f" AND state NOT IN ({_SETTLED})",
                (
                    kind,
                    *self._status_values(
                        row,
                        row.total_invoice_count,
                        row.successful_invoice_count,
                        row.failed_invoice_count,
                    ),
                    row.reference_number,
                ),
            )

    def _status_values(
        self,
        row: SessionStatus | SessionSummary,
        total: int | None,
        accepted: int | None,
        rejected: int | None,
    ) -> tuple[Any, ...]:
        status = row.status
        return (
            status.code,
            plain(status.description),
            json_text(status.details),
            time_text(row.date_created),
            time_text(row.date_updated),
            time_text(row.valid_until),
            total,
            accepted,
            rejected,
            self._stamp(),
        )

    def keep_fact(self, name: str, value: str) -> None:
        """Keep a row of the table `archive`."""
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO archive (name, value) VALUES (?, ?)", (name, value)
            )

    def _stamp(self) -> str:
        return time_text(self.now()) or ""
