"""The ledger: its tables are the documented ones, it belongs to one archive, and it tells when it cannot be used."""

from __future__ import annotations

import re
import sqlite3
import stat
from pathlib import Path

import pytest

from ksef_facade.errors import ArchiveRefused
from ksef_facade.store.archive.files import json_bytes, session_folder, without_links
from ksef_facade.store.ledger import schema as ledger_schema
from ksef_facade.store.ledger.file import LedgerFile
from ksef_facade.store.stored_texts import json_text, plain

ROOT = Path(__file__).resolve().parents[3]
IDENTITY = {"environment": "test", "base_url": "https://ksef.example/v2", "context": "Nip:1"}


@pytest.fixture
def ledger(tmp_path: Path) -> LedgerFile:
    file = LedgerFile(tmp_path)
    file.open_to_write(IDENTITY)
    file.close()
    return file


def documented() -> dict[str, list[tuple[str, str]]]:
    tables: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for line in (ROOT / "docs" / "archive-tables.md").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"### (\w+)", line):
            name = heading[1]
        elif row := re.match(r"\| (\w+) \| (TEXT|INTEGER) \|", line):
            tables.setdefault(name, []).append((row[1], row[2]))
    return tables


def test_the_tables_are_those_documented(ledger: LedgerFile) -> None:
    connection = sqlite3.connect(ledger.path)
    tables = {
        name: [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({name})")]
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not name.startswith("work_")
    }
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    strict = {row[1]: row[5] for row in connection.execute("PRAGMA table_list")}
    connection.close()
    assert tables == documented()
    assert version == len(ledger_schema.MIGRATIONS)
    assert all(strict[name] for name in tables)
    text = (ROOT / "docs" / "archive-tables.md").read_text(encoding="utf-8")
    assert f"the version of its tables: {version}." in text


@pytest.mark.skipif(not hasattr(Path, "owner"), reason="no rights of files on this system")
def test_only_its_owner_reads_it(ledger: LedgerFile) -> None:
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600


def test_it_belongs_to_one_archive(ledger: LedgerFile) -> None:
    with pytest.raises(ArchiveRefused, match="belongs to test and Nip:1, not to test and Nip:2"):
        ledger.open_to_write({**IDENTITY, "context": "Nip:2"})
    ledger.open_to_write(None)
    ledger.close()


def test_one_run_at_a_time_and_any_number_of_readers(ledger: LedgerFile) -> None:
    other, reader = LedgerFile(ledger.directory), LedgerFile(ledger.directory)
    ledger.open_to_write(IDENTITY)
    with pytest.raises(ArchiveRefused, match="another run is at work"):
        other.open_to_write(IDENTITY)
    reader.open_to_read()
    assert len(reader.select("SELECT * FROM archive")) == 4
    with pytest.raises(ArchiveRefused, match="cannot be used"), reader.transaction() as connection:
        connection.execute("DELETE FROM archive")
    reader.close()
    ledger.close()
    other.open_to_write(IDENTITY)
    other.close()


def test_a_ledger_of_a_newer_version_is_left_alone(ledger: LedgerFile) -> None:
    connection = sqlite3.connect(ledger.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for open_it in (lambda: ledger.open_to_write(IDENTITY), ledger.open_to_read):
        with pytest.raises(ArchiveRefused, match="newer version"):
            open_it()


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    file = LedgerFile(tmp_path)
    connection = sqlite3.connect(file.path)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    for open_it in (lambda: file.open_to_write(IDENTITY), file.open_to_read):
        with pytest.raises(ArchiveRefused, match="no ledger of an archive"):
            open_it()


def test_a_transaction_is_whole_or_nothing(ledger: LedgerFile) -> None:
    ledger.open_to_write(IDENTITY)

    def write_half() -> None:
        with ledger.transaction() as connection:
            connection.execute("DELETE FROM archive")
            with ledger.transaction():
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert len(ledger.select("SELECT * FROM archive")) == 4
    ledger.close()
    with pytest.raises(ArchiveRefused, match="is closed"):
        ledger.select("SELECT 1")


def test_folders_of_sessions() -> None:
    dated = "20250925-SO-2F67776000-97273B191A-65"
    assert session_folder(dated) == f"sessions/2025-09/{dated}"
    assert session_folder("20251325-SO") == "sessions/other/20251325-SO"


def test_links_are_left_out_at_every_depth() -> None:
    raw = {
        "upo": {
            "pages": [
                {"referenceNumber": "x", "downloadUrl": "s", "downloadUrlExpirationDate": "t"}
            ]
        },
        "upoDownloadUrl": "s",
        "status": {"code": 200},
    }
    assert without_links(raw) == {
        "upo": {"pages": [{"referenceNumber": "x"}]},
        "status": {"code": 200},
    }


def test_texts_that_are_none() -> None:
    assert plain("za\u017c\u00f3\u0142\u0107 \ud800") == "za\u017c\u00f3\u0142\u0107 ?"
    assert plain(None) is None
    assert json_text(["\u0142"]) == '["\u0142"]'
    assert json_text(["\ud800"]) == '["\\ud800"]'
    assert json_bytes({"a": "\ud800"}) == b'{\n  "a": "\\ud800"\n}\n'


def test_it_is_read_from_a_medium_that_nobody_can_write(
    ledger: LedgerFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an archive on a disc that was burnt for an auditor."""
    connect = sqlite3.connect

    def read_only(path: Path | str, **options: object) -> sqlite3.Connection:
        # Permissions do not stop whoever runs the tests as root. SQLite says this at the first query.
        if "immutable=1" not in str(path):
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return connect(path, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)
    with pytest.raises(ArchiveRefused, match="readonly"):
        # Somebody may be writing where it could be written.
        ledger.open_to_read()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    ledger.open_to_read()
    assert len(ledger.select("SELECT * FROM archive")) == 4
    ledger.close()
    side_file = ledger.path.with_name(f"{ledger.path.name}-wal")
    side_file.write_bytes(b"what a killed run left")
    with pytest.raises(ArchiveRefused, match="readonly"):
        ledger.open_to_read()
