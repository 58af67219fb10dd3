"""signxml's XAdES verifier, with three of its ways changed; imported only where one verifies.

It passes over transforms that it does not know, loses what stands outside of the root element, which
a signature of the whole document covers, and compares digests of certificates in a form that some of
KSeF's certificates do not survive. The hooks are private: the project needs signxml before 6, and
tests compare the verdicts with xmlsec's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from signxml.util import _remove_sig
from signxml.xades.xades import XAdESVerifier

from ksef_facade.upo.certificate_digests import check_certificate_digest
from ksef_facade.upo.elements import DS
from ksef_facade.upo.signer_certificates import SignerCertificate

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES: Final = {"ds": DS}
# It has no public name and no types.
_cut_out: Any = _remove_sig


class UpoVerifier(XAdESVerifier):
    """Verifies one signature with one certificate."""

    def __init__(
        self, certificate: SignerCertificate, *, cuts_out: Callable[[_Element], bool]
    ) -> None:
        """Take the certificate as it came, and what recognises an XPath that cuts a signature out."""
        super().__init__()
        self._certificate = certificate
        self._cuts_out = cuts_out

    def _tostring(self, xml_node: Any, **options: Any) -> Any:
        """The text of an element; of the root with what stands before and behind it."""
        is_root = xml_node.getparent() is None
        return etree.tostring(xml_node.getroottree() if is_root else xml_node, **options)

    def _c14n(self, nodes: Any, algorithm: Any, inclusive_ns_prefixes: Any = None) -> Any:
        if not isinstance(nodes, list) and nodes.getparent() is None:
            nodes = nodes.getroottree()
        return super()._c14n(nodes, algorithm, inclusive_ns_prefixes)

    def _apply_transforms(
        self, payload: Any, *, transforms_node: _Element, signature: _Element
    ) -> Any:
        found = [] if transforms_node is None else transforms_node.findall("ds:Transform", _NAMES)
        if any(self._cuts_out(transform) for transform in found):
            _cut_out(signature, idempotent=True)
        return super()._apply_transforms(
            payload, transforms_node=transforms_node, signature=signature
        )

    def _verify_cert_digests(self, verify_result: Any) -> None:
        check_certificate_digest(verify_result.signed_xml, self._certificate)
