"""Run the tests on every Python from 3.11 on that this machine has, each in its own environment.

Looked for: `python3`, `python3.11`, `python3.12`, ... on PATH, and all versions of pyenv.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / ".venvs"
OLDEST = (3, 11)
# Far beyond any version released while this line is read.
NEWEST_MINOR = 40
# A version manager's shim may hang on a broken installation.
PROBE_SECONDS = 30
PROBE = (
    "import json, os, platform, sys; print(json.dumps({"
    "'version': platform.python_version(), 'numbers': sys.version_info[:2],"
    "'implementation': platform.python_implementation(),"
    "'executable': os.path.realpath(sys._base_executable or sys.executable)}))"
)


class Python(NamedTuple):
    version: str
    numbers: tuple[int, int]
    implementation: str
    executable: str

    @property
    def name(self) -> str:
        return f"{self.implementation} {self.version}"


def candidates() -> Iterator[str]:
    for name in ("python3", *(f"python3.{minor}" for minor in range(OLDEST[1], NEWEST_MINOR))):
        if found := shutil.which(name):
            yield found
    for root in pyenv_roots():
        yield from map(str, sorted(root.glob("versions/*/bin/python")))


def pyenv_roots() -> list[Path]:
    roots = [Path.home() / ".pyenv"]
    if named := os.environ.get("PYENV_ROOT"):
        roots.insert(0, Path(named))
    if pyenv := shutil.which("pyenv"):
        told = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            roots.insert(0, Path(told.stdout.strip()))
    return list(dict.fromkeys(roots))


def probe(candidate: str) -> Python | None:
    """What this interpreter is; None for a shim without a version behind it or a broken one."""
    try:
        # -I: neither the current folder nor the caller's variables change the answer.
        answer = subprocess.run(
            [candidate, "-I", "-c", PROBE],
            capture_output=True,
            text=True,
            check=False,
            timeout=PROBE_SECONDS,
        )
        facts = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    major, minor = facts["numbers"]
    return Python(facts["version"], (major, minor), facts["implementation"], facts["executable"])


def discover() -> list[Python]:
    """One interpreter per version, oldest first."""
    found: dict[str, Python] = {}
    for candidate in candidates():
        python = probe(candidate)
        if python and python.numbers >= OLDEST:
            found.setdefault(python.name, python)
    return sorted(found.values(), key=lambda python: (python.numbers, python.version))


def test(python: Python) -> str | None:
    """Run the tests; returns pytest's last line, or None when they or the set-up failed."""
    folder = ENVIRONMENTS / f"{python.implementation.lower()}-{python.version}"
    setup = ["sh", "scripts/environment.sh", python.executable, str(folder)]
    made = subprocess.run(setup, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    if made.returncode:
        print(f"   the environment could not be made (exit code {made.returncode})")
        return None
    run = subprocess.run(
        # The cache belongs to the developer's own run: several Pythons would mix theirs in.
        [str(folder / "bin" / "python"), "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = run.stdout.strip().splitlines() or ["pytest said nothing"]
    if run.returncode:
        print(run.stdout)
        return None
    return lines[-1]


def main() -> int:
    pythons = discover()
    if not pythons:
        print("no Python from 3.11 on was found", file=sys.stderr)
        return 1
    print("found:")
    for python in pythons:
        print(f"   {python.name:18} {python.executable}")
    failed: list[str] = []
    for python in pythons:
        print(f"-- {python.name}", flush=True)
        summary = test(python)
        print(f"   {summary or 'FAILED'}", flush=True)
        if summary is None:
            failed.append(python.name)
    passed = [python.name for python in pythons if python.name not in failed]
    print(f"passed: {', '.join(passed) or 'none'}")
    print(f"failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
