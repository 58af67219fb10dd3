"""No check confirms a fact about a code to a service that has other codes: every one of them can fail."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ksef_facade.simulator import Simulator, core, problems
from ksef_facade.simulator.messages import json_response

ROOT = Path(__file__).resolve().parents[2]
EXCEPTION = re.compile(r" \d{4,5}$")


def shifted(value: Any) -> Any:
    """The same document with other codes wherever it tells of a failure."""
    if isinstance(value, list):
        return [shifted(one) for one in value]
    if not isinstance(value, dict):
        return value
    changed = {name: shifted(inner) for name, inner in value.items()}
    status = changed.get("status")
    if isinstance(status, dict) and isinstance(status.get("code"), int) and status["code"] >= 400:
        changed["status"] = {**status, "code": status["code"] + 1}
    return changed


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A whole run against a simulator whose refusals and failures have other codes."""
    refused, answer = problems.Reporter.refused, core.Core._answer

    def other_refusal(self: Any, request: Any, complaints: Any, *rest: Any) -> Any:
        changed = [evolve(one, code=one.code + 50_000) for one in complaints]
        return refused(self, request, changed, *rest)

    def other_answer(self: Any, *arguments: Any) -> Any:
        given = answer(self, *arguments)
        if not 200 <= given.status < 300 or not isinstance(given.document, dict | list):
            return given
        changed = json_response(given.status, shifted(given.document))
        return evolve(given, body=changed.body, document=changed.document)

    folder = tmp_path_factory.mktemp("codes")
    with pytest.MonkeyPatch.context() as patch, Simulator() as simulator:
        patch.setattr(problems.Reporter, "refused", other_refusal)
        patch.setattr(core.Core, "_answer", other_answer)
        subprocess.run(
            [
                *(sys.executable, "-m", "scripts.contract_tests", simulator.base_url),
                *("--quiet", "--report", str(folder)),
            ],
            cwd=ROOT,
            capture_output=True,
            timeout=300,
            check=False,
        )
    document: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return document


def test_no_exception_code_is_confirmed(report: dict[str, Any]) -> None:
    about = [fact for fact in report["facts"] if EXCEPTION.search(fact["source"])]
    assert len(about) > 40
    assert [fact["id"] for fact in about if fact["outcome"] == "confirmed"] == []


def test_no_status_code_of_a_failure_is_confirmed(report: dict[str, Any]) -> None:
    about = [
        fact
        for fact in report["facts"]
        if re.search(r"\.(?:4[0-9]{2}(?:-\w+)?|\w+-4[0-9]{2})$", fact["id"])
        and not fact["id"].startswith(("errors.", "link.", "limits.", "retention."))
        and not fact["id"].endswith(("-text", "-extensions", "-no-upo"))
    ]
    assert len(about) > 20
    assert [fact["id"] for fact in about if fact["outcome"] == "confirmed"] == []


def test_what_has_nothing_to_do_with_codes_still_holds(report: dict[str, Any]) -> None:
    outcomes = {fact["id"]: fact["outcome"] for fact in report["facts"]}
    for name in ("upo.hash-link", "list.no-row-lost", "keys.public-key-id", "export.plain-hash"):
        assert outcomes[name] == "confirmed"
    assert report["exitCode"] == 1
