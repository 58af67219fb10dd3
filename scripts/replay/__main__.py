"""`python -m scripts.replay FOLDER_OR_FILES ...`: try contracts, print the table, fail on a failure.

`python -m scripts.replay --futures [CONTRACT ...]` tries contracts that were never published, made of
the committed one, or of the ones that are named. `--tests CONTRACT ...` runs the facade's own tests on
the raw client of each contract instead.
"""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attrs import evolve

from scripts.document import dump, parse
from scripts.failure import exit_with
from scripts.generator_env import ensure
from scripts.layout import CONTRACT, shown
from scripts.replay.finding import find
from scripts.replay.futures import FUTURES, future
from scripts.replay.published import Published
from scripts.replay.report import lines
from scripts.replay.suite import run_tests
from scripts.replay.trial import Trial, attempt, read


def replay(paths: list[Path]) -> list[Trial]:
    """Try every contract, two at a time on two cores; those that say the same facts only once."""
    ensure()
    committed = Published(parse(CONTRACT.read_bytes(), shown(CONTRACT))).api_version
    first: dict[str, Path] = {}
    same: dict[Path, Path] = {}
    for path in paths:
        fingerprint = _fingerprint(path)
        if fingerprint is None:
            continue
        if fingerprint in first:
            same[path] = first[fingerprint]
        else:
            first[fingerprint] = path
    to_try = [path for path in paths if path not in same]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        trials = dict(
            zip(to_try, pool.map(lambda path: _tried(path, committed), to_try), strict=True)
        )
    for path, twin in same.items():
        note = f"the same facts as {twin.name}, tried once"
        trials[path] = evolve(trials[twin], source=shown(path.resolve()), notes=(note,))
    return [trials[path] for path in paths]


def _fingerprint(path: Path) -> str | None:
    try:
        return read(path)[2]
    # It is tried all the same, and what is wrong with it is told then.
    except Exception:
        return None


def _tried(path: Path, committed: tuple[int, ...]) -> Trial:
    try:
        trial = attempt(path, committed)
    # One contract that breaks the pipeline must not hide what becomes of the others.
    except Exception as error:
        told = f"the pipeline broke: {type(error).__name__}: {error}"
        trial = Trial(source=shown(path.resolve()), problems=(told,))
    print("." if trial.passed else "F", end="", file=sys.stderr, flush=True)
    return trial


def write_futures(bases: list[Path], folder: Path) -> list[Path]:
    """Every future of the contracts, as files."""
    written = []
    for base in bases:
        document = parse(base.read_bytes(), base.name)
        for name in FUTURES:
            path = folder / f"{base.stem}-{name}.json"
            path.write_text(dump(future(document, name)), encoding="utf-8")
            written.append(path)
    return written


def _contracts_in(arguments: list[str]) -> list[Path]:
    found = find(arguments)
    for note in found.notes():
        print(note)
    return list(found.contracts)


def main(arguments: list[str]) -> int:
    """Try the contracts and print what came of it; 1 when one failed or could not be read."""
    if arguments[:1] == ["--tests"]:
        return 0 if run_tests(_contracts_in(arguments[1:])) else 1
    with tempfile.TemporaryDirectory(prefix="ksef-futures-") as folder:
        if arguments[:1] == ["--futures"]:
            bases = _contracts_in(arguments[1:]) if arguments[1:] else [CONTRACT]
            paths = write_futures(bases, Path(folder))
        else:
            paths = _contracts_in(arguments)
        trials = replay(paths)
    print(file=sys.stderr)
    for line in lines(trials):
        print(line)
    return 0 if all(trial.passed for trial in trials) else 1


if __name__ == "__main__":
    exit_with(main)
