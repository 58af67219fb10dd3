"""The folder of a state: an SQLite database, the invoices of packages, and uploads under way."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from pathlib import Path

from .problems import StateError
from .tracking import Changes

#: Counts up whenever a state that was written before can no longer be read.
FORMAT = 1
#: "KSeF" in ASCII, so that the database of another program is known for what it is.
_APPLICATION = 0x4B536546
_DATABASE, _DOCUMENTS, _UPLOADS = "state.sqlite3", "invoices.bin", "uploads"
#: What a folder may hold before a state is put there: that of a new file system is not ours.
_IGNORED = frozenset({"lost+found"})
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roots (path TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE nodes (number INTEGER PRIMARY KEY, class TEXT NOT NULL, fields TEXT NOT NULL);
CREATE TABLE blobs (name TEXT PRIMARY KEY, content BLOB NOT NULL);
"""


class StateFolder:
    """One folder, open for one simulator; another one is refused while it is."""

    def __init__(self, folder: Path) -> None:
        """Open a folder, and make it when it is not there.

        Raises StateError when it is in use, belongs to something else, is damaged, or was written
        by a newer version. Nothing in it has been changed then.
        """
        self._folder = folder
        try:
            self._prepare()
            self._connection = self._open()
        except OSError as error:
            raise self._problem(str(error.strerror or error)) from error
        self.documents = folder / _DOCUMENTS
        self.uploads = folder / _UPLOADS

    def read(self) -> tuple[Changes, dict[str, str]]:
        """All that was kept, and facts about it by name. Raises StateError."""
        try:
            ask = self._connection.execute
            kept = Changes(
                dict(ask("SELECT path, fields FROM roots")),
                {number: (kind, text) for number, kind, text in ask("SELECT * FROM nodes")},
                dict(ask("SELECT name, content FROM blobs")),
            )
            return kept, dict(ask("SELECT name, value FROM facts"))
        except sqlite3.DatabaseError as error:
            raise self.damage(error) from error

    def write(self, changes: Changes, facts: dict[str, str]) -> None:
        """Keep changes, all or none. They are on the disk when this returns. Raises StateError."""
        try:
            with self._connection:
                self._connection.execute("BEGIN")
                for statement, rows in (
                    ("INSERT OR IGNORE INTO blobs VALUES (?, ?)", changes.blobs.items()),
                    (
                        "INSERT OR REPLACE INTO nodes VALUES (?, ?, ?)",
                        ((number, *row) for number, row in changes.nodes.items()),
                    ),
                    ("INSERT OR REPLACE INTO roots VALUES (?, ?)", changes.roots.items()),
                    ("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items()),
                ):
                    self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise self._problem(f"it could not be written ({error})") from error

    def forget(self, nodes: set[int], blobs: set[str]) -> None:
        """Delete objects and bytes that nothing refers to any more."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "DELETE FROM nodes WHERE number = ?", [(n,) for n in nodes]
            )
            self._connection.executemany("DELETE FROM blobs WHERE name = ?", [(b,) for b in blobs])

    def close(self) -> None:
        """Let others have the folder."""
        self._connection.close()

    def damage(self, reason: Exception) -> StateError:
        """The error for a state that cannot be read."""
        return self._problem(f"the state cannot be read: {reason}. Nothing in it was changed")

    def _problem(self, sentence: str) -> StateError:
        return StateError(f"{self._folder}: {sentence}")

    def _prepare(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise self._problem(_no_folder(self._folder)) from error
        database = self._folder / _DATABASE
        is_ours = database.exists()
        if not is_ours and set(os.listdir(self._folder)) - _IGNORED:
            raise self._problem("it holds other files; name an empty folder, or a new one")
        _restrict(self._folder, 0o700)
        (self._folder / _UPLOADS).mkdir(mode=0o700, exist_ok=True)
        # SQLite gives the files that it puts beside a database the rights of the database. One that
        # is there must not be opened: closing it would take away the lock that this process has.
        if not is_ours:
            os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        _restrict(database, 0o600)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._folder / _DATABASE, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            # The first statement takes a lock that only the end of the process takes away.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            self._check(connection)
        except sqlite3.OperationalError as error:
            connection.close()
            if "locked" in str(error):
                raise self._problem("another simulator is using it") from error
            raise self.damage(error) from error
        except sqlite3.DatabaseError as error:
            connection.close()
            raise self.damage(error) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        application, version, tables = (
            connection.execute(question).fetchone()[0]
            for question in (
                "PRAGMA application_id",
                "PRAGMA user_version",
                "SELECT count(*) FROM sqlite_schema",
            )
        )
        if tables and application != _APPLICATION:
            raise self._problem(f"{_DATABASE} belongs to another program")
        if version > FORMAT:
            raise self._problem(
                f"a newer version of the simulator wrote this state (format {version}, and this "
                f"one knows {FORMAT}). Nothing in it was changed"
            )
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            found = " ".join(verdict.split())
            raise self._problem(f"the state is damaged: {found}. Nothing in it was changed")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if not tables:
            connection.executescript(
                f"BEGIN; {_TABLES} PRAGMA application_id = {_APPLICATION}; "
                f"PRAGMA user_version = {FORMAT}; COMMIT;"
            )


def _no_folder(wanted: Path) -> str:
    ways = (wanted, *wanted.parents)
    wrong = next((way for way in ways if os.path.lexists(way) and not way.is_dir()), wanted)
    name = "this" if wrong == wanted else f"{wrong} above it"
    return f"a state is kept in a folder, and {name} is a file"


def _restrict(path: Path, mode: int) -> None:
    # Secrets are in there. A folder of another owner, such as a volume, keeps its rights.
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        with contextlib.suppress(PermissionError):
            path.chmod(mode)
