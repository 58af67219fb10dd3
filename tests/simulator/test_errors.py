"""Bodies of errors in both forms, warnings, and requests that break the contract."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.contract import PACKAGED
from tests.simulator.plain_client import FA_3, Sender, b64, codes, over_core

NIP = "5265877635"
UNKNOWN = "20250625-SO-2C3E6C8000-B675CF5D68-07"
PROBLEM = {"X-Error-Format": "problem-details"}


def test_legacy_body(sender: Sender) -> None:
    response = sender.get(f"/sessions/{UNKNOWN}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    exception = response.json()["exception"]
    assert set(exception) == {"exceptionDetailList", "serviceCode", "timestamp"}
    assert exception["exceptionDetailList"] == [
        {
            "exceptionCode": 21173,
            "exceptionDescription": "Brak sesji o wskazanym numerze referencyjnym.",
            "details": [f"Sesja o numerze referencyjnym {UNKNOWN} nie została znaleziona."],
        }
    ]
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", exception["serviceCode"])


def test_problem_details_on_demand(sender: Sender) -> None:
    response = sender.get(f"/sessions/{UNKNOWN}", headers=PROBLEM)
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/problem+json")
    problem = response.json()
    assert problem["title"] == "Bad Request"
    assert problem["status"] == 400
    assert problem["detail"] == "Żądanie jest nieprawidłowe."
    assert problem["instance"] == f"/v2/sessions/{UNKNOWN}"
    assert problem["errors"][0]["code"] == 21173
    assert re.fullmatch(r"[0-9a-f]{32}", problem["traceId"])
    assert datetime.fromisoformat(problem["timestamp"]).tzinfo is not None


def test_all_that_is_wrong_with_the_input_at_once(sender: Sender) -> None:
    body = {"formCode": {"systemCode": "FA (3)"}, "encryption": sender.encryption()}
    (entry,) = sender.post("/sessions/online", json=body).json()["exception"]["exceptionDetailList"]
    assert entry["exceptionCode"] == 21405
    assert len(entry["details"]) == 2
    problem = sender.post("/sessions/online", json=body, headers=PROBLEM).json()
    # Problem Details gather nothing: the code is repeated.
    assert [error["code"] for error in problem["errors"]] == [21405, 21405]
    assert [error["details"] for error in problem["errors"]] == [[one] for one in entry["details"]]


def test_problem_details_of_401_and_403_need_no_asking(sender: Sender, http: httpx.Client) -> None:
    denied = http.get(f"/sessions/{UNKNOWN}")
    assert denied.headers["content-type"].startswith("application/problem+json")
    assert denied.json()["title"] == "Unauthorized"


def test_operations_of_other_contracts_that_are_not_simulated_say_so(tmp_path: Path) -> None:
    document = json.loads(PACKAGED.read_text(encoding="utf-8"))
    document["paths"]["/novelties"] = {"get": document["paths"]["/rate-limits"]["get"]}
    path = tmp_path / "contract.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    simulator = Simulator(contract=path)
    with over_core(simulator) as http:
        for headers in ({}, PROBLEM):
            response = http.get("/novelties", headers=headers)
            assert response.status_code == 501
            assert "not simulated yet: GET /novelties" in response.text


def test_all_operations_of_the_contract_are_simulated(simulator: Simulator) -> None:
    assert simulator.core.simulated == set(simulator.core.contract.operations)


def test_warning_is_echoed_and_emitted_on_demand(simulator: Simulator, http: httpx.Client) -> None:
    assert "x-system-warning" not in http.post("/auth/challenge").headers
    asked = {"X-Test-System-Warning": "[dep-1]: old"}
    echo = http.post("/auth/challenge", headers=asked)
    assert echo.headers["x-system-warning"] == "[dep-1]: old"
    simulator.settings.system_warning = "[sig-001]: Zażółć łąkę"
    both = http.post("/auth/challenge", headers=asked)
    assert both.headers["x-system-warning"] == "[sig-001]: Zazolc lake | [dep-1]: old"
    refused = http.get(f"/sessions/{UNKNOWN}", headers=asked)
    assert "x-system-warning" not in refused.headers


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 21001),
        (b"{", 21001),
        (b"\xff{}", 21001),
        (b"[]", 21001),
        (b"null", 21001),
        (b'{"formCode": NaN}', 21001),
        (b'{"formCode": "\\ud800"}', 21001),
        (b"{}", 21405),
        (b"[" * 100_000, 21001),
    ],
)
def test_bodies_that_cannot_be_read(sender: Sender, content: bytes, code: int) -> None:
    headers = {"Content-Type": "application/json"}
    response = sender.post("/sessions/online", content=content, headers=headers)
    assert codes(response) == [code]


def test_body_of_another_type(sender: Sender) -> None:
    response = sender.post("/sessions/online", content=b"<a/>")
    assert codes(response) == [21001]
    assert "application/json" in response.text


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("encryptedSymmetricKey", "not base64", 21001),
        ("encryptedSymmetricKey", 31337001, 21001),
        ("publicKeyId", "tiny*", 21405),
        ("publicKeyId", None, None),
        ("unheardOf", {"a": [1]}, None),
    ],
)
def test_members_are_checked_by_the_contract(
    sender: Sender, member: str, value: Any, code: int | None
) -> None:
    body = {"formCode": FA_3, "encryption": {**sender.encryption(), member: value}}
    response = sender.post("/sessions/online", json=body)
    if code is None:
        assert response.status_code == 201
    else:
        assert code in codes(response)
        assert member in response.text
        assert str(value) not in response.text


def test_code_for_unreadable_input_is_used_where_the_contract_lists_it(sender: Sender) -> None:
    # This operation lists 21304 only; input errors are 21405 wherever they may occur.
    short = sender.get("/sessions/short")
    assert codes(short) == [21405]
    assert "referenceNumber" in short.text


@pytest.mark.gives_bad_answers("to see that none leaves")
def test_answer_that_breaks_the_contract_does_not_leave() -> None:
    simulator = Simulator()

    def careless(_: object) -> Any:
        from ksef_facade.simulator.messages import json_response

        return json_response(200, {"challenge": 5})

    simulator.core._handlers[("POST", "/auth/challenge")] = careless
    status, _, body = simulator.handle("POST", "http://x/v2/auth/challenge")
    assert status == 500
    detail = json.loads(body)["exception"]["exceptionDetailList"][0]
    assert detail["exceptionCode"] == 500
    assert "fault of the simulator" in detail["details"][0]
    assert any("'challenge'" in sentence for sentence in simulator.contract_violations)


@pytest.mark.gives_bad_answers("to see how a failure is told")
def test_failure_inside_the_simulator_is_reported() -> None:
    simulator = Simulator()

    def broken(_: object) -> Any:
        raise ZeroDivisionError("oops")

    simulator.core._handlers[("POST", "/auth/challenge")] = broken
    status, _, body = simulator.handle("POST", "http://x/v2/auth/challenge")
    assert status == 500
    assert b"ZeroDivisionError: oops" in body
    assert "oops" in simulator.contract_violations[0]


@pytest.mark.parametrize(
    ("status", "headers", "document", "sentence"),
    [
        (202, {}, None, "status 202"),
        (200, {"content-type": "text/html"}, None, "content type text/html"),
        (200, {"x-ms-meta-hash": "short", "content-type": "application/xml"}, None, "header"),
    ],
)
def test_other_ways_to_break_the_contract(
    simulator: Simulator, status: int, headers: dict[str, str], document: Any, sentence: str
) -> None:
    from ksef_facade.simulator.checking import violations
    from ksef_facade.simulator.messages import Response

    key = ("GET", "/sessions/{referenceNumber}/upo/{upoReferenceNumber}")
    operation = simulator.core.contract.operations[key]
    found = violations(operation, Response(status, headers, b"x", document))
    assert any(sentence in item for item in found)


def test_public_key_may_be_left_out_of_a_request(sender: Sender) -> None:
    encryption = sender.encryption()
    del encryption["publicKeyId"]
    session = sender.open(encryption=encryption)
    sender.wait(1)
    assert sender.get(f"/sessions/{session}").json()["status"]["code"] == 100


def test_unsuitable_public_key_is_no_key_at_all(sender: Sender) -> None:
    encryption = {**sender.encryption(), "publicKeyId": b64(bytes(32))}
    response = sender.post("/sessions/online", json={"formCode": FA_3, "encryption": encryption})
    assert codes(response) == [21470]
