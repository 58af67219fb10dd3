"""KSeF tokens: made by signature, active by the clock, listed to whom they concern, revoked."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.officials import (
    NIP,
    OTHER,
    PESEL,
    SECOND_PESEL,
    Official,
    owner,
    to_person,
    to_subunit,
    visitor,
    with_checksum,
)
from tests.simulator.plain_client import FA_3, Sender, codes
from tests.simulator.signers import seal

UNIT = with_checksum(NIP, 1234)
PROBLEM = {"X-Error-Format": "problem-details"}


@pytest.fixture
def company(simulator: Simulator, http: httpx.Client) -> Official:
    return owner(simulator, http)


def make(sender: Sender, *permissions: str, description: str = "Program FK") -> dict[str, str]:
    body = {"permissions": list(permissions or ("InvoiceWrite",)), "description": description}
    answer = sender.post("/tokens", json=body)
    assert answer.status_code == 202, answer.text
    document: dict[str, str] = answer.json()
    return document


def shown(sender: Sender, token: dict[str, str]) -> dict[str, Any]:
    document: dict[str, Any] = sender.get(f"/tokens/{token['referenceNumber']}").json()
    return document


def delete(sender: Sender, token: dict[str, str]) -> httpx.Response:
    return sender.http.delete(f"/tokens/{token['referenceNumber']}", headers=sender.headers)


def listed(sender: Sender, **params: Any) -> list[str]:
    answer = sender.get("/tokens", params={"pageSize": 100, **params})
    assert answer.status_code == 200, answer.text
    return [token["description"] for token in answer.json()["tokens"]]


def open_session(sender: Sender) -> httpx.Response:
    return sender.post(
        "/sessions/online", json={"formCode": FA_3, "encryption": sender.encryption()}
    )


def refresh(sender: Sender, tokens: dict[str, Any]) -> None:
    bearer = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    answer = sender.http.post("/auth/token/refresh", headers=bearer)
    assert answer.status_code == 200, answer.text
    sender.headers = {"Authorization": f"Bearer {answer.json()['accessToken']['token']}"}


def present(refused: httpx.Response) -> list[str]:
    assert refused.status_code == 403
    permissions: list[str] = refused.json()["security"]["presentPermissions"]
    return permissions


def test_token_can_do_what_its_author_still_may(simulator: Simulator, company: Official) -> None:
    company.grant("persons", **to_person(PESEL, "InvoiceRead", "InvoiceWrite"))
    clerk = visitor(company, "Pesel", PESEL)
    assert clerk.enter() == 200
    token = make(clerk, "InvoiceRead", "InvoiceWrite")
    company.wait(0.1)
    program = Sender(simulator, company.http, NIP)
    tokens = program.authenticate(token["token"])
    granted = company.query("persons/grants", queryType="PermissionsGrantedInCurrentContext")
    by_scope = {grant["permissionScope"]: grant["id"] for grant in granted}
    assert company.revoke(by_scope["InvoiceWrite"]) == 200
    # What was given out lives on; what is given out anew has less.
    assert program.open()
    refresh(program, tokens)
    assert present(open_session(program)) == ["InvoiceRead"]
    assert company.revoke(by_scope["InvoiceRead"]) == 200
    status = program.login_status(program.log_in(token["token"]))["status"]
    assert status["code"] == 415
    assert status["details"] == ["Brak przypisanych uprawnień"]
    # Refreshing still works, and gives a token that can do nothing.
    refresh(program, tokens)
    assert present(open_session(program)) == []


def test_author_of_an_issued_token_holds_what_the_token_carries(
    simulator: Simulator, company: Official
) -> None:
    clerk = Sender(simulator, company.http, NIP)
    clerk.authenticate(simulator.issue_token(NIP, ["InvoiceRead"], author=OTHER))
    (grant,) = company.query("persons/grants", queryType="PermissionsInCurrentContext")
    assert (grant["permissionScope"], grant["authorizedIdentifier"]["value"]) == (
        "InvoiceRead",
        OTHER,
    )
    clerk.authenticate(simulator.issue_token(NIP, ["InvoiceRead"], author=OTHER))
    assert company.query("persons/grants", queryType="PermissionsInCurrentContext") == [grant]


def test_token_becomes_active_and_logs_in(simulator: Simulator, company: Official) -> None:
    token = make(company, "InvoiceWrite", "InvoiceRead")
    assert token["referenceNumber"][9:11] == "EC"
    assert token["token"].split("|")[:2] == [token["referenceNumber"], f"nip-{NIP}"]
    assert len(token["token"]) <= 160
    program = Sender(simulator, company.http, NIP)
    early = program.login_status(program.log_in(token["token"]))
    assert early["status"]["details"] == ["Token nieaktywny"]
    # Its status has been looked at for 0.06 seconds: it is active now.
    document = shown(company, token)
    created = document.pop("dateCreated")
    assert created.startswith("2026-03-02T09:00:00.")
    assert document == {
        "referenceNumber": token["referenceNumber"],
        "authorIdentifier": {"type": "Nip", "value": NIP},
        "contextIdentifier": {"type": "Nip", "value": NIP},
        "description": "Program FK",
        "requestedPermissions": ["InvoiceWrite", "InvoiceRead"],
        "status": "Active",
        "statusDetails": [],
    }
    program.authenticate(token["token"])
    assert program.verdict(make_invoice(NIP))["status"]["code"] == 200
    assert shown(company, token)["lastUseDate"] > created


def test_states_by_the_clock(simulator: Simulator, company: Official) -> None:
    token = make(company)
    assert shown(company, token)["status"] == "Pending"
    simulator.clock.advance(0.05)
    assert shown(company, token)["status"] == "Active"
    assert delete(company, token).status_code == 204
    assert shown(company, token)["status"] == "Revoking"
    simulator.clock.advance(0.05)
    assert shown(company, token)["status"] == "Revoked"
    assert delete(company, token).status_code == 204
    assert shown(company, token)["status"] == "Revoked"


def test_revoked_token_neither_logs_in_nor_refreshes(
    simulator: Simulator, company: Official
) -> None:
    token = make(company)
    simulator.clock.advance(0.05)
    program = Sender(simulator, company.http, NIP)
    tokens = program.authenticate(token["token"])
    assert delete(company, token).status_code == 204
    refused = program.login_status(program.log_in(token["token"]))
    assert (refused["status"]["code"], refused["status"]["details"]) == (
        450,
        ["Token unieważniony"],
    )
    bearer = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    assert codes(company.http.post("/auth/token/refresh", headers=bearer)) == [21301]
    # The access token lives on until it expires.
    assert program.get("/tokens").status_code == 200


def test_only_what_the_maker_holds(company: Official) -> None:
    company.grant("persons", **to_person(PESEL, "InvoiceRead"))
    clerk = visitor(company, "Pesel", PESEL)
    assert clerk.enter() == 200
    body = {"permissions": ["InvoiceRead", "InvoiceWrite"], "description": "Program FK"}
    refused = clerk.post("/tokens", json=body, headers=PROBLEM).json()["errors"][0]
    assert refused["code"] == 26001
    assert refused["description"] == "Nie można nadać tokenowi uprawnień których nie posiadasz."
    assert "InvoiceWrite" in refused["details"][0]
    assert "InvoiceRead" not in refused["details"][0]
    make(clerk, "InvoiceRead")
    body["permissions"] = ["EnforcementOperations"]
    assert codes(company.post("/tokens", json=body)) == [26001]
    body["permissions"] = []
    assert codes(company.post("/tokens", json=body)) == [21405]


def test_contexts_that_have_no_tokens(simulator: Simulator, http: httpx.Client) -> None:
    provider = Official(
        simulator, http, seal("PPL123456", "p256"), "PPL123456", context_kind="PeppolId"
    )
    assert provider.enter() == 200
    body = {"permissions": ["InvoiceWrite"], "description": "Program FK"}
    refused = provider.post("/tokens", json=body, headers=PROBLEM).json()["errors"][0]
    assert refused["code"] == 26002
    assert "PeppolId" in refused["details"][0]
    assert "InternalId" in refused["details"][0]


def test_token_of_a_unit(simulator: Simulator, company: Official) -> None:
    company.grant("subunits", **to_subunit("InternalId", UNIT))
    chief = visitor(company, "Pesel", PESEL, UNIT, context_kind="InternalId")
    assert chief.enter() == 200
    token = make(chief, "CredentialsManage")
    assert f"|internalId-{UNIT}|" in token["token"]
    simulator.clock.advance(0.05)
    program = Sender(simulator, company.http, NIP)
    wrong = program.login_status(program.log_in(token["token"]))
    assert wrong["status"]["details"] == [f"Token nie może być użyty w kontekście {NIP}"]
    unit = {"type": "InternalId", "value": UNIT}
    program.finish(program.log_in(token["token"], contextIdentifier=unit))
    assert shown(program, token)["authorIdentifier"] == {"type": "Pesel", "value": PESEL}
    assert codes(company.get(f"/tokens/{token['referenceNumber']}")) == [21405]


def test_token_makes_no_tokens(sender: Sender) -> None:
    body = {"permissions": ["InvoiceRead"], "description": "Program FK"}
    refused = sender.post("/tokens", json=body)
    assert refused.status_code == 403
    assert refused.json()["reasonCode"] == "auth-method-not-allowed"
    assert refused.json()["security"] == {"authenticationMethodCategory": "Token"}


@pytest.fixture
def several(simulator: Simulator, company: Official) -> Official:
    """Tokens of the company and of two clerks: newest first they are c, b, a."""
    make(company, "InvoiceRead", description="Token a")
    for pesel, name in ((PESEL, "b"), (SECOND_PESEL, "c")):
        company.grant("persons", **to_person(pesel, "InvoiceRead"))
        clerk = visitor(company, "Pesel", pesel)
        assert clerk.enter() == 200
        make(clerk, "InvoiceRead", description=f"Token {name}")
    return company


def test_who_sees_which_tokens(simulator: Simulator, several: Official) -> None:
    assert listed(several) == ["Token c", "Token b", "Token a"]
    clerk = visitor(several, "Pesel", PESEL)
    clerk.enter()
    assert listed(clerk) == ["Token b"]
    foreign = several.get("/tokens", params={"authorIdentifierType": "Nip"}).json()["tokens"][0]
    refused = clerk.get(f"/tokens/{foreign['referenceNumber']}")
    assert refused.json()["reasonCode"] == "insufficient-resource-access"
    assert delete(clerk, foreign).status_code == 403
    program = Sender(simulator, several.http, NIP)
    program.authenticate(simulator.issue_token(NIP, ["InvoiceRead"]))
    assert listed(program) == ["Token wydany przez symulator"]
    program.authenticate(simulator.issue_token(NIP, ["CredentialsRead"]))
    assert len(listed(program)) == 5
    # Reading is not managing.
    assert delete(program, foreign).status_code == 403
    program.authenticate(simulator.issue_token(NIP, ["CredentialsManage"]))
    assert delete(program, foreign).status_code == 204
    assert listed(owner(simulator, several.http, OTHER)) == []


def test_tax_number_and_pesel_are_one_author(simulator: Simulator, several: Official) -> None:
    body = {"nip": OTHER, "pesel": PESEL, "isBailiff": False, "description": "Osoba"}
    several.http.post("/testdata/person", json=body)
    simulator.taxpayers.grant(NIP, OTHER, ["InvoiceRead"], subject_kind="Nip")
    same = visitor(several, "Nip", OTHER)
    assert same.enter() == 200
    assert listed(same) == ["Token b"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"description": "TOKEN A"}, "a"),
        ({"description": "oke"}, "cba"),
        ({"description": "nothing"}, ""),
        ({"authorIdentifier": PESEL[2:7]}, "b"),
        ({"authorIdentifierType": "Pesel"}, "cb"),
        ({"authorIdentifierType": "Fingerprint"}, ""),
        ({"authorIdentifier": NIP, "authorIdentifierType": "Nip"}, "a"),
        ({"status": "Active"}, "ba"),
        ({"status": ["Pending", "Active"]}, "cba"),
        ({"status": "Revoked"}, ""),
    ],
)
def test_filters(several: Official, filters: dict[str, Any], found: str) -> None:
    assert "".join(name[-1] for name in listed(several, **filters)) == found


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"description": "ab"}, 21405),
        ({"authorIdentifier": "12"}, 21405),
        ({"pageSize": 9}, 21405),
        ({"status": "Lost"}, 21001),
        ({"authorIdentifierType": "System"}, 21001),
    ],
)
def test_filters_out_of_bounds(sender: Sender, params: dict[str, Any], code: int) -> None:
    assert codes(sender.get("/tokens", params=params)) == [code]


def test_pages(simulator: Simulator, company: Official) -> None:
    for number in range(23):
        make(company, description=f"Token {number:02d}")
        simulator.clock.advance(1)
    names: list[str] = []
    headers: dict[str, str] = {}
    while True:
        page = company.get("/tokens", headers=headers).json()
        names += [token["description"] for token in page["tokens"]]
        if "continuationToken" not in page:
            break
        headers = {"x-continuation-token": page["continuationToken"]}
        if len(names) == 10:
            # A newer one moves nothing that is still to be read.
            make(company, description="Token in between")
    assert names == [f"Token {number:02d}" for number in reversed(range(23))]
    bad = {"x-continuation-token": "bm90aGluZw=="}
    assert codes(company.get("/tokens", headers=bad)) == [21418]
    other = {**headers, "x-continuation-token": headers["x-continuation-token"]}
    of_other = company.get("/tokens", params={"status": "Active"}, headers=other)
    assert codes(of_other) == [21418]


def test_unknown_token(sender: Sender) -> None:
    path = "/tokens/20251010-EC-1DCE3E3000-12ECB5B36E-45"
    assert codes(sender.get(path)) == [21405]
    assert codes(sender.http.delete(path, headers=sender.headers)) == [21405]


def test_tokens_are_not_in_representations(simulator: Simulator, company: Official) -> None:
    token = make(company)
    kept = simulator.core.tokens.by_reference(token["referenceNumber"])
    assert token["token"].rsplit("|", 1)[1] not in repr(kept)
