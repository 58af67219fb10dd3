"""Our signatures, judged by libxmlsec1 and by signxml's verifier; neither takes a changed byte."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import xmlsec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidInput, InvalidSignature
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from ksef_facade import AllowedIps, Context, SigningIdentity, self_signed_person, self_signed_seal
from ksef_facade.crypto.auth_request import build_auth_request
from ksef_facade.crypto.encryption import sha256_base64
from ksef_facade.crypto.xades import sign_document
from ksef_facade.errors import ConfigurationError, InvalidIdentifier
from tests.unit.crypto.conftest import NOW, certify, make_key, with_needless_parameter

CHALLENGE = "20250604-CR-461EA5B000-537A6BA15D-D7"
NAMES = {
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xades": "http://uri.etsi.org/01903/v1.3.2#",
    "auth": "http://ksef.mf.gov.pl/auth/token/2.1",
}
NIP = "5265877635"


def sign(identity: SigningIdentity, moment: datetime = NOW) -> bytes:
    policy = AllowedIps.parse("203.0.113.7", "203.0.113.0/24")
    root = build_auth_request(CHALLENGE, Context("Nip", NIP), "certificate", policy)
    return sign_document(root, identity, moment)


def find(signed: bytes, path: str) -> Any:
    (found,) = etree.fromstring(signed).xpath(path, namespaces=NAMES)
    return found


def xmlsec_takes(signed: bytes, identity: SigningIdentity) -> bool:
    tree = etree.fromstring(signed)
    xmlsec.tree.add_ids(tree, ["Id"])
    context = xmlsec.SignatureContext()
    public = identity.private_key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    context.key = xmlsec.Key.from_memory(public, xmlsec.constants.KeyDataFormatPem)
    try:
        context.verify(xmlsec.tree.find_node(tree, xmlsec.constants.NodeSignature))
    except xmlsec.VerificationError:
        return False
    return True


def signxml_takes(signed: bytes, identity: SigningIdentity) -> bool:
    from cryptography.x509 import load_der_x509_certificate

    config = XAdESSignatureConfiguration(
        location="./",
        expect_references=3,
        verification_time=NOW,
        signature_methods=frozenset({SignatureMethod.RSA_SHA256, SignatureMethod.ECDSA_SHA256}),
        digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
    )
    certificate = load_der_x509_certificate(identity.certificate_der)
    try:
        XAdESVerifier().verify(signed, expect_config=config, x509_cert=certificate)
    except (InvalidSignature, InvalidInput):
        return False
    return True


def test_two_engines_take_our_signature(identity: SigningIdentity) -> None:
    signed = sign(identity)
    assert xmlsec_takes(signed, identity)
    assert signxml_takes(signed, identity)


CHANGES = [
    (b"5265877635", b"5265877636"),
    (CHALLENGE.encode(), CHALLENGE.replace("D7", "D8").encode()),
    (b"certificateSubject", b"certificateFingerprint"),
    (b"203.0.113.7", b"203.0.113.8"),
    (b"2026-11-20T12:00:00", b"2026-11-20T12:00:01"),
    (b"<Challenge>", b"<Challenge> "),
    (b"</Challenge>", b"</Challenge>\n"),
    (b"text/xml", b"text/xsl"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[1].decode())
def test_no_engine_takes_a_changed_document(
    identity: SigningIdentity, change: tuple[bytes, bytes]
) -> None:
    signed = sign(identity)
    assert signed.count(change[0]) == 1
    forged = signed.replace(*change)
    assert not xmlsec_takes(forged, identity)
    assert not signxml_takes(forged, identity)


def test_no_engine_takes_another_key() -> None:
    one, other = self_signed_seal(NIP, key="ec"), self_signed_seal(NIP, key="ec")
    signed = sign(one)
    assert xmlsec_takes(signed, one)
    assert not xmlsec_takes(signed, other)
    assert not signxml_takes(signed, other)


def test_what_the_signature_states(identity: SigningIdentity) -> None:
    moment = datetime(2026, 11, 20, 13, 0, 0, 999999, tzinfo=timezone(timedelta(hours=1)))
    signed = sign(identity, moment)
    root = etree.fromstring(signed)
    assert signed.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert root[-1].tag == f"{{{NAMES['ds']}}}Signature"
    assert find(signed, "//xades:SigningTime").text == "2026-11-20T12:00:00+00:00"
    assert find(signed, "//xades:SigningCertificateV2//ds:DigestValue").text == sha256_base64(
        identity.certificate_der
    )
    assert b64decode(find(signed, "//ds:X509Certificate").text) == identity.certificate_der
    algorithms = set(root.xpath("//ds:Signature//@Algorithm", namespaces=NAMES))
    rsa = identity.key_kind.startswith("RSA")
    assert algorithms == {
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2001/04/xmlenc#sha256",
        f"http://www.w3.org/2001/04/xmldsig-more#{'rsa' if rsa else 'ecdsa'}-sha256",
    }
    assert not root.xpath("//ds:KeyValue", namespaces=NAMES)
    types = root.xpath("//ds:Reference/@Type", namespaces=NAMES)
    assert types == ["http://uri.etsi.org/01903#SignedProperties"]
    (target,) = root.xpath("//xades:QualifyingProperties/@Target", namespaces=NAMES)
    assert target == f"#{root[-1].get('Id')}"


@pytest.mark.parametrize(("kind", "width"), [("p256", 32), ("p384", 48)])
def test_an_ecdsa_value_is_r_and_s_side_by_side(kind: str, width: int) -> None:
    key = make_key(kind)
    identity = SigningIdentity(certify(key).public_bytes(Encoding.DER), key)
    for _ in range(20):
        signed = sign(identity)
        value = b64decode(find(signed, "//ds:SignatureValue").text)
        assert len(value) == 2 * width
        numbers = (int.from_bytes(value[:width], "big"), int.from_bytes(value[width:], "big"))
        info = etree.tostring(find(signed, "//ds:SignedInfo"), method="c14n")
        key.public_key().verify(
            utils.encode_dss_signature(*numbers), info, ec.ECDSA(hashes.SHA256())
        )


def test_certificates_of_the_authority_of_ksef_sign_too() -> None:
    key = make_key("rsa-2048")
    identity = SigningIdentity(with_needless_parameter(certify(key)), key)
    assert xmlsec_takes(sign(identity), identity)


@pytest.mark.parametrize("key", ["rsa", "ec"])
def test_self_signed_identities(key: Any) -> None:
    person = self_signed_person(pesel="30112206276", key=key, now=NOW)
    by_nip = self_signed_person(nip=NIP, given_name="Żaneta", surname="Łęcka", key=key, now=NOW)
    seal = self_signed_seal(NIP, organization="Spółka", key=key, now=NOW)
    assert (person.pesel, person.nip) == ("30112206276", None)
    assert (by_nip.pesel, by_nip.nip) == (None, NIP)
    assert (seal.pesel, seal.nip) == (None, NIP)
    for identity in (person, by_nip, seal):
        assert identity.is_self_signed
        assert identity.key_kind == ("RSA-2048" if key == "rsa" else "EC-256")
        assert (NOW - identity.valid_from, identity.valid_to - NOW) == (
            timedelta(minutes=61),
            timedelta(days=730),
        )
        assert xmlsec_takes(sign(identity), identity)
        assert signxml_takes(sign(identity), identity)


def test_the_subjects_have_the_attributes_that_ksef_reads() -> None:
    from cryptography.x509 import load_der_x509_certificate

    def subject(identity: SigningIdentity) -> set[str]:
        name = load_der_x509_certificate(identity.certificate_der).subject
        return {attribute.oid.dotted_string for attribute in name}

    person = {"2.5.4.42", "2.5.4.4", "2.5.4.5", "2.5.4.3", "2.5.4.6"}
    assert subject(self_signed_person(pesel="30112206276", key="ec")) == person
    assert subject(self_signed_seal(NIP, key="ec")) == {
        "2.5.4.10",
        "2.5.4.97",
        "2.5.4.3",
        "2.5.4.6",
    }


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: self_signed_person(), ConfigurationError),
        (lambda: self_signed_person(nip=NIP, pesel="30112206276"), ConfigurationError),
        (lambda: self_signed_person(pesel="30112206277"), InvalidIdentifier),
        (lambda: self_signed_person(pesel="30132206276"), InvalidIdentifier),
        (lambda: self_signed_person(nip="5265877636"), InvalidIdentifier),
        (lambda: self_signed_seal("1"), InvalidIdentifier),
        (lambda: self_signed_seal(NIP, key="dsa"), ConfigurationError),  # type: ignore[arg-type]
    ],
)
def test_self_signed_identities_that_cannot_be(make: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        make()


def test_the_clock_of_a_new_identity_is_this_machines() -> None:
    identity = self_signed_seal(NIP, key="ec")
    assert identity.valid_from < datetime.now(UTC) - timedelta(hours=1) < identity.valid_to
