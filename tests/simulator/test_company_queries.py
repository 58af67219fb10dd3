"""Looking up what companies hold of one another: units, authorisations, roles, consents."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.officials import (
    FINGERPRINT,
    NIP,
    OTHER,
    PESEL,
    SECOND_PESEL,
    THIRD,
    Official,
    authorization,
    owner,
    party,
    scopes,
    to_entity,
    to_eu_administrator,
    to_eu_representative,
    to_person,
    to_subunit,
    visitor,
    with_checksum,
)

UNIT, SECOND_UNIT = with_checksum(NIP, 1234), with_checksum(NIP, 5678)


@pytest.fixture
def company(simulator: Simulator, http: httpx.Client) -> Official:
    return owner(simulator, http)


def test_units(company: Official) -> None:
    company.grant("subunits", **to_subunit("InternalId", UNIT))
    company.grant("subunits", **to_subunit("InternalId", SECOND_UNIT, subunitName="Druga"))
    assert [item["subunitName"] for item in company.query("subunits/grants")] == [
        "Druga",
        "Jednostka 014",
    ]
    (item,) = company.query("subunits/grants", subunitIdentifier=party("InternalId", UNIT))
    assert item["subunitIdentifier"] == party("InternalId", UNIT)
    assert item["permissionScope"] == "CredentialsManage"
    assert item["authorIdentifier"] == party("Nip", NIP)
    unknown = {"subunitIdentifier": party("InternalId", with_checksum(NIP, 9999))}
    assert company.query("subunits/grants", **unknown) == []
    # What the administrator grants inside is the unit's own matter.
    chief = visitor(company, "Pesel", PESEL, UNIT, context_kind="InternalId")
    assert chief.enter() == 200
    chief.grant("persons", **to_person(SECOND_PESEL))
    assert len(company.query("subunits/grants")) == 2


def test_rights_received_from_others(company: Official) -> None:
    client = owner(company.simulator, company.http, THIRD)
    client.grant("entities", **to_entity(NIP, "InvoiceRead", delegable=True))
    company.grant("entities", **to_entity(OTHER, "InvoiceRead"))
    (item,) = company.query("entities/grants")
    assert item["contextIdentifier"] == party("Nip", THIRD)
    assert item["canDelegate"] is True
    by = {"contextIdentifier": party("Nip", THIRD)}
    assert len(company.query("entities/grants", **by)) == 1
    by = {"contextIdentifier": party("Nip", OTHER)}
    assert company.query("entities/grants", **by) == []


def test_roles_and_subordinates(company: Official, http: httpx.Client) -> None:
    body = {
        "subjectNip": NIP,
        "subjectType": "VatGroup",
        "description": "Grupa VAT",
        "createdDate": "2026-01-01T00:00:00Z",
        "subunits": [{"subjectNip": nip, "description": "Członek"} for nip in (OTHER, THIRD)],
    }
    assert http.post("/testdata/subject", json=body).status_code == 200
    person = {"nip": NIP, "pesel": PESEL, "isBailiff": True, "description": "Komornik"}
    http.post("/testdata/person", json=person)
    roles = company.get("/permissions/query/entities/roles").json()
    assert roles["hasMore"] is False
    assert [role["role"] for role in roles["roles"]] == ["CourtBailiff", "VatGroupUnit"]
    assert "parentEntityIdentifier" not in roles["roles"][1]
    below = company.query("subordinate-entities/roles", "roles")
    assert [role["subordinateEntityIdentifier"]["value"] for role in below] == [OTHER, THIRD]
    assert {role["role"] for role in below} == {"VatGroupSubUnit"}
    wanted = {"subordinateEntityIdentifier": party("Nip", THIRD)}
    assert len(company.query("subordinate-entities/roles", "roles", **wanted)) == 1
    member = owner(company.simulator, http, OTHER)
    (role,) = member.get("/permissions/query/entities/roles").json()["roles"]
    assert role["role"] == "VatGroupSubUnit"
    assert role["parentEntityIdentifier"] == party("Nip", NIP)
    assert member.query("subordinate-entities/roles", "roles") == []


def test_authorisations_given_and_received(company: Official) -> None:
    other = owner(company.simulator, company.http, OTHER)
    company.grant("authorizations", **authorization(OTHER, "SelfInvoicing"))
    company.grant("authorizations", **authorization(THIRD, "TaxRepresentative"))
    other.grant("authorizations", **authorization(NIP, "RRInvoicing"))

    def found(**body: Any) -> list[str]:
        items = company.query("authorizations/grants", "authorizationGrants", **body)
        return sorted(item["authorizationScope"] for item in items)

    assert found(queryType="Granted") == ["SelfInvoicing", "TaxRepresentative"]
    assert found(queryType="Received") == ["RRInvoicing"]
    of_other = party("Nip", OTHER)
    assert found(queryType="Granted", authorizedIdentifier=of_other) == ["SelfInvoicing"]
    assert found(queryType="Received", authorizingIdentifier=of_other) == ["RRInvoicing"]
    assert found(queryType="Received", authorizingIdentifier=party("Nip", THIRD)) == []
    # Each filter is for one of the two lists.
    assert found(queryType="Received", authorizedIdentifier=party("Nip", THIRD)) == ["RRInvoicing"]
    types = ["TaxRepresentative", "PefInvoicing"]
    assert found(queryType="Granted", permissionTypes=types) == ["TaxRepresentative"]


def test_entities_of_the_union(company: Official) -> None:
    way = "eu-entities/administration"
    compound = f"{NIP}-DE123456789"
    company.grant(way, **to_eu_administrator(compound))
    company.grant(way, **to_eu_administrator(f"{NIP}-FRAB123456789", "CD" * 32))
    assert len(company.query("eu-entities/grants")) == 8

    def found(**body: Any) -> list[str]:
        return scopes(company.query("eu-entities/grants", **body))

    four = ["Introspection", "InvoiceRead", "InvoiceWrite", "VatUeManage"]
    assert found(vatUeIdentifier="DE123456789") == four
    assert found(vatUeIdentifier="DE123456780") == []
    assert found(authorizedFingerprintIdentifier="DCDCD") == four
    both = {"vatUeIdentifier": "DE123456789", "authorizedFingerprintIdentifier": "CDCD"}
    assert found(**both) == []
    assert found(permissionTypes=["VatUeManage"]) == ["VatUeManage"] * 2
    item = company.query("eu-entities/grants", vatUeIdentifier="DE123456789")[0]
    assert item["euEntityName"] == "Firma G.m.b.H."
    assert item["euEntityDetails"] == {"fullName": "Firma G.m.b.H.", "address": "Berlin"}
    assert item["authorizedFingerprintIdentifier"] == FINGERPRINT
    assert item["subjectEntityDetails"]["subjectDetailsType"] == "EntityByFingerprint"
    stranger = owner(company.simulator, company.http, OTHER)
    assert stranger.query("eu-entities/grants") == []


def test_representatives_are_shown_in_their_own_context(
    simulator: Simulator, company: Official
) -> None:
    chief = visitor(company, "Nip", OTHER, f"{NIP}-DE123456789")
    chief.options = {"context_kind": "NipVatUe", "by": "certificateFingerprint"}
    simulator.taxpayers.grant(
        NIP + "-DE123456789",
        chief.identity.fingerprint,
        ["VatUeManage"],
        subject_kind="Fingerprint",
        context_kind="NipVatUe",
    )
    assert chief.enter() == 200
    assert chief.grant("eu-entities", **to_eu_representative("InvoiceRead")) == 200
    assert scopes(chief.query("eu-entities/grants")) == ["InvoiceRead", "VatUeManage"]
    assert scopes(company.query("eu-entities/grants")) == ["VatUeManage"]
    assert scopes(chief.query("personal/grants")) == ["VatUeManage"]


def test_consent_to_attachments(simulator: Simulator, company: Official) -> None:
    def status() -> Any:
        return company.get("/permissions/attachments/status").json()

    assert status() == {"isAttachmentAllowed": False}
    company.http.post("/testdata/attachment", json={"nip": NIP})
    assert status() == {"isAttachmentAllowed": True}
    body = {"nip": NIP, "expectedEndDate": "2026-03-05"}
    company.http.post("/testdata/attachment/revoke", json=body)
    # The day begins in Poland an hour before it does in UTC.
    assert status() == {
        "isAttachmentAllowed": True,
        "revokedDate": "2026-03-04T23:00:00.0000000+00:00",
    }
    simulator.clock.advance(3 * 24 * 3600)
    company.enter()
    assert status()["isAttachmentAllowed"] is False
