"""signxml's XAdES verifier, with five of its ways changed; imported only where one verifies.

It passes over transforms that it does not know, loses what stands outside of the root element, which
a signature of the whole document covers, finds every signature broken that is written without a
prefix, as .NET does, with inclusive C14N, compares digests of certificates in a form that some of
KSeF's certificates do not survive, and holds five trees of the document at once, where a page of
10,000 invoices makes one of 25 MB: here it holds two. The hooks are private: the project needs signxml
before 6, and tests compare the verdicts with xmlsec's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from signxml.util import _remove_sig
from signxml.xades.xades import XAdESVerifier

from ksef_facade.upo.elements import DS, XADES
from ksef_facade.upo.signature.certificate_digests import check_certificate_digest
from ksef_facade.upo.signature.certificates import SignerCertificate

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES: Final = {"ds": DS}
_SIGNED_PROPERTIES: Final = f"{{{XADES}}}SignedProperties"
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

    def get_root(self, data: Any) -> Any:
        """The document as it was given: a tree, which is only read."""
        return data

    def _tostring(self, xml_node: Any, **options: Any) -> Any:
        """The text of an element; of the root with what stands before and behind it."""
        is_root = xml_node.getparent() is None
        text = etree.tostring(xml_node.getroottree() if is_root else xml_node, **options)
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
        return super()._c14n(nodes, algorithm, inclusive_ns_prefixes)

    def _apply_transforms(
        self, payload: Any, *, transforms_node: _Element, signature: _Element
    ) -> Any:
        found = [] if transforms_node is None else transforms_node.findall("ds:Transform", _NAMES)
        if any(self._cuts_out(transform) for transform in found):
            _cut_out(signature, idempotent=True)
        self._expendable = payload
        return super()._apply_transforms(
            payload, transforms_node=transforms_node, signature=signature
        )

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
