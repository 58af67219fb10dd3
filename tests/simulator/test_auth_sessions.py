"""Authentication sessions: listed, and ended in both ways."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.plain_client import Sender, codes

NIP = "5265877635"
UNKNOWN = "20251010-AU-19F5E39000-39B5B182BA-B8"


def listed(sender: Sender, **options: Any) -> dict[str, Any]:
    document: dict[str, Any] = sender.get("/auth/sessions", **options).json()
    return document


def log_in_again(sender: Sender) -> dict[str, Any]:
    sender.wait(1)
    return sender.authenticate()


def refresh(sender: Sender, tokens: dict[str, Any]) -> httpx.Response:
    bearer = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    return sender.http.post("/auth/token/refresh", headers=bearer)


def delete(sender: Sender, path: str, token: str | None = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else sender.headers
    return sender.http.delete(path, headers=headers)


def test_active_sessions_newest_first(sender: Sender) -> None:
    tokens = log_in_again(sender)
    refresh(sender, tokens)
    items = listed(sender)["items"]
    assert len(items) == 2
    assert [item["isCurrent"] for item in items] == [True, False]
    assert items[0]["startDate"] > items[1]["startDate"]
    assert items[0]["status"]["code"] == 200
    assert items[0]["isTokenRedeemed"] is True
    assert "lastTokenRefreshDate" in items[0]
    assert "lastTokenRefreshDate" not in items[1]
    assert (
        items[0]["refreshTokenValidUntil"]
        == tokens["refreshToken"]["validUntil"][:20] + (items[0]["refreshTokenValidUntil"][20:])
    )


def test_others_are_not_listed(simulator: Simulator, sender: Sender) -> None:
    other = Sender(simulator, sender.http, "1111111111")
    other.authenticate()
    of_employee = Sender(simulator, sender.http, NIP)
    of_employee.authenticate(simulator.issue_token(NIP, author="2222222222"))
    assert [len(listed(one)["items"]) for one in (sender, other, of_employee)] == [1, 1, 1]
    foreign = listed(other)["items"][0]["referenceNumber"]
    assert codes(delete(sender, f"/auth/sessions/{foreign}")) == [21405]


def test_pages(sender: Sender) -> None:
    for _ in range(11):
        log_in_again(sender)
    first = listed(sender)
    assert len(first["items"]) == 10
    token = {"x-continuation-token": first["continuationToken"]}
    second = listed(sender, headers=token)
    assert "continuationToken" not in second
    seen = [item["referenceNumber"] for item in first["items"] + second["items"]]
    assert len(set(seen)) == 12
    assert codes(sender.get("/auth/sessions", headers={"x-continuation-token": "x"})) == [21418]


@pytest.mark.parametrize("with_token", ["accessToken", "refreshToken"])
def test_ending_the_current_session(sender: Sender, with_token: str) -> None:
    tokens = log_in_again(sender)
    assert delete(sender, "/auth/sessions/current", tokens[with_token]["token"]).status_code == 204
    refused = refresh(sender, tokens)
    assert codes(refused) == [21301]
    said = "Status uwierzytelnienia (425) nie pozwala na odświeżenie tokenu dostępowego."
    assert said in refused.text
    # The access token lives on until it expires, and shows that its session is gone.
    assert [item["isCurrent"] for item in listed(sender)["items"]] == [False]
    assert delete(sender, "/auth/sessions/current").status_code == 204


def test_ending_a_chosen_session(sender: Sender) -> None:
    tokens = log_in_again(sender)
    old = listed(sender)["items"][1]["referenceNumber"]
    assert delete(sender, f"/auth/sessions/{old}").status_code == 204
    assert len(listed(sender)["items"]) == 1
    assert refresh(sender, tokens).status_code == 200
    assert codes(delete(sender, f"/auth/sessions/{UNKNOWN}")) == [21405]


def test_status_of_an_ended_session(sender: Sender) -> None:
    started = sender.log_in(sender.simulator.issue_token(NIP))
    sender.finish(started)
    delete(sender, "/auth/sessions/current")
    status = sender.login_status(started)["status"]
    assert status == {"code": 425, "description": "Uwierzytelnienie unieważnione"}
    bearer = {"Authorization": f"Bearer {started.json()['authenticationToken']['token']}"}
    assert codes(sender.http.post("/auth/token/redeem", headers=bearer)) == [21301]
