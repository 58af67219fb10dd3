"""The file of a send journal: held by one run, of one environment and context, written durably."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ksef_facade.errors import JournalRefused
from ksef_facade.store.file_locks import FileLock
from ksef_facade.store.files import PRIVATE
from ksef_facade.store.journal import schema as journal_schema
from ksef_facade.store.stored_texts import plain, read_text

_BUSY: Final = 30.0
"""Seconds that a write waits for somebody who reads the file with a tool of their own."""


class JournalFile:
    """Takes the lock, opens or makes the file, and runs statements in transactions.

    WAL with synchronous=FULL: what is committed survives a crash of the machine. A `path` of `None`
    keeps everything in memory.
    """

    def __init__(self, path: str | os.PathLike[str] | None, identity: Mapping[str, str]) -> None:
        self.path = None if path is None else Path(path).absolute()
        self.identity = dict(identity)
        self._lock: FileLock | None = None
        self._connection: sqlite3.Connection | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return "the journal in memory" if self.path is None else str(self.path)

    def open(self) -> None:
        """Take the lock, open or make the file, and see whether it belongs to this identity.

        Raises:
            JournalRefused: another run holds it, it belongs to another environment or context, or
                it is no journal of a version that is known.
        """
        try:
            if self.path is not None:
                self._take(self.path)
            with self._explained():
                self._connect()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file and let the next run have it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @property
    def in_transaction(self) -> bool:
        """Whether a block of `transaction` is under way."""
        return self._connection is not None and self._connection.in_transaction

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that the block writes is there after it, or nothing of it; may be nested."""
        with self._explained():
            connection = self._open_connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A failed COMMIT has perhaps ended the transaction by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def each(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for every row of values, in one transaction."""
        with self.transaction() as connection:
            connection.executemany(statement, map(_as_stored, rows))

    def insert(self, statement: str, values: Sequence[Any]) -> int:
        """Make one row; returns its number."""
        with self.transaction() as connection:
            return int(connection.execute(statement, _as_stored(values)).lastrowid or 0)

    def select(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query."""
        with self._explained():
            return self._open_connection().execute(statement, values).fetchall()

    def _take(self, path: Path) -> None:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(path.with_name(f"{path.name}.lock"))
            if not lock.acquire():
                raise JournalRefused(
                    f"another run is sending with the journal {path}; wait until it is over, or "
                    "name another journal for other invoices"
                )
            self._lock = lock
            # SQLite gives its side files the rights of this one, so it must be made before.
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
        except OSError as error:
            raise JournalRefused(
                f"the journal {path} cannot be used: {error.strerror or error}"
            ) from error

    def _connect(self) -> None:
        connection = sqlite3.connect(
            ":memory:" if self.path is None else self.path,
            timeout=_BUSY,
            isolation_level=None,
            # Disk work of the async client goes through a pool of threads, one step at a time.
            check_same_thread=False,
        )
        self._connection = connection
        connection.row_factory = sqlite3.Row
        connection.text_factory = read_text
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        journal_schema.prepare(connection, self.name)
        known = {row["name"]: row["value"] for row in self.select("SELECT * FROM journal")}
        if not known:
            rows = [*self.identity.items(), ("created_at", now_text())]
            self.each("INSERT INTO journal (name, value) VALUES (?, ?)", rows)
            return
        found, wanted = _whose(known), _whose(self.identity)
        if found != wanted:
            raise JournalRefused(
                f"the journal {self.name} belongs to {found}, not to {wanted}; name another file"
            )

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise JournalRefused(f"the journal {self.name} cannot be used: {error}") from error

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise JournalRefused(f"{self.name} is closed")
        return self._connection


def _as_stored(values: Sequence[Any]) -> list[Any]:
    return [plain(value) if isinstance(value, str) else value for value in values]


def _whose(identity: Mapping[str, str]) -> str:
    address = identity.get("base_url", "")
    # Only a KSeF on this machine has a plain address, and there the address is all that tells it
    # from another one; a real one may be reached at several.
    place = f" at {address}" if address.startswith("http:") else ""
    return f"{identity.get('environment', '')}{place} and {identity.get('context', '')}"


def now_text() -> str:
    """The present, as the journal writes times."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
