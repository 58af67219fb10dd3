"""Whoever watches a slow KSeF sees that something goes on; a pipe sees nothing of it."""

import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ksef_facade.simulator import Simulator
from tests.cli.processes import start

NIP = "5691841324"
SLOW = 1.6
STATUS = "/sessions/{referenceNumber}"
UPO = "/sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo"
LINK = "/storage/{shard}/{session}/session-upo/{name}"

needs_terminals = pytest.mark.skipif(sys.platform == "win32", reason="needs terminals of POSIX")


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator() as running:
        yield running


@pytest.fixture(scope="module")
def session(simulator: Simulator) -> str:
    return simulator.seed_session(NIP, accepted=1)


def arguments(simulator: Simulator, session: str, command: str, folder: Path) -> list[object]:
    number = next(i.ksef_number for i in simulator.accepted_invoices() if i.session == session)
    return {
        "status": ["session", "status", session],
        "get": ["upo", "get", session, "--ksef-number", number, "--to", folder / "upo.xml"],
        "save": ["upo", "save", session, "--to", folder],
    }[command]


COMMANDS = {
    "status": (STATUS, "asking for the session"),
    "get": (UPO, "asking for the UPO"),
    "save": (LINK, "waiting for the UPO"),
}


def watched(call: list[object], variables: dict[str, str]) -> tuple[str, int]:
    """What a terminal in the place of stderr got to see, and the exit code."""
    ours, theirs = os.openpty()
    with start(*call, variables={"TERM": "xterm", **variables}, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while True:
            select.select([ours], [], [])
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        process.stdout.read()
        code = process.wait()
    os.close(ours)
    return seen.decode(), code


@needs_terminals
@pytest.mark.parametrize("command", COMMANDS)
def test_a_terminal_sees_a_bar(
    simulator: Simulator, session: str, tmp_path: Path, command: str
) -> None:
    template, text = COMMANDS[command]
    simulator.faults.add("GET", template, delay=SLOW)
    variables = {"KSEF_BASE_URL": simulator.base_url, "KSEF_TOKEN": simulator.issue_token(NIP)}
    seen, code = watched(arguments(simulator, session, command, tmp_path), variables)
    assert code == 0
    assert text in seen


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_sees_nothing(
    simulator: Simulator, session: str, tmp_path: Path, command: str
) -> None:
    simulator.faults.add("GET", COMMANDS[command][0], delay=SLOW)
    variables = {"KSEF_BASE_URL": simulator.base_url, "KSEF_TOKEN": simulator.issue_token(NIP)}
    call = arguments(simulator, session, command, tmp_path)
    with start(*call, variables=variables) as process:
        assert (process.stderr.read(), process.wait()) == ("", 0)
