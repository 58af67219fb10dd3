"""Looking permissions up: who sees what, every filter, and pages by number."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.officials import (
    NIP,
    OTHER,
    PESEL,
    SECOND_PESEL,
    THIRD,
    Official,
    indirect,
    owner,
    party,
    scopes,
    to_entity,
    to_person,
    to_subunit,
    visitor,
    with_checksum,
)
from tests.simulator.plain_client import Sender, codes

UNIT = with_checksum(NIP, 1234)
IN_CONTEXT = {"queryType": "PermissionsInCurrentContext"}
GRANTED = {"queryType": "PermissionsGrantedInCurrentContext"}


@pytest.fixture
def company(simulator: Simulator, http: httpx.Client) -> Official:
    return owner(simulator, http)


def test_person_as_listed(company: Official) -> None:
    company.grant("persons", **to_person(PESEL, "InvoiceRead"))
    (item,) = company.query("persons/grants", **IN_CONTEXT)
    assert len(item.pop("id")) == 36
    assert item.pop("startDate").endswith("+00:00")
    assert item == {
        "authorizedIdentifier": party("Pesel", PESEL),
        "authorIdentifier": party("Nip", NIP),
        "permissionScope": "InvoiceRead",
        "description": "Praca w księgowości",
        "subjectPersonDetails": {
            "subjectDetailsType": "PersonByIdentifier",
            "firstName": "Adam",
            "lastName": "Abacki",
        },
        "permissionState": "Active",
        "canDelegate": False,
    }


@pytest.fixture
def populated(simulator: Simulator, http: httpx.Client, company: Official) -> Official:
    """A company with a permission of each kind, and a client whose office it is."""
    client = owner(simulator, http, THIRD)
    assert client.grant("entities", **to_entity(NIP, "InvoiceRead", delegable=True)) == 200
    simulator.taxpayers.grant(NIP, SECOND_PESEL, ["Introspection"])
    assert company.grant("persons", **to_person(PESEL, "InvoiceWrite", "CredentialsRead")) == 200
    assert company.grant("entities", **to_entity(OTHER, "InvoiceRead")) == 200
    assert company.grant("subunits", **to_subunit("InternalId", UNIT)) == 200
    target = party("Nip", THIRD)
    assert company.grant("indirect", **indirect(target, "InvoiceRead", "InvoiceWrite")) == 200
    assert company.grant("indirect", **indirect(None, "CollectiveIdentifierManage")) == 200
    return company


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (
            {},
            [
                "CollectiveIdentifierManage",
                "CredentialsRead",
                "Introspection",
                "InvoiceRead",
                "InvoiceRead",
                "InvoiceWrite",
                "InvoiceWrite",
            ],
        ),
        ({"authorIdentifier": {"type": "System"}}, ["Introspection"]),
        ({"authorIdentifier": party("Nip", OTHER)}, []),
        ({"authorizedIdentifier": party("Nip", OTHER)}, ["InvoiceRead"]),
        ({"authorizedIdentifier": party("Pesel", SECOND_PESEL)}, ["Introspection"]),
        ({"targetIdentifier": party("Nip", THIRD)}, ["InvoiceRead", "InvoiceWrite"]),
        ({"targetIdentifier": {"type": "AllPartners"}}, ["CollectiveIdentifierManage"]),
        ({"targetIdentifier": party("Nip", OTHER)}, []),
        ({"permissionTypes": ["CredentialsRead"]}, ["CredentialsRead"]),
        ({"permissionState": "Inactive"}, ["InvoiceWrite"]),
        ({"permissionState": "Active", "permissionTypes": ["InvoiceWrite"]}, ["InvoiceWrite"]),
        ({"contextIdentifier": party("InternalId", UNIT)}, []),
    ],
)
def test_permissions_in_a_context(
    populated: Official, filters: dict[str, Any], found: list[str]
) -> None:
    assert scopes(populated.query("persons/grants", **IN_CONTEXT, **filters)) == found


def test_permissions_that_were_granted_in_a_context(populated: Official) -> None:
    everything = populated.query("persons/grants", **GRANTED)
    assert scopes(everything) == [
        "CollectiveIdentifierManage",
        "CredentialsManage",
        "CredentialsRead",
        "InvoiceRead",
        "InvoiceRead",
        "InvoiceWrite",
        "InvoiceWrite",
    ]
    unit = party("InternalId", UNIT)
    (of_unit,) = populated.query("persons/grants", **GRANTED, contextIdentifier=unit)
    assert (of_unit["permissionScope"], of_unit["contextIdentifier"]) == ("CredentialsManage", unit)
    here = populated.query("persons/grants", **GRANTED, contextIdentifier=party("Nip", NIP))
    assert len(here) == len(everything) - 1
    # Whoever may read permissions sees what others have granted.
    reader = visitor(populated, "Pesel", PESEL)
    assert reader.enter() == 200
    assert reader.query("persons/grants", **GRANTED) == everything


def test_client_sees_no_clerks_of_its_office(populated: Official) -> None:
    client = owner(populated.simulator, populated.http, THIRD)
    (only,) = client.query("persons/grants", **IN_CONTEXT)
    assert only["authorizedIdentifier"] == party("Nip", NIP)
    assert only["canDelegate"] is True
    assert only["subjectEntityDetails"] == {
        "subjectDetailsType": "EntityByIdentifier",
        "fullName": "Biuro sp. z o.o.",
    }


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["InvoiceRead"]),
        ({"contextIdentifier": party("Nip", THIRD)}, ["InvoiceRead"]),
        ({"contextIdentifier": party("Nip", OTHER)}, []),
        ({"permissionTypes": ["InvoiceWrite"]}, []),
        ({"permissionState": "Inactive"}, []),
    ],
)
def test_own_permissions_of_an_owner(
    populated: Official, filters: dict[str, Any], found: list[str]
) -> None:
    assert scopes(populated.query("personal/grants", **filters)) == found
    answer = populated.post("/permissions/query/personal/grants", json=filters).json()
    assert answer["ownerPermissions"] == [
        "CredentialsManage",
        "CredentialsRead",
        "InvoiceWrite",
        "InvoiceRead",
        "Introspection",
        "SubunitManage",
        "CollectiveIdentifierManage",
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (
            {},
            [
                "CollectiveIdentifierManage",
                "CredentialsRead",
                "InvoiceRead",
                "InvoiceWrite",
                "InvoiceWrite",
            ],
        ),
        ({"targetIdentifier": party("Nip", THIRD)}, ["InvoiceRead", "InvoiceWrite"]),
        ({"targetIdentifier": {"type": "AllPartners"}}, ["CollectiveIdentifierManage"]),
        ({"permissionState": "Inactive"}, ["InvoiceWrite"]),
        ({"permissionTypes": ["CredentialsRead"]}, ["CredentialsRead"]),
        ({"contextIdentifier": party("Nip", THIRD)}, []),
    ],
)
def test_own_permissions_of_a_clerk(
    populated: Official, filters: dict[str, Any], found: list[str]
) -> None:
    clerk = visitor(populated, "Pesel", PESEL)
    assert clerk.enter() == 200
    answer = clerk.post("/permissions/query/personal/grants", json=filters).json()
    assert "ownerPermissions" not in answer
    assert scopes(answer["permissions"]) == found
    # They are the caller's own, so that nobody is named.
    assert all("authorizedIdentifier" not in item for item in answer["permissions"])


def test_own_permissions_at_a_client(populated: Official) -> None:
    clerk = visitor(populated, "Pesel", PESEL, THIRD)
    assert clerk.enter() == 200
    assert scopes(clerk.query("personal/grants")) == ["InvoiceRead", "InvoiceWrite"]
    office = visitor(populated, "Nip", NIP, THIRD)
    assert office.enter() == 200
    (held,) = office.query("personal/grants")
    assert held["contextIdentifier"] == party("Nip", THIRD)


def test_bailiff_owns_enforcement(company: Official) -> None:
    body = {"nip": NIP, "pesel": PESEL, "isBailiff": True, "description": "Komornik"}
    company.http.post("/testdata/person", json=body)
    bailiff = visitor(company, "Pesel", PESEL)
    assert bailiff.enter() == 200
    assert bailiff.held == ["EnforcementOperations", "Owner"]
    answer = bailiff.post("/permissions/query/personal/grants", json={}).json()
    assert "EnforcementOperations" in answer["ownerPermissions"]


def test_pages_by_number(simulator: Simulator, company: Official) -> None:
    for day in range(4):
        people = [f"{90 + number}0101{day:05d}" for number in range(3)]
        for pesel in people:
            simulator.taxpayers.grant(NIP, pesel, ["InvoiceRead"])
        simulator.clock.advance(1)

    def page(number: int, size: int = 10) -> Any:
        params = {"pageOffset": number, "pageSize": size}
        answer = company.post("/permissions/query/persons/grants", json=IN_CONTEXT, params=params)
        return answer.json()

    first, second = page(0), page(1)
    assert [len(one["permissions"]) for one in (first, second, page(2))] == [10, 2, 0]
    assert [one["hasMore"] for one in (first, second, page(2))] == [True, False, False]
    items = [*first["permissions"], *second["permissions"]]
    order = [(item["startDate"], item["id"]) for item in items]
    expected = sorted(order, key=lambda one: one[1])
    expected.sort(key=lambda one: one[0], reverse=True)
    assert order == expected
    params = {"pageSize": 9}
    path = "/permissions/query/persons/grants"
    assert codes(company.post(path, json=IN_CONTEXT, params=params)) == [21405]


QUERIES = [
    ("persons/grants", IN_CONTEXT),
    ("subunits/grants", {}),
    ("entities/grants", {}),
    ("subordinate-entities/roles", {}),
    ("authorizations/grants", {"queryType": "Granted"}),
    ("eu-entities/grants", {}),
]


@pytest.mark.parametrize(("what", "body"), QUERIES)
def test_queries_take_a_permission(simulator: Simulator, what: str, body: Any, http: Any) -> None:
    sender = Sender(simulator, http, NIP)
    sender.authenticate(simulator.issue_token(NIP, ["InvoiceRead"]))
    assert sender.post(f"/permissions/query/{what}", json=body).status_code == 403
    sender.authenticate(simulator.issue_token(NIP, ["CredentialsRead"]))
    assert sender.post(f"/permissions/query/{what}", json=body).status_code == 200


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("persons/grants", {**IN_CONTEXT, "authorIdentifier": party("Nip", "0000000000")}),
        ("persons/grants", {**IN_CONTEXT, "targetIdentifier": {"type": "Nip"}}),
        ("personal/grants", {"contextIdentifier": party("InternalId", NIP)}),
        ("subunits/grants", {"subunitIdentifier": party("Nip", "0123456789")}),
        (
            "authorizations/grants",
            {"queryType": "Granted", "authorizedIdentifier": party("PeppolId", "P12345678")},
        ),
        ("eu-entities/grants", {"vatUeIdentifier": "DE"}),
    ],
)
def test_filters_are_well_formed(company: Official, what: str, body: dict[str, Any]) -> None:
    assert codes(company.post(f"/permissions/query/{what}", json=body)) == [21405]
