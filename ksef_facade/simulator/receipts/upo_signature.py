"""The signature of a UPO, in the shape of the only one of the Ministry's that is known.

Enveloped XAdES-BES: exclusive canonicalisation, RSA with SHA-256, a reference to the document and
one to the signed properties, the certificate named by its SHA-1 digest (first version of
`SigningCertificate`). Observed on a UPO of the previous system's test environment.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime

from lxml import etree

from ..clock import local
from ..keys import Identity
from ..references import References

_DS = "http://www.w3.org/2000/09/xmldsig#"
_XADES = "http://uri.etsi.org/01903/v1.3.2#"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_ENVELOPED = f"{_DS}enveloped-signature"
_RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_SHA1 = f"{_DS}sha1"
_SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"


class UpoSigner:
    """Signs UPO documents with one identity, which is asked for when there is one to sign."""

    def __init__(self, identity: Callable[[], Identity], references: References) -> None:
        self._identity = identity
        self._references = references

    def __call__(self, canonical: bytes, signed_at: datetime) -> bytes:
        """The `ds:Signature` element over a document that is in canonical form already."""
        identity = self._identity()
        mark = self._references.number(10**16)
        ids = {name: f"{name}Id_{mark + step}" for step, name in enumerate(_ID_NAMES)}
        properties = _properties(identity, ids, signed_at)
        info = _signed_info(
            ids, _digest(canonical), _digest(_canonical(f'<x xmlns:ds="{_DS}">{properties}</x>'))
        )
        value = identity.sign(_canonical(f'<x xmlns:ds="{_DS}">{info}</x>'))
        certificate = base64.b64encode(identity.certificate_der).decode()
        return (
            f'<ds:Signature xmlns:ds="{_DS}" Id="{ids["sig"]}">{info}'
            f'<ds:SignatureValue Id="{ids["sigVal"]}">{base64.b64encode(value).decode()}'
            f"</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}"
            "</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object>"
            f'<xades:QualifyingProperties xmlns:xades="{_XADES}" Target="#{ids["sig"]}">'
            f"{properties}</xades:QualifyingProperties></ds:Object></ds:Signature>"
        ).encode()


def _properties(identity: Identity, ids: dict[str, str], signed_at: datetime) -> str:
    certificate = identity.certificate
    fingerprint = hashlib.sha1(identity.certificate_der, usedforsecurity=False).digest()
    time = local(signed_at).isoformat(timespec="seconds")
    return (
        f'<xades:SignedProperties xmlns:xades="{_XADES}" Id="{ids["sigProp"]}">'
        f"<xades:SignedSignatureProperties><xades:SigningTime>{time}</xades:SigningTime>"
        "<xades:SigningCertificate><xades:Cert><xades:CertDigest>"
        f'<ds:DigestMethod Algorithm="{_SHA1}"></ds:DigestMethod>'
        f"<ds:DigestValue>{base64.b64encode(fingerprint).decode()}</ds:DigestValue>"
        "</xades:CertDigest><xades:IssuerSerial>"
        f"<ds:X509IssuerName>{certificate.issuer.rfc4514_string()}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{certificate.serial_number}</ds:X509SerialNumber>"
        "</xades:IssuerSerial></xades:Cert></xades:SigningCertificate>"
        "</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>"
        f'<xades:DataObjectFormat ObjectReference="#{ids["mainRef"]}">'
        "<xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat>"
        "</xades:SignedDataObjectProperties></xades:SignedProperties>"
    )


_ID_NAMES = ("sig", "sigVal", "sigProp", "mainRef")


def _signed_info(ids: dict[str, str], document_digest: str, properties_digest: str) -> str:
    document = _reference(f'Id="{ids["mainRef"]}" Type="" URI=""', document_digest, _ENVELOPED)
    properties = _reference(
        f'Type="{_SIGNED_PROPERTIES}" URI="#{ids["sigProp"]}"', properties_digest
    )
    return (
        f'<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{_EXCLUSIVE}"/>'
        f'<ds:SignatureMethod Algorithm="{_RSA_SHA256}"/>{document}{properties}</ds:SignedInfo>'
    )


def _reference(attributes: str, digest: str, *transforms: str) -> str:
    steps = "".join(
        f'<ds:Transform Algorithm="{transform}"/>' for transform in (*transforms, _EXCLUSIVE)
    )
    return (
        f"<ds:Reference {attributes}><ds:Transforms>{steps}</ds:Transforms>"
        f'<ds:DigestMethod Algorithm="{_SHA256}"/><ds:DigestValue>{digest}</ds:DigestValue>'
        "</ds:Reference>"
    )


def _canonical(wrapped: str) -> bytes:
    """Exclusive canonical form of the only child of a wrapper that declares the prefixes."""
    child = etree.fromstring(wrapped.encode())[0]
    canonical: bytes = etree.tostring(child, method="c14n", exclusive=True, with_tail=False)
    return canonical


def _digest(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
