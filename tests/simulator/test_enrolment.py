"""Applying for a certificate of KSeF: who may, what with, and what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, SignatureAlgorithmOID

from ksef_facade.simulator import Simulator
from tests.simulator.applications import (
    application,
    as_identity,
    ask,
    data_of,
    enrol,
    status_of,
)
from tests.simulator.conftest import START
from tests.simulator.logins import submit
from tests.simulator.plain_client import Sender, codes
from tests.simulator.signers import (
    ORGANISATION_IDENTIFIER,
    key_of,
    make_identity,
    person,
    seal,
)

NIP, PESEL = "5265877635", "30112206276"


@pytest.fixture
def owner(anyone: Sender) -> Sender:
    """A company's program that has logged in with the company's seal."""
    anyone.authenticate_as_owner()
    return anyone


def test_data_are_those_of_the_certificate(simulator: Simulator, owner: Sender) -> None:
    assert data_of(owner) == {
        "commonName": "Młyn",
        "countryName": "PL",
        "organizationName": "Młyn",
        "organizationIdentifier": f"VATPL-{NIP}",
    }
    simulator.taxpayers.grant(NIP, PESEL, ["InvoiceRead"])
    as_identity(owner, person(f"PNOPL-{PESEL}"))
    assert data_of(owner) == {
        "commonName": "Jan Próbny",
        "countryName": "PL",
        "givenName": "Jan",
        "surname": "Próbny",
        "serialNumber": f"PNOPL-{PESEL}",
    }


def test_several_given_names_are_one_text(simulator: Simulator, anyone: Sender) -> None:
    simulator.taxpayers.grant(NIP, PESEL, ["InvoiceRead"])
    names = [
        (NameOID.GIVEN_NAME, "Jan"),
        (NameOID.GIVEN_NAME, "Maria"),
        (NameOID.SURNAME, "Próbny"),
        (NameOID.SERIAL_NUMBER, f"PNOPL-{PESEL}"),
        (NameOID.COMMON_NAME, "Jan Próbny"),
        (NameOID.COUNTRY_NAME, "PL"),
    ]
    as_identity(anyone, make_identity(names))
    assert data_of(anyone)["givenName"] == "Jan Maria"
    assert enrol(anyone).certificate.subject.get_attributes_for_oid(NameOID.GIVEN_NAME)


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("p256", {}),
        ("p256", {"hash_": hashes.SHA384()}),
        ("p256", {"hash_": hashes.SHA512()}),
        ("rsa", {}),
        ("rsa", {"hash_": hashes.SHA512()}),
        ("rsa", {"pss": True}),
    ],
)
def test_accepted_keys_and_signatures(owner: Sender, key: str, options: dict[str, Any]) -> None:
    asked = ask(owner, application(data_of(owner), key_of(key), **options))
    assert asked.status_code == 202, asked.text
    reference = asked.json()["referenceNumber"]
    assert status_of(owner, reference) == {
        "requestDate": asked.json()["timestamp"],
        "status": {"code": 100, "description": "Wniosek przyjęty do realizacji"},
    }
    owner.wait(0.2)
    done = status_of(owner, reference)
    assert done["status"]["code"] == 200
    assert len(done["certificateSerialNumber"]) == 16


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_sha1_is_accepted_as_the_contract_says(owner: Sender, kind: str) -> None:
    # The library makes no such application, so one is signed anew by hand.
    good = application(data_of(owner), key_of(kind))
    assert ask(owner, _resigned_with_sha1(good, kind)).status_code == 202
    other = application({**data_of(owner), "commonName": "Mlyn"}, key_of(kind))
    assert codes(ask(owner, _resigned_with_sha1(other, kind))) == [25003]
    broken = _resigned_with_sha1(good, kind).replace("Młyn".encode(), "Młyr".encode())
    assert codes(ask(owner, broken)) == [25004]


def _resigned_with_sha1(csr: bytes, kind: str) -> bytes:
    parsed, key = x509.load_der_x509_csr(csr), key_of(kind)
    if isinstance(key, rsa.RSAPrivateKey):
        algorithm = bytes.fromhex("300d06092a864886f70d0101050500")
        signature = key.sign(parsed.tbs_certrequest_bytes, padding.PKCS1v15(), hashes.SHA1())
    else:
        algorithm = bytes.fromhex("300906072a8648ce3d0401")
        signature = key.sign(parsed.tbs_certrequest_bytes, ec.ECDSA(hashes.SHA1()))
    inside = parsed.tbs_certrequest_bytes + algorithm + _der(0x03, b"\0" + signature)
    return _der(0x30, inside)


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"commonName": "Someone else"}, 25003),
        ({"organizationIdentifier": "VATPL-1111111111"}, 25003),
        ({"countryName": "DE"}, 25003),
        ({"uniqueIdentifier": "one too many"}, 25003),
        ({"organizationName": None}, 25003),
    ],
)
def test_other_data_are_refused(owner: Sender, changes: dict[str, str | None], code: int) -> None:
    data = {name: text for name, text in {**data_of(owner), **changes}.items() if text}
    assert codes(ask(owner, application(data, key_of("p256")))) == [code]


def test_unknown_attribute_is_refused(owner: Sender) -> None:
    names = [
        x509.NameAttribute(NameOID.COMMON_NAME, "Młyn"),
        x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Młyn"),
        x509.NameAttribute(ORGANISATION_IDENTIFIER, f"VATPL-{NIP}"),
        x509.NameAttribute(NameOID.LOCALITY_NAME, "Łódź"),
    ]
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names))
    signed = builder.sign(key_of("p256"), hashes.SHA256())
    assert codes(ask(owner, signed.public_bytes(Encoding.DER))) == [25003]


@pytest.mark.parametrize("kind", ["p384", "rsa-3072", "rsa-1024"])
def test_other_keys_are_refused(owner: Sender, kind: str) -> None:
    assert codes(ask(owner, application(data_of(owner), key_of(kind)))) == [25010]


def test_other_kinds_of_keys_and_hashes_are_refused(owner: Sender) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Młyn")])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    edwards = builder.sign(ed25519.Ed25519PrivateKey.generate(), None)
    assert codes(ask(owner, edwards.public_bytes(Encoding.DER))) == [25010]
    for hash_ in (hashes.SHA224(), hashes.SHA3_256()):
        csr = application(data_of(owner), key_of("p256"), hash_=hash_)
        assert codes(ask(owner, csr)) == [25011]


def test_what_is_no_application_is_refused(owner: Sender) -> None:
    good = application(data_of(owner), key_of("p256"))
    assert codes(ask(owner, b"no DER at all")) == [25004]
    assert codes(ask(owner, good + b"more")) == [25004]
    assert codes(ask(owner, good[:-1] + bytes([good[-1] ^ 1]))) == [25004]
    changed = good.replace("Młyn".encode(), "Młyr".encode())
    assert codes(ask(owner, changed)) == [25004]
    of_another_version = good.replace(bytes.fromhex("020100"), bytes.fromhex("020107"), 1)
    assert codes(ask(owner, of_another_version)) == [25004]
    body = {"certificateName": "Młyn 1", "certificateType": "Authentication", "csr": "***"}
    assert codes(owner.post("/certificates/enrollments", json=body)) == [21001]
    assert codes(ask(owner, good, certificateName="a;b;c")) == [21405]
    assert codes(ask(owner, good, certificateName="four")) == [21405]
    assert codes(ask(owner, good, certificateType="Both")) == [21001]


def test_first_day_can_be_chosen(owner: Sender) -> None:
    later = START + timedelta(days=30)
    made = enrol(owner, validFrom=later.isoformat()).certificate
    assert made.not_valid_before_utc == later.replace(microsecond=0)
    assert made.not_valid_after_utc.year == later.year + 2
    assert codes(
        ask(
            owner,
            application(data_of(owner), key_of("p256")),
            validFrom=(START + timedelta(days=800)).isoformat(),
        )
    ) == [21405]


def test_status_is_kept_for_30_days_and_for_its_subject(owner: Sender) -> None:
    reference = ask(owner, application(data_of(owner), key_of("p256"))).json()["referenceNumber"]
    other = Sender(owner.simulator, owner.http, "1111111111")
    other.authenticate_as_owner()
    path = f"/certificates/enrollments/{reference}"
    assert codes(other.get(path)) == [25005]
    unknown = f"{reference[:-2]}00"
    assert codes(owner.get(f"/certificates/enrollments/{unknown}")) == [25005]
    owner.simulator.clock.advance(timedelta(days=30) - timedelta(minutes=1))
    owner.authenticate_as_owner()
    assert owner.get(path).status_code == 200
    owner.simulator.clock.advance(timedelta(minutes=1))
    assert owner.get(path).status_code == 410


def test_tokens_cannot_apply(sender: Sender) -> None:
    assert codes(sender.get("/certificates/enrollments/data")) == [25001]
    csr = application({"commonName": "x", "countryName": "PL"}, key_of("p256"))
    assert codes(ask(sender, csr)) == [25002]
    assert sender.get("/certificates/limits").json()["canRequest"] is False


def test_peppol_providers_cannot_apply(anyone: Sender) -> None:
    started = submit(anyone, seal("PPL123456"), "PPL123456", context_kind="PeppolId")
    anyone.finish(started)
    assert codes(anyone.get("/certificates/enrollments/data")) == [25001]
    assert anyone.get("/certificates/limits").json() == {
        "canRequest": False,
        "enrollment": {"remaining": 0, "limit": 0},
        "certificate": {"remaining": 0, "limit": 0},
    }
    assert anyone.get("/limits/subject").json() == {}


def test_key_of_someone_else_is_rejected(owner: Sender) -> None:
    enrol(owner)
    other = Sender(owner.simulator, owner.http, "1111111111")
    other.authenticate_as_owner()
    asked = ask(other, application(data_of(other), key_of("p256")))
    other.wait(0.2)
    status = status_of(other, asked.json()["referenceNumber"])
    assert status["status"] == {
        "code": 400,
        "description": "Wniosek odrzucony",
        "details": ["Klucz publiczny został już certyfikowany przez inny podmiot."],
    }
    assert "certificateSerialNumber" not in status
    # The one who has it may use it again.
    enrol(owner, certificateName="Drugi")


def test_ends_can_be_decided(simulator: Simulator, owner: Sender) -> None:
    simulator.outcomes.decide("enrolment", 550, "Spróbuj ponownie")
    asked = ask(owner, application(data_of(owner), key_of("p256")))
    assert asked.status_code == 202
    owner.wait(0.2)
    status = status_of(owner, asked.json()["referenceNumber"])
    assert status["status"]["code"] == 550
    assert owner.get("/certificates/limits").json()["certificate"]["remaining"] == 100
    with pytest.raises(ValueError, match="410"):
        simulator.outcomes.decide("enrolment", 410)


def test_issued_certificate_has_the_observed_shape(owner: Sender) -> None:
    # As in certificate 01F20A5D352AE590 of the Ministry's test authority.
    made = enrol(owner).certificate
    assert made.signature_algorithm_oid == SignatureAlgorithmOID.ECDSA_WITH_SHA512
    assert [one.oid.dotted_string for one in made.subject] == [
        "2.5.4.6",
        "2.5.4.97",
        "2.5.4.10",
        "2.5.4.3",
    ]
    assert [(one.oid.dotted_string, one.critical) for one in made.extensions] == [
        ("2.5.29.35", False),
        ("2.5.29.19", True),
        ("2.5.29.15", True),
        ("2.5.29.14", False),
        ("2.5.29.31", False),
        ("1.3.6.1.5.5.7.1.3", False),
    ]
    constraints = made.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert not constraints.ca
    statements = made.extensions[-1].value
    assert isinstance(statements, x509.UnrecognizedExtension)
    assert statements.value.hex() == "30153013060604008e4601063009060704008e46010602"
    assert f"{made.serial_number:016X}".startswith("01")
    assert made.not_valid_after_utc == made.not_valid_before_utc.replace(
        year=made.not_valid_before_utc.year + 2
    )


def test_kind_tells_what_the_key_is_for(owner: Sender) -> None:
    usages = {}
    for kind in ("Authentication", "Offline"):
        made = enrol(owner, certificateType=kind).certificate
        usage = made.extensions.get_extension_for_class(x509.KeyUsage).value
        usages[kind] = (usage.digital_signature, usage.content_commitment)
    assert usages == {"Authentication": (True, False), "Offline": (False, True)}


def test_one_authority_signs_them_all(simulator: Simulator, owner: Sender) -> None:
    assert simulator.core.certificates.authority is None
    first, second = enrol(owner), enrol(owner, key_of("rsa"))
    authority = simulator.core.certificates.authority
    assert authority is not None
    issuer = x509.load_der_x509_certificate(authority.certificate)
    for identity in (first, second):
        identity.certificate.verify_directly_issued_by(issuer)
    assert "key=" not in repr(authority)
