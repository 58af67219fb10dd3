"""The workflows name tasks, scripts and outputs that exist."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def tasks() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def steps(path: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_task_and_script_that_is_named_exists(path: Path) -> None:
    scripts = "\n".join(step.get("run", "") for step in steps(path))
    assert set(re.findall(r"^\s*(?:exec )?make ([a-z-]+)", scripts, re.MULTILINE)) <= tasks()
    for module in re.findall(r"python -m ([\w.]+)", scripts):
        place = ROOT / module.replace(".", "/")
        assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file(), module
    for file in re.findall(r"(?<![\w/.$-])((?:\.ci|openapi)/[\w.]+)", scripts):
        assert (ROOT / file).is_file(), file


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_step_that_is_referred_to_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = {step.get("id") for step in steps(path)}
    assert set(re.findall(r"steps\.(\w+)\.", text)) <= known


def workflow(name: str) -> dict[Any, Any]:
    path = ROOT / ".github" / "workflows" / f"{name}.yml"
    content: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def triggers_of(name: str) -> dict[str, Any]:
    content = workflow(name)
    # YAML 1.1 reads the key `on` as true.
    triggers: dict[str, Any] = content.get("on") or content[True]
    return triggers


@pytest.mark.parametrize("name", ["contract", "live"])
def test_what_is_done_every_day_is_also_done_on_demand(name: str) -> None:
    triggers = triggers_of(name)
    (schedule,) = triggers["schedule"]
    minute, hour, *rest = schedule["cron"].split()
    assert minute.isdigit()
    assert hour.isdigit()
    assert rest == ["*", "*", "*"]
    assert "workflow_dispatch" in triggers


def test_the_live_run_is_kept_apart_from_what_changes_are_checked_by() -> None:
    assert set(triggers_of("live")) == {"schedule", "workflow_dispatch"}
    assert workflow("live")["permissions"] == {"contents": "read"}
    for name in (path.stem for path in WORKFLOWS if path.stem != "live"):
        texts = [str(step.get("run", "")) for step in steps(ROOT / f".github/workflows/{name}.yml")]
        assert not any("contract_tests test" in text or "TARGET" in text for text in texts), name


def live_step(name: str) -> dict[str, Any]:
    (found,) = [
        step
        for step in steps(ROOT / ".github" / "workflows" / "live.yml")
        if name in (step.get("name"), str(step.get("uses")).partition("@")[0])
    ]
    return found


def test_the_live_run_asks_test_without_any_secret_and_leaves_its_report() -> None:
    text = (ROOT / ".github" / "workflows" / "live.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
    assert re.findall(r"scripts\.contract_tests (\S+)", text) == ["test"]
    kept = live_step("actions/upload-artifact")
    assert kept["if"] == "always()"
    assert {"build/contract/report.json", "build/contract/report.md"} == set(
        kept["with"]["path"].split()
    )


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4])
def test_a_live_run_that_checked_nothing_does_not_pass(tmp_path: Path, code: int) -> None:
    script = live_step("Check the facts against TEST")["run"]
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\nexit {code}\n")
    python.chmod(0o755)
    outputs = tmp_path / "outputs"
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(outputs)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert outputs.read_text() == f"code={code}\n"
    assert ("::error title=" in done.stdout) == (code != 0)
