"""The workflows name tasks, scripts and outputs that exist."""

import re
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
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
    for file in re.findall(r"(?<![\w/.$-])((?:\.ci|openapi)/[\w.]+)", scripts):
        assert (ROOT / file).is_file(), file


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_step_that_is_referred_to_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = {step.get("id") for step in steps(path)}
    assert set(re.findall(r"steps\.(\w+)\.", text)) <= known


def test_the_contract_is_looked_at_every_day_and_on_demand() -> None:
    content = yaml.safe_load((ROOT / ".github" / "workflows" / "contract.yml").read_text())
    # YAML 1.1 reads the key `on` as true.
    triggers = content.get("on") or content[True]
    (schedule,) = triggers["schedule"]
    minute, hour, *rest = schedule["cron"].split()
    assert minute.isdigit()
    assert hour.isdigit()
    assert rest == ["*", "*", "*"]
    assert "workflow_dispatch" in triggers
