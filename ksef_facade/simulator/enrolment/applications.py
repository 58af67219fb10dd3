"""PKCS#10 applications, read and checked."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import SignatureAlgorithmOID

from ..problems import UNREADABLE, Refusal
from ..schemas import decode_base64
from .names import says

_OTHER_DATA, _BAD_REQUEST, _BAD_KEY, _BAD_ALGORITHM = 25003, 25004, 25010, 25011
#: The only size and curve of keys (contract, POST /certificates/enrollments).
_RSA_BITS, _CURVE = 2048, "secp256r1"
#: Algorithms of signatures, and of hashes in them (contract, POST /certificates/enrollments).
_ALGORITHMS = frozenset(
    {
        SignatureAlgorithmOID.RSA_WITH_SHA1,
        SignatureAlgorithmOID.RSA_WITH_SHA256,
        SignatureAlgorithmOID.RSA_WITH_SHA384,
        SignatureAlgorithmOID.RSA_WITH_SHA512,
        SignatureAlgorithmOID.RSASSA_PSS,
        SignatureAlgorithmOID.ECDSA_WITH_SHA1,
        SignatureAlgorithmOID.ECDSA_WITH_SHA256,
        SignatureAlgorithmOID.ECDSA_WITH_SHA384,
        SignatureAlgorithmOID.ECDSA_WITH_SHA512,
    }
)
_HASHES = frozenset({"sha1", "sha256", "sha384", "sha512"})
_BROKEN = (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature, x509.InvalidVersion)


def read_application(text: str, data: Mapping[str, str]) -> x509.CertificateSigningRequest:
    """The application in a request, by someone whose certificate says `data`.

    Raises Refusal with 21001 for what is not Base64, 25004 for what is not PKCS#10 or not signed
    by its key, 25010 and 25011 for keys and algorithms that are not accepted, 25003 for other data.
    """
    content = decode_base64(text)
    if content is None:
        raise Refusal(UNREADABLE, "'csr': this is not Base64")
    try:
        application = x509.load_der_x509_csr(content)
        subject = application.subject
    except _BROKEN:
        raise Refusal(_BAD_REQUEST) from None
    key = _key(application)
    _check_algorithm(application)
    _verify(application, key)
    if not says(subject, data):
        raise Refusal(_OTHER_DATA)
    return application


def _key(
    application: x509.CertificateSigningRequest,
) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    try:
        key = application.public_key()
    except _BROKEN:
        raise Refusal(_BAD_KEY) from None
    if isinstance(key, rsa.RSAPublicKey) and key.key_size == _RSA_BITS:
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == _CURVE:
        return key
    raise Refusal(_BAD_KEY)


def _check_algorithm(application: x509.CertificateSigningRequest) -> None:
    try:
        used = application.signature_hash_algorithm
    except _BROKEN:
        used = None
    if application.signature_algorithm_oid not in _ALGORITHMS:
        raise Refusal(_BAD_ALGORITHM)
    if used is None or used.name not in _HASHES:
        raise Refusal(_BAD_ALGORITHM)


def _verify(
    application: x509.CertificateSigningRequest,
    key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey,
) -> None:
    # By hand: the library's own check takes no SHA-1, which the contract allows.
    signature, signed = application.signature, application.tbs_certrequest_bytes
    try:
        used = application.signature_hash_algorithm
        assert used is not None, "the algorithm was checked"
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(used))
            return
        scheme = application.signature_algorithm_parameters
        if not isinstance(scheme, padding.PKCS1v15 | padding.PSS):
            raise InvalidSignature
        key.verify(signature, signed, scheme, used)
    except _BROKEN:
        raise Refusal(_BAD_REQUEST) from None
