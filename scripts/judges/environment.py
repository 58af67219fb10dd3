"""The environments of the judges: their libraries are none of the project's."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import generator_env
from scripts.failure import PipelineError
from scripts.test_pythons import discover

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / ".venvs"
_NODE_PACKAGES = Path(__file__).parent / "node"
_STAMP = "lock.sha256"
#: Prism 5.14 and the clients ask for it.
_OLDEST_NODE = 20


class Unavailable(Exception):
    """Something that a judge needs is not on this machine; the sentence says what."""


def python(name: str, oldest: tuple[int, int] = (3, 11)) -> Path:
    """The folder of programs of a Python environment made from `requirements/{name}.txt`.

    Raises Unavailable when the machine has no Python that is new enough.
    """
    program = sys.executable
    if sys.version_info < oldest:
        fitting = (
            found.executable
            for found in discover()
            if found.numbers >= oldest and found.implementation == "CPython"
        )
        program = next(fitting, "")
        if not program:
            raise Unavailable(f"Python {oldest[0]}.{oldest[1]} or newer is not on this machine")
    return generator_env.ensure(_FOLDER / name, _ROOT / "requirements" / f"{name}.txt", program)


def node() -> Path:
    """The folder with `node_modules`, installed from the committed lock file.

    Raises Unavailable when Node or npm is absent or too old, PipelineError when npm fails.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        raise Unavailable("Node is absent: `node` and `npm` are not on PATH")
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = told.stdout.strip().lstrip("v").partition(".")[0]
    if not major.isdigit() or int(major) < _OLDEST_NODE:
        raise Unavailable(f"Node {_OLDEST_NODE} or newer is needed, this is {told.stdout.strip()}")
    folder = _FOLDER / "judges-node"
    lock = _NODE_PACKAGES / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = folder / _STAMP
    if not (stamp.is_file() and stamp.read_text("utf-8") == wanted):
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(_NODE_PACKAGES / file, folder / file)
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PipelineError(f"npm could not install the judges' packages:\n{done.stderr}")
        stamp.write_text(wanted, "utf-8")
    return folder
