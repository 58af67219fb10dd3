"""Folders that are in use, damaged, foreign or too new: told clearly, and left as they are."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ksef_facade.simulator import Simulator, StateError
from ksef_facade.simulator.keeping.folder import FORMAT, StateFolder
from ksef_facade.simulator.keeping.tracking import Changes
from tests.simulator.conftest import NIP


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A state with a session and a login token in it."""
    folder = tmp_path / "state"
    with Simulator(state=folder) as simulator:
        simulator.issue_token(NIP)
        session = simulator.seed_session(NIP, accepted=2)
        simulator.upo_bytes(session, 1)
    return folder


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "state.sqlite3")) as connection:
        yield connection
        connection.commit()


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(folder: Path) -> str:
    """The sentence with which a folder is refused; it must not be changed by that."""
    before = content(folder)
    with pytest.raises(StateError) as refusal:
        Simulator(state=folder)
    assert content(folder) == before
    sentence = str(refusal.value)
    assert sentence.startswith(f"{folder}: ")
    assert "\n" not in sentence
    return sentence


def test_two_processes_exclude_each_other(folder: Path) -> None:
    attempt = (
        "import sys; from ksef_facade.simulator import Simulator; Simulator(state=sys.argv[1])"
    )
    with Simulator(state=folder) as simulator:
        with pytest.raises(StateError, match="another simulator is using it"):
            Simulator(state=folder)
        other = subprocess.run(
            [sys.executable, "-c", attempt, str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert other.returncode == 1
        assert "another simulator is using it" in other.stderr
        assert simulator.core.sessions.accepted()
    Simulator(state=folder).stop()


def test_a_newer_state_is_refused(folder: Path) -> None:
    with database(folder) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    assert "a newer version of the simulator wrote this state (format 2" in refused(folder)


def test_what_is_no_database_is_refused(folder: Path) -> None:
    (folder / "state.sqlite3").write_bytes(b"Once upon a time" * 512)
    assert "the state cannot be read: file is not a database" in refused(folder)


def test_a_database_with_a_hole_is_refused(folder: Path) -> None:
    path = folder / "state.sqlite3"
    data = bytearray(path.read_bytes())
    for place in range(4096, len(data), 4096):
        data[place : place + 8] = b"\xff" * 8
    path.write_bytes(data)
    assert "Nothing in it was changed" in refused(folder)


def test_another_programs_database_and_other_files_are_left_alone(tmp_path: Path) -> None:
    with database(tmp_path) as connection:
        connection.execute("CREATE TABLE poems (line TEXT)")
    assert "state.sqlite3 belongs to another program" in refused(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("Dear Sir or Madam,")
    assert "it holds other files; name an empty folder" in refused(other)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]
    letter = other / "letter.txt"
    assert "a state is kept in a folder, and this is a file" in refused_file(letter)
    assert f"and {letter} above it is a file" in refused_file(letter / "state")


def refused_file(path: Path) -> str:
    with pytest.raises(StateError) as refusal:
        Simulator(state=path)
    return str(refusal.value)


def replace_fields(kind: str, change: Callable[[dict[str, object]], object]) -> object:
    """Changes the JSON of the objects of a class in a folder."""

    def apply(folder: Path) -> None:
        with database(folder) as connection:
            rows = connection.execute(
                "SELECT number, fields FROM nodes WHERE class = ?", (kind,)
            ).fetchall()
            assert rows
            for number, text in rows:
                fields = json.loads(text)
                change(fields)
                connection.execute(
                    "UPDATE nodes SET fields = ? WHERE number = ?", (json.dumps(fields), number)
                )

    return apply


SESSION = "sessions.state:Session"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda fields: fields.update(surprise=1), "Session has no surprise"),
        (lambda fields: fields.pop("reference"), "the state has no reference of Session"),
        (lambda fields: fields.update(kind={"node": 999_999}), "it is damaged (KeyError)"),
        (lambda fields: fields.update(kind={"poem": 1}), "it is damaged (KeyError)"),
        (
            lambda fields: fields.update(created={"time": "noon"}),
            "it is damaged (Invalid isoformat",
        ),
        (
            lambda fields: fields.update(kind={"value": ["poems:Line", {}]}),
            "there is no poems:Line",
        ),
    ],
)
def test_objects_that_do_not_fit_are_refused(folder: Path, change: object, told: str) -> None:
    replace_fields(SESSION, change)(folder)  # type: ignore[operator, arg-type]
    assert f"the state cannot be read: {told}" in refused(folder)


@pytest.mark.parametrize(
    "value",
    [
        {"value": ["..os:system", {}]},
        {"value": ["settings:Path", {}]},
        {"value": ["simulator:Simulator", {}]},
        {"value": ["simulator:serve", {}]},
        {"member": ["simulator:Simulator", "stop"]},
        {"named": ["references:References", []]},
        {"document": [0, 1 << 40]},
        {"document": [-5, 3]},
        {"file": "../../outside"},
        {"file": "/etc/passwd"},
        {"file": ".."},
        {"file": "C:\\outside"},
        {"root": "clock"},
    ],
)
def test_a_foreign_state_can_neither_run_code_nor_name_what_is_outside(
    folder: Path, value: object
) -> None:
    replace_fields(SESSION, lambda fields: fields.update(form=value))(folder)  # type: ignore[operator]
    assert "the state cannot be read: " in refused(folder)


def test_roots_of_another_version_are_refused(folder: Path) -> None:
    with database(folder) as connection:
        connection.execute("INSERT INTO roots VALUES ('poems', '{}')")
    assert "there is no poems in this version" in refused(folder)
    with database(folder) as connection:
        connection.execute("DELETE FROM roots WHERE path = 'poems'")
        connection.execute("UPDATE roots SET fields = '{\"poems\": 1}' WHERE path = 'tokens'")
    assert "TokenRegister has no poems in this version" in refused(folder)


def test_a_state_without_a_newer_register_is_taken_up(folder: Path) -> None:
    with database(folder) as connection:
        connection.execute("DELETE FROM roots WHERE path = 'tokens'")
        connection.execute("UPDATE roots SET fields = '{}' WHERE path = 'limits'")
    with Simulator(state=folder) as simulator:
        assert len(simulator.accepted_invoices()) == 2


def test_what_cannot_be_written_is_told_and_written_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator = Simulator(state=folder)

    def fail(self: StateFolder, changes: Changes, facts: dict[str, str]) -> None:
        raise StateError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(StateFolder, "write", fail)
        token = simulator.issue_token(NIP)
        with pytest.raises(StateError, match="the disk is full"):
            simulator.save()
    simulator.issue_token(NIP)
    simulator.stop()
    with Simulator(state=folder) as later:
        assert later.core.tokens.find(token) is not None


def test_what_nothing_refers_to_any_more_is_deleted(folder: Path) -> None:
    with database(folder) as connection:
        connection.execute("INSERT INTO blobs VALUES ('left over', x'00')")
        connection.execute("INSERT INTO nodes VALUES (777, 'sessions.state:Session', '{}')")
    (folder / "uploads" / "9.part").write_bytes(b"left over")
    Simulator(state=folder).stop()
    with database(folder) as connection:
        assert connection.execute("SELECT 1 FROM blobs WHERE name = 'left over'").fetchall() == []
        assert connection.execute("SELECT 1 FROM nodes WHERE number = 777").fetchall() == []
    assert list((folder / "uploads").iterdir()) == []
