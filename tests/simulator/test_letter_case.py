"""Names, values of enumerations and reference numbers are understood in any letter case."""

from __future__ import annotations

from typing import Any

import httpx

from ksef_facade.simulator import Simulator
from tests.simulator.applications import application, ask, data_of
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import FA_3, Sender, codes
from tests.simulator.queries import filters
from tests.simulator.signers import key_of

NIP = "5265877635"


def test_a_login_names_its_context_in_any_letter_case(simulator: Simulator, anyone: Sender) -> None:
    token = simulator.issue_token(NIP)
    for kind in ("nip", "NIP"):
        started = anyone.log_in(token, contextIdentifier={"type": kind, "value": NIP})
        assert anyone.login_status(started)["status"]["code"] == 200


def test_enumerations_of_queries(sender: Sender) -> None:
    reference = sender.open()
    for query in ("sessionType=online", "sessionType=ONLINE&statuses=inprogress&statuses=failed"):
        (session,) = sender.get(f"/sessions?{query}").json()["sessions"]
        assert session["referenceNumber"] == reference
    assert sender.get("/sessions?sessionType=online&statuses=succeeded").json()["sessions"] == []


def test_enumerations_within_bodies(sender: Sender) -> None:
    reference = sender.open()
    sender.send(reference, make_invoice(NIP, issued="2026-03-02"))
    sender.wait(1)
    wanted = filters(subjectType="subject1", invoiceTypes=["vat", "KOR"], currencyCodes=["pln"])
    answer = sender.post("/invoices/query/metadata", json=wanted)
    assert len(answer.json()["invoices"]) == 1
    wanted = filters(subjectType="subject1", invoiceTypes=["kor"])
    assert sender.post("/invoices/query/metadata", json=wanted).json()["invoices"] == []


def test_test_data_as_the_official_examples_write_it(http: httpx.Client, anyone: Sender) -> None:
    body = {
        "contextIdentifier": {"type": "nip", "value": NIP},
        "authorizedIdentifier": {"type": "pesel", "value": "30112206276"},
        "permissions": [{"permissionType": "invoiceRead", "description": "reads all of it"}],
    }
    assert http.post("/testdata/permissions", json=body).status_code == 200
    anyone.authenticate_as_owner()
    query = {"queryType": "permissionsInCurrentContext"}
    (held,) = anyone.post("/permissions/query/persons/grants", json=query).json()["permissions"]
    assert held["permissionScope"] == "InvoiceRead"


def _as_properties(value: Any) -> Any:
    """A body whose names are those of properties in .NET."""
    if isinstance(value, list):
        return [_as_properties(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {f"{name[0].upper()}{name[1:]}": _as_properties(one) for name, one in value.items()}


def test_names_of_members(sender: Sender) -> None:
    body = _as_properties({"formCode": FA_3, "encryption": sender.encryption()})
    assert "SchemaVersion" in body["FormCode"]
    opened = sender.post("/sessions/online", json=body)
    assert opened.status_code == 201, opened.text
    for number in ("A/1", "A/2"):
        sender.send(opened.json()["referenceNumber"], make_invoice(NIP, number=number))
    sender.wait(1)
    wanted = _as_properties(filters(invoiceNumber="A/2"))
    (found,) = sender.post("/invoices/query/metadata", json=wanted).json()["invoices"]
    assert found["invoiceNumber"] == "A/2"
    # What is spelled as declared counts, and a wrong value is told by its declared name.
    both = {"INVOICENUMBER": "A/2", **filters(invoiceNumber="A/1")}
    (found,) = sender.post("/invoices/query/metadata", json=both).json()["invoices"]
    assert found["invoiceNumber"] == "A/1"
    refused = sender.post("/invoices/query/metadata", json={**wanted, "InvoiceNumber": 1})
    assert codes(refused) == [21001]
    assert "'invoiceNumber'" in refused.text


def test_names_within_lists(anyone: Sender) -> None:
    anyone.authenticate_as_owner()
    body = {
        "subjectIdentifier": {"type": "Nip", "value": "1111111111"},
        "permissions": [{"type": "InvoiceRead", "canDelegate": True}],
        "description": "for the accountants",
        "subjectDetails": {"fullName": "Accountants"},
    }
    granted = anyone.post("/permissions/entities/grants", json=_as_properties(body))
    assert granted.status_code == 202, granted.text
    missing = {**body, "permissions": [{"Kind": "InvoiceRead"}]}
    assert codes(anyone.post("/permissions/entities/grants", json=missing)) == [21405]


def test_other_words_stay_unreadable(sender: Sender) -> None:
    assert codes(sender.get("/sessions?sessionType=on-line")) == [21001]
    assert codes(sender.post("/invoices/query/metadata", json=filters(subjectType=1))) == [21001]
    repeated = {"permissions": ["InvoiceRead", "invoiceread"], "description": "twice the same"}
    sender.authenticate_as_owner()
    twice = {
        **repeated,
        "subjectIdentifier": {"type": "pesel", "value": "30112206276"},
        "subjectDetails": {
            "subjectDetailsType": "personByIdentifier",
            "personById": {"firstName": "Jan", "lastName": "Nowak"},
        },
    }
    assert codes(sender.post("/permissions/persons/grants", json=twice)) == [21405]


def test_reference_numbers_in_small_letters(simulator: Simulator, anyone: Sender) -> None:
    started = anyone.log_in(simulator.issue_token(NIP))
    document = started.json()
    bearer = {"Authorization": f"Bearer {document['authenticationToken']['token']}"}
    login = document["referenceNumber"].lower()
    assert anyone.http.get(f"/auth/{login}", headers=bearer).status_code == 200

    anyone.authenticate_as_owner()
    token = anyone.post("/tokens", json={"permissions": ["InvoiceRead"], "description": "reading"})
    assert anyone.get(f"/tokens/{token.json()['referenceNumber'].lower()}").status_code == 200

    asked = ask(anyone, application(data_of(anyone), key_of("p256")))
    enrolment = asked.json()["referenceNumber"].lower()
    assert anyone.get(f"/certificates/enrollments/{enrolment}").status_code == 200

    query = {
        "subjectIdentifier": {"type": "Nip", "value": "7980332920"},
        "permissions": [{"type": "InvoiceRead", "canDelegate": False}],
        "description": "an accountant's office",
        "subjectDetails": {"fullName": "Biuro rachunkowe"},
    }
    granted = anyone.post("/permissions/entities/grants", json=query).json()["referenceNumber"]
    assert anyone.get(f"/permissions/operations/{granted.lower()}").status_code == 200

    (own,) = [one for one in anyone.get("/auth/sessions").json()["items"] if one["isCurrent"]]
    path = f"/auth/sessions/{own['referenceNumber'].lower()}"
    assert anyone.http.delete(path, headers=anyone.headers).status_code == 204
