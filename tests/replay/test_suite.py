"""The facade's tests on raw clients of other contracts: what is run, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.layout import CONTRACT
from scripts.replay.__main__ import main

GREEN = """
from ksef_api.operations import API_VERSION
from tests.facade.contract_at_hand import IS_COMMITTED, limit_of, skip_for_lack_of

def test_the_raw_client_is_that_of_the_contract():
    assert API_VERSION == "9.8.7"
    assert not IS_COMMITTED

def test_of_what_the_contract_has_not_got():
    skip_for_lack_of("flying")
"""
RED = """
def test_red():
    assert False, "for this reason"
"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.json"
    text = CONTRACT.read_text(encoding="utf-8")
    path.write_text(text.replace('"2.9.0"', '"9.8.7"'), encoding="utf-8")
    return path


def test_the_tests_run_on_the_raw_client_of_each_contract(
    other: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = tmp_path / "test_it.py"
    tests.write_text(GREEN, encoding="utf-8")
    monkeypatch.setattr("scripts.replay.suite.TESTS", (str(tests),))
    assert main(["--tests", str(other)]) == 0
    told = capsys.readouterr().out
    assert "other.json (9.8.7): 1 passed, 1 skipped" in told
    assert "  skipped: contract 9.8.7 has no flying" in told
    tests.write_text(GREEN + RED, encoding="utf-8")
    assert main(["--tests", str(other)]) == 1
    told = capsys.readouterr().out
    assert "1 passed, 1 skipped, 1 FAILED" in told
    assert "test_red failed: AssertionError: for this reason" in told
