"""Certificates with their keys: every form of file, every mistake, and no key in any text."""

from __future__ import annotations

import contextlib
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade import ConfigurationError, SigningIdentity
from ksef_facade.crypto.certificate_reading import ORGANIZATION_IDENTIFIER, read_certificate
from ksef_facade.crypto.identities import PasswordNeeded
from tests.unit.crypto.conftest import NOW, certify, make_key, with_needless_parameter

PASSWORD = "zażółć gęślą"
# A certificate as KSeF's authority writes them and its key, packed by `openssl pkcs12 -export`.
ODD_PKCS12 = b64decode(
    """
MIIDrAIBAzCCA2IGCSqGSIb3DQEHAaCCA1MEggNPMIIDSzCCAgIGCSqGSIb3DQEHBqCCAfMwggHv
AgEAMIIB6AYJKoZIhvcNAQcBMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAj8ba+vhggf
BQICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEBrVl6BqyaZH0Ca8FFj8MU6AggGA12M2
2cxY7+Mih+lAc8c/+Zm4pSvIxltz0iHN+dkQhhIf+rMwgVrCm4IKVFxZISqwXawG35imc+4WU8ni
Oi/QNUkvWjQzu4hkAorMUCLTSLK81rsHKC/rPhSf9AdRNmPgulrmZ6hYpDWn2M9oyv9oJUKHO6qH
C4Gw4xnLO0aRyq2NKA3v6tM9N3Akp1UIbWUYCtE67VQWtx8bMtN58PAOTPpbMBewweNKFmmq0NvL
BS1qz9p/ARsgaydMoyQVsPcFQisOC6CsPNm2JmxEyZG9cFN7LsLm5B/AXyQd298BNZRfNuXeRzcM
Pgk6Mb6+f6OCNAbKGYefkU3/tNauQ2MM1axGwoQ6xFOccYRig9vLjrB5JgndHXxDmZ1XaCvqdprX
23yIXqYXUEY38/zSCyKsoD78ABw5NVeNhbg9XheSpVE6Fc6jLUy40+VDQuUpFVQG/sljeE/PqNbN
LTafL8Pxz/lPvQwxH4KzKAezwYLOvrcyA7Bgpc29Lx+aqiAovO/nMIIBQQYJKoZIhvcNAQcBoIIB
MgSCAS4wggEqMIIBJgYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcN
AQUMMBwECLb2DcXgyvePAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQtU4PhnLELGDk
pafXWrPSlwSBkHmwSN/YIkEqFIOwX7ZJWfAJijpgyJzRm8cS9f/uICiMSCnYhhG0UvlkTdkN9L+U
QbnKXe6EyOLSQmnjwXs3aoh5ejvvRPsN+sJ0AiYKuO3IbDsFuKyeZFl1qPDJolORvJ4wchTrVdmI
JXbWgEvR3VwQs3XRgmiGQnwhq9P13QCXUjNolf8yRU1pLQcsosT1TDElMCMGCSqGSIb3DQEJFTEW
BBQMHUXLtdKonXwgK2t6xe4HkGCL0TBBMDEwDQYJYIZIAWUDBAIBBQAEIJpAkw/oUDpB18SG7oRf
Np3XCYbOO/9kqjKwn5N1mfZLBAiXbBGlDx+BGAICCAA=
"""
)
CERTIFICATE = Path(__file__).parents[4] / "shared" / "data" / "certs"
KINDS = {"rsa-2048": "RSA-2048", "p256": "EC-256", "p384": "EC-384"}
FORMATS = {
    "rsa-2048": ["PKCS8", "TraditionalOpenSSL"],
    "p256": ["PKCS8", "TraditionalOpenSSL"],
    "p384": ["PKCS8"],
}


def pem(certificate: Any) -> bytes:
    return bytes(certificate.public_bytes(s.Encoding.PEM))


def key_pem(key: Any, password: str | None = None, form: str = "PKCS8") -> bytes:
    encryption = s.BestAvailableEncryption(password.encode()) if password else s.NoEncryption()
    return bytes(key.private_bytes(s.Encoding.PEM, getattr(s.PrivateFormat, form), encryption))


@pytest.mark.parametrize("password", [None, PASSWORD])
@pytest.mark.parametrize(
    ("kind", "form"), [(kind, form) for kind, forms in FORMATS.items() for form in forms]
)
def test_pem_files_encrypted_or_not(
    tmp_path: Path, kind: str, form: str, password: str | None
) -> None:
    key = make_key(kind)
    (tmp_path / "c.pem").write_bytes(pem(certify(key)))
    (tmp_path / "k.pem").write_bytes(key_pem(key, password, form))
    identity = SigningIdentity.from_pem(
        tmp_path / "c.pem", str(tmp_path / "k.pem"), password or "not needed"
    )
    assert identity.key_kind == KINDS[kind]
    assert identity.certificate_der == certify(key).public_bytes(s.Encoding.DER)
    assert identity.private_key.private_numbers() == key.private_numbers()


def test_one_pem_text_with_key_and_chain_in_any_order() -> None:
    key = make_key("p256")
    chain = pem(certify(make_key("p384"))) + pem(certify(key)) + key_pem(key)
    identity = SigningIdentity.from_pem(chain)
    assert identity.certificate_der == certify(key).public_bytes(s.Encoding.DER)
    assert SigningIdentity.from_pem(key_pem(key) + chain).fingerprint == identity.fingerprint


def test_der_files() -> None:
    key = make_key("rsa-2048")
    certificate = certify(key).public_bytes(s.Encoding.DER)
    plain = key.private_bytes(s.Encoding.DER, s.PrivateFormat.PKCS8, s.NoEncryption())
    assert SigningIdentity.from_pem(certificate, plain).certificate_der == certificate


def test_files_of_any_form_are_told_apart(tmp_path: Path) -> None:
    key = make_key("p256")
    certificate = certify(key)
    (tmp_path / "c.pem").write_bytes(pem(certificate))
    (tmp_path / "k.pem").write_bytes(key_pem(key, PASSWORD))
    (tmp_path / "both.pem").write_bytes(pem(certificate) + key_pem(key, PASSWORD))
    (tmp_path / "c.der").write_bytes(certificate.public_bytes(s.Encoding.DER))
    encryption = s.BestAvailableEncryption(PASSWORD.encode())
    (tmp_path / "id.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(None, key, certificate, None, encryption)
    )
    for names in (["c.pem", "k.pem"], ["c.der", "k.pem"], ["both.pem"], ["id.p12"]):
        paths = [tmp_path / name for name in names]
        with pytest.raises(PasswordNeeded, match="give its password"):
            SigningIdentity.from_files(*paths)
        assert SigningIdentity.from_files(*paths, password=PASSWORD).key_kind == "EC-256"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("password", [None, PASSWORD])
def test_pkcs12(tmp_path: Path, kind: str, password: str | None) -> None:
    key = make_key(kind)
    encryption = s.BestAvailableEncryption(password.encode()) if password else s.NoEncryption()
    content = pkcs12.serialize_key_and_certificates(b"x", key, certify(key), None, encryption)
    (tmp_path / "id.p12").write_bytes(content)
    for source in (tmp_path / "id.p12", content):
        identity = SigningIdentity.from_pkcs12(source, password)
        assert identity.key_kind == KINDS[kind]


def refusals() -> dict[str, Any]:
    key, other = make_key("rsa-2048"), make_key("p256")
    certificate = pem(certify(key))
    locked = pkcs12.serialize_key_and_certificates(
        None, key, certify(key), None, s.BestAvailableEncryption(PASSWORD.encode())
    )
    bare = pkcs12.serialize_key_and_certificates(None, None, None, [certify(key)], s.NoEncryption())
    pem_of, p12 = SigningIdentity.from_pem, SigningIdentity.from_pkcs12
    return {
        "not that of the certificate": lambda: pem_of(certificate, key_pem(other)),
        "give its password": lambda: pem_of(certificate, key_pem(key, PASSWORD)),
        "wrong password": lambda: pem_of(certificate, key_pem(key, PASSWORD), "wrong"),
        "it is no private key": lambda: pem_of(certificate, b"nothing of the kind"),
        "no private key in the PEM": lambda: pem_of(certificate),
        "no certificate in the PEM": lambda: pem_of(key_pem(key)),
        "it is no X.509": lambda: pem_of(b"nothing", key_pem(key)),
        "cannot be read: No such file": lambda: pem_of("no-such-file.pem", key_pem(key)),
        "too large to be a key": lambda: pem_of(certificate, "/dev/zero"),
        "RSA from 2048": lambda: pem_of(
            pem(certify(make_key("rsa-1024"))), key_pem(make_key("rsa-1024"))
        ),
        "RSA and EC keys only": lambda: pem_of(
            pem(certify(make_key("ed25519"))), key_pem(make_key("ed25519"))
        ),
        "is encrypted; give its password": lambda: p12(locked),
        "cannot be opened: wrong password": lambda: p12(locked, "wrong"),
        "it is no PKCS#12": lambda: SigningIdentity.from_files(b"nothing"),
        "can be read from a PEM file only": lambda: p12(ODD_PKCS12, "x"),
        "no certificate with its private key": lambda: p12(bare),
    }


@pytest.mark.parametrize("message", refusals())
def test_each_mistake_has_a_sentence(message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        refusals()[message]()
    assert message in str(caught.value)
    assert PASSWORD not in str(caught.value)


def test_a_small_curve_is_refused() -> None:
    key = make_key("p192")
    with pytest.raises(ConfigurationError, match="EC from 256"):
        SigningIdentity(certify(key).public_bytes(s.Encoding.DER), key)


def test_a_key_pasted_where_a_path_belongs_is_not_repeated() -> None:
    key = make_key("p256")
    text = key_pem(key).decode()
    identity = SigningIdentity.from_pem(pem(certify(key)).decode(), text)
    assert identity.key_kind == "EC-256"
    with pytest.raises(ConfigurationError) as caught:
        SigningIdentity.from_pem("a.pem" + text.replace("PRIVATE", "PUBLIC"), text)
    assert text.splitlines()[1] not in str(caught.value)


def test_repr_shows_the_fingerprint_and_no_key(identity: SigningIdentity) -> None:
    assert identity.fingerprint in repr(identity)
    assert "object at" not in repr(identity)
    assert "Testowy" not in f"{identity!r}{identity}"


def test_pem_and_back(identity: SigningIdentity) -> None:
    for password in (None, PASSWORD):
        certificate, key = identity.to_pem(password)
        again = SigningIdentity.from_pem(certificate, key, password)
        assert again.fingerprint == identity.fingerprint
        assert (b"ENCRYPTED" in key) is (password is not None)


@pytest.mark.parametrize(
    ("attribute", "text", "nip", "pesel"),
    [
        (NameOID.SERIAL_NUMBER, "PNOPL-30112206276", None, "30112206276"),
        (NameOID.SERIAL_NUMBER, "PESEL: 30112206276", None, "30112206276"),
        (NameOID.SERIAL_NUMBER, "TINPL-5265877635", "5265877635", None),
        (NameOID.SERIAL_NUMBER, "NIP 5265877635", "5265877635", None),
        (NameOID.SERIAL_NUMBER, "12345678901", None, None),
        (NameOID.ORGANIZATION_IDENTIFIER, "VATPL-5265877635", "5265877635", None),
        (NameOID.ORGANIZATION_IDENTIFIER, "NTRPL-0000123456", None, None),
    ],
)
def test_what_the_subject_names(
    attribute: Any, text: str, nip: str | None, pesel: str | None
) -> None:
    key = make_key("p256")
    certificate = certify(key, (NameOID.COMMON_NAME, "x"), (attribute, text))
    identity = SigningIdentity(certificate.public_bytes(s.Encoding.DER), key)
    assert (identity.nip, identity.pesel) == (nip, pesel)
    assert not identity.is_self_signed


@pytest.mark.parametrize("kind", KINDS)
def test_certificates_as_the_authority_of_ksef_writes_them(kind: str) -> None:
    key = make_key(kind)
    der = with_needless_parameter(
        certify(key, (NameOID.ORGANIZATION_IDENTIFIER, "VATPL-5265877635"))
    )
    with pytest.raises(ValueError, match="asn1"):
        load_der_x509_certificate(der)
    identity = SigningIdentity.from_pem(der, key_pem(key))
    assert identity.nip == "5265877635"
    assert identity.valid_from == NOW - timedelta(days=1)
    armoured, _ = identity.to_pem()
    assert SigningIdentity.from_pem(armoured, key_pem(key)).certificate_der == der


@pytest.mark.skipif(
    not CERTIFICATE.exists(), reason="../shared/data is absent: the official certificate is there"
)
def test_facts_of_an_official_certificate() -> None:
    der = (CERTIFICATE / "ksef-test-certificate-01F20A5D352AE590.der").read_bytes()
    facts = read_certificate(der)
    assert sha256(der).hexdigest().upper() == (
        "8BF30676AC95EC1B270A8B130A7CDB13FF093F68ACAFE00FCD9EF48C81395371"
    )
    assert b64encode(sha256(facts.public_key_der).digest()) == (
        b"mg3ziJRZ/wOwq36PkkDyCOwKS5FdoLvc9yIQUYABIx4="
    )
    assert facts.texts(ORGANIZATION_IDENTIFIER) == ["VATPL-5265877635"]
    assert facts.valid_to == datetime(2027, 7, 29, 9, 28, 37, tzinfo=UTC)
    with pytest.raises(ConfigurationError, match="not that of the certificate"):
        SigningIdentity(der, make_key("p256"))


@given(st.data())
def test_a_damaged_certificate_is_told_and_never_breaks_the_reader(data: st.DataObject) -> None:
    der = bytearray(certify(make_key("p256")).public_bytes(s.Encoding.DER))
    for _ in range(data.draw(st.integers(1, 4))):
        der[data.draw(st.integers(0, len(der) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(der[: data.draw(st.integers(0, len(der)))])
    with contextlib.suppress(ValueError):
        assert read_certificate(cut).public_key_der
