"""Whether the XML signature of a document covers exactly this document, and by which certificate.

Verified with signxml, which is told how the Ministry signs (observed on a UPO of KSeF 1.0: enveloped
XAdES, exclusive canonicalisation, RSA with SHA-256, two references, the certificate named by its
SHA-1 digest). Who the signer is, is another question: see `trust`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ksef_facade.upo.elements import DS, SIGNATURE, XADES
from ksef_facade.upo.signature.certificates import SignerCertificate, stand_in
from ksef_facade.upo.signature.errors import NotIntact, NotSupported, quoted_algorithm
from ksef_facade.upo.signature.references import CANONICAL, checked_references, cuts_out

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES: Final = {"ds": DS, "xades": XADES}
METHODS: Final = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": "RSA with SHA-256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": "ECDSA with SHA-256",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1": "RSA-PSS with SHA-256",
}
"""Accepted methods; everything the documentation of KSeF has with SHA-256."""

# What signxml runs into where a signature is made up in another way than it expects.
_ODD: Final = (ValueError, TypeError, KeyError, AttributeError)
# More certificates than any chain has.
_MOST_CERTIFICATES: Final = 10


@frozen
class Verified:
    """A signature that holds: who made it, when as they say, and with which certificates.

    Attributes:
        certificate: the one whose key signed.
        others: what else came along, perhaps its issuers.
        signing_time: `SigningTime`, as the signer claims; `None` when there is none.
        method: how it was signed, in words.
    """

    certificate: SignerCertificate
    others: tuple[SignerCertificate, ...]
    signing_time: datetime | None
    method: str


def signatures_in(root: _Element) -> list[_Element]:
    """Every signature in a document, wherever it stands."""
    return list(root.iter(SIGNATURE))


def certificates_in(signature: _Element) -> tuple[SignerCertificate, ...]:
    """The certificates that a signature brings along.

    Raises:
        NotIntact: there is none, or one cannot be read.
    """
    found = signature.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", _NAMES)
    if not found:
        raise NotIntact("the signature brings no certificate along")
    if len(found) > _MOST_CERTIFICATES:
        raise NotSupported(f"the signature brings {len(found)} certificates along")
    try:
        return tuple(SignerCertificate.read(_decoded(one)) for one in found)
    except (ValueError, binascii.Error):
        raise NotIntact("a certificate in the signature cannot be read") from None


def verify(root: _Element) -> Verified:
    """Verify the one signature of a document.

    Args:
        root: the document, parsed; it is changed: the signature is taken out of it.

    Raises:
        NotIntact: the signature does not hold, or does not cover the whole document.
        NotSupported: it is of a kind that is not known here.
    """
    signature = _the_one(root)
    references = checked_references(root, signature)
    certificates = certificates_in(signature)
    method = _checked_method(signature)
    _check_value(signature)
    first: NotIntact | None = None
    for certificate in certificates:
        try:
            properties, digests = _held(root, certificate, len(references))
        except NotIntact as error:
            first = first or error
            continue
        _require_whole(root, signature, digests)
        others = tuple(other for other in certificates if other is not certificate)
        return Verified(certificate, others, _signing_time(properties), method)
    assert first is not None
    raise first


def _the_one(root: _Element) -> _Element:
    found = signatures_in(root)
    if len(found) > 1:
        raise NotIntact(f"there are {len(found)} signatures, where one may be")
    if found[0].getparent() is not root:
        raise NotIntact("the signature is not where a UPO has it: directly under its root")
    return found[0]


def _checked_method(signature: _Element) -> str:
    for element in signature.findall("ds:SignedInfo/ds:CanonicalizationMethod", _NAMES):
        if element.get("Algorithm") not in CANONICAL:
            raise NotSupported(f"canonicalisation {quoted_algorithm(element)} is not known here")
        if len(element):
            raise NotSupported("a canonicalisation with parameters is not known here")
    found = signature.findall("ds:SignedInfo/ds:SignatureMethod", _NAMES)
    if len(found) != 1:
        raise NotIntact("the signature does not say how it was made")
    method = found[0].get("Algorithm") or ""
    if method not in METHODS:
        raise NotSupported(f"the signature method {quoted_algorithm(found[0])} is not accepted")
    return METHODS[method]


def _check_value(signature: _Element) -> None:
    """Require that the value is written in Base64 and nothing else.

    signxml passes over other characters; other programs refuse them.
    """
    values = signature.findall("ds:SignatureValue", _NAMES)
    try:
        if len(values) != 1 or not _decoded(values[0]):
            raise NotIntact("the signature has not one value")
    except (ValueError, binascii.Error):
        raise NotIntact("the signature's value cannot be read") from None


def _decoded(element: _Element) -> bytes:
    """The bytes that stand in an element as Base64, which may be broken into lines.

    Raises:
        ValueError: something else stands there too.
    """
    if len(element):
        raise ValueError("an element or a comment among the Base64")
    return base64.b64decode("".join((element.text or "").split()), validate=True)


def _held(
    root: _Element, certificate: SignerCertificate, references: int
) -> tuple[list[_Element], list[bytes]]:
    """The signed properties, and digests of all that was signed, when the signature holds with this
    certificate's key.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from lxml import etree
    from signxml.algorithms import DigestAlgorithm, SignatureMethod
    from signxml.exceptions import SignXMLException
    from signxml.xades.xades import XAdESSignatureConfiguration

    from ksef_facade.upo.signature.signxml_verifier import UpoVerifier

    configuration = XAdESSignatureConfiguration(
        expect_references=references,
        location="./",
        signature_methods=frozenset(SignatureMethod(method) for method in METHODS),
        digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
        # Whether the certificate was valid when it signed is a question of trust.
        verification_time=certificate.facts.valid_to,
    )
    verifier = UpoVerifier(certificate, cuts_out=cuts_out, digest_of=_canonical_digest)
    try:
        results = verifier.verify(
            root,
            x509_cert=stand_in(certificate.facts),
            expect_config=configuration,
            parser=hardened_parser(),
        )
    except (SignXMLException, InvalidSignature) as error:
        raise NotIntact(_sentence(error)) from None
    except (UnsupportedAlgorithm, etree.LxmlError, *_ODD) as error:
        raise NotIntact(f"the signature cannot be read: {_printable(str(error))}") from None
    properties = [result.signed_xml for result in results if result.signed_xml is not None]
    return properties, verifier.digests


def hardened_parser() -> Any:
    """A parser for foreign documents that are needed as a tree."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _require_whole(root: _Element, signature: _Element, signed: Sequence[bytes]) -> None:
    """Compare what was signed with the document without its signature, found on another way."""
    tail = signature.tail or ""
    before = signature.getprevious()
    root.remove(signature)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        root.text = (root.text or "") + tail
    if _canonical_digest(root) not in signed:
        raise NotIntact("what was signed is not this document")


def _canonical_digest(root: _Element) -> bytes:
    from lxml import etree

    text = etree.tostring(root.getroottree(), method="c14n", exclusive=True, with_comments=False)
    return hashlib.sha256(text).digest()


def _signing_time(signed: Sequence[_Element]) -> datetime | None:
    path = "xades:SignedSignatureProperties/xades:SigningTime"
    for element in signed:
        if element.tag == f"{{{XADES}}}SignedProperties":
            text = (element.findtext(path, namespaces=_NAMES) or "").strip()
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                return None
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return None


def _sentence(error: Exception) -> str:
    name = type(error).__name__
    if name == "InvalidDigest":
        return "the document was changed since it was signed: a digest does not match"
    if name == "InvalidSignature":
        return "the signature's value does not match what it signs, or the key in the certificate"
    return f"the signature does not hold: {_printable(str(error))}"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text[:200])
