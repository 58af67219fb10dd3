"""An archive of either client, in a folder, of a KSeF on this machine."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ksef_facade import TokenAuth
from ksef_facade.simulator import Simulator

NIP = "5265877635"


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(upo_page_size=2) as simulator:
        yield simulator
        assert simulator.contract_violations == []


@pytest.fixture
def connect(sim: Simulator, make: Callable[..., Any]) -> Callable[..., Any]:
    def connect(nip: str = NIP, **options: Any) -> Any:
        permissions = options.pop("permissions", None)
        auth = TokenAuth(sim.issue_token(nip, permissions=permissions))
        return make(base_url=sim.base_url, auth=auth, retry_deadline=0.0, **options)

    return connect


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def archive(connect: Callable[..., Any], folder: Path) -> Any:
    return connect().archive(folder)


def files(folder: Path) -> dict[str, str]:
    """Hash of every file of the sessions, by its place."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "sessions").rglob("*"))
        if path.is_file()
    }


def rows(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    """What anybody with `sqlite3` finds in the ledger."""
    connection = sqlite3.connect(folder / "ledger.sqlite3")
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def asked(simulator: Simulator) -> dict[str, int]:
    """Requests by operation, without those of logging in."""
    return {
        name: count
        for name, count in simulator.requests.counts.items()
        if "/sessions" in name or "/storage" in name
    }
