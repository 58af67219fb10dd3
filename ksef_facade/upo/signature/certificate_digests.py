"""Whether the signed properties of an XAdES signature name the certificate that signed."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

from ksef_facade.upo.elements import DS, XADES
from ksef_facade.upo.signature.certificates import SignerCertificate
from ksef_facade.upo.signature.errors import NotIntact, NotSupported

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES: Final = {"ds": DS, "xades": XADES}

# The first version of XAdES's SigningCertificate names it by SHA-1, and the Ministry was seen to
# use it: there it says which certificate is meant, which a second preimage alone could change.
_CERTIFICATE_DIGESTS: Final = {
    f"{DS}sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}


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
