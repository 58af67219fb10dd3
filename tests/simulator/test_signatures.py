"""Signatures of independent programs, whole and tampered with."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod

from ksef_facade.simulator.contract import load
from ksef_facade.simulator.logins.auth_requests import read_request
from ksef_facade.simulator.logins.signatures import Unverified, verify
from tests.simulator.signers import (
    DS,
    EXCLUSIVE,
    XADES,
    Cut,
    request,
    seal,
    sign_by_signxml,
    sign_by_xmlsec,
)

CHALLENGE = "20250604-CR-461EA5B000-537A6BA15D-D7"
DOCUMENT = request(CHALLENGE)
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
INCLUSIVE_11 = "http://www.w3.org/2006/12/xml-c14n11"
PATTERNS = load().patterns
Signer = Callable[..., bytes]
BOTH = pytest.mark.parametrize("sign", [sign_by_signxml, sign_by_xmlsec])


def refusal(content: bytes) -> int:
    with pytest.raises(Unverified) as caught:
        verify(content)
    return caught.value.code


@pytest.mark.parametrize("kind", ["rsa", "p256", "p384", "p521"])
@pytest.mark.parametrize(
    "c14n",
    [
        CanonicalizationMethod.CANONICAL_XML_1_0,
        CanonicalizationMethod.CANONICAL_XML_1_1,
        CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    ],
)
def test_signatures_by_signxml(kind: str, c14n: CanonicalizationMethod) -> None:
    identity = seal("VATPL-5265877635", kind)
    signed = verify(sign_by_signxml(DOCUMENT, identity, c14n=c14n))
    assert read_request(signed.document, PATTERNS).challenge == CHALLENGE
    assert signed.certificate == identity.certificate


@pytest.mark.parametrize("kind", ["rsa", "p256", "p384", "p521"])
@pytest.mark.parametrize("cut", ["enveloped", "xpath", "filter"])
@pytest.mark.parametrize("c14n", [EXCLUSIVE, INCLUSIVE, INCLUSIVE_11])
def test_signatures_by_xmlsec(kind: str, cut: Cut, c14n: str) -> None:
    identity = seal("VATPL-5265877635", kind)
    signed = verify(sign_by_xmlsec(DOCUMENT, identity, cut=cut, c14n=c14n))
    assert read_request(signed.document, PATTERNS).challenge == CHALLENGE
    assert signed.certificate == identity.certificate


@pytest.mark.parametrize("kind", ["rsa", "p256"])
@pytest.mark.parametrize("c14n", [EXCLUSIVE, INCLUSIVE, INCLUSIVE_11])
def test_signatures_without_a_prefix_as_dotnet_writes_them(kind: str, c14n: str) -> None:
    # Of their SignedInfo alone, lxml makes another text in inclusive C14N than it should.
    identity = seal("VATPL-5265877635", kind)
    content = sign_by_xmlsec(DOCUMENT, identity, c14n=c14n, prefix="")
    assert b"<SignedInfo>" in content
    signed = verify(content)
    assert read_request(signed.document, PATTERNS).challenge == CHALLENGE
    assert refusal(content.replace(b"5265877635</Nip>", b"1111111111</Nip>")) == 9105
    assert refusal(content.replace(b"SigningTime>2", b"SigningTime>3")) == 9105


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        (SignatureMethod.RSA_SHA1, "rsa"),
        (SignatureMethod.RSA_SHA384, "rsa"),
        (SignatureMethod.RSA_SHA512, "rsa"),
        (SignatureMethod.SHA256_RSA_MGF1, "rsa"),
        (SignatureMethod.SHA3_512_RSA_MGF1, "rsa"),
        (SignatureMethod.ECDSA_SHA1, "p256"),
        (SignatureMethod.ECDSA_SHA384, "p384"),
        (SignatureMethod.ECDSA_SHA3_256, "p256"),
    ],
)
def test_documented_algorithms(
    monkeypatch: pytest.MonkeyPatch, method: SignatureMethod, kind: str
) -> None:
    # The library refuses to sign with SHA-1, which KSeF documents as accepted.
    monkeypatch.setattr("signxml.XMLSigner.check_deprecated_methods", lambda self: None)
    identity = seal("VATPL-5265877635", kind)
    assert verify(sign_by_signxml(DOCUMENT, identity, method=method)).certificate


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("rsa", SignatureMethod.SHA256_RSA_MGF1),
        ("rsa", SignatureMethod.RSA_SHA256),
        ("p256", SignatureMethod.ECDSA_SHA256),
    ],
)
def test_key_beside_the_certificate(kind: str, method: SignatureMethod) -> None:
    identity = seal("VATPL-5265877635", kind)
    content = sign_by_signxml(DOCUMENT, identity, method=method, key_value=True)
    assert b"KeyValue" in content
    assert verify(content).certificate == identity.certificate


def test_algorithms_that_are_not_documented() -> None:
    identity = seal("VATPL-5265877635")
    other = sign_by_signxml(DOCUMENT, identity, method=SignatureMethod.RSA_SHA224)
    assert refusal(other) == 9105
    other = sign_by_signxml(DOCUMENT, identity, digest=DigestAlgorithm.SHA224)
    assert refusal(other) == 9105


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_exclusive_canonicalisation_but_for_some_prefixes(kind: str) -> None:
    document = DOCUMENT.replace(b" xmlns=", b' xmlns:xsi="urn:a" xmlns:xsd="urn:b" xmlns=', 1)
    content = sign_by_xmlsec(document, seal("VATPL-5265877635", kind), prefixes="xsi xsd")
    assert content.count(b"InclusiveNamespaces ") == 3
    assert read_request(verify(content).document, PATTERNS).challenge == CHALLENGE
    assert refusal(content.replace(b"urn:a", b"urn:c")) == 9105
    assert refusal(content.replace(b'"xsi xsd"', b'"xsi"', 1)) == 9105


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_one_canonicalisation_after_another(kind: str) -> None:
    both = f'{INCLUSIVE}"/><ds:Transform Algorithm="{EXCLUSIVE}'
    content = sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635", kind), c14n=both)
    assert read_request(verify(content).document, PATTERNS).challenge == CHALLENGE
    assert refusal(content.replace(b"5265877635</Nip>", b"1111111111</Nip>")) == 9105


def test_comments_are_not_signed_where_the_document_is_named_by_nothing() -> None:
    # Libxmlsec1 and .NET leave them out, whatever the canonicalisation says.
    document = DOCUMENT.replace(b"<Challenge>", b"<!-- of ours --><Challenge>")
    content = sign_by_xmlsec(document, seal("VATPL-5265877635"), c14n=f"{EXCLUSIVE}WithComments")
    assert read_request(verify(content).document, PATTERNS).challenge == CHALLENGE


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_enveloping_signature(kind: str) -> None:
    identity = seal("VATPL-5265877635", kind)
    signed = verify(sign_by_xmlsec(DOCUMENT, identity, packaging="enveloping"))
    assert read_request(signed.document, PATTERNS).context.value == "5265877635"


def test_certificate_of_the_issuer_may_come_along() -> None:
    root, identity = seal("VATPL-1111111111", "p384"), seal("VATPL-5265877635")
    signed = verify(sign_by_xmlsec(DOCUMENT, identity, chain=[root]))
    assert signed.certificate == identity.certificate
    assert signed.others == (root.certificate,)


@BOTH
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"5265877635</Nip>", b"1111111111</Nip>"),
        (b"certificateSubject", b"certificateFingerprint"),
        (b"</Challenge>", b"</Challenge> "),
        (b"SigningTime>2", b"SigningTime>3"),
    ],
)
def test_tampered_documents(sign: Signer, old: bytes, new: bytes) -> None:
    signed = sign(DOCUMENT, seal("VATPL-5265877635"))
    assert signed.count(old) >= 1
    assert refusal(signed.replace(old, new, 1)) == 9105


@BOTH
def test_indented_after_signing(sign: Signer) -> None:
    root = etree.fromstring(
        sign(DOCUMENT, seal("VATPL-5265877635")), etree.XMLParser(remove_blank_text=True)
    )
    assert refusal(etree.tostring(root, pretty_print=True)) == 9105


@BOTH
def test_certificate_of_somebody_else(sign: Signer) -> None:
    signed = sign(DOCUMENT, seal("VATPL-5265877635", "p256"))
    stolen = sign(DOCUMENT, seal("VATPL-1111111111", "p384"))
    ours, theirs = (text.split(b"X509Certificate>")[1].split(b"</")[0] for text in (signed, stolen))
    assert refusal(signed.replace(ours, theirs)) == 9105


@BOTH
def test_signature_of_another_document(sign: Signer) -> None:
    identity = seal("VATPL-5265877635")
    mine = etree.fromstring(sign(DOCUMENT, identity))
    other = etree.fromstring(request(CHALLENGE, "1111111111"))
    other.append(mine[-1])
    assert refusal(etree.tostring(other)) == 9105


def test_document_wrapped_in_a_forged_one() -> None:
    inner = sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635"), packaging="enveloping")
    forged = etree.fromstring(request(CHALLENGE, "1111111111"))
    forged.append(etree.fromstring(inner))
    assert refusal(etree.tostring(forged)) == 9105


def test_signature_without_properties() -> None:
    root = etree.fromstring(sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635")))
    signature = root[-1]
    signature.remove(signature.find(f"{{{DS}}}Object"))
    assert refusal(etree.tostring(root)) == 9105


def test_properties_of_another_signature() -> None:
    signed = sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635"))
    assert refusal(signed.replace(b'Target="#Signature"', b'Target="#Other"')) == 9105


def test_properties_that_were_not_signed() -> None:
    root = etree.fromstring(sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635")))
    references = root.findall(f".//{{{DS}}}Reference")
    references[1].getparent().remove(references[1])
    assert refusal(etree.tostring(root)) == 9105


def test_certificate_digest_is_compared() -> None:
    identity = seal("VATPL-5265877635")
    twin = seal("VATPL-5265877635")
    signed = sign_by_xmlsec(DOCUMENT, identity)
    root = etree.fromstring(signed)
    certificate = root.find(f".//{{{DS}}}X509Certificate")
    # The same key, so the signature fits; but the properties name the other certificate.
    certificate.text = base64.b64encode(twin.der).decode()
    assert root.find(f".//{{{XADES}}}CertDigest") is not None
    assert refusal(etree.tostring(root)) == 9105


def test_certificate_of_no_known_version() -> None:
    identity = seal("VATPL-5265877635")
    other = identity.der.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020107"), 1)
    root = etree.fromstring(sign_by_xmlsec(DOCUMENT, identity))
    root.find(f".//{{{DS}}}X509Certificate").text = base64.b64encode(other).decode()
    assert refusal(etree.tostring(root)) == 9105


def test_unknown_transform() -> None:
    signed = sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635"), cut="xpath")
    spoilt = signed.replace(b"not(ancestor-or-self::ds:Signature)", b"true()")
    assert refusal(spoilt) == 9105


def test_documents_that_are_none() -> None:
    signed = sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635"))
    assert refusal(b"no xml") == 9101
    assert refusal(b"<a/>") == 9101
    assert refusal(b"<!DOCTYPE AuthTokenRequest>" + signed) == 9101
    assert refusal(DOCUMENT) == 9102
    assert refusal("\u0104".encode("iso-8859-2") + signed) == 21217
    assert refusal(b'<?xml version="1.0" encoding="iso-8859-2"?>' + signed) == 21217
    # What .NET's StringWriter says of text that is sent in UTF-8 then.
    assert refusal(b'<?xml version="1.0" encoding="utf-16"?>' + signed) == 21217
    assert refusal(b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-16' ?>" + signed) == 21217
    assert refusal('<?xml version="1.0"?>'.encode("utf-16") + signed) == 21217


def test_two_signatures() -> None:
    root = etree.fromstring(sign_by_xmlsec(DOCUMENT, seal("VATPL-5265877635")))
    again = etree.tostring(root[-1])
    root.append(etree.fromstring(again))
    assert refusal(etree.tostring(root)) == 9103
