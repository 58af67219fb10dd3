"""What a signature refers to: the whole document, its own properties, and nothing else.

So that a valid signature of something is never taken for one of the document around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ksef_facade.upo.elements import DS, XADES
from ksef_facade.upo.signature.errors import NotIntact, NotSupported, quoted_algorithm

if TYPE_CHECKING:
    from lxml.etree import _Element

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
_IDS: Final = ("Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id")
# More references than a UPO has parts to sign.
_MOST_REFERENCES: Final = 5


def checked_references(root: _Element, signature: _Element) -> Sequence[_Element]:
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
                raise NotSupported(f"the digest {quoted_algorithm(digest)} is not accepted")
    return references


def _target(reference: _Element, root: _Element) -> _Element:
    uri = reference.get("URI")
    if uri == "":
        return root
    if uri is not None and uri.startswith("#xpointer"):
        raise NotSupported("a reference by XPointer is not known here")
    if uri is None or not uri.startswith("#"):
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
        known = kind in CANONICAL or (whole and (kind == _ENVELOPED or cuts_out(transform)))
        if not known:
            raise NotSupported(f"the transform {quoted_algorithm(transform)} is not known here")
        if kind in CANONICAL and len(transform):
            # Inclusive prefixes; harmless, but no UPO of the Ministry has them.
            raise NotSupported("a canonicalisation with parameters is not known here")
    if any(kind in CANONICAL for kind in kinds[:-1]):
        # It would make octets of the document, and what comes then would parse them anew.
        raise NotSupported("a canonicalisation before other transforms is not known here")
    if whole and not any(
        kind == _ENVELOPED or cuts_out(t) for t, kind in zip(found, kinds, strict=True)
    ):
        raise NotIntact("the signature would have to cover itself")


def cuts_out(transform: _Element) -> bool:
    """Whether an XPath transform takes the signature out, as some signing programs write it.

    Its prefix must be the one that the element itself has: what another means is not always signed
    along (exclusive canonicalisation leaves declarations out that no name uses).
    """
    expression = transform.find("ds:XPath", _NAMES)
    if transform.get("Algorithm") != _XPATH or expression is None or not expression.prefix:
        return False
    if len(expression):
        # A comment, behind which more may stand.
        return False
    text = "".join((expression.text or "").split())
    return text == f"not(ancestor-or-self::{expression.prefix}:Signature)"
