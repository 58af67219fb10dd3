"""Characters that a terminal obeys reach it from nowhere: not from KSeF, not from files."""

import json
import logging
import pathlib
from typing import Any

import pytest

from ksef_facade.cli.terminal.output import Cell, Column, Output
from ksef_facade.cli.terminal.printable import json_escaped, one_line, printable
from ksef_facade.simulator import Simulator
from tests.cli.conftest import Ksef
from tests.cli.test_output import Terminal, terminal

# Clears the screen, renames the window, rings, backs over a digit, and turns the writing round.
EVIL = "\x1b[2J\x1b]0;title\x07\b\x9b31m\u202e\u2066\x7f"
STATUS = "/sessions/{referenceNumber}"


def is_harmless(text: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in text)


def test_what_is_harmless_stays() -> None:
    text = "Zażółć gęślą jaźń – „FA(3)” … 1 000,00 zł\nłódź"
    assert printable(text) == text.replace(" ", " ")
    assert one_line("a\nb\r\nc\td\u2028e") == "a b  c d e"


def test_what_is_not_is_shown() -> None:
    assert printable("a\x1b[1mb\u202ec") == "a\\x1b[1mb\\u202ec"
    assert is_harmless(printable(EVIL + "\ud800\u2028\x85"))


def test_json_says_the_same() -> None:
    text = json.dumps({"a": EVIL + "ż\u2028\ud800"}, ensure_ascii=False, indent=2)
    assert is_harmless(json_escaped(text))
    assert json.loads(json_escaped(text)) == json.loads(text)


def speak(output: Output) -> None:
    output.line(f"line {EVIL}\nforged", style="bold")
    output.facts({"fact": f"{EVIL}\nforged"})
    output.table([Column("a", folds=True), Column("b")], [[f"{EVIL}\nforged", Cell(EVIL, "red")]])
    output.text(f"two\nlines {EVIL}")
    output.remark(f"remark {EVIL}\nforged")


def test_a_pipe_gets_nothing_harmful(capsys: pytest.CaptureFixture[str]) -> None:
    speak(Output())
    captured = capsys.readouterr()
    assert is_harmless(captured.out + captured.err)
    assert not any(line.startswith("forged") for line in (captured.out + captured.err).splitlines())
    assert "\\x1b[2J" in captured.out
    assert "two\nlines" in captured.out


def test_a_terminal_gets_nothing_harmful(monkeypatch: pytest.MonkeyPatch) -> None:
    stream: Terminal = terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "300")
    output = Output()
    speak(output)
    with output.progress(f"progress {EVIL}") as bar:
        bar._appear()
        bar.update(f"stage {EVIL}")
    assert "stage \\x1b[2J" in stream.getvalue()
    # The bar's own colours and movements are rich's; of the texts nothing is obeyed.
    assert "\x1b[2J" not in stream.getvalue()
    assert "\x1b]0;" not in stream.getvalue()
    assert not {"\x07", "\x9b", "\u202e", "\x7f", "\b"} & set(stream.getvalue())


def refusal(description: str, *details: str) -> dict[str, Any]:
    """A fault that answers with status 400 and these texts."""
    problem = {
        "exceptionCode": 21173,
        "exceptionDescription": description,
        "details": list(details),
    }
    body = json.dumps({"exception": {"exceptionDetailList": [problem]}})
    return {"status": 400, "body": body, "headers": {"content-type": "application/json"}}


def test_failures_and_warnings_of_the_service(
    ksef: Ksef, simulator: Simulator, finished_session: str
) -> None:
    simulator.faults.add("GET", STATUS, **refusal("\x1b[2JNie", "\x9b1m\u202e"))
    refused = ksef("session", "status", finished_session)
    assert refused.code == 1
    assert "\\x1b[2JNie" in refused.err
    assert is_harmless(refused.err)
    simulator.faults.add("GET", STATUS, headers={"X-System-Warning": "[sig-001]: \x9b2J and more"})
    warned = ksef("session", "status", finished_session)
    assert "and more" in warned.err
    assert is_harmless(warned.err)


def test_the_document_keeps_what_was_said(
    ksef: Ksef, simulator: Simulator, finished_session: str
) -> None:
    simulator.faults.add("GET", STATUS, **refusal("\x1b[2JNie \x9b1m"))
    refused = ksef("--json", "session", "status", finished_session)
    assert "\x1b[2JNie \x9b1m" in refused.document["error"]["message"]
    assert is_harmless(refused.out)


def test_names_of_files(offline_ksef: Ksef, tmp_path: pathlib.Path) -> None:
    outcome = offline_ksef("check", tmp_path / "a\x1b[2Jb.xml")
    assert outcome.code == 2
    assert is_harmless(outcome.err)


def test_the_log(ksef: Ksef, finished_session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ksef_facade import Ksef as Client

    session = Client.session

    def logging_session(self: Client, reference: str) -> object:
        logging.getLogger("ksef_facade").info("odd %s", EVIL)
        return session(self, reference)

    monkeypatch.setattr(Client, "session", logging_session)
    outcome = ksef("-v", "session", "status", finished_session)
    assert "odd \\x1b[2J" in outcome.err
    assert is_harmless(outcome.err)
