"""Signatures that are written in another way than the Ministry's: xmlsec signs, and both judge.

What is intact here must be intact for xmlsec, so that nobody is told of evidence that another program
refuses; and what xmlsec finds whole and is refused here is refused in words, never by a crash.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
)
from lxml import etree

from ksef_facade.upo import verify_signature

from .signers import DS, seal, signed, signed_anew, xmlsec_accepts

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
INCLUSIVE_1_1 = "http://www.w3.org/2006/12/xml-c14n11"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
RSA_PSS = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"
OTHER_KEY = ec.derive_private_key(7, ec.SECP256R1())


def replaced(content: str, old: str, new: str, count: int = -1) -> str:
    assert old in content
    return content.replace(old, new, count)


def value_in(content: str) -> str:
    found = etree.fromstring(content.encode()).findtext(f".//{DS}SignatureValue")
    assert found is not None
    return str(found)


def with_key(value: str, method: str = RSA_SHA256) -> bytes:
    """A signature with a key beside its certificate; what KeyInfo has is not signed."""
    content = replaced(signed().decode(), RSA_SHA256, method)
    return signed_anew(replaced(content, "</ds:X509Data>", f"</ds:X509Data>{value}"))


def key_value(number: int) -> str:
    modulus = base64.b64encode(number.to_bytes(256, "big")).decode()
    return (
        f"<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>{modulus}</ds:Modulus>"
        "<ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>"
    )


def encoded_key(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    text = base64.b64encode(der).decode()
    namespace = "http://www.w3.org/2009/xmldsig11#"
    return f'<DEREncodedKeyValue xmlns="{namespace}">{text}</DEREncodedKeyValue>'


MODULUS = seal().key.public_key().public_numbers().n


@pytest.mark.parametrize("method", [RSA_SHA256, RSA_PSS])
@pytest.mark.parametrize("value", [key_value(MODULUS), encoded_key(seal().key)])
def test_the_certificates_key_may_stand_beside_it(method: str, value: str) -> None:
    content = with_key(value, method)
    assert xmlsec_accepts(content)
    assert verify_signature(content).integrity == "intact"
    assert verify_signature(content.replace(b"FA/1<", b"FA/2<")).integrity == "broken"


@pytest.mark.parametrize("method", [RSA_SHA256, RSA_PSS])
@pytest.mark.parametrize("value", [key_value(MODULUS + 2), encoded_key(OTHER_KEY)])
def test_another_key_beside_the_certificate_is_refused_in_words(method: str, value: str) -> None:
    report = verify_signature(with_key(value, method))
    assert report.integrity == "broken"
    assert report.problems == (
        "the signature does not hold: the key in it is another than that of its certificate",
    )


@pytest.mark.parametrize("info", [EXCLUSIVE, INCLUSIVE, INCLUSIVE_1_1])
@pytest.mark.parametrize("part", [EXCLUSIVE, INCLUSIVE, INCLUSIVE_1_1, None])
@pytest.mark.parametrize("prefix", ["ds", ""])
def test_attributes_of_the_root_reach_into_what_inclusive_canonicalisation_signs(
    info: str, part: str | None, prefix: str
) -> None:
    """Canonical XML, section 2.4: a part takes xml:lang, xml:space and xml:base along from outside."""
    content = replaced(
        signed().decode(),
        "<Potwierdzenie ",
        '<Potwierdzenie xml:lang="pl" xml:space="preserve" xml:base="http://a/" xml:id="r" ',
    )
    content = replaced(
        content,
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"',
        f'<ds:CanonicalizationMethod Algorithm="{info}"',
    )
    before, _, properties = content.partition('URI="#')
    transform = f'<ds:Transform Algorithm="{EXCLUSIVE}"/>'
    properties = replaced(
        properties,
        f"<ds:Transforms>{transform}</ds:Transforms>",
        f"<ds:Transforms>{transform.replace(EXCLUSIVE, part)}</ds:Transforms>" if part else "",
        1,
    )
    content = f'{before}URI="#{properties}'
    if not prefix:
        content = content.replace("xmlns:ds=", "xmlns=").replace("<ds:", "<").replace("</ds:", "</")
    document = signed_anew(content)
    assert xmlsec_accepts(document)
    assert verify_signature(document).integrity == "intact"
    changed = document.replace(b'xml:lang="pl"', b'xml:lang="en"')
    assert verify_signature(changed).integrity == "broken"
    assert not xmlsec_accepts(changed)


@pytest.mark.parametrize(
    "change",
    [
        lambda value: "&amp;" + value,
        lambda value: value[:40] + "-_" + value[40:],
        lambda value: value + "<!-- -->" + value,
        lambda value: value + "!",
    ],
    ids=["in front", "another alphabet", "behind a comment", "at the end"],
)
def test_a_value_with_more_in_it_than_base64_is_broken(change: Callable[[str], str]) -> None:
    """Python's decoder would pass over it, and the document would count as untouched."""
    content = signed().decode()
    value = value_in(content)
    changed = replaced(content, value, change(value)).encode()
    report = verify_signature(changed)
    assert (report.integrity, xmlsec_accepts(changed)) == ("broken", False)
    assert report.problems == ("the signature's value cannot be read",)


def test_base64_may_be_broken_into_lines() -> None:
    content = signed().decode()
    value = value_in(content)
    lines = "\r\n\t ".join(value[at : at + 64] for at in range(0, len(value), 64))
    changed = replaced(content, value, f"\n{lines}\n").encode()
    assert xmlsec_accepts(changed)
    assert verify_signature(changed).integrity == "intact"


def test_text_behind_the_signature_is_of_the_document() -> None:
    content = signed_anew(
        replaced(signed().decode(), "</ds:Signature>", "</ds:Signature>\n tail \n")
    )
    assert xmlsec_accepts(content)
    assert verify_signature(content).integrity == "intact"
    changed = content.replace(b" tail ", b" tale ")
    assert (verify_signature(changed).integrity, xmlsec_accepts(changed)) == ("broken", False)


def test_what_is_not_known_here_is_not_called_broken() -> None:
    """XPointer to the whole document, and an XPath that a comment cuts in two."""
    pointer = signed_anew(replaced(signed().decode(), 'URI=""', 'URI="#xpointer(/)"'))
    enveloped = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
    xpath = (
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>'
        "not(ancestor-or-self::ds:Signature)<!-- --> and not(self::x)</ds:XPath></ds:Transform>"
    )
    cut = signed_anew(replaced(signed().decode(), enveloped, xpath))
    for content in (pointer, cut):
        assert xmlsec_accepts(content)
        assert verify_signature(content).integrity == "unsupported"


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_no_calendar_has_everywhere_is_judged_too(moment: str) -> None:
    """Whoever signs says when; a time that cannot be told in UTC stopped the search for a chain."""
    content = signed().decode()
    start = content.index("SigningTime>") + len("SigningTime>")
    end = content.index("</", start)
    document = signed_anew(content[:start] + moment + content[end:])
    report = verify_signature(document, ca_pem=seal().pem)
    assert (report.integrity, report.trust) == ("intact", "untrusted")
