"""Logging in with a KSeF token: every way it works and every way it fails."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from ksef_facade.simulator import Simulator
from tests.simulator.plain_client import Sender, b64, codes

NIP = "5265877635"
OTHER_NIP = "1111111111"


def claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    document: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return document


@pytest.fixture
def newcomer(simulator: Simulator, http: httpx.Client) -> Sender:
    """A program that has not logged in yet."""
    return Sender(simulator, http, NIP)


def status_after(newcomer: Sender, started: httpx.Response) -> dict[str, Any]:
    """Status of a login when it is decided."""
    assert started.status_code == 202, started.text
    newcomer.simulator.clock.advance(1)
    bearer = {"Authorization": f"Bearer {started.json()['authenticationToken']['token']}"}
    path = f"/auth/{started.json()['referenceNumber']}"
    document: dict[str, Any] = newcomer.http.get(path, headers=bearer).json()["status"]
    return document


def test_challenge_time_is_cut_to_milliseconds(http: httpx.Client) -> None:
    challenge = http.post("/auth/challenge").json()
    assert challenge["timestamp"] == "2026-03-02T09:00:00.1234560+00:00"
    assert challenge["timestampMs"] == 1772442000123
    assert challenge["challenge"][8:12] == "-CR-"
    assert challenge["clientIp"] == "127.0.0.1"


def test_login_is_asynchronous_and_tokens_are_given_once(newcomer: Sender) -> None:
    started = newcomer.log_in(newcomer.simulator.issue_token(NIP)).json()
    bearer = {"Authorization": f"Bearer {started['authenticationToken']['token']}"}
    path = f"/auth/{started['referenceNumber']}"

    waiting = newcomer.http.get(path, headers=bearer).json()
    assert waiting["status"] == {"code": 100, "description": "Uwierzytelnianie w toku"}
    assert "isTokenRedeemed" not in waiting
    early = newcomer.http.post("/auth/token/redeem", headers=bearer)
    assert codes(early) == [21301]

    newcomer.simulator.clock.advance(1)
    done = newcomer.http.get(path, headers=bearer).json()
    assert done["status"]["code"] == 200
    assert done["authenticationMethodInfo"]["category"] == "Token"
    assert done["isTokenRedeemed"] is False
    redeemed = newcomer.http.post("/auth/token/redeem", headers=bearer).json()
    assert set(redeemed) == {"accessToken", "refreshToken"}
    assert newcomer.http.get(path, headers=bearer).json()["isTokenRedeemed"] is True
    again = newcomer.http.post("/auth/token/redeem", headers=bearer)
    assert codes(again) == [21301]
    assert "zostały już pobrane" in again.text


def test_tokens_say_what_they_are_for_and_how_long(newcomer: Sender) -> None:
    tokens = newcomer.authenticate()
    access = claims(tokens["accessToken"]["token"])
    refresh = claims(tokens["refreshToken"]["token"])
    assert access["typ"] == "ContextToken"
    assert (access["cit"], access["civ"], access["aum"]) == ("Nip", NIP, "Token")
    assert "InvoiceWrite" in access["per"]
    assert access["exp"] - access["iat"] == 15 * 60
    assert refresh["typ"] == "RefreshToken"
    assert refresh["exp"] - refresh["iat"] == 7 * 24 * 3600
    assert access["iss"] == "ksef-api-te"
    assert access["arn"] == refresh["arn"]


def test_access_token_ends_and_is_refreshed_many_times(newcomer: Sender) -> None:
    tokens = newcomer.authenticate()
    path = "/sessions?sessionType=Online"
    assert newcomer.get(path).status_code == 200
    newcomer.simulator.clock.advance(15 * 60)
    assert newcomer.get(path).status_code == 401
    bearer = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    for _ in range(2):
        fresh = newcomer.http.post("/auth/token/refresh", headers=bearer).json()["accessToken"]
        newcomer.headers = {"Authorization": f"Bearer {fresh['token']}"}
        assert newcomer.get(path).status_code == 200
    newcomer.simulator.clock.advance(7 * 24 * 3600)
    assert newcomer.http.post("/auth/token/refresh", headers=bearer).status_code == 401


def test_each_operation_takes_its_own_type_of_token(newcomer: Sender) -> None:
    started = newcomer.log_in(newcomer.simulator.issue_token(NIP)).json()
    login = {"Authorization": f"Bearer {started['authenticationToken']['token']}"}
    newcomer.simulator.clock.advance(1)
    tokens = newcomer.http.post("/auth/token/redeem", headers=login).json()
    access = {"Authorization": f"Bearer {tokens['accessToken']['token']}"}
    refresh = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    http, path = newcomer.http, f"/auth/{started['referenceNumber']}"
    assert http.get("/sessions?sessionType=Online", headers=access).status_code == 200
    for wrong in (login, refresh):
        assert http.get("/sessions?sessionType=Online", headers=wrong).status_code == 401
    for wrong in (access, refresh):
        assert http.get(path, headers=wrong).status_code == 401
        assert http.post("/auth/token/redeem", headers=wrong).status_code == 401
    for wrong in (access, login):
        assert http.post("/auth/token/refresh", headers=wrong).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Basic abc", "Bearer ąć"])
def test_no_entry_without_a_token_made_here(http: httpx.Client, header: str) -> None:
    headers = {b"Authorization": header.encode()} if header else {}
    response = http.get("/sessions?sessionType=Online", headers=headers)
    assert response.status_code == 401
    assert response.headers["content-type"].startswith("application/problem+json")
    assert response.json()["detail"] == "Wymagane jest uwierzytelnienie."


def test_tokens_of_another_simulator_are_foreign(newcomer: Sender) -> None:
    newcomer.authenticate()
    other = Simulator(clock=newcomer.simulator.clock)
    status, _, _ = other.handle("GET", "http://x/v2/sessions?sessionType=Online", newcomer.headers)
    assert status == 401


def test_challenge_is_answered_once(newcomer: Sender) -> None:
    token = newcomer.simulator.issue_token(NIP)
    challenge = newcomer.http.post("/auth/challenge").json()["challenge"]
    first = newcomer.log_in(token, challenge=challenge)
    assert first.status_code == 202
    assert codes(newcomer.log_in(token, challenge=challenge)) == [21111]


def test_challenge_lives_ten_minutes(newcomer: Sender) -> None:
    token = newcomer.simulator.issue_token(NIP)
    challenge = newcomer.http.post("/auth/challenge").json()["challenge"]
    newcomer.simulator.clock.advance(601)
    assert codes(newcomer.log_in(token, challenge=challenge)) == [21111]


def test_unknown_challenge(newcomer: Sender) -> None:
    made_up = "20250514-CR-226FB7B000-3ACF9BE4C0-10"
    assert codes(newcomer.log_in("x", challenge=made_up)) == [21111]


def test_unknown_key_is_refused_at_once(newcomer: Sender) -> None:
    response = newcomer.log_in("x", publicKeyId=b64(bytes(32)))
    assert codes(response) == [21470]
    assert b64(bytes(32)) in response.text


def test_key_of_the_other_usage_is_unknown_here(newcomer: Sender) -> None:
    _, key_id = newcomer.certificate("SymmetricKeyEncryption")
    assert codes(newcomer.log_in("x", publicKeyId=key_id)) == [21470]


def encrypted(newcomer: Sender, plain: bytes, algorithm: hashes.HashAlgorithm | None = None) -> str:
    digest = algorithm or hashes.SHA256()
    scheme = padding.OAEP(padding.MGF1(digest), digest, None)
    return b64(newcomer.certificate("KsefTokenEncryption")[0].encrypt(plain, scheme))


def test_what_is_wrong_with_the_token_shows_in_the_status(newcomer: Sender) -> None:
    cases: dict[str, dict[str, Any]] = {
        "Nieprawidłowe szyfrowanie tokena": {
            "encryptedToken": encrypted(newcomer, b"x|1", hashes.SHA1())
        },
        "Nieprawidłowe kodowanie tokena": {"encryptedToken": encrypted(newcomer, b"\xff|1")},
        "Nieprawidłowy czas tokena": {"encryptedToken": encrypted(newcomer, b"x|1")},
    }
    for detail, changes in cases.items():
        status = status_after(newcomer, newcomer.log_in("x", **changes))
        assert (status["code"], status["details"]) == (450, [detail])
    unknown = status_after(newcomer, newcomer.log_in("20260101-EC-0000000000-0000000000-00|x|y"))
    assert (unknown["code"], unknown["details"]) == (450, ["Nieprawidłowy token"])


def test_token_of_another_context(newcomer: Sender) -> None:
    token = newcomer.simulator.issue_token(OTHER_NIP)
    status = status_after(newcomer, newcomer.log_in(token))
    assert status["code"] == 450
    assert status["details"] == [f"Token nie może być użyty w kontekście {NIP}"]


def test_token_without_permissions(newcomer: Sender) -> None:
    status = status_after(newcomer, newcomer.log_in(newcomer.simulator.issue_token(NIP, [])))
    assert (status["code"], status["details"]) == (415, ["Brak przypisanych uprawnień"])


def test_revoked_token_logs_in_and_refreshes_no_more(newcomer: Sender) -> None:
    token = newcomer.simulator.issue_token(NIP)
    tokens = newcomer.authenticate(token)
    newcomer.simulator.revoke_token(token)
    status = status_after(newcomer, newcomer.log_in(token))
    assert (status["code"], status["details"]) == (450, ["Token unieważniony"])
    bearer = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    refused = newcomer.http.post("/auth/token/refresh", headers=bearer)
    assert codes(refused) == [21301]
    with pytest.raises(ValueError, match="no such token"):
        newcomer.simulator.revoke_token("20260101-EC-0000000000-0000000000-00|x|y")


def test_login_of_somebody_else_is_unknown(newcomer: Sender) -> None:
    first = newcomer.log_in(newcomer.simulator.issue_token(NIP)).json()
    second = newcomer.log_in(newcomer.simulator.issue_token(NIP)).json()
    bearer = {"Authorization": f"Bearer {first['authenticationToken']['token']}"}
    response = newcomer.http.get(f"/auth/{second['referenceNumber']}", headers=bearer)
    assert codes(response) == [21304]


def test_missing_permission_names_what_is_needed_and_what_is_there(newcomer: Sender) -> None:
    newcomer.authenticate(newcomer.simulator.issue_token(NIP, ["InvoiceRead"]))
    response = newcomer.get("/sessions?sessionType=Online")
    assert response.status_code == 403
    problem = response.json()
    assert problem["reasonCode"] == "missing-permissions"
    assert set(problem["security"]["requiredAnyOfPermissions"]) == {
        "InvoiceWrite",
        "Introspection",
        "EnforcementOperations",
    }
    assert problem["security"]["presentPermissions"] == ["InvoiceRead"]


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        ({"ip4Addresses": ["127.0.0.1"]}, 200),
        ({"ip4Masks": ["127.0.0.0/8"]}, 200),
        ({"ip4Ranges": ["127.0.0.0-127.0.0.9"]}, 200),
        ({"ip4Addresses": ["203.0.113.7"], "ip4Masks": ["203.0.113.0/24"]}, 403),
    ],
)
def test_addresses_of_the_policy_bind_the_access_token(
    newcomer: Sender, policy: dict[str, list[str]], status: int
) -> None:
    started = newcomer.log_in(
        newcomer.simulator.issue_token(NIP), authorizationPolicy={"allowedIps": policy}
    ).json()
    login = {"Authorization": f"Bearer {started['authenticationToken']['token']}"}
    newcomer.simulator.clock.advance(1)
    tokens = newcomer.http.post("/auth/token/redeem", headers=login).json()
    newcomer.headers = {"Authorization": f"Bearer {tokens['accessToken']['token']}"}
    response = newcomer.get("/sessions?sessionType=Online")
    assert response.status_code == status
    if status == 403:
        assert response.json()["reasonCode"] == "ip-not-allowed"
        assert response.json()["security"] == {"clientIp": "127.0.0.1"}


def test_more_than_ten_addresses_are_too_many(newcomer: Sender) -> None:
    policy = {"allowedIps": {"ip4Addresses": ["127.0.0.1"] * 11}}
    assert codes(newcomer.log_in("x", authorizationPolicy=policy)) == [21405]
