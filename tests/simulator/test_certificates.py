"""Certificates of KSeF in use: logging in, lists, revoking, and the limits of a subject."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ksef_facade.simulator import Clock, Simulator
from tests.simulator.applications import (
    application,
    as_identity,
    ask,
    data_of,
    enrol,
    listed,
    revoke,
    serial_of,
    status_of,
)
from tests.simulator.conftest import START
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.logins import challenge, submit
from tests.simulator.plain_client import Sender, codes, over_core
from tests.simulator.signers import Identity, key_of, person, request, seal, sign_by_xmlsec

NIP, PESEL = "5265877635", "30112206276"
OTHER = "1111111111"


@pytest.fixture
def owner(anyone: Sender) -> Sender:
    """A company's program that has logged in with the company's seal."""
    anyone.authenticate_as_owner()
    return anyone


def failure(sender: Sender, identity: Identity, **options: Any) -> dict[str, Any]:
    status: dict[str, Any] = sender.login_status(submit(sender, identity, **options))["status"]
    return status


def refused(detail: str) -> dict[str, Any]:
    return {
        "code": 460,
        "description": "Uwierzytelnianie zakończone niepowodzeniem z powodu błędu certyfikatu",
        "details": [detail],
    }


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_from_application_to_revocation(owner: Sender, kind: str) -> None:
    certificate = enrol(owner, key_of(kind))
    (entry,) = listed(owner)
    assert entry["status"] == "Active"
    assert entry["subjectIdentifier"] == {"type": "Nip", "value": NIP}
    assert "lastUseDate" not in entry
    started = submit(owner, certificate)
    status = owner.login_status(started)
    assert status["status"]["code"] == 200
    assert status["authenticationMethod"] == "InternalCertificate"
    owner.finish(started)
    assert owner.verdict(make_invoice(NIP))["status"]["code"] == 200
    (entry,) = listed(owner)
    assert entry["lastUseDate"] == status["startDate"]
    serial = serial_of(certificate)
    assert revoke(owner, serial, revocationReason="Superseded").status_code == 204
    assert listed(owner)[0]["status"] == "Blocked"
    assert failure(owner, certificate) == refused("Certyfikat zawieszony")
    owner.wait(0.1)
    assert listed(owner)[0]["status"] == "Revoked"
    assert failure(owner, certificate) == refused("Certyfikat odwołany")
    assert codes(revoke(owner, serial)) == [25009]
    assert listed(owner)[0]["lastUseDate"] == status["startDate"]


def test_signature_of_another_program_does_too(owner: Sender) -> None:
    certificate = enrol(owner)
    signed = sign_by_xmlsec(request(challenge(owner)), certificate)
    assert owner.login_status(owner.sign_in(signed))["status"]["code"] == 200


def test_certificate_carries_who_one_is_and_no_context(
    simulator: Simulator, anyone: Sender
) -> None:
    simulator.taxpayers.grant(NIP, PESEL, ["InvoiceRead"])
    as_identity(anyone, person(f"PNOPL-{PESEL}"))
    certificate = enrol(anyone)
    assert failure(anyone, certificate, context=OTHER)["code"] == 415
    simulator.taxpayers.grant(OTHER, PESEL, ["InvoiceWrite"])
    anyone.finish(submit(anyone, certificate, OTHER))
    # The same certificates in every context.
    assert [entry["certificateSerialNumber"] for entry in listed(anyone)] == [
        serial_of(certificate)
    ]
    assert listed(anyone)[0]["subjectIdentifier"] == {"type": "Pesel", "value": PESEL}


def test_certificate_of_a_fingerprint_stands_for_it(simulator: Simulator, anyone: Sender) -> None:
    original = person("no number")
    simulator.taxpayers.grant(
        NIP, original.fingerprint, ["InvoiceRead"], subject_kind="Fingerprint"
    )
    anyone.finish(submit(anyone, original, by="certificateFingerprint"))
    certificate = enrol(anyone)
    anyone.finish(submit(anyone, certificate, by="certificateFingerprint"))
    assert listed(anyone)[0]["subjectIdentifier"]["value"] == original.fingerprint
    assert codes(submit(anyone, certificate)) == [21406]


def test_offline_certificates_do_not_log_in(owner: Sender) -> None:
    certificate = enrol(owner, certificateType="Offline")
    assert failure(owner, certificate) == refused("Niepoprawny certyfikat")


def test_certificate_expires_and_begins(owner: Sender) -> None:
    later = enrol(owner, validFrom=(START + timedelta(days=2)).isoformat())
    assert failure(owner, later) == refused("Nieważny certyfikat")
    owner.wait(2 * 86_400)
    assert failure(owner, later)["code"] == 200
    owner.wait(731 * 86_400)
    assert failure(owner, later) == refused("Nieważny certyfikat")
    owner.authenticate()
    (entry,) = listed(owner)
    assert entry["status"] == "Expired"
    seal_of_the_day = seal(f"VATPL-{NIP}", start=owner.simulator.clock.now())
    owner.finish(submit(owner, seal_of_the_day))
    assert codes(revoke(owner, serial_of(later))) == [25009]


def test_test_data_shorten_a_certificate(owner: Sender) -> None:
    certificate = enrol(owner)
    path = f"/testdata/certificates/{serial_of(certificate)}"

    def shorten(end: str) -> Any:
        return owner.http.put(path, json={"validTo": end}, headers=owner.headers)

    too_late = certificate.certificate.not_valid_after_utc + timedelta(seconds=1)
    assert codes(shorten(too_late.isoformat())) == [21405]
    end = START + timedelta(minutes=5)
    answer = shorten(end.isoformat())
    assert (answer.status_code, answer.content) == (200, b"")
    assert failure(owner, certificate)["code"] == 200
    assert listed(owner)[0]["validTo"].startswith("2026-03-02T09:05:00.123456")
    owner.wait(301)
    assert failure(owner, certificate) == refused("Nieważny certyfikat")
    assert listed(owner)[0]["status"] == "Expired"
    assert owner.get("/certificates/limits").json()["certificate"]["remaining"] == 100
    unknown = f"/testdata/certificates/{0:016X}"
    absent = owner.http.put(unknown, json={"validTo": end.isoformat()}, headers=owner.headers)
    assert codes(absent) == [25008]


def test_certificates_of_others_are_out_of_reach(owner: Sender) -> None:
    serial = serial_of(enrol(owner))
    other = Sender(owner.simulator, owner.http, OTHER)
    other.authenticate_as_owner()
    assert codes(revoke(other, serial)) == [25008]
    wanted = {"certificateSerialNumbers": [serial]}
    assert other.post("/certificates/retrieve", json=wanted).json() == {"certificates": []}
    assert listed(other) == []
    assert listed(owner)[0]["status"] == "Active"


def test_person_revokes_under_either_name(anyone: Sender) -> None:
    body = {"nip": NIP, "pesel": PESEL, "isBailiff": False, "description": "Jan Próbny"}
    assert anyone.http.post("/testdata/person", json=body).status_code == 200
    as_identity(anyone, person(f"PNOPL-{PESEL}"))
    serial = serial_of(enrol(anyone))
    as_identity(anyone, person(f"TINPL-{NIP}"))
    assert listed(anyone) == []
    assert revoke(anyone, serial).status_code == 204
    anyone.wait(1)
    as_identity(anyone, person(f"PNOPL-{PESEL}"))
    assert listed(anyone)[0]["status"] == "Revoked"


def test_tokens_look_but_do_not_revoke(owner: Sender) -> None:
    certificate = enrol(owner)
    owner.authenticate()
    assert listed(owner)[0]["certificateSerialNumber"] == serial_of(certificate)
    refusal = revoke(owner, serial_of(certificate))
    assert refusal.status_code == 403
    assert refusal.json()["reasonCode"] == "auth-method-not-allowed"
    assert refusal.json()["security"] == {"authenticationMethodCategory": "Token"}


def test_query_filters_sorts_and_pages(owner: Sender) -> None:
    data = data_of(owner)
    for number in range(12):
        kind = "Offline" if number % 3 == 0 else "Authentication"
        csr = application(data, key_of("p256"))
        name = f"Zakład {number:02d}"
        assert ask(owner, csr, certificateName=name, certificateType=kind).status_code == 202
        owner.wait(1)
    names = [entry["name"] for entry in listed(owner)]
    assert names == [f"Zakład {number:02d}" for number in range(11, 1, -1)]
    first = owner.post("/certificates/query", json={}).json()
    assert first["hasMore"] is True
    rest = owner.post("/certificates/query?pageOffset=1", json={}).json()
    assert [entry["name"] for entry in rest["certificates"]] == ["Zakład 01", "Zakład 00"]
    assert rest["hasMore"] is False
    assert len(listed(owner, query="?pageSize=50")) == 12
    assert codes(owner.post("/certificates/query?pageSize=51", json={})) == [21405]
    assert len(listed(owner, type="Offline")) == 4
    assert [entry["name"] for entry in listed(owner, name="kład 1")] == ["Zakład 11", "Zakład 10"]
    serial = first["certificates"][3]["certificateSerialNumber"]
    assert [entry["name"] for entry in listed(owner, certificateSerialNumber=serial)] == [
        "Zakład 08"
    ]
    assert revoke(owner, serial).status_code == 204
    owner.wait(1)
    assert [entry["name"] for entry in listed(owner, status="Revoked")] == ["Zakład 08"]
    assert len(listed(owner, query="?pageSize=50", status="Active")) == 11
    assert listed(owner, status="Expired") == []
    border = first["certificates"][2]["validTo"]
    assert [entry["name"] for entry in listed(owner, expiresAfter=border)] == [
        "Zakład 11",
        "Zakład 10",
    ]


def test_limits_count_down(owner: Sender) -> None:
    assert owner.get("/certificates/limits").json() == {
        "canRequest": True,
        "enrollment": {"remaining": 300, "limit": 300},
        "certificate": {"remaining": 100, "limit": 100},
    }
    serial = serial_of(enrol(owner))
    limits = owner.get("/certificates/limits").json()
    assert (limits["enrollment"]["remaining"], limits["certificate"]["remaining"]) == (299, 99)
    revoke(owner, serial)
    limits = owner.get("/certificates/limits").json()
    assert (limits["enrollment"]["remaining"], limits["certificate"]["remaining"]) == (299, 100)


def test_limits_of_persons(simulator: Simulator, anyone: Sender) -> None:
    simulator.taxpayers.grant(NIP, PESEL, ["InvoiceRead"])
    as_identity(anyone, person(f"PNOPL-{PESEL}"))
    assert anyone.get("/limits/subject").json() == {
        "enrollment": {"maxEnrollments": 12},
        "certificate": {"maxCertificates": 6},
    }
    for _ in range(6):
        enrol(anyone)
    csr = application(data_of(anyone), key_of("p256"))
    assert codes(ask(anyone, csr)) == [25007]
    for entry in listed(anyone):
        assert revoke(anyone, entry["certificateSerialNumber"]).status_code == 204
    for _ in range(6):
        enrol(anyone)
    for entry in listed(anyone, status="Active"):
        revoke(anyone, entry["certificateSerialNumber"])
    assert codes(ask(anyone, csr)) == [25006]
    assert anyone.get("/certificates/limits").json()["canRequest"] is False


def test_changed_limits_of_a_subject(owner: Sender) -> None:
    def change(**body: Any) -> int:
        return owner.post("/testdata/limits/subject/certificate", json=body).status_code

    assert change(subjectIdentifierType="Nip", certificate={"maxCertificates": 1}) == 200
    assert owner.get("/limits/subject").json() == {
        "enrollment": {"maxEnrollments": 300},
        "certificate": {"maxCertificates": 1},
    }
    csr = application(data_of(owner), key_of("p256"))
    references = [ask(owner, csr).json()["referenceNumber"] for _ in range(2)]
    owner.wait(0.2)
    # Both were taken in, for there was none yet; the second one finds the place taken.
    ends = [status_of(owner, reference)["status"] for reference in references]
    assert [end["code"] for end in ends] == [200, 400]
    assert ends[1]["details"] == ["Osiągnięto dopuszczalny limit posiadanych certyfikatów."]
    assert codes(ask(owner, csr)) == [25007]
    assert change(enrollment={"maxEnrollments": 2}) == 200
    assert codes(ask(owner, csr)) == [25006]
    limits = owner.get("/certificates/limits").json()
    assert limits["canRequest"] is False
    assert limits["enrollment"] == {"remaining": 0, "limit": 2}
    restored = owner.http.delete("/testdata/limits/subject/certificate", headers=owner.headers)
    assert restored.status_code == 200
    assert ask(owner, csr).status_code == 202
    assert owner.get("/limits/subject").json()["certificate"] == {"maxCertificates": 100}


def test_withdrawing_by_hand_shows_everywhere(simulator: Simulator, owner: Sender) -> None:
    certificate = enrol(owner)
    simulator.taxpayers.withdraw_certificate(certificate.fingerprint, "suspended")
    assert listed(owner)[0]["status"] == "Blocked"
    assert failure(owner, certificate) == refused("Certyfikat zawieszony")


def test_other_environments_trust_their_own_certificates() -> None:
    simulator = Simulator(clock=Clock.stopped(START))
    with over_core(simulator) as http:
        sender = Sender(simulator, http, NIP)
        sender.authenticate_as_owner()
        certificate = enrol(sender)
        simulator.settings.environment = "PRD"
        assert codes(submit(sender, seal(f"VATPL-{NIP}"))) == [21115]
        assert failure(sender, certificate)["code"] == 200
    assert simulator.contract_violations == []
