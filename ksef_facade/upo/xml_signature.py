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

from ksef_facade.upo.elements import DS, SIGNATURE
from ksef_facade.upo.signer_certificates import SignerCertificate, stand_in

if TYPE_CHECKING:
    from lxml.etree import _Element

XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
_NAMES: Final = {"ds": DS, "xades": XADES}
_SIGNED_PROPERTIES: Final = "ds:Object/xades:QualifyingProperties/xades:SignedProperties"
_ENVELOPED: Final = f"{DS}enveloped-signature"
_XPATH: Final = "http://www.w3.org/TR/1999/REC-xpath-19991116"
CANONICAL: Final = frozenset(
    {
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
    }
)
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
METHODS: Final = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": "RSA with SHA-256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": "ECDSA with SHA-256",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1": "RSA-PSS with SHA-256",
}
"""Accepted methods; everything the documentation of KSeF has with SHA-256."""

# The first version of XAdES's SigningCertificate names it by SHA-1, and the Ministry was seen to
# use it: there it says which certificate is meant, which a second preimage alone could change.
_CERTIFICATE_DIGESTS: Final = {
    f"{DS}sha1": "sha1",
    _SHA256: "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_IDS: Final = ("Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id")
# More certificates than any chain has, and more references than a UPO has parts to sign.
_MOST_CERTIFICATES: Final = 10
_MOST_REFERENCES: Final = 5


class NotIntact(Exception):
    """Raised with a sentence for a signature that does not hold."""


class NotSupported(Exception):
    """Raised with a sentence for a signature of a kind that cannot be judged here."""


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
        return tuple(
            SignerCertificate.read(base64.b64decode("".join((one.text or "").split())))
            for one in found
        )
    except (ValueError, binascii.Error):
        raise NotIntact("a certificate in the signature cannot be read") from None


def verify(content: bytes, root: _Element) -> Verified:
    """Verify the one signature of a document.

    Args:
        content: the document's bytes.
        root: the same, parsed; it is changed: the signature is taken out of it.

    Raises:
        NotIntact: the signature does not hold, or does not cover the whole document.
        NotSupported: it is of a kind that is not known here.
    """
    signature = _the_one(root)
    references = _checked_references(root, signature)
    certificates = certificates_in(signature)
    method = _checked_method(signature)
    first: NotIntact | None = None
    for certificate in certificates:
        try:
            signed = _held(content, certificate, len(references))
        except NotIntact as error:
            first = first or error
            continue
        _require_whole(root, signature, signed)
        others = tuple(other for other in certificates if other is not certificate)
        return Verified(certificate, others, _signing_time(signed), method)
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
            raise NotSupported(f"canonicalisation {_shown(element)} is not known here")
    found = signature.findall("ds:SignedInfo/ds:SignatureMethod", _NAMES)
    if len(found) != 1:
        raise NotIntact("the signature does not say how it was made")
    method = found[0].get("Algorithm") or ""
    if method not in METHODS:
        raise NotSupported(f"the signature method {_shown(found[0])} is not accepted")
    return METHODS[method]


def _checked_references(root: _Element, signature: _Element) -> Sequence[_Element]:
    """The references, when one is to the whole document and the others to parts of the signature.

    So nothing else can be what was signed: a copy of the document in another place, for instance.
    """
    if len(signature.findall("ds:SignedInfo", _NAMES)) != 1:
        raise NotIntact("the signature has not one SignedInfo")
    properties = signature.findall(_SIGNED_PROPERTIES, _NAMES)
    if len(properties) != 1 or len(list(root.iter(f"{{{XADES}}}SignedProperties"))) != 1:
        raise NotIntact("the signature is no XAdES: it has not one SignedProperties")
    references = signature.findall("ds:SignedInfo/ds:Reference", _NAMES)
    if len(references) > _MOST_REFERENCES:
        raise NotSupported(f"the signature has {len(references)} references")
    targets = [_target(reference, root) for reference in references]
    if sum(target is root for target in targets) != 1:
        raise NotIntact("the signature does not cover the whole document")
    if sum(target is properties[0] for target in targets) != 1:
        raise NotIntact("the signature does not cover its own properties")
    for reference, target in zip(references, targets, strict=True):
        inside = any(parent is signature for parent in target.iterancestors())
        if target is not root and not inside:
            raise NotIntact("the signature refers to a part of the document")
        _check_transforms(reference, whole=target is root)
        for digest in reference.findall("ds:DigestMethod", _NAMES):
            if digest.get("Algorithm") != _SHA256:
                raise NotSupported(f"the digest {_shown(digest)} is not accepted")
    return references


def _target(reference: _Element, root: _Element) -> _Element:
    uri = reference.get("URI")
    if uri == "":
        return root
    if uri is None or not uri.startswith("#") or uri.startswith("#xpointer"):
        raise NotIntact("the signature refers to something outside of the document")
    found = [
        element
        for element in root.iter("*")
        if any(element.get(name) == uri[1:] for name in _IDS if element.attrib)
    ]
    if len(found) != 1:
        raise NotIntact(f"{len(found)} elements have the Id that the signature refers to")
    return found[0]


def _check_transforms(reference: _Element, *, whole: bool) -> None:
    found = reference.findall("ds:Transforms/ds:Transform", _NAMES)
    kinds = [transform.get("Algorithm") or "" for transform in found]
    for transform, kind in zip(found, kinds, strict=True):
        known = kind in CANONICAL or (whole and (kind == _ENVELOPED or _cuts_out(transform)))
        if not known:
            raise NotSupported(f"the transform {_shown(transform)} is not known here")
        if kind in CANONICAL and len(transform):
            # Inclusive prefixes; harmless, but no UPO of the Ministry has them.
            raise NotSupported("a canonicalisation with parameters is not known here")
    if whole and not any(
        kind == _ENVELOPED or _cuts_out(t) for t, kind in zip(found, kinds, strict=True)
    ):
        raise NotIntact("the signature would have to cover itself")


def _cuts_out(transform: _Element) -> bool:
    """Whether an XPath transform takes the signature out, as some signing programs write it.

    Its prefix must be the one that the element itself has: what another means is not always signed
    along (exclusive canonicalisation leaves declarations out that no name uses).
    """
    expression = transform.find("ds:XPath", _NAMES)
    if transform.get("Algorithm") != _XPATH or expression is None or not expression.prefix:
        return False
    text = "".join((expression.text or "").split())
    return text == f"not(ancestor-or-self::{expression.prefix}:Signature)"


def _held(content: bytes, certificate: SignerCertificate, references: int) -> list[_Element]:
    """What was signed, when the signature holds with this certificate's key."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from lxml import etree
    from signxml.algorithms import DigestAlgorithm, SignatureMethod
    from signxml.exceptions import SignXMLException
    from signxml.xades.xades import XAdESSignatureConfiguration

    from ksef_facade.upo.signxml_verifier import UpoVerifier

    configuration = XAdESSignatureConfiguration(
        expect_references=references,
        location="./",
        signature_methods=frozenset(SignatureMethod(method) for method in METHODS),
        digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
        # Whether the certificate was valid when it signed is a question of trust.
        verification_time=certificate.facts.valid_to,
    )
    try:
        results = UpoVerifier(certificate, cuts_out=_cuts_out).verify(
            content,
            x509_cert=stand_in(certificate.facts),
            expect_config=configuration,
            parser=hardened_parser(),
        )
    except (SignXMLException, InvalidSignature) as error:
        raise NotIntact(_sentence(error)) from None
    except (UnsupportedAlgorithm, etree.LxmlError, ValueError, TypeError, KeyError) as error:
        raise NotIntact(f"the signature cannot be read: {_printable(str(error))}") from None
    return [result.signed_xml for result in results if result.signed_xml is not None]


def hardened_parser() -> Any:
    """A parser for foreign documents that are needed as a tree."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _require_whole(root: _Element, signature: _Element, signed: Sequence[_Element]) -> None:
    """Compare what was signed with the document without its signature, found on another way."""
    tail = signature.tail or ""
    before = signature.getprevious()
    root.remove(signature)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        root.text = (root.text or "") + tail
    wanted = _canonical_digest(root)
    if not any(_canonical_digest(element) == wanted for element in signed):
        raise NotIntact("what was signed is not this document")


def _canonical_digest(root: _Element) -> bytes:
    from lxml import etree

    text = etree.tostring(root.getroottree(), method="c14n", exclusive=True, with_comments=False)
    return hashlib.sha256(text).digest()


def check_certificate_digest(properties: _Element, certificate: SignerCertificate) -> None:
    """Require that the signed properties name this certificate as the signing one.

    Raises:
        NotIntact: they name another, or none.
    """
    base = "xades:SignedSignatureProperties/"
    found = [
        *properties.findall(f"{base}xades:SigningCertificate", _NAMES),
        *properties.findall(f"{base}xades:SigningCertificateV2", _NAMES),
    ]
    if len(found) != 1:
        raise NotIntact("the signature does not say which certificate signed")
    digest = found[0].find("xades:Cert/xades:CertDigest", _NAMES)
    method = None if digest is None else digest.find("ds:DigestMethod", _NAMES)
    value = None if digest is None else digest.findtext("ds:DigestValue", namespaces=_NAMES)
    algorithm = "" if method is None else method.get("Algorithm") or ""
    name = _CERTIFICATE_DIGESTS.get(algorithm)
    is_first_version = found[0].tag == f"{{{XADES}}}SigningCertificate"
    if name is None or (name == "sha1" and not is_first_version):
        raise NotSupported(f"the digest {algorithm[:80]!a} of a certificate is not accepted")
    own = hashlib.new(name, certificate.der, usedforsecurity=False).digest()
    if "".join((value or "").split()) != base64.b64encode(own).decode():
        raise NotIntact("the signature names another certificate than the one whose key signed")


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


def _shown(element: _Element) -> str:
    return ascii((element.get("Algorithm") or "")[:80])


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text[:200])
