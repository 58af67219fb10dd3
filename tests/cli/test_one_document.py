"""With --json there is exactly one JSON document on stdout, whatever is asked."""

import json

import pytest

from ksef_facade.version import VERSION
from tests.cli.conftest import Ksef

UPO = "20250901-EU-47FDBE3000-5961A5D232-BF"


@pytest.mark.parametrize(
    "arguments",
    [
        f"--json=true session status {UPO}",
        f"session status {UPO} --json=yes",
        f"--json=false --json session status {UPO}",
        "--json session",
        "--json upo",
        "schemas --json",
        "--json",
        "--json --env test",
        "--json=perhaps sessions",
        "--json sessions --wat",
        "--json nonsense",
        "--json session status",
    ],
)
def test_a_wrong_command_line(offline_ksef: Ksef, arguments: str) -> None:
    outcome = offline_ksef(*arguments.split())
    assert outcome.code == 2
    assert outcome.document["error"]["exit_code"] == 2
    assert outcome.err.startswith(f"ksef: {outcome.document['error']['message']}\n")


@pytest.mark.parametrize("arguments", ["--json --help", "session --help --json", "--json upo -h"])
def test_help(offline_ksef: Ksef, arguments: str) -> None:
    outcome = offline_ksef(*arguments.split())
    assert (outcome.code, outcome.err, set(outcome.document)) == (0, "", {"help"})
    assert outcome.document["help"].startswith("Usage: ksef")
    assert "130: stopped by Ctrl-C" in outcome.document["help"]


def test_version(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("--json", "--version")
    assert (outcome.code, set(outcome.document)) == (0, {"version", "contract"})
    assert outcome.document["version"] == VERSION


@pytest.mark.parametrize("given", ["--json=false", "--json=no", "--json --json=0"])
def test_a_flag_that_says_no(offline_ksef: Ksef, given: str) -> None:
    outcome = offline_ksef(*given.split(), "session", "status", UPO)
    assert (outcome.code, outcome.out) == (2, "")


def test_without_json_a_group_of_commands_shows_its_help(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("session")
    assert outcome.code == 0
    assert outcome.out.startswith("Usage: ksef session")


def test_characters_that_terminals_obey_are_escaped_in_it(
    offline_ksef: Ksef, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = "a\x1b[2J\x7f\x9b31m\u202e\u2028\ud800ż"
    monkeypatch.setattr("ksef_api.operations.BUILD", odd)
    outcome = offline_ksef("--json", "contract", "show")
    assert json.loads(outcome.out)["build"] == odd
    assert all(character.isprintable() or character == "\n" for character in outcome.out)
    assert "ż" in outcome.out
