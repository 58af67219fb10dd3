"""Published encryption keys and their rotation."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ksef_facade.simulator import Simulator
from tests.simulator.plain_client import Sender, b64, codes

USAGES = ["KsefTokenEncryption", "SymmetricKeyEncryption"]


def published(http: httpx.Client, usage: str) -> list[dict[str, Any]]:
    entries = http.get("/security/public-key-certificates").json()
    return [entry for entry in entries if entry["usage"] == [usage]]


def test_identifiers_are_hashes_of_certificate_and_key(http: httpx.Client) -> None:
    entries = http.get("/security/public-key-certificates").json()
    assert [entry["usage"] for entry in entries] == [[usage] for usage in USAGES]
    for entry in entries:
        der = base64.b64decode(entry["certificate"])
        key = x509.load_der_x509_certificate(der).public_key()
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert entry["certificateId"] == b64(hashlib.sha256(der).digest())
        assert entry["publicKeyId"] == b64(hashlib.sha256(spki).digest())
        assert entry["validFrom"] < "2026-03-02T09:00" < entry["validTo"]


def test_planned_rotation_lists_both_keys_until_it_ends(
    simulator: Simulator, http: httpx.Client, sender: Sender
) -> None:
    usage = "SymmetricKeyEncryption"
    (old,) = published(http, usage)
    old_encryption = sender.encryption()
    simulator.keys.rotate("SymmetricKeyEncryption")
    assert len(published(http, usage)) == 2
    sender.open(encryption=old_encryption)
    sender.open()
    simulator.keys.withdraw_old("SymmetricKeyEncryption")
    (new,) = published(http, usage)
    assert new["publicKeyId"] != old["publicKeyId"]
    body = {
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "encryption": old_encryption,
    }
    assert codes(sender.post("/sessions/online", json=body)) == [21470]


def test_emergency_rotation_withdraws_the_old_key_at_once(
    simulator: Simulator, http: httpx.Client
) -> None:
    newcomer = Sender(simulator, http, "5265877635")
    (old,) = published(http, "KsefTokenEncryption")
    simulator.keys.rotate("KsefTokenEncryption", emergency=True)
    (new,) = published(http, "KsefTokenEncryption")
    assert new["publicKeyId"] != old["publicKeyId"]
    assert codes(newcomer.log_in("x", publicKeyId=old["publicKeyId"])) == [21470]
    newcomer.authenticate()


def test_new_certificate_over_the_same_key(simulator: Simulator, http: httpx.Client) -> None:
    (old,) = published(http, "KsefTokenEncryption")
    simulator.keys.recertify("KsefTokenEncryption")
    (new,) = published(http, "KsefTokenEncryption")
    assert new["publicKeyId"] == old["publicKeyId"]
    assert new["certificateId"] != old["certificateId"]
    Sender(simulator, http, "5265877635").authenticate()
