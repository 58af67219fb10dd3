"""signxml's XAdES verifier, with seven of its ways changed; imported only where one verifies.

It passes over transforms that it does not know, loses what stands outside of the root element, which
a signature of the whole document covers, finds every signature broken that is written without a
prefix, as .NET does, with inclusive C14N, forgets that inclusive C14N of a part takes xml:lang and the
like along from the root, cannot compare the key that stands beside a certificate when it signed with
RSA-PSS, compares digests of certificates in a form that some of KSeF's certificates do not survive,
and holds five trees of the document at once, where a page of 10,000 invoices makes one of 25 MB: here
it holds two. The hooks are private: the project needs signxml before 6, and tests compare the
verdicts with xmlsec's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.exceptions import InvalidInput
from signxml.util import _remove_sig
from signxml.xades.xades import XAdESVerifier

from ksef_facade.upo.elements import DS, XADES
from ksef_facade.upo.signature.certificate_digests import check_certificate_digest
from ksef_facade.upo.signature.certificates import SignerCertificate

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES: Final = {"ds": DS}
_SIGNED_PROPERTIES: Final = f"{{{XADES}}}SignedProperties"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_EXCLUSIVE: Final = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
_C14N_1_1: Final = CanonicalizationMethod.CANONICAL_XML_1_1
# It has no public name and no types.
_cut_out: Any = _remove_sig


class UpoVerifier(XAdESVerifier):
    """Verifies one signature with one certificate.

    Attributes:
        digests: `digest_of` of everything that was signed, in the order of the references; whoever
            verifies compares them with what should have been.
    """

    def __init__(
        self,
        certificate: SignerCertificate,
        *,
        cuts_out: Callable[[_Element], bool],
        digest_of: Callable[[_Element], bytes],
    ) -> None:
        """Take the certificate as it came, and what recognises an XPath that cuts a signature out."""
        super().__init__()
        self.digests: list[bytes] = []
        self._certificate = certificate
        self._cuts_out = cuts_out
        self._digest_of = digest_of
        self._expendable: _Element | None = None
        self._of_all: dict[str, str] = {}

    def get_root(self, data: Any) -> Any:
        """The document as it was given: a tree, which is only read."""
        self._of_all = {name: value for name, value in data.attrib.items() if name.startswith(_XML)}
        return data

    def _tostring(self, xml_node: Any, **options: Any) -> Any:
        """The text of an element; of the root with what stands before and behind it."""
        if xml_node.getparent() is None:
            text = etree.tostring(xml_node.getroottree(), **options)
        else:
            text = etree.tostring(xml_node, with_tail=False, **options)
        if self._expendable is not None and xml_node is self._expendable:
            # A copy whose text is parsed again, and which nobody looks at any more.
            self._expendable.clear()
            self._expendable = None
        return text

    def _c14n(self, nodes: Any, algorithm: Any, inclusive_ns_prefixes: Any = None) -> Any:
        if not isinstance(nodes, list):
            if nodes.getparent() is None:
                nodes = nodes.getroottree()
            else:
                # Of a part, lxml writes inclusive C14N with xmlns="" where the namespace without a
                # prefix is declared further out; of a document it does not.
                parse: Any = self._fromstring
                nodes = parse(etree.tostring(nodes, with_tail=False))
                self._take_along(nodes, algorithm)
        return super()._c14n(nodes, algorithm, inclusive_ns_prefixes)

    def _apply_transforms(
        self, payload: Any, *, transforms_node: _Element, signature: _Element
    ) -> Any:
        found = [] if transforms_node is None else transforms_node.findall("ds:Transform", _NAMES)
        if any(self._cuts_out(transform) for transform in found):
            _cut_out(signature, idempotent=True)
        if payload.getparent() is not None:
            self._take_along(payload, self._canonicalisation(found))
        self._expendable = payload
        return super()._apply_transforms(
            payload, transforms_node=transforms_node, signature=signature
        )

    def _canonicalisation(self, transforms: list[_Element]) -> CanonicalizationMethod:
        """The one among the transforms of a reference, or what stands for it where there is none."""
        known = {method.value: method for method in CanonicalizationMethod}
        for transform in transforms:
            if method := known.get(transform.get("Algorithm") or ""):
                return method
        # XML Signature names version 1.0, whatever signxml writes it with.
        return CanonicalizationMethod.CANONICAL_XML_1_0

    def _take_along(self, part: _Element, algorithm: CanonicalizationMethod) -> None:
        """Give a part what inclusive C14N takes along: the root's attributes of the XML namespace.

        Between the root and a part there is the signature, whose schema allows none of them.
        """
        if algorithm is _EXCLUSIVE:
            return
        for name, value in self._of_all.items():
            if part.get(name) is None and not (algorithm is _C14N_1_1 and name == f"{_XML}id"):
                part.set(name, value)

    def _match_key_values(
        self, key_value: Any, der_encoded_key_value: Any, signing_cert: Any, signature_alg: Any
    ) -> Any:
        """Refuse a key beside the certificate that is another than the certificate's."""
        compare: Any = super()._match_key_values
        # Only the kind of key is asked of it, and PSS is not among what signxml knows to be RSA.
        is_pss = signature_alg is SignatureMethod.SHA256_RSA_MGF1
        method = SignatureMethod.RSA_SHA256 if is_pss else signature_alg
        try:
            compare(key_value, der_encoded_key_value, signing_cert, method)
        except (InvalidInput, NotImplementedError):
            raise InvalidInput("the key in it is another than that of its certificate") from None

    def _verify_reference(self, reference: _Element, *rest: Any, **options: Any) -> Any:
        """What was signed by one reference: of the document itself only its digest is kept."""
        verify: Any = super()._verify_reference
        result = verify(reference, *rest, **options)
        signed = result.signed_xml
        if signed is not None:
            self.digests.append(self._digest_of(signed))
            if signed.tag != _SIGNED_PROPERTIES:
                return replace(result, signed_data=b"", signed_xml=None)
        return result

    def _verify_cert_digests(self, verify_result: Any) -> None:
        check_certificate_digest(verify_result.signed_xml, self._certificate)
