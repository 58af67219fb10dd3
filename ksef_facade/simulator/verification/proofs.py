"""Whether a KOD II proves what it says: the checks of the verification page, one by one."""

from __future__ import annotations

from attrs import define
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from ..clock import Clock
from ..enrolment.register import CertificateRegister, IssuedCertificate
from ..enrolment.standing import Standing
from ..taxpayers import Authorization, Taxpayers
from .links import CertificateLink

#: Permissions that let one issue invoices (contract, POST /sessions/online), and an owner's.
_ISSUING = frozenset({"Owner", "InvoiceWrite", "PefInvoiceWrite", "EnforcementOperations"})
_ON_BEHALF: tuple[Authorization, ...] = (
    "SelfInvoicing",
    "RRInvoicing",
    "TaxRepresentative",
    "PefInvoicing",
)
#: Bytes of r and of s on P-256.
_HALF = 32


@define
class Proofs:
    """Makes the checks, as of now."""

    clock: Clock
    certificates: CertificateRegister
    standing: Standing
    taxpayers: Taxpayers

    def check(self, link: CertificateLink, site: str) -> list[tuple[str, bool]]:
        """Each check in words, and whether it was passed; `site` is the host that was asked.

        Without a certificate there is nothing more to check.
        """
        certificate = self.certificates.certificates.get(link.serial)
        now = self.clock.now()
        if certificate is None or certificate.issued > now or certificate.kind != "Offline":
            return [("KSeF issued this certificate, of the type Offline", False)]
        context = link.context
        is_valid = self.standing.status(certificate) == "Active" and certificate.valid_from <= now
        rights = self.taxpayers.permissions(context, certificate.subject)
        text = f"{site}{link.signed_path}".encode()
        return [
            ("KSeF issued this certificate, of the type Offline", True),
            ("the certificate is valid: not expired, blocked or revoked", is_valid),
            ("the signature is the certificate's", _is_signed(certificate, text, link.signature)),
            ("its holder may issue invoices in the context", not _ISSUING.isdisjoint(rights)),
            ("the context may issue invoices for the seller", self._may_issue(link)),
        ]

    def _may_issue(self, link: CertificateLink) -> bool:
        context, seller = link.context, link.seller
        return (
            context.nip == seller
            or self.taxpayers.are_related(seller, context)
            or self.taxpayers.may_enforce(context)
            or any(self.taxpayers.may_issue_for(seller, context, how) for how in _ON_BEHALF)
        )


def _is_signed(certificate: IssuedCertificate, text: bytes, signature: bytes) -> bool:
    key = x509.load_der_x509_certificate(certificate.der).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            scheme = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=32)
            key.verify(signature, text, scheme, hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            # Both forms are taken: r and s side by side, or ASN.1, which is longer.
            if len(signature) == 2 * _HALF:
                r, s = signature[:_HALF], signature[_HALF:]
                signature = utils.encode_dss_signature(
                    int.from_bytes(r, "big"), int.from_bytes(s, "big")
                )
            key.verify(signature, text, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True
