"""Permissions of persons and companies: granted, enforced at the next login, and revoked."""

from __future__ import annotations

from datetime import timedelta
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
    THIRD,
    Official,
    authorization,
    indirect,
    owner,
    to_entity,
    to_person,
    visitor,
)
from tests.simulator.plain_client import FA_3, codes


@pytest.fixture
def company(simulator: Simulator, http: httpx.Client) -> Official:
    return owner(simulator, http)


def opening(sender: Official) -> httpx.Response:
    body = {"formCode": FA_3, "encryption": sender.encryption()}
    return sender.post("/sessions/online", json=body)


def test_granted_permission_shows_and_is_enforced(company: Official) -> None:
    clerk = visitor(company, "Pesel", PESEL)
    assert clerk.enter() == 415
    assert company.grant("persons", **to_person(PESEL, "InvoiceRead")) == 200
    assert clerk.enter() == 200
    assert clerk.held == ["InvoiceRead"]
    assert opening(clerk).json()["reasonCode"] == "missing-permissions"
    assert company.grant("persons", **to_person(PESEL, "InvoiceWrite")) == 200
    assert opening(clerk).status_code == 403
    assert clerk.refresh().status_code == 200
    assert clerk.held == ["InvoiceRead", "InvoiceWrite"]
    assert clerk.verdict(make_invoice(NIP))["status"]["code"] == 200


def test_revoked_permission_is_gone_at_the_next_login_or_refresh(company: Official) -> None:
    clerk = visitor(company, "Pesel", PESEL)
    company.grant("persons", **to_person(PESEL, "InvoiceRead", "InvoiceWrite"))
    assert clerk.enter() == 200
    listed = company.query("persons/grants", queryType="PermissionsInCurrentContext")
    by_scope = {item["permissionScope"]: item["id"] for item in listed}
    assert company.revoke(by_scope["InvoiceWrite"]) == 200
    # The access token lives on until it expires.
    assert opening(clerk).status_code == 201
    clerk.refresh()
    assert clerk.held == ["InvoiceRead"]
    assert opening(clerk).status_code == 403
    assert company.revoke(by_scope["InvoiceRead"]) == 200
    assert clerk.enter() == 415
    assert company.query("persons/grants", queryType="PermissionsInCurrentContext") == []
    assert company.revoke(by_scope["InvoiceRead"]) == 400


def test_operation_is_decided_by_the_clock(simulator: Simulator, company: Official) -> None:
    answer = company.post("/permissions/persons/grants", json=to_person())
    reference = answer.json()["referenceNumber"]
    assert reference[9:11] == "EG"
    path = f"/permissions/operations/{reference}"
    status = company.get(path).json()["status"]
    assert status == {"code": 100, "description": "Operacja przyjęta do realizacji"}
    clerk = visitor(company, "Pesel", PESEL)
    assert simulator.taxpayers.permissions(*_parties(clerk)) == ()
    simulator.clock.advance(0.05)
    status = company.get(path).json()["status"]
    assert status == {"code": 200, "description": "Operacja zakończona sukcesem"}
    assert simulator.taxpayers.permissions(*_parties(clerk)) == ("InvoiceWrite",)


def _parties(clerk: Official) -> tuple[Any, Any]:
    from ksef_facade.simulator.logins.credentials import Party

    return Party("Nip", clerk.context), Party("Pesel", PESEL)


def test_status_is_for_its_context_and_for_thirty_days(
    simulator: Simulator, http: httpx.Client, company: Official
) -> None:
    answer = company.post("/permissions/persons/grants", json=to_person())
    path = f"/permissions/operations/{answer.json()['referenceNumber']}"
    assert codes(owner(simulator, http, OTHER).get(path)) == [21405]
    unknown = "/permissions/operations/20250626-EG-333C814000-C529F710D8-D2"
    assert codes(company.get(unknown)) == [21405]
    simulator.clock.advance(timedelta(days=29, hours=23))
    company.enter()
    assert company.get(path).status_code == 200
    simulator.clock.advance(timedelta(hours=1))
    company.enter()
    gone = company.get(path)
    assert (gone.status_code, gone.json()["title"]) == (410, "Gone")


def test_interrupted_operation_grants_nothing(company: Official) -> None:
    company.simulator.outcomes.decide("permission", 550)
    assert company.grant("persons", **to_person()) == 550
    assert visitor(company, "Pesel", PESEL).enter() == 415
    assert company.grant("persons", **to_person()) == 200


def test_administrator_who_lost_the_right_meanwhile(company: Official) -> None:
    company.grant("persons", **to_person(PESEL, "CredentialsManage"))
    administrator = visitor(company, "Pesel", PESEL)
    assert administrator.enter() == 200
    assert administrator.grant("persons", **to_person(SECOND_PESEL)) == 200
    (entry,) = company.query(
        "persons/grants",
        queryType="PermissionsInCurrentContext",
        permissionTypes=["CredentialsManage"],
    )
    assert company.revoke(entry["id"]) == 200
    assert administrator.grant("persons", **to_person(SECOND_PESEL, "InvoiceRead")) == 420
    administrator.refresh()
    refused = administrator.post("/permissions/persons/grants", json=to_person())
    assert refused.status_code == 403


def test_same_permission_twice_is_one_entry(company: Official) -> None:
    assert company.grant("persons", **to_person()) == 200
    assert company.grant("persons", **to_person()) == 200
    assert len(company.query("persons/grants", queryType="PermissionsInCurrentContext")) == 1
    assert company.grant("entities", **to_entity()) == 200
    assert company.grant("entities", **to_entity(delegable=True)) == 200
    office = owner(company.simulator, company.http, OTHER)
    (entry,) = office.query("entities/grants")
    assert entry["canDelegate"] is True


def test_owner_needs_no_permission(company: Official) -> None:
    own = to_person(subjectIdentifier={"type": "Nip", "value": NIP})
    assert company.grant("persons", **own) == 450
    assert company.grant("entities", **to_entity(NIP)) == 450
    assert company.grant("authorizations", **authorization(NIP)) == 450


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/testdata/subject", {"subjectNip": NIP, "subjectType": "EnforcementAuthority"}),
        ("/testdata/person", {"nip": NIP, "pesel": SECOND_PESEL, "isBailiff": True}),
    ],
)
def test_enforcement_takes_a_role(company: Official, path: str, body: dict[str, Any]) -> None:
    wish = to_person(PESEL, "EnforcementOperations")
    assert company.grant("persons", **wish) == 430
    assert company.http.post(path, json={**body, "description": "Komornik"}).status_code == 200
    assert company.grant("persons", **wish) == 200
    clerk = visitor(company, "Pesel", PESEL)
    assert clerk.enter() == 200
    assert clerk.held == ["EnforcementOperations"]


def test_company_works_for_its_client(company: Official) -> None:
    assert company.grant("entities", **to_entity(OTHER, "InvoiceRead", "InvoiceWrite")) == 200
    office = visitor(company, "Nip", OTHER)
    assert office.enter() == 200
    assert office.held == ["InvoiceRead", "InvoiceWrite"]
    assert office.verdict(make_invoice(NIP))["status"]["code"] == 200


def test_clerk_of_an_office_works_for_the_client_that_lets_it(
    simulator: Simulator, http: httpx.Client, company: Official
) -> None:
    office = owner(simulator, http, OTHER)
    client = {"type": "Nip", "value": NIP}
    assert office.grant("indirect", **indirect(client, "InvoiceRead", "InvoiceWrite")) == 200
    company.grant("entities", **to_entity(OTHER, "InvoiceRead", "InvoiceWrite"))
    # It rests until the client lets the office pass permissions on.
    resting = {"queryType": "PermissionsGrantedInCurrentContext", "permissionState": "Inactive"}
    assert len(office.query("persons/grants", **resting)) == 2
    clerk = visitor(company, "Pesel", PESEL)
    assert clerk.enter() == 415
    company.grant("entities", **to_entity(OTHER, "InvoiceWrite", delegable=True))
    assert len(office.query("persons/grants", **resting)) == 1
    assert clerk.enter() == 200
    assert clerk.held == ["InvoiceWrite"]
    # In the office's own context it holds nothing.
    assert visitor(company, "Pesel", PESEL, OTHER).enter() == 415


def test_clerk_for_all_clients(simulator: Simulator, http: httpx.Client, company: Official) -> None:
    office = owner(simulator, http, OTHER)
    assert office.grant("indirect", **indirect(None, "InvoiceRead")) == 200
    third = owner(simulator, http, THIRD)
    company.grant("entities", **to_entity(OTHER, "InvoiceRead", delegable=True))
    third.grant("entities", **to_entity(OTHER, "InvoiceRead"))
    assert visitor(company, "Pesel", PESEL).enter() == 200
    assert visitor(company, "Pesel", PESEL, THIRD).enter() == 415
    (given,) = company.query("persons/grants", queryType="PermissionsInCurrentContext")
    assert company.revoke(given["id"]) == 200
    assert visitor(company, "Pesel", PESEL).enter() == 415


def test_only_the_context_of_a_permission_revokes_it(
    simulator: Simulator, http: httpx.Client, company: Official
) -> None:
    company.grant("persons", **to_person())
    company.grant("authorizations", **authorization())
    (entry,) = company.query("persons/grants", queryType="PermissionsInCurrentContext")
    stranger = owner(simulator, http, THIRD)
    assert stranger.revoke(entry["id"]) == 410
    # Each kind of permission has an operation of its own.
    assert company.revoke(entry["id"], "authorizations") == 400
    (given,) = company.query("authorizations/grants", "authorizationGrants", queryType="Granted")
    assert company.revoke(given["id"]) == 400
    assert company.revoke(given["id"], "authorizations") == 200
    path = f"/permissions/common/grants/{'x' * 36}"
    assert codes(company.http.delete(path, headers=company.headers)) == [21405]


def test_revoking_takes_the_right_for_its_kind(company: Official) -> None:
    company.grant("persons", **to_person(SECOND_PESEL, "SubunitManage"))
    company.grant("persons", **to_person(PESEL, "InvoiceRead"))
    manager = visitor(company, "Pesel", SECOND_PESEL)
    assert manager.enter() == 200
    (entry,) = manager.query(
        "persons/grants",
        queryType="PermissionsInCurrentContext",
        authorizedIdentifier={"type": "Pesel", "value": PESEL},
    )
    assert manager.revoke(entry["id"]) == 420


WITHOUT_DETAILS = {"subjectDetailsType": "PersonByIdentifier"}
OF_FINGERPRINT = {
    "subjectDetailsType": "PersonByFingerprintWithIdentifier",
    "personByFpWithId": {
        "firstName": "Adam",
        "lastName": "Abacki",
        "identifier": {"type": "Pesel", "value": PESEL},
    },
}


@pytest.mark.parametrize(
    "changes",
    [
        {"subjectIdentifier": {"type": "Pesel", "value": "30999906276"}},
        {"subjectIdentifier": {"type": "Nip", "value": "0000000000"}},
        {"subjectIdentifier": {"type": "Fingerprint", "value": "ab" * 32}},
        {"permissions": []},
        {"permissions": ["InvoiceRead", "InvoiceRead"]},
        {"subjectDetails": WITHOUT_DETAILS},
        {"subjectDetails": OF_FINGERPRINT},
        {"description": "opis"},
    ],
)
def test_requests_that_make_no_sense(company: Official, changes: dict[str, Any]) -> None:
    refused = company.post("/permissions/persons/grants", json=to_person(**changes))
    assert codes(refused) == [21405]


def test_identifier_in_the_details_of_a_fingerprint_is_well_formed(company: Official) -> None:
    person = OF_FINGERPRINT["personByFpWithId"]
    assert isinstance(person, dict)
    bad = {**person, "identifier": {"type": "Pesel", "value": "00000000000"}}
    wish = to_person(
        subjectIdentifier={"type": "Fingerprint", "value": "AB" * 32},
        subjectDetails={**OF_FINGERPRINT, "personByFpWithId": bad},
    )
    refused = company.post("/permissions/persons/grants", json=wish)
    assert codes(refused) == [21405]
    assert "'identifier.value'" in refused.text


def test_target_of_an_indirect_permission_is_well_formed(company: Official) -> None:
    for target in ({"type": "Nip"}, {"type": "AllPartners", "value": NIP}):
        refused = company.post("/permissions/indirect/grants", json=indirect(target))
        assert codes(refused) == [21405]


def test_value_of_what_has_none_may_be_left_empty(company: Official) -> None:
    everybody = {"type": "AllPartners", "value": ""}
    assert company.grant("indirect", **indirect(everybody, "InvoiceRead")) == 200
    in_context = {"queryType": "PermissionsInCurrentContext"}
    (entry,) = company.query("persons/grants", **in_context, targetIdentifier=everybody)
    assert entry["targetIdentifier"] == {"type": "AllPartners"}
    assert company.query("personal/grants", targetIdentifier=everybody) == []
    service = {"type": "System", "value": ""}
    assert company.query("persons/grants", **in_context, authorIdentifier=service) == []
    refused = company.post(
        "/permissions/indirect/grants", json=indirect({"type": "Nip", "value": ""})
    )
    assert codes(refused) == [21405]


def test_permissions_of_fingerprints(company: Official) -> None:
    clerk = visitor(company, "Pesel", PESEL, by="certificateFingerprint")
    subject = {"type": "Fingerprint", "value": clerk.identity.fingerprint}
    wish = to_person(subjectIdentifier=subject, subjectDetails=OF_FINGERPRINT)
    assert company.grant("persons", **wish) == 200
    assert clerk.enter() == 200
    (entry,) = clerk.query("personal/grants")
    assert entry["subjectPersonDetails"]["personIdentifier"] == {"type": "Pesel", "value": PESEL}


def test_every_problem_at_once(company: Official) -> None:
    wish = to_person(subjectIdentifier={"type": "Pesel", "value": "30999906276"}, permissions=[])
    headers = {"X-Error-Format": "problem-details"}
    refused = company.post("/permissions/persons/grants", json=wish, headers=headers)
    assert [error["code"] for error in refused.json()["errors"]] == [21405, 21405]
