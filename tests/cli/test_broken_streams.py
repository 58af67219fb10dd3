"""Streams that are closed, full or left: at most one sentence, never a traceback."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.processes import start

FULL = Path("/dev/full")
UPO = "20250901-EU-47FDBE3000-5961A5D232-BF"

needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is full")
COMMANDS = {
    "a table": ("contract", "show"),
    "a document": ("--json", "contract", "show"),
    "help": ("--help",),
    "help as a document": ("--json", "--help"),
    "the version": ("--version",),
}


@needs_full
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_stdout_is_full(arguments: tuple[str, ...]) -> None:
    with FULL.open("w") as full, start(*arguments, stdout=full) as process:
        told = process.stderr.read()
        assert process.wait() == 2
    assert told == "ksef: standard output cannot be written: No space left on device\n"


@needs_full
def test_a_failure_with_stdout_full_keeps_its_code() -> None:
    with (
        FULL.open("w") as full,
        start("--json", "session", "status", UPO, stdout=full) as process,
    ):
        told = process.stderr.read()
        assert process.wait() == 2
    assert told.startswith("ksef: ")
    assert "is a UPO reference" in told
    assert len(told.splitlines()) == 1


@needs_full
def test_stderr_is_full() -> None:
    with (
        FULL.open("w") as full,
        start("--json", "session", "status", UPO, stderr=full) as process,
    ):
        assert json.loads(process.stdout.read())["error"]["exit_code"] == 2
        assert process.wait() == 2


@pytest.mark.skipif(os.name != "posix", reason="shells of this system close no streams")
@pytest.mark.parametrize("arguments", [("contract", "show"), ("--json", "--help")], ids=str)
@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)], ids=str)
def test_closed_from_the_start(arguments: tuple[str, ...], closed: tuple[int, ...]) -> None:
    def close() -> None:
        for descriptor in closed:
            os.close(descriptor)

    with start(*arguments, preexec_fn=close) as process:
        out, err = process.stdout.read(), process.stderr.read()
        assert process.wait() == 0
    assert err == ""
    assert bool(out) == (1 not in closed)


@pytest.mark.skipif(os.name != "posix", reason="shells of this system close no streams")
def test_files_do_not_take_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    with start("demo", "--to", tmp_path, preexec_fn=lambda: os.close(1)) as process:
        assert (process.stderr.read(), process.wait()) == ("", 0)
    saved = list(tmp_path.iterdir())
    assert len(saved) == 2
    assert all(path.read_bytes().startswith(b"<?xml") for path in saved)


def test_a_reader_that_left_does_not_change_the_code() -> None:
    process = start("--json", "session", "status", UPO)
    process.stdout.close()
    with process.stderr:
        told = process.stderr.read()
    assert process.wait() == 2
    assert len(told.splitlines()) == 1


def test_an_encoding_without_polish_letters_costs_a_document_nothing(tmp_path: Path) -> None:
    with start(
        "--json", "demo", "--to", tmp_path, variables={"PYTHONIOENCODING": "ascii"}
    ) as process:
        document = json.loads(process.stdout.read())
    assert (
        document["session"]["status"]["description"] == "Sesja interaktywna przetworzona pomyślnie"
    )
