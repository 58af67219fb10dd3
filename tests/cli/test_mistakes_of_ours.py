"""An exception that nobody thought of: one sentence, a code of its own, and no secrets."""

from pathlib import Path

import pytest

from ksef_facade.cli.commands import session
from ksef_facade.cli.settings import Settings
from tests.cli.conftest import Ksef
from tests.cli.processes import start

REFERENCE = "20250925-SO-2F67776000-97273B191A-65"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(settings: Settings) -> None:
        raise ZeroDivisionError("the secret c0ffee")

    monkeypatch.setattr(Settings, "client", fail)


@pytest.mark.usefixtures("broken")
def test_one_sentence_and_a_code_of_its_own(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("session", "status", REFERENCE)
    assert (outcome.code, outcome.out) == (70, "")
    assert outcome.err.startswith("ksef: this is a mistake in ksef itself (ZeroDivisionError at ")
    assert "ksef_facade/cli/commands/session.py:" in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert "c0ffee" not in outcome.err


@pytest.mark.usefixtures("broken")
def test_a_document(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("--json", "session", "status", REFERENCE)
    error = outcome.document["error"]
    assert (error["type"], error["exit_code"]) == ("ZeroDivisionError", 70)
    assert "c0ffee" not in outcome.out


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("flag", ["-v", "--verbose"])
def test_the_traceback_where_more_is_asked_for(offline_ksef: Ksef, flag: str) -> None:
    outcome = offline_ksef(flag, "--json", "session", "status", REFERENCE)
    assert outcome.err.startswith("Traceback")
    assert session.__file__ in outcome.err
    assert outcome.document["error"]["exit_code"] == 70


def test_an_installation_that_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "attrs.py").write_text("raise ModuleNotFoundError('No module named attrs')")
    with start("--version", variables={"PYTHONPATH": str(tmp_path)}) as process:
        told = process.stderr.read()
        assert process.wait() == 70
    assert told == (
        "ksef: its installation is not whole (No module named attrs); install it again\n"
    )
