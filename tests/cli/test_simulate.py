"""`ksef simulate`, with its state, its log and its container."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.cli.processes import start

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are a matter of POSIX")


class Serving:
    """A process that serves; what it said of itself, and of requests when it is over."""

    def __init__(self, process: Any) -> None:
        self.process = process
        self.log = ""
        self.told: dict[str, str] = {}

    def post(self, path: str, body: str = "{}") -> int:
        origin = self.told["base_url"].removesuffix("/v2")
        try:
            with urlopen(Request(f"{origin}{path}", method="POST", data=body.encode())) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code


@contextmanager
def serving(*arguments: object, **variables: str) -> Iterator[Serving]:
    with start("simulate", "--port", 0, *arguments, variables=variables) as process:
        served = Serving(process)
        try:
            lines = ""
            while "ksef sessions" not in lines and not lines.endswith("}\n"):
                line = process.stdout.readline()
                assert line, process.stderr.read()
                lines += line
            if lines.startswith("{"):
                served.told = json.loads(lines)
            else:
                url = lines.partition("KSEF_BASE_URL=")[2].split()[0]
                served.told = {"base_url": url}
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            served.log = process.stderr.read()
            process.wait()


def test_state_is_kept_from_run_to_run_and_for_one_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with serving("--state", folder, "--json") as first:
        assert first.post("/_simulator/sessions", '{"nip": "5265877635"}') == 200
        with start("simulate", "--port", 0, "--state", folder) as second:
            assert "another simulator is using it" in second.stderr.read()
            assert second.wait() == 2
    size = (folder / "state.sqlite3").stat().st_size
    with serving("--state", folder, "--json") as again:
        assert again.told["token"] != first.told["token"]
    assert (folder / "state.sqlite3").stat().st_size >= size
    assert first.log == "ksef: stopped\n"


def test_requests_are_told_unless_it_shall_be_quiet() -> None:
    with serving() as served:
        assert served.post("/v2/auth/challenge") == 200
        assert served.post("/v2/sessions/online") == 401
    lines = served.log.splitlines()
    assert ["create challenge" in lines[0], "open online session" in lines[1]] == [True, True]
    assert lines[2:] == ["ksef: stopped"]
    with serving("--quiet") as quiet:
        assert quiet.post("/v2/auth/challenge") == 200
    assert quiet.log == "ksef: stopped\n"


@pytest.mark.parametrize(
    ("arguments", "variables", "told"),
    [
        (("--host", "0.0.0.0"), {}, "has to be asked for with expose"),
        (("--public-url", "ksef.test"), {}, "public_url must be http:// or https://"),
        ((), {"KSEF_SIMULATOR_KEY": "short"}, "a control key has 16 characters at least"),
    ],
)
def test_what_cannot_be_served_is_a_matter_of_usage(
    arguments: tuple[str, ...], variables: dict[str, str], told: str
) -> None:
    with start("simulate", "--port", 0, *arguments, variables=variables) as process:
        assert told in process.stderr.read()
        assert process.wait() == 2


def test_a_state_that_is_a_file_is_a_matter_of_usage(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam,")
    for path, told in (
        (letter, "a state is kept in a folder, and this is a file"),
        (letter / "state", f"a state is kept in a folder, and {letter} above it is a file"),
    ):
        with start("simulate", "--port", 0, "--state", path) as process:
            assert process.stderr.read() == f"ksef: {path}: {told}\n"
            assert process.wait() == 2
    assert letter.read_text() == "Dear Sir or Madam,"


def instruction(name: str) -> list[str]:
    """The JSON form of an instruction of the Dockerfile."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = (line for line in text.splitlines() if line.startswith(f"{name} "))
    found: list[str] = json.loads(line[line.index("[") :])
    return found


def test_the_container_serves_others_and_is_found_healthy(tmp_path: Path) -> None:
    program, command, *arguments = instruction("ENTRYPOINT")
    assert (program, command) == ("ksef", "simulate")
    place = arguments.index("--port")
    port = arguments[place + 1]
    del arguments[place : place + 2]
    assert f"EXPOSE {port}\n" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    arguments[arguments.index("--state") + 1] = str(tmp_path)
    with serving(*arguments) as served:
        served_at = served.told["base_url"].removesuffix("/v2")
        check = instruction("HEALTHCHECK")[-1].replace(f"http://127.0.0.1:{port}", served_at)
        assert served_at in check
        exec(check)
    assert served.log == "ksef: stopped\n"


def test_everything_that_the_container_copies_is_let_in() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = {
        source.partition("/")[0]
        for line in lines
        if line.startswith("COPY ")
        for source in line.split()[1:-1]
    }
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{name}" for name in copied} <= set(ignore)
    assert all((ROOT / name).exists() for name in copied)
