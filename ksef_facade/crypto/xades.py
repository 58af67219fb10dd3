"""Signing a login document in XAdES, enveloped, the way KSeF takes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ksef_facade.crypto.identities import SigningIdentity


def sign_document(root: _Element, identity: SigningIdentity, signing_time: datetime) -> bytes:
    """The document with a XAdES signature as its last child, serialised as UTF-8.

    Inclusive C14N 1.0 and SHA-256 throughout; RSA keys sign with PKCS#1 v1.5 (the service was seen
    to refuse PSS), EC keys with ECDSA, whose value is R and S side by side. The certificate goes
    along, its bare key does not. Not one byte may change afterwards, whitespace included.

    Args:
        root: the document; it gets the signature appended.
        identity: who signs.
        signing_time: what the signature states as its time; has a time zone.
    """
    from lxml import etree
    from signxml.algorithms import (
        CanonicalizationMethod,
        DigestAlgorithm,
        SignatureConstructionMethod,
        SignatureMethod,
    )
    from signxml.xades.xades import XAdESSigner

    signer = XAdESSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=(
            SignatureMethod.RSA_SHA256
            if identity.key_kind.startswith("RSA")
            else SignatureMethod.ECDSA_SHA256
        ),
        digest_algorithm=DigestAlgorithm.SHA256,
        # signxml leaves out the transforms that exclusive C14N would need: such signatures are
        # broken.
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
    )

    def state_time(properties: _Element, *_: Any, **__: Any) -> None:
        # signxml states this machine's time; the service refuses what was signed in its future.
        element = etree.SubElement(properties, "{http://uri.etsi.org/01903/v1.3.2#}SigningTime")
        element.text = signing_time.astimezone(UTC).isoformat(timespec="seconds")

    annotators: list[Any] = signer.signed_signature_properties_annotators
    annotators[annotators.index(signer.add_signing_time)] = state_time
    signed = signer.sign(
        root,
        key=identity.private_key,
        cert=[identity.certificate],
        always_add_key_value=False,
    )
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
