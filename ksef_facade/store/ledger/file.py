"""The file of a ledger: written by one run at a time, read by anybody, written durably."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ksef_facade.errors import ArchiveRefused
from ksef_facade.store.file_locks import FileLock
from ksef_facade.store.files import PRIVATE
from ksef_facade.store.ledger import schema as ledger_schema

LEDGER_NAME: Final = "ledger.sqlite3"
"""Name of the ledger in the folder of an archive."""
_BUSY: Final = 30.0
"""Seconds that a write waits for somebody who reads the file with a tool of their own."""

_AT_ONCE: Final = 10
"""Rows that are read at once; one may be a whole page of an invoice list."""


class LedgerFile:
    """Opens an archive's ledger and runs statements in transactions; safe to use from any thread.

    WAL with synchronous=FULL: what is committed survives a crash of the machine. Deleted content is
    overwritten, since links that have not been used yet are kept here for a moment.
    """

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory).absolute()
        self.path = self.directory / LEDGER_NAME
        self._turn = threading.RLock()
        self._lock: FileLock | None = None
        self._connection: sqlite3.Connection | None = None

    def open_to_write(self, identity: Mapping[str, str] | None) -> None:
        """Take the lock, open or make the file, and see whether it belongs to this identity.

        Args:
            identity: `environment`, `base_url` and `context`; `None` for whatever it belongs to, if
                it is there already.

        Raises:
            ArchiveRefused: another run holds it, it belongs to another environment or context, or
                it is no ledger of a version that is known.
        """
        if identity is None and not self.path.is_file():
            raise ArchiveRefused(f"{self.directory} is no archive: there is no {LEDGER_NAME} in it")
        try:
            self._take()
            with self._explained():
                connection = self._connect(self.path)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA foreign_keys = ON")
                ledger_schema.prepare(connection, str(self.path))
                if identity is not None:
                    self._claim(identity)
        except BaseException:
            self.close()
            raise

    def open_to_read(self) -> None:
        """Open the file beside whoever writes it, also on a medium that nobody can write.

        Raises:
            ArchiveRefused: there is none, or it is no ledger of a version that is known.
        """
        if not self.path.is_file():
            raise ArchiveRefused(f"{self.directory} is no archive: there is no {LEDGER_NAME} in it")
        with self._explained():
            try:
                self._look_into(self.path)
            except sqlite3.OperationalError:
                # A reader in WAL mode makes a side file; where it cannot, nobody writes either, and
                # a ledger that no run has left half merged can be read as it is.
                if self._is_writable() or self.path.with_name(f"{LEDGER_NAME}-wal").exists():
                    raise
                self._look_into(f"{self.path.as_uri()}?immutable=1")

    def _look_into(self, path: Path | str) -> None:
        connection = self._connect(path)
        try:
            connection.execute("PRAGMA query_only = ON")
            if ledger_schema.check(connection, str(self.path)) == 0:
                raise ArchiveRefused(f"{self.path} is no ledger of an archive")
        except BaseException:
            self.close()
            raise

    def _is_writable(self) -> bool:
        return os.access(self.directory, os.W_OK)

    def close(self) -> None:
        """Close the file and let the next run have it."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that the block writes is there after it, or nothing of it; may be nested."""
        with self._turn, self._explained():
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

    def select(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query."""
        with self._turn, self._explained():
            return self._open_connection().execute(statement, values).fetchall()

    def each(self, statement: str, *values: Any) -> Iterator[sqlite3.Row]:
        """The rows of a query, a few at a time."""
        with self._explained():
            cursor = self._open_connection().execute(statement, values)
        while rows := self._more(cursor):
            yield from rows

    def _more(self, cursor: sqlite3.Cursor) -> list[sqlite3.Row]:
        with self._turn, self._explained():
            return cursor.fetchmany(_AT_ONCE)

    def _take(self) -> None:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path.with_name(f"{LEDGER_NAME}.lock"))
            if not lock.acquire():
                raise ArchiveRefused(
                    f"another run is at work on the archive {self.directory}; wait until it is over"
                )
            self._lock = lock
            # SQLite gives its side files the rights of this one, so it must be made before.
            with contextlib.suppress(FileExistsError):
                os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
        except OSError as error:
            raise ArchiveRefused(
                f"the archive {self.directory} cannot be used: {error.strerror or error}"
            ) from error

    def _connect(self, path: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            path,
            timeout=_BUSY,
            isolation_level=None,
            check_same_thread=False,
            uri=isinstance(path, str),
        )
        connection.row_factory = sqlite3.Row
        self._connection = connection
        return connection

    def _claim(self, identity: Mapping[str, str]) -> None:
        known = {row["name"]: row["value"] for row in self.select("SELECT * FROM archive")}
        if not known:
            with self.transaction() as connection:
                rows = [*identity.items(), ("created_at", now_text())]
                connection.executemany("INSERT INTO archive (name, value) VALUES (?, ?)", rows)
            return
        found, wanted = _whose(known), _whose(identity)
        if found != wanted:
            raise ArchiveRefused(
                f"the archive {self.directory} belongs to {found}, not to {wanted}; name another "
                "folder"
            )

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise ArchiveRefused(f"the ledger {self.path} cannot be used: {error}") from error

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ArchiveRefused(f"the ledger {self.path} is closed")
        return self._connection


def now_text() -> str:
    """The present, as the ledger writes times."""
    return time_text(datetime.now(UTC)) or ""


def time_text(moment: datetime | None) -> str | None:
    """A time as the ledger writes it: UTC, text that sorts."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _whose(identity: Mapping[str, str]) -> str:
    address = identity.get("base_url", "")
    # Only a KSeF on this machine has a plain address, and there the address is all that tells it
    # from another one; a real one may be reached at several.
    place = f" at {address}" if address.startswith("http:") else ""
    return f"{identity.get('environment', '')}{place} and {identity.get('context', '')}"
