"""The generator's environment: its own, because it pins libraries the project does not want.

The tools and all they depend on stand with exact versions in `openapi/generator-requirements.txt`;
the environment is built again only when that file changes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.failure import PipelineError
from scripts.layout import GENERATOR_ENVIRONMENT, GENERATOR_REQUIREMENTS, shown

_STAMP = "requirements.sha256"


def ensure(
    environment: Path = GENERATOR_ENVIRONMENT,
    requirements: Path = GENERATOR_REQUIREMENTS,
    python: str | None = None,
) -> Path:
    """Return the folder of the environment's programs, building the environment when it is due.

    `python` makes the environment, this one by default; a change of it alone builds nothing anew.
    """
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    environment.parent.mkdir(parents=True, exist_ok=True)
    (environment.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    # Two runs may meet here (tests in parallel); the second waits for the first one's result.
    with open(environment.parent / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_current(environment, wanted):
            _build(environment, requirements, python or sys.executable)
            (environment / _STAMP).write_text(wanted + "\n", encoding="utf-8")
    return environment / "bin"


def run(
    command: Sequence[str | Path], *, cwd: Path, input: str | None = None, what: str
) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment from `cwd`; a non-zero exit becomes a `PipelineError`.

    `what` names the step in that error. The environment variables that change what the tools write
    are taken away, so that the same input gives the same bytes everywhere.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean_environment(Path(command[0]).parent),
        input=input,
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
    )
    if done.returncode:
        report = "\n".join(part.strip() for part in (done.stdout, done.stderr) if part.strip())
        raise PipelineError(f"{what} failed with exit code {done.returncode}:\n{report}")
    return done


def clean_environment(programs: Path, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """The caller's variables without those that reach into Python, ruff or the terminal's look."""
    base = os.environ if base is None else base
    kept = {
        name: value
        for name, value in base.items()
        if not name.startswith(("PYTHON", "RUFF_", "VIRTUAL_ENV", "COLUMNS"))
    }
    kept["PATH"] = os.pathsep.join([str(programs), base.get("PATH", os.defpath)])
    kept["PYTHONUTF8"] = "1"
    kept["NO_COLOR"] = "1"
    return kept


def _is_current(environment: Path, wanted: str) -> bool:
    stamp = environment / _STAMP
    if not (stamp.is_file() and (environment / "bin" / "python").exists()):
        return False
    return stamp.read_text(encoding="utf-8").strip() == wanted


def _build(environment: Path, requirements: Path, python: str) -> None:
    if environment.exists():
        shutil.rmtree(environment)
    _checked([python, "-m", "venv", str(environment)], environment)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    _checked(
        [str(environment / "bin" / "python"), *install, "-r", str(requirements)],
        environment,
    )


def _checked(command: list[str], environment: Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(environment, ignore_errors=True)
        raise PipelineError(
            f"the environment {shown(environment)} could not be made:\n"
            f"{done.stderr.strip() or done.stdout.strip()}"
        )
