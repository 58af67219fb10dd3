"""The Ministry's public keys: read tolerantly, picked exactly."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from ksef_facade.crypto.public_keys import PublicKey, load_rsa_key, read_public_keys, select
from ksef_facade.errors import IntegrityFailure

DATA = Path(__file__).parents[4] / "shared" / "data"
KSEF_CERTIFICATE = DATA / "certs" / "ksef-test-certificate-01F20A5D352AE590.der"

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TOKEN, SYMMETRIC = "KsefTokenEncryption", "SymmetricKeyEncryption"

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    builder = builder.not_valid_before(START).not_valid_after(END).public_key(key.public_key())
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


CERTIFICATE = certificate_of(RSA_KEY)
SPKI = RSA_KEY.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)


def spki_hash() -> str:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(SPKI)
    return base64.b64encode(digest.finalize()).decode()


def entry(**changes: Any) -> dict[str, Any]:
    whole = {
        "certificate": base64.b64encode(CERTIFICATE).decode(),
        "certificateId": "c" * 44,
        "publicKeyId": "k" * 44,
        "validFrom": "2026-02-01T12:23:56.0154302+01:00",
        "validTo": "2026-12-01T00:00:00Z",
        "usage": [TOKEN],
    }
    whole.update(changes)
    return {name: value for name, value in whole.items() if value is not ...}


def key(name: str, valid_from: datetime, valid_to: datetime, *usages: str) -> PublicKey:
    return PublicKey(CERTIFICATE, name, frozenset(usages), valid_from, valid_to)


def test_an_entry_is_read_whole() -> None:
    keys = read_public_keys([entry()])
    assert keys.skipped == ()
    [read] = keys
    assert read.certificate_der == CERTIFICATE
    assert read.public_key_id == "k" * 44
    assert read.usages == {TOKEN}
    assert read.valid_from == datetime(2026, 2, 1, 11, 23, 56, 15430, tzinfo=UTC)
    assert read.valid_to == datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize("absent", [..., None, ""])
def test_an_absent_key_id_is_computed_from_the_key(absent: Any) -> None:
    [read] = read_public_keys([entry(publicKeyId=absent)])
    assert read.public_key_id == spki_hash()


@pytest.mark.parametrize(
    "absent", [..., None, "soon", 5, "2026-02-01T00:00:00", "0001-01-01T00:00+01:00"]
)
def test_absent_or_doubtful_dates_are_those_of_the_certificate(absent: Any) -> None:
    [read] = read_public_keys([entry(validFrom=absent, validTo=absent)])
    assert (read.valid_from, read.valid_to) == (START, END)


def test_unknown_usages_and_fields_are_no_obstacle() -> None:
    [read] = read_public_keys([entry(usage=[SYMMETRIC, "Other", 5], news={"a": 1})])
    assert read.usages == {SYMMETRIC, "Other"}
    [read] = read_public_keys([entry(usage=TOKEN)])
    assert read.usages == {TOKEN}


def test_a_bare_public_key_is_read_too() -> None:
    [read] = read_public_keys([entry(certificate=base64.b64encode(SPKI).decode())])
    assert (
        load_rsa_key(read.certificate_der).public_numbers() == RSA_KEY.public_key().public_numbers()
    )


def test_entries_that_cannot_be_used_are_left_out_with_the_reason() -> None:
    elliptic = certificate_of(ec.generate_private_key(ec.SECP256R1()))
    keys = read_public_keys(
        [
            entry(certificate=...),
            entry(certificate="%%%"),
            entry(certificate=base64.b64encode(b"nothing").decode()),
            entry(certificate=base64.b64encode(elliptic).decode()),
            entry(certificate=base64.b64encode(SPKI).decode(), validTo=None),
            "text",
            entry(),
        ]
    )
    assert len(keys) == 1
    assert keys.skipped == (
        "entry 1: it has no certificate",
        "entry 2: the certificate is not Base64",
        "entry 3: the certificate is not readable DER",
        "entry 4: the key is ECPublicKey, an RSA key is wanted",
        "entry 5: it has no readable validTo",
        "entry 6: it is not a JSON object",
    )
    assert select(keys, "KsefTokenEncryption", NOW) == keys[0]


def test_no_usable_key_is_an_error_that_says_why() -> None:
    with pytest.raises(IntegrityFailure, match=r"SymmetricKeyEncryption .* none is listed for"):
        select(read_public_keys([entry()]), "SymmetricKeyEncryption", NOW)
    with pytest.raises(IntegrityFailure, match="entry 1: it has no certificate"):
        select(read_public_keys([{}]), "KsefTokenEncryption", NOW)
    with pytest.raises(IntegrityFailure, match="a JSON dict, not a list"):
        select(read_public_keys({}), "KsefTokenEncryption", NOW)
    with pytest.raises(IntegrityFailure, match=r"k{44} is valid from 2026-02-01.* to 2026-12-01"):
        select(read_public_keys([entry()]), "KsefTokenEncryption", END)


def test_a_long_garbled_list_makes_a_short_error() -> None:
    with pytest.raises(IntegrityFailure) as failure:
        select(read_public_keys([{}] * 1000), "KsefTokenEncryption", NOW)
    assert len(str(failure.value)) < 400


def test_of_the_valid_keys_the_newest_is_picked() -> None:
    day = timedelta(days=1)
    old = key("old", NOW - 30 * day, NOW + day, TOKEN, SYMMETRIC)
    new = key("new", NOW - day, NOW + 30 * day, TOKEN)
    future = key("future", NOW + day, NOW + 60 * day, TOKEN)
    other = key("other", NOW, NOW + 60 * day, SYMMETRIC)
    for keys in ((old, new, future, other), (other, future, new, old)):
        assert select(keys, "KsefTokenEncryption", NOW) == new
    assert select((old, new), "SymmetricKeyEncryption", NOW) == old


def test_a_key_is_valid_from_its_first_moment_to_before_its_last() -> None:
    one = key("one", START, END, TOKEN)
    assert one.is_valid(START)
    assert one.is_valid(END - timedelta(microseconds=1))
    assert not one.is_valid(END)
    assert not one.is_valid(START - timedelta(microseconds=1))


def test_the_certificate_is_not_printed() -> None:
    assert repr(CERTIFICATE) not in repr(evolve(key("one", START, END, TOKEN)))


@pytest.mark.skipif(
    not KSEF_CERTIFICATE.exists(),
    reason="../shared/data is absent: the official certificate is there",
)
def test_a_certificate_of_the_authority_of_ksef_can_be_read() -> None:
    # Its signature algorithm has a parameter for which newer versions of cryptography refuse it.
    assert load_rsa_key(KSEF_CERTIFICATE.read_bytes()).key_size == 2048
