"""The check of what the facade sends can fail: for each kind of fault, and for a whole test."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.facade.contract_at_hand import IS_COMMITTED
from tests.requests_by_contract import faults

ROOT = Path(__file__).resolve().parent.parent
URL = "https://api-test.ksef.mf.gov.pl/v2"
SESSION = "20250925-SO-2F67776000-97273B191A-65"
BEARER = {"Authorization": "Bearer token"}
SHA = "X+wQflQVyRs1fImlI+xDPnWk1V37hys4O1lkx9iJbSA="
INVOICE = {
    "invoiceHash": SHA,
    "invoiceSize": 10,
    "encryptedInvoiceHash": SHA,
    "encryptedInvoiceSize": 16,
    "encryptedInvoiceContent": "AAAA",
}

pytestmark = pytest.mark.skipif(not IS_COMMITTED, reason="made for the committed contract")


def request(method: str, path: str, **described: object) -> httpx.Request:
    return httpx.Client().build_request(method, URL + path, **{"headers": BEARER, **described})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "good",
    [
        request("GET", "/sessions", params={"sessionType": "Online", "statuses": ["Failed"]}),
        request("GET", f"/sessions/{SESSION}/invoices", params={"pageSize": 1000}),
        request("POST", f"/sessions/online/{SESSION}/invoices", json=INVOICE),
        request("POST", "/auth/challenge", headers={"X-Error-Format": "problem-details"}),
    ],
    ids=lambda good: f"{good.method} {good.url.path}",
)
def test_good_requests_pass(good: httpx.Request) -> None:
    assert faults(good) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (request("GET", "/nothing"), "no operation"),
        (request("PUT", "/sessions"), "no operation"),
        (request("GET", "/sessions/short"), "path parameter referenceNumber: "),
        (request("GET", "/sessions"), "query parameter sessionType is missing"),
        (request("GET", "/sessions", params={"sessionType": "Odd"}), "query parameter sessionType"),
        (request("GET", f"/sessions/{SESSION}/invoices?pageSize=1001"), "query parameter pageSize"),
        (request("GET", f"/sessions/{SESSION}/invoices?pageSize=ten"), "query parameter pageSize"),
        (request("GET", f"/sessions/{SESSION}?why=1"), "query parameter why is not in"),
        (request("GET", f"/sessions/{SESSION}/invoices?pageSize=10&pageSize=11"), "2 times"),
        (request("GET", f"/sessions/{SESSION}", headers={**BEARER, "X-Odd": "1"}), "header param"),
        (request("GET", f"/sessions/{SESSION}", headers={}), "a bearer token is needed"),
        (request("POST", "/auth/challenge"), "a credential for an operation that needs none"),
        (request("POST", "/auth/challenge", headers={}, content=b"{}"), "a body where"),
        (request("POST", f"/sessions/online/{SESSION}/invoices"), "a body of type none"),
        (request("POST", f"/sessions/online/{SESSION}/invoices", json={}), "required property"),
        (
            request("POST", f"/sessions/online/{SESSION}/invoices", json={**INVOICE, "new": 1}),
            "Additional properties",
        ),
        (
            request(
                "POST",
                f"/sessions/online/{SESSION}/invoices",
                json={**INVOICE, "encryptedInvoiceContent": "not Base64"},
            ),
            "encryptedInvoiceContent",
        ),
    ],
    ids=str,
)
def test_bad_requests_are_told(bad: httpx.Request, words: str) -> None:
    assert any(words in sentence for sentence in faults(bad)), faults(bad)


def test_no_value_is_told() -> None:
    secret = {**INVOICE, "encryptedInvoiceContent": "a secret"}
    told = faults(request("POST", f"/sessions/online/{SESSION}/invoices", json=secret))
    assert told
    assert "a secret" not in str(told)


def run_pytest(folder: Path, text: str) -> str:
    """What pytest says of a module of tests that is run as ours are."""
    (folder / "test_module.py").write_text(text, encoding="utf-8")
    options = ["-p", "conftest", "-p", "no:cacheprovider", "-p", "no:xdist", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-c", ROOT / "pyproject.toml", folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_test_that_sends_a_bad_request_fails(tmp_path: Path) -> None:
    """Even where the facade's own error is expected; the marker alone lets it pass."""
    told = run_pytest(
        tmp_path,
        """
import httpx, pytest
from ksef_facade import AccessTokenAuth, BadRequest, Ksef
from ksef_facade.calls.describing import Call

def send():
    answer = httpx.MockTransport(lambda request: httpx.Response(400, json={}))
    with Ksef(auth=AccessTokenAuth("token", nip="5265877635"), transport=answer) as ksef:
        with pytest.raises(BadRequest):
            ksef._caller.send(Call(label="x", method="GET", path="/sessions/short", group="other"))

def test_plain():
    send()

@pytest.mark.sends_bad_requests("to see whether that is let through")
def test_marked():
    send()
""",
    )
    assert "2 passed, 1 error" in told
    assert "GET /sessions/short: path parameter referenceNumber" in told


def test_a_test_whose_simulator_breaks_the_contract_fails(tmp_path: Path) -> None:
    told = run_pytest(
        tmp_path,
        """
import pytest
from ksef_facade.simulator import Simulator

def break_contract():
    Simulator().contract_violations.append("GET /sessions: a poem")

def test_plain():
    break_contract()

@pytest.mark.gives_bad_answers("to see whether that is let through")
def test_marked():
    break_contract()
""",
    )
    assert "2 passed, 1 error" in told
    assert "a poem" in told
