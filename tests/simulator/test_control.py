"""Control endpoints beside the API, and the journal of requests."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.messages import Request
from tests.simulator.plain_client import Sender

NIP = "5265877635"
ORIGIN = "http://simulator.test/_simulator"


def test_token_for_a_taxpayer(simulator: Simulator, http: httpx.Client) -> None:
    response = http.post(f"{ORIGIN}/tokens", json={"nip": NIP})
    assert response.status_code == 200
    token = response.json()["token"]
    reference, owner, secret = token.split("|")
    assert reference[9:11] == "EC"
    assert owner == f"nip-{NIP}"
    assert len(secret) == 64
    assert len(token) <= 160
    Sender(simulator, http, NIP).authenticate(token)


def test_token_with_permissions_and_author(simulator: Simulator, http: httpx.Client) -> None:
    body = {"nip": NIP, "permissions": ["InvoiceRead"], "author": "1111111111"}
    token = http.post(f"{ORIGIN}/tokens", json=body).json()["token"]
    sender = Sender(simulator, http, NIP)
    sender.authenticate(token)
    assert sender.get("/sessions?sessionType=Online").status_code == 403


def test_finished_session_of_any_kind(simulator: Simulator, http: httpx.Client) -> None:
    sender = Sender(simulator, http, NIP)
    sender.authenticate()
    for kind, letters in (("online", "SO"), ("Batch", "SB")):
        body = {"nip": NIP, "kind": kind, "accepted": 25, "rejected": 3, "upoPageSize": 10}
        reference = http.post(f"{ORIGIN}/sessions", json=body).json()["referenceNumber"]
        assert reference[9:11] == letters
        status = sender.get(f"/sessions/{reference}").json()
        assert status["status"]["code"] == 200
        counters = ("invoiceCount", "successfulInvoiceCount", "failedInvoiceCount")
        assert [status[name] for name in counters] == [28, 25, 3]
        assert len(status["upo"]["pages"]) == 3


def test_defaults_of_a_finished_session(simulator: Simulator, http: httpx.Client) -> None:
    reference = http.post(f"{ORIGIN}/sessions", json={"nip": NIP}).json()["referenceNumber"]
    found = simulator.core.sessions.find(reference)
    assert found is not None
    assert (found.kind, len(found.accepted), len(found.failed)) == ("online", 1, 0)


@pytest.mark.parametrize(
    ("path", "content", "sentence"),
    [
        ("tokens", b"{}", "nip must be"),
        ("tokens", b'{"nip": 5265877635}', "as text"),
        ("tokens", b'{"nip": "526587763"}', "ten digits"),
        ("tokens", b"[1]", "JSON object"),
        ("tokens", b"{", "not JSON"),
        ("tokens", b'{"nip": "5265877635", "permissions": "all"}', "list of names"),
        ("tokens", b'{"nip": "5265877635", "permissions": ["All"]}', "'All' is not a permission"),
        ("tokens", b'{"nip": "5265877635", "context": 1}', "unknown member 'context'"),
        ("sessions", b'{"nip": "x"}', "ten digits"),
        ("sessions", b'{"nip": "5265877635", "kind": "both"}', '"online" or "batch"'),
        ("sessions", b'{"nip": "5265877635", "accepted": -1}', "accepted must be from 0"),
        ("sessions", b'{"nip": "5265877635", "accepted": "many"}', "whole number"),
        ("sessions", b'{"nip": "5265877635", "rejected": true}', "whole number"),
        ("sessions", b'{"nip": "5265877635", "upoPageSize": 0}', "upoPageSize must be from 1"),
    ],
)
def test_bad_input_gets_one_sentence(
    http: httpx.Client, path: str, content: bytes, sentence: str
) -> None:
    response = http.post(f"{ORIGIN}/{path}", content=content)
    assert response.status_code == 400
    assert sentence in response.json()["error"]


def test_unknown_control_endpoint_lists_the_known_ones(http: httpx.Client) -> None:
    response = http.get(f"{ORIGIN}/tokens")
    assert response.status_code == 404
    assert "POST /_simulator/tokens" in response.json()["error"]


def test_control_is_for_this_machine_only(simulator: Simulator) -> None:
    for client, status in (("127.0.0.1", 200), ("::1", 200), ("203.0.113.7", 403)):
        request = Request("GET", "/_simulator/requests", client=client)
        assert simulator.core.handle(request).status == status


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"]
)
@pytest.mark.parametrize("method", ["POST", "DELETE", "GET"])
def test_pages_of_elsewhere_drive_nothing(
    simulator: Simulator, http: httpx.Client, origin: str, method: str
) -> None:
    path = "tokens" if method == "POST" else "requests"
    body = b'{"nip": "5265877635"}' if method == "POST" else b""
    http.post("/auth/challenge")
    refused = http.request(method, f"{ORIGIN}/{path}", headers={"Origin": origin}, content=body)
    assert (refused.status_code, refused.json()["error"]) == (
        403,
        "the control endpoints answer to no web page of elsewhere",
    )
    assert simulator.requests.counts == {"POST /auth/challenge": 1}


def test_a_page_of_this_machine_may_drive_it(http: httpx.Client) -> None:
    headers = {"Origin": "http://localhost:3000"}
    assert http.post(f"{ORIGIN}/tokens", json={"nip": NIP}, headers=headers).status_code == 200


def journal(http: httpx.Client) -> dict[str, Any]:
    document: dict[str, Any] = http.get(f"{ORIGIN}/requests").json()
    return document


def test_requests_are_counted_by_template(simulator: Simulator, http: httpx.Client) -> None:
    sender = Sender(simulator, http, NIP)
    sender.authenticate()
    session = simulator.seed_session(NIP, accepted=12)
    before = journal(http)
    assert before["counts"]["POST /auth/challenge"] == 1
    cleared = http.delete(f"{ORIGIN}/requests")
    assert (cleared.status_code, cleared.json()) == (200, before)
    assert journal(http) == {"counts": {}, "calls": []}

    token = sender.get(f"/sessions/{session}/invoices").json()["continuationToken"]
    headers = {"x-continuation-token": token, "User-Agent": "mine/1"}
    sender.get(f"/sessions/{session}/invoices?pageSize=10", headers=headers)
    sender.get(f"/sessions/{session}/invoices/failed")
    document = journal(http)
    assert document["counts"] == {
        "GET /sessions/{referenceNumber}/invoices": 2,
        "GET /sessions/{referenceNumber}/invoices/failed": 1,
    }
    second = document["calls"][1]
    assert second["path"] == f"/v2/sessions/{session}/invoices"
    assert second["query"] == "pageSize=10"
    assert second["status"] == 400
    assert second["has_authorization"] is True
    assert second["has_continuation_token"] is True
    assert second["headers"]["user-agent"] == "mine/1"
    everything = json.dumps(document)
    assert sender.headers["Authorization"].removeprefix("Bearer ") not in everything
    assert token not in everything


def test_journal_in_the_same_process(simulator: Simulator, http: httpx.Client) -> None:
    http.post("/auth/challenge")
    http.get("/nowhere")
    assert simulator.requests.counts == {"POST /auth/challenge": 1, "GET /v2/nowhere": 1}
    assert [call.status for call in simulator.requests.calls] == [200, 404]
    simulator.requests.clear()
    assert simulator.requests.calls == []


def test_large_session_is_light(simulator: Simulator) -> None:
    reference = simulator.seed_session(NIP, accepted=10_000, rejected=25, upo_page_size=2_500)
    found = simulator.core.sessions.find(reference)
    assert found is not None
    assert len(found.by_ksef_number) == 10_000
    assert len(found.by_reference) == 10_025
    # Nothing of the UPO is made before it is asked for.
    assert found.upo_pages is None
    first = simulator.upo_bytes(reference, 1)
    assert first.count(b"<Dokument>") == 2_500
    assert found.upo_pages is not None
    assert [page.content is None for page in found.upo_pages] == [False, True, True, True]
    assert simulator.upo_bytes(reference, 1) is first


def test_faults_over_http(simulator: Simulator, http: httpx.Client) -> None:
    fault = {
        "method": "POST",
        "template": "/auth/challenge",
        "times": 2,
        "status": 429,
        "retryAfter": 7,
        "headers": {"X-Extra": "yes", "Content-Type": None},
    }
    assert http.post(f"{ORIGIN}/faults", json=fault).status_code == 204
    answers = [http.post("/auth/challenge") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["retry-after"] == "7"
    assert answers[0].headers["x-extra"] == "yes"
    assert http.post(f"{ORIGIN}/faults", json={"times": None, "exceptionCode": 21405}).status_code
    assert http.post("/auth/challenge").status_code == 400
    assert http.delete(f"{ORIGIN}/faults").status_code == 204
    assert http.post("/auth/challenge").status_code == 200
    link = {"template": "/storage/{shard}/{session}/session-upo/{name}", "status": 503}
    assert http.post(f"{ORIGIN}/faults", json=link).status_code == 204


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({}, "say what goes wrong"),
        ({"times": 3, "skip": 1}, "say what goes wrong"),
        ({"status": "429"}, "status is of another type"),
        ({"status": True}, "status is of another type"),
        ({"headers": {"Retry-After": 5}}, "the value of a header is a text"),
        ({"drop": "always"}, "drop must be one of before, after, midway"),
        ({"method": 1, "status": 500}, "method and template must be texts"),
        ({"poem": 1}, "unknown member 'poem'"),
        ({"template": "/sessions/{ref}", "status": 500}, "no operation has the template"),
        ({"template": "/v2/auth/challenge", "status": 500}, "it is the contract's"),
    ],
)
def test_bad_faults(http: httpx.Client, fault: dict[str, Any], told: str) -> None:
    response = http.post(f"{ORIGIN}/faults", json=fault)
    assert response.status_code == 400
    assert told in response.json()["error"]


def test_health(http: httpx.Client) -> None:
    response = http.get(f"{ORIGIN}/health")
    assert (response.status_code, response.json()) == (200, {"status": "up"})


def test_time_over_http(simulator: Simulator, http: httpx.Client) -> None:
    before = simulator.clock.now()
    response = http.post(f"{ORIGIN}/clock", json={"advance": 90})
    assert (response.status_code, list(response.json())) == (200, ["now"])
    assert (simulator.clock.now() - before).total_seconds() == pytest.approx(90)
    for bad in (None, "90", True, -1, 1e12):
        response = http.post(f"{ORIGIN}/clock", json={"advance": bad})
        assert response.status_code == 400
        assert "advance must be" in response.json()["error"]
