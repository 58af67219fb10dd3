"""Signatures under documents: found, counted, verified; only what was signed comes out."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen
from cryptography import x509
from cryptography.exceptions import InvalidSignature as BadSignatureValue
from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidInput, SignXMLException
from signxml.util import _remove_sig
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from .auth_requests import NAMESPACES, ROOT

if TYPE_CHECKING:
    from lxml.etree import _Element

_DS = "http://www.w3.org/2000/09/xmldsig#"
_XADES = "http://uri.etsi.org/01903/v1.3.2#"
_NAMES = {"ds": _DS, "xades": _XADES, "ec": "http://www.w3.org/2001/10/xml-exc-c14n#"}
_XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
_XPATH_FILTER = "http://www.w3.org/2002/06/xmldsig-filter2"
#: Transforms that the library applies itself (documented list of transforms).
_PLAIN_TRANSFORMS = frozenset(
    {
        f"{_DS}enveloped-signature",
        f"{_DS}base64",
        *(method.value for method in CanonicalizationMethod),
    }
)
#: Expressions that cut the signature out, as written by signing programs, without whitespace.
_CUTS_BY_XPATH = re.compile(r"not\(ancestor-or-self::[\w.-]+:Signature\)")
_CUTS_BY_FILTER = re.compile(r"(/descendant::|//|descendant::)[\w.-]+:Signature")
#: Accepted algorithms (documented table of signatures).
_HASHES = ("SHA1", "SHA256", "SHA384", "SHA512", "SHA3_256", "SHA3_384", "SHA3_512")
_METHODS = frozenset(
    method
    for method in SignatureMethod
    if method.name in {f"RSA_{name}" for name in _HASHES[:4]}
    or method.name in {f"ECDSA_{name}" for name in _HASHES}
    or method.name in {f"{name}_RSA_MGF1" for name in _HASHES}
)
_DIGESTS = frozenset(digest for digest in DigestAlgorithm if digest.name in _HASHES)
#: What a declaration may say of bytes that are UTF-8; a parser that is told of UTF-16 fails before
#: anything can be said of it.
_DECLARED_ENCODING = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]*)")
_ENCODINGS = ("UTF-8", "ASCII", "US-ASCII")
#: More certificates than any chain has.
_MOST_CERTIFICATES = 10
_BROKEN = (
    SignXMLException,
    BadSignatureValue,
    UnsupportedAlgorithm,
    etree.LxmlError,
    ValueError,
    TypeError,
    NotImplementedError,
)


#: The library's own way to take a signature out; it has no public name and no types.
_cut_out: Any = _remove_sig


class Unverified(Exception):
    """Raised with an exception code and a sentence for what is not a well-signed document."""

    def __init__(self, code: int, *details: str) -> None:
        super().__init__(code, *details)
        self.code = code
        self.details = details


NOT_A_DOCUMENT, NO_SIGNATURE, TOO_MANY_SIGNATURES, BAD_SIGNATURE = 9101, 9102, 9103, 9105
BAD_ENCODING = 21217


@frozen
class Signed:
    """A verified document: what was signed, and the certificates that came along."""

    document: _Element
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]


class _Verifier(XAdESVerifier):
    """The library's verifier, which passes over transforms it does not know.

    Those that cut the signature out are done here, and any other is refused. With one signature
    in the document, all of them cut out the same.
    """

    def _tostring(self, xml_node: Any, **kwargs: Any) -> Any:
        # One transform may follow another that has made bytes of the document already.
        return xml_node if isinstance(xml_node, bytes) else etree.tostring(xml_node, **kwargs)

    def validate_schema(self, signature: Any) -> None:
        # The schema lets in no element of another namespace that it does not know, and prefixes
        # of exclusive C14N are named by one: as WSS4J and xml-crypto write them.
        parse: Any = self._fromstring
        plain = parse(etree.tostring(signature))
        for named in plain.findall("ds:SignedInfo/ds:CanonicalizationMethod/ec:*", _NAMES):
            named.getparent().remove(named)
        check: Any = super().validate_schema
        check(plain)

    def _c14n(self, nodes: Any, algorithm: Any, inclusive_ns_prefixes: Any = None) -> Any:
        if not isinstance(nodes, list) and nodes.getparent() is not None:
            # Of a part, lxml writes inclusive C14N with xmlns="" where the namespace without a
            # prefix is declared further out, as .NET writes SignedInfo; of a document it does not.
            parse: Any = self._fromstring
            nodes = parse(etree.tostring(nodes, with_tail=False))
        return super()._c14n(nodes, algorithm, inclusive_ns_prefixes)

    def _apply_transforms(
        self, payload: Any, *, transforms_node: _Element, signature: _Element
    ) -> Any:
        found = [] if transforms_node is None else transforms_node.findall("ds:Transform", _NAMES)
        for transform in found:
            if _cuts_signature(transform):
                _cut_out(signature, idempotent=True)
            elif transform.get("Algorithm") not in _PLAIN_TRANSFORMS:
                raise InvalidInput(f"unsupported transform {transform.get('Algorithm')}")
        # What a reference to the document or to a part of it by name means has no comments,
        # whatever is made of it afterwards (XML Signature, 4.4.3.3).
        etree.strip_tags(payload, etree.Comment)
        return super()._apply_transforms(
            payload, transforms_node=transforms_node, signature=signature
        )


def _cuts_signature(transform: _Element) -> bool:
    if transform.get("Algorithm") == _XPATH:
        expression = transform.find("ds:XPath", _NAMES)
        return expression is not None and _matches(_CUTS_BY_XPATH, expression)
    if transform.get("Algorithm") == _XPATH_FILTER:
        expression = transform.find(f"{{{_XPATH_FILTER}}}XPath")
        return (
            expression is not None
            and expression.get("Filter") == "subtract"
            and _matches(_CUTS_BY_FILTER, expression)
        )
    return False


def _matches(pattern: re.Pattern[str], expression: _Element) -> bool:
    text = "".join((expression.text or "").split())
    found = pattern.fullmatch(text)
    prefix = text.rpartition("::")[2].lstrip("/").partition(":")[0]
    return found is not None and expression.nsmap.get(prefix) == _DS


def verify(content: bytes) -> Signed:
    """The signed request to log in within a document, enveloped or enveloping.

    Raises Unverified with 21217, 9101, 9102, 9103 or 9105.
    """
    root = _parse(content)
    signatures = list(root.iter(f"{{{_DS}}}Signature"))
    if etree.QName(root).localname != ROOT and root is not next(iter(signatures), None):
        raise Unverified(NOT_A_DOCUMENT, f"The root element is not {ROOT}.")
    if not signatures:
        raise Unverified(NO_SIGNATURE)
    if len(signatures) > 1:
        raise Unverified(TOO_MANY_SIGNATURES)
    _check_properties(signatures[0])
    certificates = _certificates(signatures[0])
    reason = ""
    for certificate in certificates:
        try:
            documents = _verified(content, certificate)
        except _BROKEN as error:
            reason = reason or f"{type(error).__name__}: {error}"
            continue
        for document in documents:
            if etree.QName(document).localname == ROOT:
                others = tuple(other for other in certificates if other != certificate)
                return Signed(document, certificate, others)
        reason = "The signature does not cover the document."
    raise _bad(reason)


def _parse(content: bytes) -> _Element:
    try:
        declared = _DECLARED_ENCODING.match(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unverified(BAD_ENCODING) from None
    if declared is not None and declared[1].upper() not in _ENCODINGS:
        raise Unverified(BAD_ENCODING)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unverified(NOT_A_DOCUMENT, str(error.msg)) from None
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise Unverified(NOT_A_DOCUMENT, "A document type declaration is not allowed.")
    return root


def _check_properties(signature: _Element) -> None:
    properties = signature.findall("ds:Object/xades:QualifyingProperties", _NAMES)
    mark = signature.get("Id")
    if len(properties) != 1 or not mark or properties[0].get("Target") != f"#{mark}":
        raise _bad("The format is no profile of XAdES: no QualifyingProperties of the signature.")


def _certificates(signature: _Element) -> list[x509.Certificate]:
    found = signature.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", _NAMES)
    if not 0 < len(found) <= _MOST_CERTIFICATES:
        raise _bad("KeyInfo holds no certificate, or too many.")
    try:
        return [
            x509.load_der_x509_certificate(base64.b64decode("".join((one.text or "").split())))
            for one in found
        ]
    except (ValueError, binascii.Error, x509.InvalidVersion) as error:
        raise _bad(f"A certificate cannot be read: {error}") from None


def _verified(content: bytes, certificate: x509.Certificate) -> list[_Element]:
    configuration = XAdESSignatureConfiguration(
        # The document, the signed properties and, with some, the key: any number will do.
        expect_references=True,
        # The certificate it is whose key must have signed. The library cannot compare a key beside
        # it where the signature is RSA-PSS, nor one on a curve that it does not know.
        ignore_ambiguous_key_info=True,
        location="./",
        signature_methods=_METHODS,
        digest_algorithms=_DIGESTS,
        # Validity is judged by the caller, on the simulator's clock.
        verification_time=certificate.not_valid_before_utc + timedelta(seconds=1),
    )
    results = _Verifier().verify(content, x509_cert=certificate, expect_config=configuration)
    roots = []
    for result in results:
        signed = result.signed_xml
        if signed is None:
            continue
        # Enveloping signatures wrap the document in an Object of theirs.
        inner = list(signed) if signed.tag == f"{{{_DS}}}Object" else [signed]
        roots += [one for one in inner if etree.QName(one).namespace in NAMESPACES]
    return roots


def _bad(reason: str) -> Unverified:
    return Unverified(BAD_SIGNATURE, f"Podpis został zweryfikowany negatywnie. {reason}".strip())
