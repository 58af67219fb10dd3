"""Permissions across contexts: units, groups, entities of the Union, and invoicing for others."""

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
    THIRD,
    Official,
    authorization,
    owner,
    to_entity,
    to_eu_administrator,
    to_eu_representative,
    to_person,
    to_subunit,
    visitor,
    with_checksum,
)
from tests.simulator.plain_client import codes
from tests.simulator.signers import seal
from tests.simulator.test_invoice_rules import RR, UBL

UNIT = with_checksum(NIP, 1234)
VAT_NUMBER = "DE123456789"
COMPOUND = f"{NIP}-{VAT_NUMBER}"
PEPPOL_ID = "PPL123456"


@pytest.fixture
def company(simulator: Simulator, http: httpx.Client) -> Official:
    return owner(simulator, http)


def create_group(http: httpx.Client, kind: str, *members: str, nip: str = NIP) -> None:
    body = {
        "subjectNip": nip,
        "subjectType": kind,
        "description": "Podmiot nadrzędny",
        "subunits": [{"subjectNip": one, "description": "Podmiot podrzędny"} for one in members],
    }
    assert http.post("/testdata/subject", json=body).status_code == 200


def test_checksum_of_a_unit_as_the_contract_works_it_out() -> None:
    assert with_checksum("6824515772", 1234) == "6824515772-12343"


def test_administrator_of_a_unit(company: Official) -> None:
    chief = visitor(company, "Pesel", PESEL, UNIT, context_kind="InternalId")
    assert chief.enter() == 415
    assert company.grant("subunits", **to_subunit("InternalId", UNIT)) == 200
    assert chief.enter() == 200
    assert chief.held == ["CredentialsManage"]
    assert chief.grant("persons", **to_person(SECOND_PESEL, "InvoiceWrite")) == 200
    clerk = visitor(company, "Pesel", SECOND_PESEL, UNIT, context_kind="InternalId")
    assert clerk.enter() == 200
    assert clerk.verdict(make_invoice(NIP))["status"]["code"] == 200
    # What holds in the unit does not hold in the company.
    assert visitor(company, "Pesel", SECOND_PESEL).enter() == 415
    refused = chief.post("/permissions/authorizations/grants", json=authorization()).json()
    assert refused["reasonCode"] == "context-type-not-allowed"
    assert refused["security"] == {"contextIdentifierType": "InternalId"}


def test_administrator_of_a_unit_is_revoked_by_who_manages_units(company: Official) -> None:
    company.grant("persons", **to_person(SECOND_PESEL, "SubunitManage"))
    manager = visitor(company, "Pesel", SECOND_PESEL)
    assert manager.enter() == 200
    assert manager.grant("subunits", **to_subunit("InternalId", UNIT)) == 200
    (entry,) = manager.query("subunits/grants")
    assert manager.revoke(entry["id"]) == 200
    assert visitor(company, "Pesel", PESEL, UNIT, context_kind="InternalId").enter() == 415


@pytest.mark.parametrize(
    "changes",
    [
        {"contextIdentifier": {"type": "InternalId", "value": UNIT[:-1] + "0"}},
        {"subunitName": None},
        {"contextIdentifier": {"type": "InternalId", "value": NIP}},
    ],
)
def test_units_that_make_no_sense(company: Official, changes: dict[str, Any]) -> None:
    body = to_subunit("InternalId", UNIT, **changes)
    assert codes(company.post("/permissions/subunits/grants", json=body)) == [21405]


def test_unit_of_another_company(company: Official) -> None:
    foreign = with_checksum(OTHER, 1234)
    assert company.grant("subunits", **to_subunit("InternalId", foreign)) == 410


@pytest.mark.parametrize("kind", ["JST", "VatGroup"])
def test_administrator_of_a_subordinate_entity(company: Official, kind: str) -> None:
    body = to_subunit("Nip", OTHER, subunitName=None)
    assert company.grant("subunits", **body) == 430
    create_group(company.http, kind, OTHER)
    assert company.grant("subunits", **to_subunit("Nip", THIRD)) == 440
    assert company.grant("subunits", **body) == 200
    chief = visitor(company, "Pesel", PESEL, OTHER)
    assert chief.enter() == 200
    assert chief.held == ["CredentialsManage"]
    # The group is dissolved, and with it the administrators that it gave its members.
    company.http.post("/testdata/subject/remove", json={"subjectNip": NIP})
    assert chief.enter() == 415


@pytest.mark.parametrize("kind", ["JST", "VatGroup"])
def test_group_and_member_invoice_for_each_other(company: Official, kind: str) -> None:
    assert company.verdict(make_invoice(OTHER))["status"]["code"] == 410
    create_group(company.http, kind, OTHER)
    assert company.verdict(make_invoice(OTHER))["status"]["code"] == 200
    member = owner(company.simulator, company.http, OTHER)
    assert member.verdict(make_invoice(NIP))["status"]["code"] == 200
    assert member.verdict(make_invoice(THIRD))["status"]["code"] == 410


def of_union(company: Official, identity_of: str) -> Official:
    return Official(
        company.simulator,
        company.http,
        seal(f"VATPL-{identity_of}", "p384"),
        COMPOUND,
        context_kind="NipVatUe",
        by="certificateFingerprint",
    )


def test_entity_of_the_union(company: Official) -> None:
    administrator = of_union(company, OTHER)
    representative = of_union(company, THIRD)
    fingerprint = administrator.identity.fingerprint
    way = "eu-entities/administration"
    elsewhere = to_eu_administrator(f"{OTHER}-{VAT_NUMBER}", fingerprint)
    assert company.grant(way, **elsewhere) == 410
    assert administrator.enter() == 415
    assert company.grant(way, **to_eu_administrator(COMPOUND, fingerprint)) == 200
    assert administrator.enter() == 200
    assert administrator.held == ["Introspection", "InvoiceRead", "InvoiceWrite", "VatUeManage"]
    # The taxpayer's invoices are issued by its customer from abroad.
    assert administrator.verdict(make_invoice(NIP))["status"]["code"] == 200
    wish = to_eu_representative("InvoiceRead", fingerprint=representative.identity.fingerprint)
    assert administrator.grant("eu-entities", **wish) == 200
    assert representative.enter() == 200
    assert representative.held == ["InvoiceRead"]
    assert company.post("/permissions/eu-entities/grants", json=wish).status_code == 403
    (entry,) = administrator.query(
        "eu-entities/grants", authorizedFingerprintIdentifier=representative.identity.fingerprint
    )
    assert administrator.revoke(entry["id"]) == 200
    assert representative.enter() == 415


def self_invoiced(seller: str) -> bytes:
    """An invoice that its buyer issues."""
    invoice = make_invoice(seller).decode()
    invoice = invoice.replace(
        "<P_13_1>", "<Adnotacje><P_16>2</P_16><P_17>1</P_17></Adnotacje><P_13_1>"
    )
    return invoice.replace("<NIP>1111111111</NIP>", f"<NIP>{NIP}</NIP>").encode()


def authorised(seller: str, role: int) -> bytes:
    """An invoice that an authorised party issues in a role."""
    party = (
        f"<PodmiotUpowazniony><DaneIdentyfikacyjne><NIP>{NIP}</NIP></DaneIdentyfikacyjne>"
        f"<RolaPU>{role}</RolaPU></PodmiotUpowazniony>"
    )
    return make_invoice(seller).replace(b"  <Fa>", f"  {party}<Fa>".encode())


@pytest.mark.parametrize(
    ("permission", "invoice"),
    [
        ("SelfInvoicing", self_invoiced(THIRD)),
        ("TaxRepresentative", authorised(THIRD, 3)),
    ],
)
def test_invoicing_on_behalf_of_a_seller(
    simulator: Simulator, http: httpx.Client, company: Official, permission: str, invoice: bytes
) -> None:
    seller = owner(simulator, http, THIRD)
    wrong = {"SelfInvoicing": "TaxRepresentative", "TaxRepresentative": "SelfInvoicing"}
    assert company.verdict(invoice)["status"]["code"] == 410
    assert seller.grant("authorizations", **authorization(NIP, wrong[permission])) == 200
    assert company.verdict(invoice)["status"]["code"] == 410
    assert seller.grant("authorizations", **authorization(NIP, permission)) == 200
    assert company.verdict(invoice)["status"]["code"] == 200
    # It is about invoices of that kind alone, and nothing that shows in a login.
    assert company.verdict(make_invoice(THIRD))["status"]["code"] == 410
    assert company.held == ["Owner"]
    found = seller.query(
        "authorizations/grants",
        "authorizationGrants",
        queryType="Granted",
        permissionTypes=[permission],
    )
    assert seller.revoke(found[0]["id"], "authorizations") == 200
    again = invoice.replace(b"<P_2>", b"<P_2>R")
    assert company.verdict(again)["status"]["code"] == 410


def test_farmer_lets_a_buyer_invoice(
    simulator: Simulator, http: httpx.Client, company: Official
) -> None:
    form = {"systemCode": "FA_RR (1)", "schemaVersion": "1-1E", "value": "FA_RR"}

    def verdict() -> int:
        session = company.open(formCode=form)
        invoice = company.send(session, RR)
        company.wait(1)
        status = company.get(f"/sessions/{session}/invoices/{invoice}").json()["status"]
        code: int = status["code"]
        return code

    assert verdict() == 410
    farmer = owner(simulator, http, OTHER)
    assert farmer.grant("authorizations", **authorization(NIP, "RRInvoicing")) == 200
    assert verdict() == 200


@pytest.mark.parametrize("role", [1, 2])
def test_bailiff_invoices_for_a_debtor(company: Official, role: int) -> None:
    invoice = authorised(THIRD, role)
    assert company.verdict(invoice)["status"]["code"] == 410
    body = {"nip": NIP, "pesel": PESEL, "isBailiff": True, "description": "Komornik"}
    company.http.post("/testdata/person", json=body)
    assert company.verdict(invoice)["status"]["code"] == 200


def peppol_provider(company: Official) -> Official:
    provider = Official(
        company.simulator,
        company.http,
        seal(PEPPOL_ID, "p256"),
        PEPPOL_ID,
        context_kind="PeppolId",
    )
    assert provider.enter() == 200
    return provider


def test_peppol_provider_sends_for_who_lets_it(company: Official) -> None:
    provider = peppol_provider(company)
    form = {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"}

    def verdict() -> int:
        session = provider.open(formCode=form)
        invoice = provider.send(session, UBL)
        provider.wait(1)
        status = provider.get(f"/sessions/{session}/invoices/{invoice}").json()["status"]
        code: int = status["code"]
        return code

    assert verdict() == 410
    wish = authorization(PEPPOL_ID, "SelfInvoicing", "PeppolId")
    assert company.grant("authorizations", **wish) == 450
    assert company.grant("authorizations", **authorization(OTHER, "PefInvoicing")) == 450
    wish = authorization(PEPPOL_ID, "PefInvoicing", "PeppolId")
    assert company.grant("authorizations", **wish) == 200
    assert verdict() == 200
    (entry,) = provider.query("authorizations/grants", "authorizationGrants", queryType="Received")
    assert entry["authorizingEntityIdentifier"] == {"type": "Nip", "value": NIP}
    assert entry["authorizedEntityIdentifier"] == {"type": "PeppolId", "value": PEPPOL_ID}


def test_documents_embedded_by_a_peppol_provider_need_the_consent_of_the_seller(
    company: Official,
) -> None:
    company.simulator.taxpayers.authorize(NIP, PEPPOL_ID, "PefInvoicing", issuer_kind="PeppolId")
    provider = peppol_provider(company)
    embedded = b"<cbc:EmbeddedDocumentBinaryObject>R0lGODlh</cbc:EmbeddedDocumentBinaryObject>"
    reference = b"<cac:AdditionalDocumentReference><cac:Attachment>%s</cac:Attachment>"
    reference = reference % embedded + b"</cac:AdditionalDocumentReference></Invoice>"
    invoice = UBL.replace(b"</Invoice>", reference)

    def verdict() -> tuple[int, list[str]]:
        form = {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"}
        session = provider.open(formCode=form)
        sent = provider.send(session, invoice)
        provider.wait(1)
        status = provider.get(f"/sessions/{session}/invoices/{sent}").json()["status"]
        return status["code"], status.get("details", [])

    assert verdict() == (410, ["Brak zgody na wystawianie faktur z załącznikiem"])
    company.simulator.taxpayers.allow_attachments(NIP)
    assert verdict() == (200, [])


def test_authorisation_made_for_a_test(company: Official) -> None:
    company.simulator.taxpayers.authorize(NIP, OTHER, "SelfInvoicing")
    (entry,) = company.query("authorizations/grants", "authorizationGrants", queryType="Granted")
    assert "authorIdentifier" not in entry


def test_units_are_no_matter_of_entity_grants(company: Official) -> None:
    company.grant("subunits", **to_subunit("InternalId", UNIT))
    chief = visitor(company, "Pesel", PESEL, UNIT, context_kind="InternalId")
    assert chief.enter() == 200
    assert chief.grant("entities", **to_entity(OTHER, "InvoiceRead", delegable=True)) == 200
    office = owner(company.simulator, company.http, OTHER)
    (entry,) = office.query("entities/grants")
    assert entry["contextIdentifier"] == {"type": "InternalId", "value": UNIT}
    target = {"type": "InternalId", "value": UNIT}
    wish = to_person(SECOND_PESEL, "InvoiceRead", targetIdentifier=target)
    assert office.grant("indirect", **wish) == 200
    clerk = visitor(company, "Pesel", SECOND_PESEL, UNIT, context_kind="InternalId")
    assert clerk.enter() == 200
    assert clerk.held == ["InvoiceRead"]
