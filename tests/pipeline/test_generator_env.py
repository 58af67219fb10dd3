"""The generator's environment: made once, made again when its requirements change."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from scripts import generator_env
from scripts.failure import PipelineError
from scripts.generator_env import clean_environment, ensure, run


def test_it_is_built_again_only_when_the_requirements_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds: list[str] = []

    def build(environment: Path, requirements: Path, python: str) -> None:
        (environment / "bin").mkdir(parents=True, exist_ok=True)
        (environment / "bin" / "python").touch()
        builds.append(requirements.read_text(encoding="utf-8"))

    monkeypatch.setattr(generator_env, "_build", build)
    requirements = tmp_path / "requirements.txt"
    environment = tmp_path / ".generator" / "venv"
    for wanted in ("a==1\n", "a==1\n", "a==2\n", "a==2\n"):
        requirements.write_text(wanted, encoding="utf-8")
        assert ensure(environment, requirements) == environment / "bin"
    assert builds == ["a==1\n", "a==2\n"]
    assert (tmp_path / ".generator" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_an_environment_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("a==1\n", encoding="utf-8")
    environment = tmp_path / "venv"
    with pytest.raises(PipelineError, match="could not be made"):
        ensure(environment, requirements)
    assert not environment.exists()


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    ruff = ensure() / "ruff"
    with pytest.raises(PipelineError, match="formatting failed with exit code 2"):
        run([ruff, "format", "-"], cwd=tmp_path, input="def (:", what="formatting")


def test_variables_that_change_results_do_not_reach_the_tools() -> None:
    inherited = {
        "HOME": "/h",
        "PYTHONPATH": "/p",
        "RUFF_CONFIG": "r",
        "PATH": "/bin",
        "COLUMNS": "9",
    }
    kept = clean_environment(Path("/tools"), inherited)
    assert kept.keys() == {"HOME", "PATH", "PYTHONUTF8", "NO_COLOR"}
    assert kept["PATH"] == "/tools:/bin"
