"""Runs schemathesis against a simulator and counts what it did."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from attrs import asdict

from ksef_facade.simulator import Simulator
from scripts.judges.accused import NIP, simulator, violations
from scripts.judges.generated_requests.excuses import EXCUSES
from scripts.judges.generated_requests.logins import log_in
from scripts.judges.generated_requests.overlay import contract
from scripts.judges.operations import operations
from scripts.judges.verdicts import Verdict

NAME = "schemathesis"
#: Fewer generated requests than this are no trial.
LEAST_REQUESTS = 5000
_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]
#: Requests generated for each operation when fuzzing, beside the systematic ones.
_EXAMPLES = 25
#: Seconds after which the fuzzing stops, whatever it still had in mind.
_TIME = 400
_FAILURE = re.compile(r"^_{3,} (.+?) _{3,}$(.*?)(?=^_{3,} |^={3,})", re.MULTILINE | re.DOTALL)
_ERROR = re.compile(r"^Errors:$(.*?)^$", re.MULTILINE | re.DOTALL)


def judge(programs: Path) -> Verdict:
    """The verdict of schemathesis, whose program lies in the folder `programs`."""
    with tempfile.TemporaryDirectory() as folder, simulator() as accused:
        work = Path(folder)
        _prepare(accused, work)
        accused.requests.clear()
        done = subprocess.run(
            [
                *(programs / "schemathesis", "--config-file", "schemathesis.toml"),
                *("run", "contract.json", "--url", accused.base_url, "--no-color"),
                *(
                    "--phases",
                    "examples,coverage,fuzzing,stateful",
                    "--max-examples",
                    str(_EXAMPLES),
                ),
            ],
            cwd=work,
            env=_variables(work),
            capture_output=True,
            text=True,
            check=False,
        )
        failures = _failures(done, accused)
        asked = accused.requests.counts
        statuses = Counter(call.status // 100 for call in accused.requests.calls)
        excused = _excused(work)
    operations = _operations(asked)
    missing = sorted(_wanted() - operations)
    if missing:
        failures.append(f"{len(missing)} operations were never asked: {', '.join(missing)}")
    total = sum(asked.values())
    if total < LEAST_REQUESTS:
        failures.append(f"only {total} requests were made, {LEAST_REQUESTS} are wanted")
    failures += [
        f"excuse {excuse.name!r} excuses nothing any more: remove it"
        for excuse in EXCUSES
        if not excused.get(excuse.name)
    ]
    spread = ", ".join(f"{times} x {kind}xx" for kind, times in sorted(statuses.items()))
    summary = (
        f"{len(operations)} of {len(_wanted())} operations, good and bad data, answers {spread}; "
        f"excused: {_told(excused)}"
    )
    return Verdict(NAME, total, summary, failures)


def _prepare(accused: Simulator, work: Path) -> None:
    (work / "contract.json").write_text(json.dumps(contract()), "utf-8")
    (work / "bearers.json").write_text(json.dumps(asdict(log_in(accused.base_url, NIP))), "utf-8")
    references = [
        accused.seed_session(NIP, "online", accepted=3, rejected=2, upo_page_size=2),
        accused.seed_session(NIP, "batch", accepted=4, rejected=1),
    ]
    settings = (_HERE / "schemathesis.toml").read_text("utf-8")
    hooks = json.dumps(str(_HERE / "hooks.py"))
    known = {"path.referenceNumber": references}
    (work / "schemathesis.toml").write_text(
        f"hooks = {hooks}\n{settings}\n{_dictionaries(known)}", "utf-8"
    )


def _dictionaries(known: dict[str, list[str]]) -> str:
    """Values that exist in the simulator, so that more than refusals is looked at."""
    lines = []
    for name, values in known.items():
        title = name.replace(".", "-")
        lines += [f"[dictionaries.{title}]", f"values = {json.dumps(values)}"]
    lines.append("[parameters]")
    lines += [
        f'"{name}" = {{ dictionary = "{name.replace(".", "-")}", probability = 0.5 }}'
        for name in known
    ]
    return "\n".join(lines) + "\n"


def _variables(work: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "JUDGE_BEARERS": str(work / "bearers.json"),
        "JUDGE_EXCUSES_USED": str(work / "excused.json"),
    }


def _failures(done: subprocess.CompletedProcess[str], accused: Simulator) -> list[str]:
    report = done.stdout
    found = [f"{name.strip()}\n{text.strip()}" for name, text in _FAILURE.findall(report)]
    if done.returncode and not found:
        found.append(f"schemathesis ended with {done.returncode}:\n{report}{done.stderr}")
    return found + violations(accused)


def _excused(work: Path) -> dict[str, int]:
    path = work / "excused.json"
    used: dict[str, int] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return used


def _told(excused: dict[str, int]) -> str:
    return ", ".join(f"{times} x {name}" for name, times in sorted(excused.items())) or "nothing"


def _wanted() -> set[str]:
    return {f"{method} {path}" for method, path in operations()}


def _operations(asked: Any) -> set[str]:
    return _wanted() & set(asked)
