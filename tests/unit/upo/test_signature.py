"""Integrity and trust of signatures, apart from each other, and xmlsec's opinion on the same."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.xades.xades import XAdESSigner

from ksef_facade.errors import ConfigurationError, NotAUpo
from ksef_facade.simulator import Simulator
from ksef_facade.upo import Pins, read_upo, verify_signature
from ksef_facade.upo.signature.certificates import SignerCertificate, stand_in

from .signers import (
    DS,
    SIGNED_AT,
    canonical,
    issue,
    seal,
    signed,
    signed_anew,
    usage,
    xmlsec_accepts,
)

DATA = Path(__file__).parents[4] / "shared" / "data"
REAL = DATA / "upo" / "v3-ksef1" / "upo-v3-signed-verifies.xml"
needs_data = pytest.mark.skipif(
    not DATA.exists(), reason="../shared/data is absent: a genuinely signed UPO is there"
)


def test_a_signed_document_is_intact_and_its_signer_unknown() -> None:
    report = verify_signature(signed())
    assert (report.integrity, report.trust, report.problems) == ("intact", "unknown", ())
    assert report.subject == "CN=Seal"
    assert report.fingerprint == seal().fingerprint.upper()
    assert report.signing_time == SIGNED_AT
    assert report.method == "RSA with SHA-256"
    assert xmlsec_accepts(signed())


@needs_data
def test_the_ministrys_own_signature_holds_though_its_certificate_has_expired() -> None:
    report = verify_signature(REAL)
    assert (report.integrity, report.trust) == ("intact", "unknown")
    assert report.valid_to is not None
    assert report.valid_to < datetime(2026, 1, 1, tzinfo=UTC)
    assert report.subject is not None
    assert "Krajowa Administracja Skarbowa Test" in report.subject
    assert xmlsec_accepts(REAL.read_bytes())
    fingerprint = report.fingerprint
    assert fingerprint is not None
    assert verify_signature(REAL, pins=[fingerprint]).trust == "trusted"
    assert verify_signature(REAL, pins=Pins.of([fingerprint], "test")).trust == "untrusted"
    in_test = verify_signature(REAL, pins=Pins.of([fingerprint], "test"), environment="test")
    assert in_test.trust == "trusted"


@needs_data
def test_a_copy_that_was_indented_is_broken() -> None:
    path = REAL.with_name("upo-v3-signed-shape-only.xml")
    report = verify_signature(path)
    assert (report.integrity, report.trust) == ("broken", "unknown")
    assert not xmlsec_accepts(path.read_bytes())


def test_the_simulators_documents_hold() -> None:
    with Simulator(seed=5) as simulator:
        reference = simulator.seed_session("5265877635", "online", 3, 0, 2)
        pin = hashlib.sha256(simulator.upo_certificate).hexdigest()
        for page in (1, 2):
            content = simulator.upo_bytes(reference, page)
            report = verify_signature(content, pins=[pin])
            assert (report.integrity, report.trust) == ("intact", "trusted")
            assert xmlsec_accepts(content)


def test_a_document_without_signature_is_reported_as_such() -> None:
    report = verify_signature(canonical().encode(), pins=[seal().fingerprint])
    assert (report.integrity, report.trust) == ("unsigned", "unknown")
    assert report.problems == ("the UPO is not signed",)


def test_what_is_no_upo_has_no_signature_to_verify() -> None:
    with pytest.raises(NotAUpo):
        verify_signature(b"<html/>")


def test_pins_count_in_their_environment_only() -> None:
    pin = seal().fingerprint
    assert verify_signature(signed(), pins=Pins.of([pin], "test")).trust == "trusted"
    assert verify_signature(signed(), pins=Pins.of([pin], "prod")).trust == "untrusted"
    other = verify_signature(signed(), pins=["00" * 32])
    assert other.trust == "untrusted"
    assert other.problems == ("the certificate that signed is none of those that are pinned",)


def test_pins_are_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "pins.json"
    pins = Pins().with_pin(":".join(["ab"] * 32), "demo").with_pin("CD" * 32)
    assert pins.save(path) == path
    assert Pins.load(path) == pins
    assert pins.of_environment("demo") == {"AB" * 32, "CD" * 32}
    assert pins.of_environment("prod") == pins.of_environment(None) == {"CD" * 32}
    assert not Pins()
    for text in ("[]", '{"test": 1}', '{"test": ["x"]}', "{"):
        path.write_text(text)
        with pytest.raises(ConfigurationError):
            Pins.load(path)


ROOT = issue(2, "Root", usage(key_cert_sign=True, crl_sign=True), is_authority=True)
MIDDLE = issue(3, "Middle", usage(key_cert_sign=True), issuer=ROOT, is_authority=True)
COMMITTED = issue(4, "Committed", usage(content_commitment=True), issuer=MIDDLE)


@pytest.mark.parametrize(
    "content",
    [
        f'{{"prod": "{"AB" * 32}"}}',
        '{"prod": {}}',
        '{"prod": null}',
        '{"prod": [1]}',
        "[" * 100_000,
    ],
    ids=["a text", "an object", "null", "a number", "too deep"],
)
def test_a_file_of_pins_that_pins_nothing_is_refused(content: str, tmp_path: Path) -> None:
    """Passed over, its author would read "unknown" where a forgery is untrusted."""
    path = tmp_path / "pins.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match="holds no pins"):
        Pins.load(path)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no time zone"):
        verify_signature(signed(), at=datetime(2025, 9, 25))


def with_issuer(content: bytes) -> bytes:
    """The issuer's certificate beside the signer's: KeyInfo is not covered by the signature."""
    der = base64.b64decode("".join(MIDDLE.pem.decode().splitlines()[1:-1]))
    more = (
        f"<ds:X509Certificate>{base64.b64encode(der).decode()}</ds:X509Certificate></ds:X509Data>"
    )
    return content.replace(b"</ds:X509Data>", more.encode())


def test_a_seal_for_content_commitment_alone_leads_to_its_authority() -> None:
    content = with_issuer(signed(signer=COMMITTED))
    assert verify_signature(content, ca_pem=ROOT.pem).trust == "trusted"
    assert verify_signature(signed(signer=COMMITTED), ca_pem=ROOT.pem + MIDDLE.pem).trust == (
        "trusted"
    )
    missing = verify_signature(signed(signer=COMMITTED), ca_pem=ROOT.pem)
    assert missing.trust == "untrusted"
    assert missing.problems[0].startswith("the certificate does not lead to a given authority")


def test_an_authority_in_a_file_and_a_certificate_that_has_expired_since(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(ROOT.pem)
    content = with_issuer(signed(signer=COMMITTED))
    assert verify_signature(content, ca_pem=path).trust == "trusted"
    late = SIGNED_AT + timedelta(days=5 * 365)
    report = verify_signature(content, ca_pem=path, at=late)
    assert (report.integrity, report.trust) == ("intact", "untrusted")


def test_a_certificate_for_something_else_is_no_signers() -> None:
    wrong = issue(5, "Wrong", usage(key_encipherment=True), issuer=ROOT)
    assert verify_signature(signed(signer=wrong), ca_pem=ROOT.pem).trust == "untrusted"


def test_a_signature_from_before_its_certificate_is_not_trusted() -> None:
    early = signed(at=SIGNED_AT - timedelta(days=800))
    report = verify_signature(early, pins=[seal().fingerprint])
    assert (report.integrity, report.trust) == ("intact", "untrusted")
    assert "was not valid" in report.problems[0]


def test_authorities_that_are_none_are_refused() -> None:
    with pytest.raises(ConfigurationError):
        verify_signature(signed(), ca_pem=b"nothing")


@needs_data
def test_a_certificate_that_cryptography_refuses_still_has_its_key() -> None:
    der = (DATA / "certs" / "ksef-test-certificate-01F20A5D352AE590.der").read_bytes()
    certificate = SignerCertificate.read(der)
    other = stand_in(certificate.facts)
    assert certificate.fingerprint == hashlib.sha256(der).hexdigest().upper()
    assert other.not_valid_after_utc == certificate.facts.valid_to
    assert "CN=" in certificate.subject


def test_the_document_that_was_read_is_verified() -> None:
    assert verify_signature(read_upo(signed())).integrity == "intact"


@pytest.mark.parametrize("algorithm", [SignatureMethod.RSA_SHA256, SignatureMethod.ECDSA_SHA256])
def test_other_programs_signatures_hold_too(algorithm: SignatureMethod) -> None:
    """Of three references, with the second version of SigningCertificate, canonical XML 1.0."""
    is_rsa = algorithm is SignatureMethod.RSA_SHA256
    key = seal().key if is_rsa else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Other")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2100, 1, 1))
        .sign(key, hashes.SHA256())
    )
    signer = XAdESSigner(
        signature_algorithm=algorithm,
        digest_algorithm="sha256",
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    root = signer.sign(
        etree.fromstring(canonical()), key=key, cert=[certificate], always_add_key_value=False
    )
    content = etree.tostring(root)
    assert verify_signature(content).integrity == "intact"
    assert xmlsec_accepts(content)
    changed = content.replace(b"FA/1<", b"FA/2<")
    assert verify_signature(changed).integrity == "broken"


@pytest.mark.parametrize(
    "c14n",
    ["http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2001/10/xml-exc-c14n#"],
)
def test_signatures_without_a_prefix_hold_too(c14n: str) -> None:
    """As .NET writes them; of such a SignedInfo alone lxml makes a wrong inclusive C14N."""
    content = signed().decode().replace("xmlns:ds=", "xmlns=")
    content = content.replace("<ds:", "<").replace("</ds:", "</")
    content = content.replace(
        _METHOD.replace("ds:", ""), f'<CanonicalizationMethod Algorithm="{c14n}"'
    )
    again = signed_anew(content)
    assert c14n.encode() in again
    assert b"<SignedInfo>" in again
    assert verify_signature(again).integrity == "intact"
    assert verify_signature(again.replace(b"FA/1<", b"FA/2<")).integrity == "broken"


@pytest.mark.parametrize(("prefix", "verdict"), [("ds", "intact"), ("q", "unsupported")])
def test_a_signature_may_be_cut_out_by_xpath(prefix: str, verdict: str) -> None:
    content = signed().decode()
    enveloped = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
    xpath = (
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
        f'<ds:XPath xmlns:q="http://www.w3.org/2000/09/xmldsig#">'
        f"not(ancestor-or-self::{prefix}:Signature)</ds:XPath></ds:Transform>"
    )
    assert enveloped in content
    root = etree.fromstring(content.replace(enveloped, xpath).encode())
    info = etree.tostring(root.find(f".//{DS}SignedInfo"), method="c14n", exclusive=True)
    value = base64.b64encode(seal().key.sign(info, padding.PKCS1v15(), hashes.SHA256())).decode()
    root.find(f".//{DS}SignatureValue").text = value
    again = etree.tostring(root)
    assert verify_signature(again).integrity == verdict
    assert xmlsec_accepts(again)
    assert verify_signature(again.replace(b"FA/1<", b"FA/2<")).integrity != "intact"
    stranger = again.replace(b"not(ancestor", b"not(self::x or ancestor")
    assert verify_signature(stranger).integrity == "unsupported"


_EXCLUSIVE = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
_ENVELOPED = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
_METHOD = '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_EXCLUSIVE, _EXCLUSIVE * 2),
        (_ENVELOPED + _EXCLUSIVE, _EXCLUSIVE + _ENVELOPED),
        (f"{_METHOD}/>", f"{_METHOD}>{_EXCLUSIVE}</ds:CanonicalizationMethod>"),
    ],
    ids=["twice", "before the signature is cut out", "with parameters"],
)
def test_canonicalisation_in_other_ways_is_not_judged(old: str, new: str) -> None:
    """Even if the key that pins allow signed it so."""
    content = signed().decode()
    assert old in content
    root = etree.fromstring(content.replace(old, new, 1).encode())
    info = etree.tostring(root.find(f".//{DS}SignedInfo"), method="c14n", exclusive=True)
    value = base64.b64encode(seal().key.sign(info, padding.PKCS1v15(), hashes.SHA256())).decode()
    root.find(f".//{DS}SignatureValue").text = value
    report = verify_signature(etree.tostring(root), pins=[seal().fingerprint])
    assert (report.integrity, report.trust) == ("unsupported", "unknown")
    assert "canonicalisation" in report.problems[0]
