"""Signals to a real process: one sentence, the exit code that shells expect, and nothing half-done."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ksef_facade import Ksef, TokenAuth
from ksef_facade.simulator import Simulator
from tests.cli.processes import start

NIP = "5691841324"
STATUS = "/sessions/{referenceNumber}"
LINK = "/storage/{shard}/{session}/session-upo/{name}"

SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(upo_page_size=2) as running:
        yield running


def variables(simulator: Simulator) -> dict[str, str]:
    return {"KSEF_BASE_URL": simulator.base_url, "KSEF_TOKEN": simulator.issue_token(NIP)}


def open_session(simulator: Simulator) -> str:
    auth = TokenAuth(simulator.issue_token(NIP))
    with Ksef("simulator", base_url=simulator.base_url, auth=auth) as client:
        return str(client.open_online_session().open())


def stop_after(process: "subprocess.Popen[str]", logged: str, number: signal.Signals) -> str:
    """Send a signal once a line of the log is there; what stderr says from then on."""
    assert process.stderr is not None
    # To the end of what it said: on a busy machine it may have ended before all is read.
    while logged not in (line := process.stderr.readline()):
        assert line
    process.send_signal(number)
    return process.stderr.read()


@pytest.mark.parametrize(("number", "code"), SIGNALS.items())
def test_a_wait_that_is_stopped(simulator: Simulator, number: signal.Signals, code: int) -> None:
    reference = open_session(simulator)
    with start("-v", "session", "wait", reference, variables=variables(simulator)) as waiting:
        rest = stop_after(waiting, STATUS, number)
        assert (waiting.stdout.read(), waiting.wait()) == ("", code)
    assert rest.endswith("ksef: stopped\n")
    assert "Traceback" not in rest


@pytest.mark.parametrize(("number", "code"), SIGNALS.items())
def test_with_json_the_stop_is_a_document(
    simulator: Simulator, number: signal.Signals, code: int
) -> None:
    reference = open_session(simulator)
    arguments = ("--json", "-v", "session", "wait", reference)
    with start(*arguments, variables=variables(simulator)) as waiting:
        stop_after(waiting, STATUS, number)
        error = json.loads(waiting.stdout.read())["error"]
        assert (error["message"], error["exit_code"], waiting.wait()) == ("stopped", code, code)


@pytest.mark.parametrize(("number", "code"), SIGNALS.items())
def test_a_stopped_download_leaves_no_part_of_a_file(
    simulator: Simulator, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    reference = simulator.seed_session(NIP, accepted=1)
    simulator.faults.add("GET", LINK, times=None, delay=1.0)
    arguments = ("-v", "upo", "save", reference, "--to", tmp_path)
    with start(*arguments, variables=variables(simulator)) as saving:
        rest = stop_after(saving, STATUS, number)
        assert saving.wait() == code
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == []


def test_an_ignored_signal_stays_ignored(simulator: Simulator) -> None:
    # As under nohup: the terminal goes, the wait goes on until its time is over.
    reference = open_session(simulator)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        waiting = start(
            *("-v", "session", "wait", reference, "--timeout", "3s"),
            variables=variables(simulator),
        )
    finally:
        signal.signal(signal.SIGHUP, before)
    with waiting:
        rest = stop_after(waiting, STATUS, signal.SIGHUP)
        assert waiting.wait() == 4
    assert "stopped" not in rest


@pytest.mark.parametrize(("number", "code"), SIGNALS.items())
def test_the_simulator_is_ended_by_signals(number: signal.Signals, code: int) -> None:
    with start("simulate", "--port", "0") as serving:
        while "ksef sessions" not in serving.stdout.readline():
            assert serving.poll() is None
        serving.send_signal(number)
        assert (serving.stderr.read(), serving.wait()) == ("ksef: stopped\n", code)


@pytest.mark.parametrize(("number", "code"), SIGNALS.items())
def test_a_stopped_simulator_has_told_its_one_document_before(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with start("--json", "simulate", "--port", "0", "--state", tmp_path / "state") as serving:
        lines = [serving.stdout.readline()]
        while lines[-1] != "}\n":
            lines.append(serving.stdout.readline())
        assert set(json.loads("".join(lines))) == {"base_url", "nip", "token"}
        serving.send_signal(number)
        assert (serving.stdout.read(), serving.wait()) == ("", code)
