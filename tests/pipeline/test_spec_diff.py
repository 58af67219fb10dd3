"""`python -m scripts.spec_diff`: the committed contract by default, three forms, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.document import Document, dump
from scripts.failure import exit_with
from scripts.layout import CONTRACT
from scripts.spec_diff import main


@pytest.fixture
def changed(contract: Document, tmp_path: Path) -> Path:
    """The committed contract with one value more and a property of the facade's spine less."""
    schemas = contract["components"]["schemas"]
    schemas["SessionType"]["enum"].append("Other")
    path = tmp_path / "new.json"
    path.write_text(dump(contract), encoding="utf-8")
    return path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        exit_with(main, list(arguments))
    return int(ended.value.code or 0)


def test_the_committed_contract_is_the_old_one_by_default(
    changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(changed)) == 1
    assert "SessionType: new values in requests: Other (GET /sessions)" in capsys.readouterr().out


def test_the_same_is_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(CONTRACT), str(CONTRACT)) == 0
    assert "no difference" in capsys.readouterr().out


def test_breaking_is_exit_code_2(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", str(changed), str(CONTRACT)) == 2
    document = json.loads(capsys.readouterr().out)
    assert document["exit_code"] == 2
    assert [line["topic"] for line in document["differences"]] == ["values-removed"]


def test_markdown(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--markdown", str(changed)) == 1
    assert capsys.readouterr().out.startswith("## KSeF contract ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no-such-file.json"], "cannot be read"),
        ([str(Path(__file__))], "is not a JSON document"),
        (["a", "b", "c"], "two contracts at most"),
        ([], "required"),
        (["--json", "--markdown", "a"], "not allowed"),
        (["http://example.test/openapi.json"], "over https"),
    ],
)
def test_failures_have_a_code_of_their_own(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 3
    assert sentence in capsys.readouterr().err
