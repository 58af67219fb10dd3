"""Applying for certificates of KSeF, from the client's side."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.simulator.logins import submit
from tests.simulator.plain_client import Sender, b64
from tests.simulator.signers import ORGANISATION_IDENTIFIER, Identity, Key, key_of

#: In the order in which the Ministry's own client writes them.
ATTRIBUTES = {
    "commonName": NameOID.COMMON_NAME,
    "surname": NameOID.SURNAME,
    "givenName": NameOID.GIVEN_NAME,
    "organizationName": NameOID.ORGANIZATION_NAME,
    "organizationIdentifier": ORGANISATION_IDENTIFIER,
    "countryName": NameOID.COUNTRY_NAME,
    "serialNumber": NameOID.SERIAL_NUMBER,
    "uniqueIdentifier": NameOID.X500_UNIQUE_IDENTIFIER,
}


def as_identity(sender: Sender, identity: Identity, context: str | None = None) -> Sender:
    """The same program after a login with a certificate."""
    sender.finish(submit(sender, identity, context or sender.nip))
    return sender


def data_of(sender: Sender) -> dict[str, str]:
    """What the service says an application must hold."""
    response = sender.get("/certificates/enrollments/data")
    assert response.status_code == 200, response.text
    data: dict[str, str] = response.json()
    return data


def application(
    data: Mapping[str, str],
    key: Key,
    *,
    hash_: Any = None,
    pss: bool = False,
) -> bytes:
    """A PKCS#10 application in DER, made from the data as the service gave it."""
    names = [
        x509.NameAttribute(ATTRIBUTES[name], data[name]) for name in ATTRIBUTES if name in data
    ]
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names))
    scheme = (
        padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        if pss and isinstance(key, rsa.RSAPrivateKey)
        else None
    )
    signed = builder.sign(key, hash_ or hashes.SHA256(), rsa_padding=scheme)
    return signed.public_bytes(Encoding.DER)


def ask(sender: Sender, csr: bytes, **changes: Any) -> httpx.Response:
    """Send an application; `changes` replace members of the request."""
    body = {
        "certificateName": "Młyn 1",
        "certificateType": "Authentication",
        "csr": b64(csr),
        **changes,
    }
    return sender.post("/certificates/enrollments", json=body)


def status_of(sender: Sender, reference: str) -> dict[str, Any]:
    response = sender.get(f"/certificates/enrollments/{reference}")
    assert response.status_code == 200, response.text
    status: dict[str, Any] = response.json()
    return status


def enrol(sender: Sender, key: Key | None = None, **changes: Any) -> Identity:
    """A certificate of KSeF with its key, through the whole of applying."""
    key = key or key_of("p256")
    asked = ask(sender, application(data_of(sender), key), **changes)
    assert asked.status_code == 202, asked.text
    sender.wait(0.2)
    status = status_of(sender, asked.json()["referenceNumber"])
    assert status["status"]["code"] == 200, status
    return retrieve(sender, status["certificateSerialNumber"], key)


def retrieve(sender: Sender, serial: str, key: Key) -> Identity:
    wanted = {"certificateSerialNumbers": [serial]}
    (entry,) = sender.post("/certificates/retrieve", json=wanted).json()["certificates"]
    assert entry["certificateSerialNumber"] == serial
    der = base64.b64decode(entry["certificate"])
    return Identity(key, x509.load_der_x509_certificate(der))


def serial_of(identity: Identity) -> str:
    return f"{identity.certificate.serial_number:016X}"


def listed(sender: Sender, *, query: str = "", **wanted: Any) -> list[dict[str, Any]]:
    """Metadata of the certificates that fit, of one page."""
    response = sender.post(f"/certificates/query{query}", json=wanted)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["certificates"]
    return found


def revoke(sender: Sender, serial: str, **body: str) -> httpx.Response:
    return sender.post(f"/certificates/{serial}/revoke", json=body)
