"""Everything known of certificates of KSeF: applications, what was issued, and the authority."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from attrs import define, field, frozen

from ..logins.credentials import Party

#: What a certificate is for (contract, KsefCertificateType).
CertificateKind = Literal["Authentication", "Offline"]


@frozen
class Authority:
    """The one that issues certificates: its private key as PKCS#8, its certificate; both DER."""

    key: bytes = field(repr=False)
    certificate: bytes = field(repr=False)


@define
class IssuedCertificate:
    """A certificate of KSeF. It carries who someone is, and no permission and no context."""

    #: Sixteen hexadecimal digits.
    serial: str
    #: SHA-256 of the DER in upper-case hexadecimal digits.
    fingerprint: str
    der: bytes = field(repr=False)
    #: SHA-256 of the DER SubjectPublicKeyInfo.
    key_hash: str
    kind: CertificateKind
    name: str
    common_name: str
    subject: Party
    requested: datetime
    #: From when it is there.
    issued: datetime
    valid_from: datetime
    #: Of the document, or earlier: test data can shorten it.
    valid_to: datetime
    revoked: datetime | None = None
    revocation_reason: str | None = None
    last_used: datetime | None = None


@define
class Enrolment:
    """An application for a certificate. Its end is decided on arrival, and shown from `decided`."""

    reference: str
    subject: Party
    requested: datetime
    decided: datetime
    code: int
    details: tuple[str, ...] = ()
    serial: str | None = None


@define
class CertificateRegister:
    """All applications and certificates of a simulator."""

    enrolments: dict[str, Enrolment] = field(factory=dict)
    #: By serial number, in the order of the applications.
    certificates: dict[str, IssuedCertificate] = field(factory=dict)
    #: Serial numbers by fingerprint.
    fingerprints: dict[str, str] = field(factory=dict)
    #: Made with the first certificate.
    authority: Authority | None = None

    def add(self, certificate: IssuedCertificate) -> None:
        """Take a certificate in."""
        self.certificates[certificate.serial] = certificate
        self.fingerprints[certificate.fingerprint] = certificate.serial

    def by_fingerprint(self, fingerprint: str) -> IssuedCertificate | None:
        """The certificate of a fingerprint: SHA-256 in hexadecimal digits."""
        serial = self.fingerprints.get(fingerprint.upper())
        return None if serial is None else self.certificates[serial]

    def of(self, subject: Party) -> list[IssuedCertificate]:
        """Certificates issued to a subject, oldest application first."""
        return [one for one in self.certificates.values() if one.subject == subject]

    def enrolments_of(self, subject: Party) -> int:
        """How many applications a subject has made."""
        return sum(one.subject == subject for one in self.enrolments.values())

    def is_key_of_another(self, key_hash: str, subject: Party) -> bool:
        """Whether a certificate over this key was issued to someone else."""
        return any(
            one.key_hash == key_hash and one.subject != subject
            for one in self.certificates.values()
        )
