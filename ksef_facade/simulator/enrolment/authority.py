"""The authority that issues certificates of KSeF, made when the first one is wanted.

Names, algorithms, extensions and validity are those of a certificate that the Ministry's test
authority issued (observed), but for the names: whose authority it is must not be mistaken.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from dateutil.relativedelta import relativedelta

from .names import ORDER, ORGANISATION_IDENTIFIER
from .register import Authority, CertificateKind

#: How long a certificate is valid (observed).
VALIDITY = relativedelta(years=2)
_AUTHORITY_VALIDITY = relativedelta(years=20)
_BACKDATED = timedelta(days=1)
_NAME = x509.Name(
    [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "KSeF simulator"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Certificates for tests"),
        x509.NameAttribute(NameOID.COMMON_NAME, "KSeF simulator CA"),
    ]
)
#: Where revoked certificates would be listed; a name that leads nowhere by definition.
_REVOCATION_LIST = "http://ksef-simulator.invalid/revoked.crl"
#: qcStatements with one statement, QcType: of seals (observed) and of signatures (ETSI EN 319
#: 412-5).
_QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_OF_SEALS = bytes.fromhex("30153013060604008e4601063009060704008e46010602")
_OF_SIGNATURES = bytes.fromhex("30153013060604008e4601063009060704008e46010601")


def make_authority(now: datetime) -> Authority:
    """A new key and a certificate over it, signed by itself."""
    key = ec.generate_private_key(ec.SECP384R1())
    start = (now - _BACKDATED).replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_NAME)
        .issuer_name(_NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _AUTHORITY_VALIDITY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA512())
    )
    return Authority(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        certificate.public_bytes(serialization.Encoding.DER),
    )


def issue(
    authority: Authority,
    application: x509.CertificateSigningRequest,
    kind: CertificateKind,
    serial: str,
    valid_from: datetime,
) -> x509.Certificate:
    """A certificate over the key of an application, for the one it names."""
    key = serialization.load_der_private_key(authority.key, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey), "the authority's key is made here"
    issuer = x509.load_der_x509_certificate(authority.certificate)
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    subject = [one for oid in ORDER for one in application.subject.get_attributes_for_oid(oid)]
    usage = _usage(digital_signature=kind == "Authentication", content_commitment=kind == "Offline")
    revocation = x509.DistributionPoint(
        [x509.UniformResourceIdentifier(_REVOCATION_LIST)], None, None, None
    )
    public_key = application.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name(subject))
        .issuer_name(issuer.subject)
        .public_key(public_key)
        .serial_number(int(serial, 16))
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + VALIDITY)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.CRLDistributionPoints([revocation]), critical=False)
        .add_extension(_statements(application.subject), critical=False)
        .sign(key, hashes.SHA512())
    )


def _statements(subject: x509.Name) -> x509.UnrecognizedExtension:
    is_seal = bool(subject.get_attributes_for_oid(ORGANISATION_IDENTIFIER))
    return x509.UnrecognizedExtension(_QC_STATEMENTS, _OF_SEALS if is_seal else _OF_SIGNATURES)


def _usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})
