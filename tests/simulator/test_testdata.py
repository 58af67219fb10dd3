"""Test data: what anyone may set up on TEST, and what it changes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Clock, Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.officials import (
    NIP,
    OTHER,
    PESEL,
    SECOND_PESEL,
    Official,
    identity_of,
    owner,
    to_person,
    visitor,
)
from tests.simulator.plain_batches import Batch, ended, zipped
from tests.simulator.plain_client import Sender, codes, over_core
from tests.simulator.signers import seal

PEPPOL_ID = "PPL123456"

COMPANY: dict[str, Any] = {
    "subjectNip": NIP,
    "subjectType": "JST",
    "description": "Gmina",
    "subunits": [{"subjectNip": OTHER, "description": "Szkoła"}],
}
PERSON: dict[str, Any] = {
    "nip": NIP,
    "pesel": PESEL,
    "isBailiff": False,
    "description": "Osoba",
}


def said(http: httpx.Client, what: str, **body: Any) -> None:
    """Test data that are taken: the answer is empty."""
    answer = http.post(f"/testdata/{what}", json=body)
    assert (answer.status_code, answer.content) == (200, b""), answer.text


def refused(http: httpx.Client, what: str, **body: Any) -> list[int]:
    return codes(http.post(f"/testdata/{what}", json=body))


@pytest.fixture
def clerk(simulator: Simulator, http: httpx.Client) -> Official:
    """Somebody with a PESEL, at the door of a company."""
    return Official(simulator, http, identity_of("Pesel", PESEL), NIP)


@pytest.mark.parametrize(
    ("what", "body", "key"), [("subject", COMPANY, "subjectNip"), ("person", PERSON, "nip")]
)
def test_created_once(http: httpx.Client, what: str, body: dict[str, Any], key: str) -> None:
    said(http, what, **body, createdDate="2026-01-02T00:00:00Z")
    assert refused(http, what, **body) == [30001]
    said(http, f"{what}/remove", **{key: NIP})
    # Each time it must be later than the time before.
    for date in ("2026-01-02T00:00:00Z", "2026-01-02T00:30:00+01:00"):
        assert refused(http, what, **body, createdDate=date) == [21405]
    said(http, what, **body, createdDate="2026-01-02T00:00:01Z")
    said(http, f"{what}/remove", **{key: NIP})
    said(http, what, **body)
    # Removing what is not there changes nothing.
    said(http, f"{what}/remove", **{key: OTHER})


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("subject", {**COMPANY, "subjectNip": "0000000000"}),
        ("subject", {**COMPANY, "subunits": COMPANY["subunits"] * 2}),
        ("subject", {**COMPANY, "subjectType": "EnforcementAuthority"}),
        ("subject", {**COMPANY, "createdDate": "0001-01-01T00:00:00+14:00"}),
        ("person", {**PERSON, "pesel": "123"}),
        ("attachment/revoke", {"nip": NIP, "expectedEndDate": "0001-01-01"}),
        ("context/block", {}),
        ("context/unblock", {"contextIdentifier": {"type": "Nip", "value": "1"}}),
        (
            "permissions/revoke",
            {
                "contextIdentifier": {"type": "Nip", "value": "0000000000"},
                "authorizedIdentifier": {"type": "Pesel", "value": PESEL},
            },
        ),
    ],
)
def test_data_that_make_no_sense(http: httpx.Client, what: str, body: dict[str, Any]) -> None:
    if what == "attachment/revoke":
        said(http, "attachment", nip=NIP)
    assert refused(http, what, **body) == [21405]


def test_person_owns_its_company(http: httpx.Client, clerk: Official) -> None:
    assert clerk.enter() == 415
    said(http, "person", **PERSON)
    assert clerk.enter() == 200
    assert clerk.held == ["Owner"]
    assert clerk.verdict(make_invoice(NIP))["status"]["code"] == 200
    said(http, "person/remove", nip=NIP)
    assert clerk.enter() == 415


def test_removed_person_loses_everything(
    simulator: Simulator, http: httpx.Client, clerk: Official
) -> None:
    said(http, "person", **PERSON)
    other = owner(simulator, http, OTHER)
    other.grant("persons", **to_person(PESEL))
    there = visitor(clerk, "Pesel", PESEL, OTHER)
    assert there.enter() == 200
    # Under its tax number it is the same person.
    assert visitor(clerk, "Nip", NIP, OTHER).enter() == 200
    said(http, "person/remove", nip=NIP)
    assert there.enter() == 415


def test_bailiff(http: httpx.Client, clerk: Official) -> None:
    said(http, "person", **{**PERSON, "isBailiff": True})
    assert clerk.enter() == 200
    assert clerk.held == ["EnforcementOperations", "Owner"]
    roles = clerk.get("/permissions/query/entities/roles").json()["roles"]
    assert [role["role"] for role in roles] == ["CourtBailiff"]


def test_deceased(http: httpx.Client, clerk: Official) -> None:
    said(http, "person", **PERSON)
    assert clerk.enter() == 200
    said(http, "person/remove", nip=NIP)
    said(http, "person", **PERSON, isDeceased=True)
    assert clerk.enter() == 470
    assert codes(clerk.refresh()) == [21308]
    assert visitor(clerk, "Nip", NIP).enter() == 470
    said(http, "person/remove", nip=NIP)
    assert visitor(clerk, "Nip", NIP).enter() == 200


def test_permissions_without_a_grantor(
    simulator: Simulator, http: httpx.Client, clerk: Official
) -> None:
    parties = {
        "contextIdentifier": {"type": "Nip", "value": NIP},
        "authorizedIdentifier": {"type": "Pesel", "value": PESEL},
    }
    wishes = [
        {"permissionType": name, "description": "ZAW-FA"}
        for name in ("InvoiceRead", "InvoiceWrite")
    ]
    said(http, "permissions", **parties, permissions=wishes)
    assert clerk.enter() == 200
    assert clerk.held == ["InvoiceRead", "InvoiceWrite"]
    company = owner(simulator, http)
    company.grant("persons", **to_person(PESEL, "Introspection"))
    listed = company.query(
        "persons/grants",
        queryType="PermissionsInCurrentContext",
        authorIdentifier={"type": "System"},
    )
    assert sorted(item["permissionScope"] for item in listed) == ["InvoiceRead", "InvoiceWrite"]
    assert listed[0]["authorIdentifier"] == {"type": "System"}
    assert listed[0]["description"] == "ZAW-FA"
    # What somebody granted stays.
    said(http, "permissions/revoke", **parties)
    assert clerk.enter() == 200
    assert clerk.held == ["Introspection"]
    assert refused(http, "permissions", **parties, permissions=[]) == [21405]


def test_attachments(sender: Sender, http: httpx.Client) -> None:
    def verdict(number: str) -> int:
        invoice = make_invoice(NIP, number=number, extra="<Zalacznik/>")
        batch = Batch(sender, zipped({"1.xml": invoice}))
        ended(batch)
        code: int = batch.invoices()[0]["status"]["code"]
        return code

    assert verdict("Z/1") == 410
    said(http, "attachment", nip=NIP)
    assert verdict("Z/2") == 200
    said(http, "attachment/revoke", nip=NIP)
    assert verdict("Z/3") == 410


@pytest.mark.parametrize(
    ("kind", "value"), [("Nip", NIP), ("InternalId", f"{NIP}-12345"), ("PeppolId", PEPPOL_ID)]
)
def test_blocked_context(simulator: Simulator, http: httpx.Client, kind: str, value: str) -> None:
    identity = identity_of("Pesel", SECOND_PESEL)
    if kind == "PeppolId":
        identity = seal(PEPPOL_ID, "p256")
    simulator.taxpayers.grant(value, SECOND_PESEL, ["InvoiceRead"], context_kind=kind)
    there = Official(simulator, http, identity, value, context_kind=kind)
    assert there.enter() == 200
    context = {"contextIdentifier": {"type": kind, "value": value}}
    said(http, "context/block", **context)
    assert there.enter() == 480
    said(http, "context/unblock", **context)
    assert there.enter() == 200


@pytest.mark.parametrize("environment", ["TR", "PRD"])
def test_elsewhere_there_are_no_such_endpoints(environment: Any) -> None:
    simulator = Simulator(clock=Clock.stopped(), environment=environment)
    with over_core(simulator) as http:
        answer = http.post("/testdata/person", json=PERSON)
        assert (answer.status_code, answer.content) == (404, b"")
    assert simulator.core.taxpayer_register.persons == {}
