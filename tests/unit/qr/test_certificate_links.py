"""KOD II: signed as the rules say, which other code confirms, with a fit certificate and no other."""

from __future__ import annotations

import shutil
import subprocess
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade import (
    ConfigurationError,
    Context,
    InvalidIdentifier,
    SigningIdentity,
    self_signed_seal,
)
from ksef_facade.crypto.certificate_reading import read_certificate
from ksef_facade.qr import certificate_link, check_certificate_link
from ksef_facade.qr.offline_certificates import fit_serial, unfitness
from tests.unit.crypto.conftest import make_key, with_needless_parameter
from tests.unit.invoices.documents import OFFICIAL, SELLER, WHY_SKIPPED, fa
from tests.unit.qr.offline_identities import NOW, SERIAL, certificate, offline_identity
from tests.unit.qr.test_invoice_links import EXAMPLE

# Example of the documentation of KOD II: what of the link is signed.
SIGNED = (
    "qr-test.ksef.mf.gov.pl/certificate/Nip/1111111111/1111111111/01F20A5D352AE590/"
    "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
)
OPENSSL = shutil.which("openssl")
KINDS = ("rsa-2048", "rsa-3072", "p256")


def taken_apart(link: str) -> tuple[str, bytes]:
    """What is signed, and the signature."""
    assert link.startswith("https://")
    signed, _, signature = link.removeprefix("https://").rpartition("/")
    return signed, urlsafe_b64decode(signature + "=" * (-len(signature) % 4))


@pytest.mark.parametrize("kind", KINDS)
def test_the_documented_example(kind: str) -> None:
    link = certificate_link(EXAMPLE, "test", offline_identity(kind), now=NOW)
    signed, signature = taken_apart(link)
    assert signed == SIGNED
    assert len(signature) == {"rsa-2048": 256, "rsa-3072": 384, "p256": 64}[kind]
    assert "=" not in link
    if kind == "rsa-2048":
        assert len(link.rpartition("/")[2]) == 342


@pytest.mark.parametrize("encoding", ["p1363", "der"])
def test_an_elliptic_signature(encoding: Any) -> None:
    link = certificate_link(EXAMPLE, "test", offline_identity(), encoding=encoding, now=NOW)
    signed, signature = taken_apart(link)
    if encoding == "p1363":
        halves = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        signature = utils.encode_dss_signature(*halves)
    # The digest is made here, so that one made twice would be found.
    digest = hashes.Hash(hashes.SHA256())
    digest.update(signed.encode("utf-8"))
    scheme = ec.ECDSA(utils.Prehashed(hashes.SHA256()))
    make_key("p256").public_key().verify(signature, digest.finalize(), scheme)


@pytest.mark.parametrize("kind", ["rsa-2048", "rsa-3072"])
def test_an_rsa_signature_has_a_salt_of_32_bytes(kind: str) -> None:
    signed, signature = taken_apart(
        certificate_link(EXAMPLE, "test", offline_identity(kind), now=NOW)
    )
    public: rsa.RSAPublicKey = make_key(kind).public_key()
    mask = padding.MGF1(hashes.SHA256())
    public.verify(signature, signed.encode(), padding.PSS(mask, 32), hashes.SHA256())
    for salt in (20, 31, 64):
        with pytest.raises(InvalidSignature):
            public.verify(signature, signed.encode(), padding.PSS(mask, salt), hashes.SHA256())


@pytest.mark.skipif(OPENSSL is None, reason="the program openssl is not installed")
@pytest.mark.parametrize(("kind", "encoding"), [("rsa-2048", "p1363"), ("p256", "der")])
def test_openssl_says_the_same(tmp_path: Path, kind: str, encoding: Any) -> None:
    assert OPENSSL is not None
    link = certificate_link(fa(), "prod", offline_identity(kind), encoding=encoding, now=NOW)
    signed, signature = taken_apart(link)
    public = certificate(kind).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "signature").write_bytes(signature)
    options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"]
    for text, verdict in ((signed, 0), (signed + "/", 1)):
        (tmp_path / "text").write_text(text)
        told = subprocess.run(
            [
                *(OPENSSL, "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature"),
                *(options if kind.startswith("rsa") else []),
                "text",
            ],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert told.returncode == verdict, told


@pytest.mark.parametrize(
    ("context", "part"),
    [
        (None, f"Nip/{SELLER}"),
        (Context("Nip", "1111111111"), "Nip/1111111111"),
        (Context("InternalId", f"{SELLER}-12345"), f"InternalId/{SELLER}-12345"),
        (Context("NipVatUe", f"{SELLER}-DE123456789"), f"NipVatUe/{SELLER}-DE123456789"),
        (Context("PeppolId", "PPL123456"), "PeppolId/PPL123456"),
    ],
)
def test_every_kind_of_context(context: Context | None, part: str) -> None:
    link = certificate_link(fa(), "demo", offline_identity(), context, now=NOW)
    start = f"https://qr-demo.ksef.mf.gov.pl/certificate/{part}/{SELLER}/01F20A5D352AE590/"
    assert link.startswith(start)


@pytest.mark.parametrize(
    "context",
    [
        Context("nip", SELLER),
        Context("Pesel", "30112206276"),
        Context("Nip", "../.."),
        Context("InternalId", SELLER),
        Context("PeppolId", "PL123456"),
    ],
)
def test_a_context_must_have_its_shape(context: Context) -> None:
    with pytest.raises(InvalidIdentifier, match="is no context of the kind"):
        certificate_link(fa(), "test", offline_identity(), context, now=NOW)


OFFLINE_WANTED = "KOD II wants a KSeF certificate of the type Offline"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"usages": ("digital_signature",)},
            f"the certificate is for logging in (digitalSignature); {OFFLINE_WANTED}",
        ),
        (
            {"usages": ("digital_signature", "content_commitment")},
            f"the certificate is for logging in (digitalSignature); {OFFLINE_WANTED}",
        ),
        (
            {"usages": ("key_encipherment",)},
            f"the certificate's key usage lacks nonRepudiation; {OFFLINE_WANTED}",
        ),
        ({"silent": True}, f"the certificate's key usage lacks nonRepudiation; {OFFLINE_WANTED}"),
        (
            {"own": True},
            "the certificate is self-signed; KOD II wants one that KSeF issued, of the type Offline",
        ),
        (
            {"serial": 1 << 64},
            "the certificate's serial number is not of 16 hexadecimal digits, so KSeF did not issue it",
        ),
        (
            {"end": NOW - timedelta(seconds=1)},
            "the certificate expired on 2026-11-20; apply to KSeF for another",
        ),
        (
            {"start": NOW + timedelta(hours=1)},
            "the certificate is not valid before 2026-11-20 13:00 UTC",
        ),
        (
            {"kind": "p384"},
            "the certificate's key is another than RSA from 2048 bits or EC P-256",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_unfit_certificates(changes: dict[str, Any], sentence: str) -> None:
    rest = dict(changes)
    kind, usages = rest.pop("kind", "p256"), rest.pop("usages", ())
    with pytest.raises(ConfigurationError) as caught:
        certificate_link(fa(), "test", offline_identity(kind, *usages, **rest), now=NOW)
    assert str(caught.value) == sentence


def test_self_signed_identities_for_test_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="self-signed"):
        certificate_link(fa(), "test", self_signed_seal(SELLER, key="ec"))


def test_the_first_and_the_last_moment_count() -> None:
    identity = offline_identity()
    for moment in (identity.valid_from, identity.valid_to):
        assert certificate_link(fa(), "test", identity, now=moment)
    for moment in (
        identity.valid_from - timedelta(microseconds=1),
        identity.valid_to + timedelta(microseconds=1),
    ):
        with pytest.raises(ConfigurationError, match=r"expired|not valid before"):
            certificate_link(fa(), "test", identity, now=moment)
    with pytest.raises(ConfigurationError, match="no time zone"):
        certificate_link(fa(), "test", identity, now=datetime(2026, 11, 20))


@pytest.mark.parametrize("serial", [1, 0x80 << 56, (1 << 64) - 1])
def test_serial_numbers_have_sixteen_digits(serial: int) -> None:
    link = certificate_link(fa(), "test", offline_identity(serial=serial), now=NOW)
    assert link.split("/")[7] == format(serial, "016X")


def test_a_certificate_as_the_authority_of_ksef_writes_them() -> None:
    # `cryptography` reads none with that parameter.
    odd = SigningIdentity(with_needless_parameter(certificate()), make_key("p256"))
    link = certificate_link(fa(), "test", odd, now=NOW)
    assert check_certificate_link(link, odd.certificate_der, now=NOW).is_valid


@pytest.mark.skipif(not OFFICIAL.exists(), reason=WHY_SKIPPED)
def test_the_official_certificate_for_logging_in_is_refused() -> None:
    path = OFFICIAL / "certs" / "ksef-test-certificate-01F20A5D352AE590.der"
    facts = read_certificate(path.read_bytes())
    assert fit_serial(facts) == "01F20A5D352AE590" == format(SERIAL, "016X")
    assert facts.key_usage == {"digitalSignature"}
    assert "for logging in" in (unfitness(facts, NOW) or "")


@given(usages=st.sets(st.sampled_from(["digitalSignature", "nonRepudiation", "keyAgreement"])))
def test_only_the_one_usage_fits(usages: set[str]) -> None:
    facts = read_certificate(offline_identity().certificate_der)
    changed = evolve(facts, key_usage=frozenset(usages))
    fits = "nonRepudiation" in usages and "digitalSignature" not in usages
    assert (unfitness(changed, NOW) is None) == fits
