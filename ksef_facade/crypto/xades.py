"""Signing a login document in XAdES, enveloped, the way KSeF takes it."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from ksef_facade.crypto.encryption import sha256_base64

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ksef_facade.crypto.identities import SigningIdentity


_DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_XADES: Final = "{http://uri.etsi.org/01903/v1.3.2#}"


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
        moment = signing_time.astimezone(UTC).isoformat(timespec="seconds")
        _add(properties, f"{_XADES}SigningTime", moment)

    def state_certificate(properties: _Element, *_: Any, **__: Any) -> None:
        # signxml would read the certificate with `cryptography`, which refuses those of KSeF.
        stated = _add(properties, f"{_XADES}SigningCertificateV2")
        digest = _add(_add(stated, f"{_XADES}Cert"), f"{_XADES}CertDigest")
        _add(digest, f"{_DS}DigestMethod").set("Algorithm", DigestAlgorithm.SHA256.value)
        _add(digest, f"{_DS}DigestValue", sha256_base64(identity.certificate_der))

    annotators: list[Any] = signer.signed_signature_properties_annotators
    annotators[annotators.index(signer.add_signing_time)] = state_time
    annotators[annotators.index(signer.add_signing_certificate)] = state_certificate
    signed = signer.sign(
        root,
        key=identity.private_key,
        key_info=_key_info(identity.certificate_der),
        always_add_key_value=False,
    )
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


def _key_info(certificate_der: bytes) -> _Element:
    from lxml import etree

    info = etree.Element(f"{_DS}KeyInfo", nsmap={"ds": _DS[1:-1]})
    data = _add(info, f"{_DS}X509Data")
    _add(data, f"{_DS}X509Certificate", b64encode(certificate_der).decode())
    return info


def _add(parent: _Element, name: str, text: str | None = None) -> _Element:
    from lxml import etree

    child = etree.SubElement(parent, name)
    child.text = text
    return child
