"""The facade's own tests on raw clients of other contracts: `python -m scripts.replay --tests ...`.

Each contract is generated in a scratch folder, and the tests run on that raw client in a process of
their own. Nothing of the project may be written by it; that is checked, too.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

from attrs import frozen

from scripts.failure import PipelineError
from scripts.generator_env import ensure
from scripts.layout import ROOT, shown
from scripts.replay.trial import read, write_raw_client

TESTS = ("tests/facade", "tests/unit/contract", "tests/cli")
"""The tests of all that stands on the raw client: the facade, the readers of its contract, the
command. The other unit tests are of what imports nothing of it, so that one run tells all."""
_PATIENCE_SECONDS = 1800.0
_PARTS = ("ksef_facade", "generated", "openapi", "scripts", "tests")
_SHOWN_FAILURES = 12
_SAID = " failed: "
# Half of the tests wait more than they work, for servers on this machine.
_WORKERS = 4


@frozen(kw_only=True)
class Outcome:
    """What came of the tests on the raw client of one contract."""

    source: str
    version: str = ""
    passed: int = 0
    #: What the contract has not got, and how many tests were skipped for that.
    skipped: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_green(self) -> bool:
        """Whether tests ran and none failed."""
        return bool(self.passed) and not self.failures


def run_tests(paths: Sequence[Path]) -> bool:
    """Print the outcome for each contract as soon as it is known; two at a time on two cores.

    True where all are green and no file of the project was touched.
    """
    ensure()

    def run(path: Path) -> Outcome:
        outcome = _outcome(path)
        for line in _told(outcome):
            print(line, flush=True)
        return outcome

    before = _fingerprint()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        outcomes = list(pool.map(run, paths))
    green = sum(outcome.is_green for outcome in outcomes)
    touched = sorted({name for name, _ in before.items() ^ _fingerprint().items()})
    print(f"\n{len(outcomes)} contracts: {', '.join(TESTS)} green on {green}")
    print(f"files of the project touched by it: {', '.join(touched) or 'none'}")
    return green == len(outcomes) and not touched


def _outcome(path: Path) -> Outcome:
    source = shown(path.resolve())
    started = time.monotonic()
    try:
        _, facts, _, _ = read(path)
        with tempfile.TemporaryDirectory(prefix="ksef-tests-") as scratch:
            write_raw_client(facts, Path(scratch), lambda oddity: None)
            report = Path(scratch) / "report.xml"
            done = _pytest(Path(scratch), report)
            results = _results(report, done.stdout)
    except PipelineError as problem:
        return Outcome(source=source, failures=(str(problem),))
    except subprocess.TimeoutExpired:
        return Outcome(source=source, failures=(f"no end after {_PATIENCE_SECONDS:g} s",))
    passed, skipped, failures = results
    return Outcome(
        source=source,
        version=facts["info"]["x-api-version"],
        passed=passed,
        skipped=tuple(skipped),
        failures=tuple(failures),
        seconds=time.monotonic() - started,
    )


def _pytest(packages: Path, report: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(packages), str(ROOT)])}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    # The wrong raw client must not count.
    where = [sys.executable, "-c", "import ksef_api; print(ksef_api.__file__)"]
    loaded = subprocess.run(where, env=environment, capture_output=True, text=True, check=False)
    if not Path(loaded.stdout.strip()).is_relative_to(packages):
        raise PipelineError(f"the wrong raw client was loaded: {loaded.stdout.strip()}")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header"]
    command += ["-n", str(_WORKERS), "--dist", "loadfile", "--tb=line", f"--junit-xml={report}"]
    return subprocess.run(
        [*command, *TESTS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_SECONDS,
    )


def _results(report: Path, output: str) -> tuple[int, list[str], list[str]]:
    """Tests passed, why others were skipped, and what failed."""
    if not report.is_file():
        return 0, [], [f"pytest broke off: {output.strip()[-300:]}"]
    passed, skipped, failures = 0, [], []
    for case in ElementTree.parse(report).iter("testcase"):
        found = next((part for part in case if part.tag in ("failure", "error", "skipped")), None)
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        said = " ".join(str(found.get("message")).split())[:200] if found is not None else ""
        if found is None:
            passed += 1
        elif found.tag == "skipped":
            skipped.append(said.removeprefix("Skipped: "))
        else:
            failures.append(f"{name}{_SAID}{said}")
    return passed, skipped, failures


def _told(outcome: Outcome) -> Iterator[str]:
    counts = f"{outcome.passed} passed, {len(outcome.skipped)} skipped"
    counts += f", {len(outcome.failures)} FAILED" if outcome.failures else ""
    yield f"{outcome.source} ({outcome.version or '-'}): {counts}; {outcome.seconds:.0f} s"
    for reason in dict.fromkeys(outcome.skipped):
        times = outcome.skipped.count(reason)
        yield f"  skipped{f' ({times} tests)' if times > 1 else ''}: {reason}"
    same: dict[str, list[str]] = {}
    for failure in outcome.failures:
        test, _, said = failure.partition(_SAID)
        same.setdefault(said, []).append(test)
    for said, names in list(same.items())[:_SHOWN_FAILURES]:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield f"  FAIL: {names[0]}{more}{_SAID}{said}"
    if len(same) > _SHOWN_FAILURES:
        yield f"  FAIL: and {len(same) - _SHOWN_FAILURES} other reasons"


def _fingerprint() -> dict[str, str]:
    """Every file that is committed, by what it holds."""
    return {
        shown(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in _PARTS
        for path in sorted((ROOT / part).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
