"""Faults on demand."""

from __future__ import annotations

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.plain_client import Sender, codes, sha256

NIP = "5265877635"
STATUS = "/sessions/{referenceNumber}"
LINK = "/storage/{shard}/{session}/session-upo/{name}"


@pytest.fixture
def session(simulator: Simulator) -> str:
    return simulator.seed_session(NIP)


def test_page_of_html_instead_of_an_answer(sender: Sender, session: str) -> None:
    sender.simulator.faults.add("GET", STATUS, body="<html>blocked</html>", status=200)
    response = sender.get(f"/sessions/{session}")
    assert response.text == "<html>blocked</html>"
    assert response.headers["content-type"] == "text/html"
    assert sender.get(f"/sessions/{session}").json()["status"]["code"] == 200


def test_times_and_skip(sender: Sender, session: str) -> None:
    sender.simulator.faults.add("get", STATUS, times=2, skip=1, status=503)
    statuses = [sender.get(f"/sessions/{session}").status_code for _ in range(4)]
    assert statuses == [200, 503, 503, 200]
    sender.simulator.faults.add("*", "*", times=None, status=502)
    assert {sender.get(f"/sessions/{session}").status_code for _ in range(5)} == {502}
    sender.simulator.faults.clear()
    assert sender.get(f"/sessions/{session}").status_code == 200


@pytest.mark.parametrize(
    ("status", "media"),
    [
        (400, "application/json"),
        (401, "application/problem+json"),
        (403, "application/problem+json"),
        (410, "application/problem+json"),
        (429, "application/json"),
        (500, "application/json"),
    ],
)
def test_statuses_come_with_the_bodies_of_the_api(
    sender: Sender, session: str, status: int, media: str
) -> None:
    sender.simulator.faults.add("GET", STATUS, status=status, retry_after=7)
    response = sender.get(f"/sessions/{session}")
    assert response.status_code == status
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    if status == 429:
        assert response.headers["retry-after"] == "7"


@pytest.mark.parametrize("status", [502, 503, 504])
def test_statuses_of_gateways_are_empty(sender: Sender, session: str, status: int) -> None:
    sender.simulator.faults.add("GET", STATUS, status=status)
    response = sender.get(f"/sessions/{session}")
    assert (response.status_code, response.content) == (status, b"")


def test_exception_codes_out_of_season(sender: Sender, session: str) -> None:
    sender.simulator.faults.add("GET", STATUS, exception_code=21173, details=("later",))
    refused = sender.get(f"/sessions/{session}")
    assert codes(refused) == [21173]
    assert "later" in refused.text
    sender.simulator.faults.add("GET", STATUS, exception_code=21178)
    problem = sender.get(f"/sessions/{session}", headers={"X-Error-Format": "problem-details"})
    assert problem.json()["errors"][0]["code"] == 21178


def link_of(sender: Sender, session: str) -> str:
    link: str = sender.get(f"/sessions/{session}").json()["upo"]["pages"][0]["downloadUrl"]
    return link


def test_link_expired_before_its_time(sender: Sender, session: str) -> None:
    link = link_of(sender, session)
    sender.simulator.faults.add("GET", LINK, status=403)
    expired = sender.http.get(link)
    assert expired.status_code == 403
    assert expired.headers["content-type"] == "application/xml"
    assert "<Code>AuthenticationFailed</Code>" in expired.text
    assert sender.http.get(link).status_code == 200


def test_hash_that_is_wrong_or_missing(sender: Sender, session: str) -> None:
    link = link_of(sender, session)
    sender.simulator.faults.add("GET", LINK, headers={"X-Ms-Meta-Hash": sha256(b"other")})
    assert sender.http.get(link).headers["x-ms-meta-hash"] == sha256(b"other")
    sender.simulator.faults.add("GET", LINK, headers={"x-ms-meta-hash": None})
    response = sender.http.get(link)
    assert "x-ms-meta-hash" not in response.headers
    assert response.content == sender.simulator.upo_bytes(session, 1)


def test_body_cut_short_or_empty(sender: Sender, session: str) -> None:
    link = link_of(sender, session)
    sender.simulator.faults.add("GET", LINK, truncate=100)
    assert sender.http.get(link).content == sender.simulator.upo_bytes(session, 1)[:100]
    sender.simulator.faults.add("GET", LINK, body=b"")
    assert sender.http.get(link).content == b""


def test_dropped_connection_without_sockets(sender: Sender, session: str) -> None:
    sender.simulator.faults.add("GET", STATUS, drop="before")
    with pytest.raises(ConnectionResetError):
        sender.get(f"/sessions/{session}")


def test_lost_answer_does_its_work(sender: Sender) -> None:
    session = sender.open()
    close = "/sessions/online/{referenceNumber}/close"
    sender.simulator.faults.add("POST", close, drop="after")
    with pytest.raises(ConnectionResetError):
        sender.close(session)
    assert codes(sender.close(session)) == [21180]
    sender.simulator.faults.add("POST", close, drop="before")
    untouched = sender.open()
    with pytest.raises(ConnectionResetError):
        sender.close(untouched)
    assert sender.close(untouched).status_code == 204
