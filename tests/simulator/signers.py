"""Signed requests to log in, made by two independent programs: signxml and xmlsec."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import xmlsec
from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.xades import XAdESSigner

NAMESPACE = "http://ksef.mf.gov.pl/auth/token/2.1"
DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
FILTER = "http://www.w3.org/2002/06/xmldsig-filter2"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ORGANISATION_IDENTIFIER = x509.ObjectIdentifier("2.5.4.97")
#: Before the stopped clock of the tests.
START = datetime(2026, 1, 1, tzinfo=UTC)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Attributes = Iterable[tuple[x509.ObjectIdentifier, str]]

_keys: dict[str, Key] = {}


def key_of(kind: str) -> Key:
    """A key of a kind, made once: "rsa", "rsa-1024", "p256", "p384", "p521", "p192"."""
    if kind not in _keys:
        if kind.startswith("rsa"):
            size = int(kind.partition("-")[2] or 2048)
            _keys[kind] = rsa.generate_private_key(public_exponent=65537, key_size=size)
        else:
            curves = {
                "p192": ec.SECP192R1(),
                "p256": ec.SECP256R1(),
                "p384": ec.SECP384R1(),
                "p521": ec.SECP521R1(),
            }
            _keys[kind] = ec.generate_private_key(curves[kind])
    return _keys[kind]


@frozen
class Identity:
    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex().upper()

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def make_identity(
    attributes: Attributes,
    kind: str = "rsa",
    issuer: Identity | None = None,
    start: datetime = START,
    days: int = 730,
) -> Identity:
    """A certificate with these attributes; signed by itself unless an issuer is given."""
    key = key_of(kind)
    subject = x509.Name([x509.NameAttribute(name, value) for name, value in attributes])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return Identity(key, certificate)


def person(serial: str, kind: str = "rsa", **options: Any) -> Identity:
    """A person's certificate; `serial` such as PNOPL-30112206276 or TINPL-5265877635."""
    attributes = [
        (NameOID.GIVEN_NAME, "Jan"),
        (NameOID.SURNAME, "Próbny"),
        (NameOID.SERIAL_NUMBER, serial),
        (NameOID.COMMON_NAME, "Jan Próbny"),
        (NameOID.COUNTRY_NAME, "PL"),
    ]
    return make_identity(attributes, kind, **options)


def seal(identifier: str, kind: str = "rsa", **options: Any) -> Identity:
    """An organisation's certificate; `identifier` such as VATPL-5265877635."""
    attributes = [
        (NameOID.ORGANIZATION_NAME, "Młyn"),
        (ORGANISATION_IDENTIFIER, identifier),
        (NameOID.COMMON_NAME, "Młyn"),
        (NameOID.COUNTRY_NAME, "PL"),
    ]
    return make_identity(attributes, kind, **options)


def request(
    challenge: str,
    context: str = "5265877635",
    *,
    context_kind: str = "Nip",
    by: str = "certificateSubject",
    policy: str = "",
    namespace: str = NAMESPACE,
) -> bytes:
    """A request to log in, unsigned."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<AuthTokenRequest xmlns="{namespace}">
  <Challenge>{challenge}</Challenge>
  <ContextIdentifier><{context_kind}>{context}</{context_kind}></ContextIdentifier>
  <SubjectIdentifierType>{by}</SubjectIdentifierType>{policy}
</AuthTokenRequest>""".encode()


class _ExclusiveSigner(XAdESSigner):
    """States the canonicalisation of every reference, which signxml leaves to the default."""

    def _add_reference_to_signed_info(
        self, sig_root: Any, node_to_reference: Any, **attrs: str
    ) -> None:
        super()._add_reference_to_signed_info(sig_root, node_to_reference, **attrs)
        reference = sig_root.findall(f".//{{{DS}}}Reference")[-1]
        transforms = etree.Element(f"{{{DS}}}Transforms")
        etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=self.c14n_alg.value)
        reference.insert(0, transforms)


def sign_by_signxml(
    document: bytes,
    identity: Identity,
    *,
    method: SignatureMethod | None = None,
    digest: DigestAlgorithm = DigestAlgorithm.SHA256,
    c14n: CanonicalizationMethod = CanonicalizationMethod.CANONICAL_XML_1_0,
    key_value: bool = False,
) -> bytes:
    """The document with a signature by signxml; with the bare key beside the certificate or not."""
    if method is None:
        is_rsa = isinstance(identity.key, rsa.RSAPrivateKey)
        method = SignatureMethod.RSA_SHA256 if is_rsa else SignatureMethod.ECDSA_SHA256
    signer = _ExclusiveSigner(
        signature_algorithm=method, digest_algorithm=digest, c14n_algorithm=c14n
    )
    signed = signer.sign(
        etree.fromstring(document),
        key=identity.key,
        cert=[identity.certificate],
        always_add_key_value=key_value,
    )
    return etree.tostring(signed)


_CUTS = {
    "enveloped": f'<ds:Transform Algorithm="{DS}enveloped-signature"/>',
    "xpath": (
        f'<ds:Transform Algorithm="{XPATH}"><ds:XPath>not(ancestor-or-self::ds:Signature)'
        "</ds:XPath></ds:Transform>"
    ),
    "filter": (
        f'<ds:Transform Algorithm="{FILTER}"><f:XPath xmlns:f="{FILTER}" Filter="subtract">'
        "/descendant::ds:Signature</f:XPath></ds:Transform>"
    ),
}
Cut = Literal["enveloped", "xpath", "filter"]


def sign_by_xmlsec(
    document: bytes,
    identity: Identity,
    *,
    cut: Cut = "enveloped",
    c14n: str = EXCLUSIVE,
    packaging: Literal["enveloped", "enveloping"] = "enveloped",
    chain: Iterable[Identity] = (),
    prefix: Literal["ds:", ""] = "ds:",
    prefixes: str = "",
) -> bytes:
    """The document signed by libxmlsec1, after the recipe of the Ministry's own client.

    With `prefixes` everything is canonicalised exclusively but for these, as WSS4J and xml-crypto
    can be told.

    Without a prefix the signature's names are in the namespace that its first element declares, as
    .NET writes them.
    """
    is_rsa = isinstance(identity.key, rsa.RSAPrivateKey)
    algorithm = "rsa-sha256" if is_rsa else "ecdsa-sha256"
    root = etree.fromstring(document)
    object_id = "" if packaging == "enveloped" else "document"
    template = _template(identity, algorithm, c14n, _CUTS[cut], object_id, list(chain))
    if prefixes:
        template = template.replace(_INCLUSIVE.encode(), EXCLUSIVE.encode())
        named = f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="{prefixes}"/>'
        for step in ("ds:CanonicalizationMethod", "ds:Transform"):
            template = template.replace(
                f'<{step} Algorithm="{EXCLUSIVE}"/>'.encode(),
                f'<{step} Algorithm="{EXCLUSIVE}">{named}</{step}>'.encode(),
            )
    if not prefix:
        template = template.replace(b"xmlns:ds=", b"xmlns=").replace(b"<ds:", b"<")
        template = template.replace(b"</ds:", b"</")
    signature = etree.fromstring(template)
    if packaging == "enveloped":
        root.append(signature)
    else:
        holder = etree.SubElement(signature, f"{{{DS}}}Object", Id=object_id)
        holder.append(root)
        root = signature
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(identity.key_pem, xmlsec.constants.KeyDataFormatPem)
    for marked in root.iter(f"{{{XADES}}}SignedProperties", f"{{{DS}}}Object"):
        if marked.get("Id"):
            context.register_id(marked, "Id")
    context.sign(signature)
    return etree.tostring(root)


def _template(
    identity: Identity,
    algorithm: str,
    c14n: str,
    cut: str,
    object_id: str,
    chain: list[Identity],
) -> bytes:
    sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"
    digest = base64.b64encode(identity.certificate.fingerprint(hashes.SHA256())).decode()
    certificates = "".join(
        f"<ds:X509Certificate>{base64.b64encode(one.der).decode()}</ds:X509Certificate>"
        for one in (identity, *chain)
    )
    cut = "" if object_id else cut
    uri = f"#{object_id}" if object_id else ""
    return f"""<ds:Signature xmlns:ds="{DS}" Id="Signature"><ds:SignedInfo>
<ds:CanonicalizationMethod Algorithm="{_INCLUSIVE}"/>
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#{algorithm}"/>
<ds:Reference URI="{uri}"><ds:Transforms>{cut}<ds:Transform Algorithm="{c14n}"/></ds:Transforms>
<ds:DigestMethod Algorithm="{sha256}"/><ds:DigestValue/></ds:Reference>
<ds:Reference URI="#SignedProperties" Type="http://uri.etsi.org/01903#SignedProperties">
<ds:Transforms><ds:Transform Algorithm="{EXCLUSIVE}"/></ds:Transforms>
<ds:DigestMethod Algorithm="{sha256}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>
<ds:SignatureValue/><ds:KeyInfo><ds:X509Data>{certificates}</ds:X509Data></ds:KeyInfo>
<ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="#Signature">
<xades:SignedProperties Id="SignedProperties"><xades:SignedSignatureProperties>
<xades:SigningTime>2026-03-02T08:59:00+00:00</xades:SigningTime>
<xades:SigningCertificate><xades:Cert><xades:CertDigest>
<ds:DigestMethod Algorithm="{sha256}"/><ds:DigestValue>{digest}</ds:DigestValue>
</xades:CertDigest><xades:IssuerSerial>
<ds:X509IssuerName>{identity.certificate.issuer.rfc4514_string()}</ds:X509IssuerName>
<ds:X509SerialNumber>{identity.certificate.serial_number}</ds:X509SerialNumber>
</xades:IssuerSerial></xades:Cert></xades:SigningCertificate>
</xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties>
</ds:Object></ds:Signature>""".encode()
