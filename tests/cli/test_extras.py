"""What `ksef` asks for where an extra is not installed: everything that the command lacks, at once."""

from pathlib import Path

import pytest

from tests.cli.processes import start

SIMULATOR = ("jsonschema_rs", "starlette", "uvicorn")
BOTH = (
    "ksef: this needs the extras 'cli' and 'simulator'; install them with: "
    "pip install 'ksef-facade[cli,simulator]'\n"
)
CLI = "ksef: this needs the extra 'cli'; install it with: pip install 'ksef-facade[cli]'\n"
ONLY_SIMULATOR = "ksef: this needs the extra 'simulator'; install it with: pip install 'ksef-facade[simulator]'\n"

WITHOUT = """
import sys
from importlib.machinery import PathFinder

class Absent:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent)
"""


@pytest.mark.parametrize(
    ("absent", "arguments", "sentence"),
    [
        (("cyclopts", "rich", *SIMULATOR), ("demo",), BOTH),
        (("cyclopts", "rich", *SIMULATOR), ("--json", "--env", "test", "simulate"), BOTH),
        (("cyclopts", "rich"), ("demo",), CLI),
        (("cyclopts", "rich", *SIMULATOR), ("--env", "demo", "sessions"), CLI),
        (("cyclopts", "rich", *SIMULATOR), (), CLI),
        (SIMULATOR, ("demo",), ONLY_SIMULATOR),
        (SIMULATOR, ("simulate",), ONLY_SIMULATOR),
    ],
    ids=str,
)
def test_what_is_asked_for(
    tmp_path: Path, absent: tuple[str, ...], arguments: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT.format(names=absent))
    with start(*arguments, variables={"PYTHONPATH": str(tmp_path)}, cwd=tmp_path) as process:
        assert (process.stderr.read(), process.wait()) == (sentence, 2)
        assert bool(process.stdout.read()) == ("--json" in arguments)


@pytest.mark.parametrize("command", ["demo", "simulate"])
def test_the_help_says_so(command: str) -> None:
    with start(command, "--help") as process:
        assert "the extra simulator" in " ".join(process.stdout.read().split())
