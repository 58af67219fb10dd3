"""KSeF certificates: limits, enrolment, use at login, listing, revocation."""

import re
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ObjectIdentifier

from ksef_facade import CertificateAuth
from ksef_facade.crypto.identities import SigningIdentity
from scripts.contract_tests.checking import facts, probes
from tests.contract.world import until

DATA = "/certificates/enrollments/data"
ENROL = "/certificates/enrollments"
STATUS = "/certificates/enrollments/{referenceNumber}"
REVOKE = "/certificates/{certificateSerialNumber}/revoke"
UNKNOWN = "01F20A5D352AE590"
OIDS = {
    "commonName": "2.5.4.3",
    "surname": "2.5.4.4",
    "givenName": "2.5.4.42",
    "organizationName": "2.5.4.10",
    "organizationIdentifier": "2.5.4.97",
    "countryName": "2.5.4.6",
    "serialNumber": "2.5.4.5",
    "uniqueIdentifier": "2.5.4.45",
}


def signing_request(data, key):
    names = [
        x509.NameAttribute(ObjectIdentifier(oid), data[name])
        for name, oid in OIDS.items()
        if data.get(name)
    ]
    built = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names))
    return b64encode(built.sign(key, SHA256()).public_bytes(Encoding.DER)).decode()


@pytest.fixture(scope="module")
def enrolled(world):
    """A certificate of the run's own taxpayer, revoked at the end."""
    if not world.is_owner:
        pytest.skip("the login is somebody's own: no certificate is made for it")
    key = ec.generate_private_key(ec.SECP256R1())
    data = world.ask("GET", DATA)
    body = {
        "certificateName": "contract test",
        "certificateType": "Authentication",
        "csr": signing_request(data.json, key),
    }
    accepted = world.ask("POST", ENROL, json=body)
    status = {}

    def over():
        status.update(world.ask("GET", STATUS, accepted.json["referenceNumber"]).json)
        return status["status"]["code"] != 100

    until(world, over)
    serial = status.get("certificateSerialNumber", "")
    if serial:
        world.afterwards("a certificate", lambda: _revoke(world, serial))
    return {"data": data, "accepted": accepted, "status": status, "serial": serial, "key": key}


def _revoke(world, serial):
    answer = world.ask("POST", REVOKE, serial, json={})
    return None if answer.refuses(25009) else answer


@facts(
    "certificates.limits",
    "certificates.data",
    "certificates.202",
    "certificates.status-200",
    "certificates.serial",
    "certificates.retrieve",
    "certificates.listed",
    "certificates.login",
    "certificates.25003",
    "certificates.25005",
    "certificates.25008",
    "certificates.revoke-204",
    "certificates.shortened",
    "certificates.25009",
    "certificates.page-size",
)
@probes("enrolment-reference-letters")
def test_a_certificate_from_enrolment_to_revocation(world, check, enrolled):
    limits = world.ask("GET", "/certificates/limits")
    held = {"canRequest", "enrollment", "certificate"} <= set(limits.json or {})
    check("certificates.limits", limits.status == 200 and held, limits.summary)
    data = enrolled["data"].json
    named = str(data.get("organizationIdentifier", "")).endswith(world.nip)
    check("certificates.data", {"commonName", "countryName"} <= set(data) and named, sorted(data))
    accepted = enrolled["accepted"]
    check("certificates.202", accepted.status == 202, accepted.summary)
    check.probe("enrolment-reference-letters", accepted.json["referenceNumber"][9:11])
    check(
        "certificates.status-200",
        enrolled["status"]["status"]["code"] == 200,
        enrolled["status"]["status"],
    )
    serial = enrolled["serial"]
    check("certificates.serial", re.fullmatch(r"[0-9A-F]{16}", serial), serial)
    fetched = world.ask(
        "POST", "/certificates/retrieve", json={"certificateSerialNumbers": [serial]}
    )
    certificate = b64decode(fetched.json["certificates"][0]["certificate"])
    read = x509.load_der_x509_certificate(certificate)
    check("certificates.retrieve", f"{read.serial_number:016X}" == serial, fetched.summary)
    listed = world.ask("POST", "/certificates/query", json={"certificateSerialNumber": serial})
    found = [(one["certificateSerialNumber"], one["status"]) for one in listed.json["certificates"]]
    check("certificates.listed", found == [(serial, "Active")], found)
    identity = SigningIdentity(certificate, enrolled["key"])
    client, ask = world.login(CertificateAuth(identity, nip=world.nip))
    with check.seen("certificates.login"):
        assert ask.token
    client.log_out()
    other = {**data, "commonName": "Somebody Else"}
    body = {
        "certificateName": "contract test",
        "certificateType": "Authentication",
        "csr": signing_request(other, ec.generate_private_key(ec.SECP256R1())),
    }
    refused = world.ask("POST", ENROL, json=body)
    check("certificates.25003", refused.refuses(25003), refused.summary)
    unknown = world.ask("GET", STATUS, "20251010-EH-1B6C9EB000-4B15D3AEB9-89")
    check("certificates.25005", unknown.refuses(25005), unknown.summary)
    unknown = world.ask("POST", REVOKE, UNKNOWN, json={})
    check("certificates.25008", unknown.refuses(25008), unknown.summary)
    later = {"validTo": (read.not_valid_after_utc - timedelta(days=30)).isoformat()}
    changed = world.ask("PUT", "/testdata/certificates/{serialNumber}", serial, json=later)
    check("certificates.shortened", changed.status == 200, changed.summary)
    revoked = world.ask("POST", REVOKE, serial, json={"revocationReason": "Superseded"})
    check("certificates.revoke-204", revoked.status == 204, revoked.summary)
    again = world.ask("POST", REVOKE, serial, json={})
    check("certificates.25009", again.refuses(25009), again.summary)
    wrong = world.ask("POST", "/certificates/query", json={}, params={"pageSize": 51})
    check("certificates.page-size", wrong.refuses(21405), wrong.summary)
