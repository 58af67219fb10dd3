"""A run as a person starts it: what it finds out about a service that lies, and about one that is not there."""

import json
import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ksef_facade.simulator import Simulator
from scripts.contract_tests.budget import PLAN

ROOT = Path(__file__).resolve().parents[2]
SECRET = "20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-5265877635|" + "5e" * 32
NO_RESOLVER = """
import socket
def nobody(*_, **__):
    raise socket.gaierror(-2, "Name or service not known")
socket.getaddrinfo = nobody
def nowhere(self, address):
    raise OSError("the test allows no connection")
socket.socket.connect = nowhere
"""


def contract_tests(
    folder: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """`python -m scripts.contract_tests`, with its report in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KSEF_")}
    return subprocess.run(
        [sys.executable, "-m", "scripts.contract_tests", *arguments, "--report", str(folder)],
        cwd=ROOT,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def without_network(tmp_path: Path) -> dict[str, str]:
    """Variables with which Python finds no host and connects to none, whatever the machine could do."""
    folder = tmp_path / "no-network"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(NO_RESOLVER)
    return {"PYTHONPATH": str(folder)}


def one_sentence(text: str) -> str:
    (line,) = text.splitlines()
    assert line.startswith("error: ")
    assert "Traceback" not in text
    return line


@pytest.fixture(scope="module")
def lies(tmp_path_factory: pytest.TempPathFactory):
    """A run against a simulator that lies about lifetimes, hashes, codes and signatures."""
    folder = tmp_path_factory.mktemp("lies")
    with Simulator(sign_upo=False, meta_hash=False) as simulator:
        simulator.settings.access_token_lifetime = timedelta(hours=2)
        simulator.faults.add("GET", "/peppol/query", times=None, exception_code=29_999)
        simulator.faults.add("POST", "/auth/challenge", times=None, headers={"x-brand-new": "1"})
        words = "receipts or peppol or login_by_signature or challenge"
        done = contract_tests(folder, simulator.base_url, "--only", words, KSEF_TOKEN=SECRET)
        asked = [call.path for call in simulator.requests.calls]
    return done, json.loads((folder / "report.json").read_text()), folder, asked


def test_what_a_service_lies_about_is_refuted(lies) -> None:
    done, report, _, _ = lies
    assert done.returncode == 1, done.stdout + done.stderr
    refuted = {fact["id"]: fact for fact in report["facts"] if fact["outcome"] == "refuted"}
    assert set(refuted) == {
        "redeem.access-15-min",
        "upo.hash-api",
        "upo.hash-link",
        "upo.signature-last-child",
        "upo.signature-intact",
        "peppol.anonymous",
        "peppol.page-offset",
        "peppol.page-size",
    }
    assert refuted["redeem.access-15-min"]["observed"].startswith("1:59:5")
    assert report["counts"]["confirmed"] > 50
    assert report["exitCode"] == 1


def test_a_refuted_fact_names_the_code_that_must_change(lies) -> None:
    done, report, folder, _ = lies
    told = (folder / "report.md").read_text()
    for fact in report["facts"]:
        if fact["outcome"] == "refuted":
            assert fact["rests"]
            for place in fact["rests"]:
                assert place in done.stdout
                assert f"`{place}`" in told
            assert f"REFUTED {fact['id']}: {fact['says']}" in done.stdout
            assert fact["source"] in done.stdout
    assert "ksef_facade/_async/receipts/fetching.py:HASH_HEADER" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("(exit code 1)")


def test_what_stands_nowhere_is_told_as_new(lies) -> None:
    _, report, _, _ = lies
    new = {(one["operation"], one["observation"]) for one in report["new"]}
    assert ("POST /auth/challenge", "a header x-brand-new") in new
    codes = [text for operation, text in new if operation == "GET /peppol/query"]
    assert any("29999" in text for text in codes)


def test_checks_that_were_not_run_are_not_counted_as_passed(lies) -> None:
    _, report, _, _ = lies
    outcomes = {fact["id"]: fact for fact in report["facts"]}
    for name in ("batch.open-201", "limits.429"):
        assert outcomes[name]["outcome"] == "unchecked"
        assert outcomes[name]["reason"]
    counts = report["counts"]
    assert counts["confirmed"] + counts["refuted"] + counts["unchecked"] == counts["facts"]


def test_probes_are_answered_in_the_name_of_the_target(lies) -> None:
    _, report, folder, _ = lies
    answered = [probe for probe in report["probes"] if probe["answer"]]
    assert answered
    assert all(probe["answeredBy"].startswith("simulator at http://127") for probe in answered)
    assert not report["live"]
    assert "no evidence of what KSeF does" in (folder / "report.md").read_text()


def test_a_server_of_this_machine_gets_no_credential_and_reports_hold_no_secret(lies) -> None:
    done, _, folder, asked = lies
    assert "/v2/auth/ksef-token" not in asked
    texts = [path.read_text() for path in folder.iterdir()] + [done.stdout, done.stderr]
    for text in texts:
        assert "eyJ" not in text
        assert "5e5e5e" not in text
        assert "sig=" not in text


def test_a_run_of_some_checks_stays_inside_the_plan(lies) -> None:
    _, report, _, _ = lies
    assert not [one for one in report["new"] if one["operation"] == "the suite itself"]
    assert report["requests"]["anonymous"] <= PLAN["anonymous"]


def test_test_without_a_network_ends_with_one_sentence_and_a_code_of_its_own(tmp_path) -> None:
    done = contract_tests(tmp_path / "report", "test", **without_network(tmp_path))
    assert done.returncode == 3
    assert done.stdout == ""
    sentence = one_sentence(done.stderr)
    assert sentence.startswith("error: TEST cannot be reached: ")
    assert sentence.endswith("nothing was checked (exit code 3)")
    assert not (tmp_path / "report").exists()


def test_a_closed_port_is_out_of_reach_too(tmp_path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    done = contract_tests(tmp_path, f"http://127.0.0.1:{port}/v2")
    assert done.returncode == 3
    assert "cannot be reached" in one_sentence(done.stderr)


def test_a_service_that_is_down_is_out_of_reach(tmp_path) -> None:
    with Simulator() as simulator:
        simulator.faults.add("POST", "/auth/challenge", times=None, status=503)
        done = contract_tests(tmp_path, simulator.base_url)
    assert done.returncode == 3
    assert "HTTP 503" in one_sentence(done.stderr)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"KSEF_TOKEN": "no token with a context"}, "KSEF_NIP"),
        ({"KSEF_CERTIFICATE": "no-such-file.pem"}, "no-such-file.pem"),
        ({"KSEF_TOKEN": SECRET, "KSEF_CERTIFICATE": "x.pem"}, "not both"),
    ],
)
def test_credentials_that_cannot_be_used_are_told_before_anything_is_asked(
    tmp_path, variables, words
) -> None:
    done = contract_tests(tmp_path / "report", "test", **variables, **without_network(tmp_path))
    assert done.returncode == 2
    sentence = one_sentence(done.stderr)
    assert words in sentence
    assert "5e5e" not in sentence


AS_TEST = """
import sys
from ksef_facade.environments import ENVIRONMENTS, Environment
ENVIRONMENTS["test"] = Environment("test", sys.argv[1])
from scripts.contract_tests.__main__ import main
sys.exit(main(["test", *sys.argv[2:]]))
"""


def test_a_login_of_ones_own_is_used_on_test_and_nothing_is_made_in_its_context(tmp_path) -> None:
    with Simulator() as simulator:
        token = simulator.issue_token("5265877635")
        done = subprocess.run(
            [
                *(sys.executable, "-c", AS_TEST, simulator.base_url),
                *("--only", "ksef_tokens or history or receipt_names", "--report", str(tmp_path)),
            ],
            cwd=ROOT,
            env={**os.environ, "KSEF_TOKEN": token},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        posted = {call.path for call in simulator.requests.calls if call.method == "POST"}
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["target"], report["live"]) == ("TEST", True)
    facts = {fact["id"]: fact for fact in report["facts"]}
    assert facts["sessions.newest-first"]["outcome"] == "confirmed"
    assert facts["tokens.202"]["outcome"] == "unchecked"
    assert "somebody's own" in facts["tokens.202"]["reason"]
    assert "/v2/auth/ksef-token" in posted
    assert "/v2/tokens" not in posted
    assert "sessionList 20" in done.stderr
    assert token not in done.stdout + done.stderr + (tmp_path / "report.json").read_text()
    answered = [probe["answeredBy"] for probe in report["probes"] if probe["answer"]]
    assert answered
    assert set(answered) == {"TEST"}


def test_make_names_the_code_that_it_swallows(tmp_path) -> None:
    done = subprocess.run(
        ["make", "-s", "contract", "TARGET=prod"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "never run against production" in done.stderr
    assert "(exit code 2)" in done.stderr
