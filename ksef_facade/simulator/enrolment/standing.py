"""What a certificate of KSeF is worth at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from attrs import define

from ..clock import Clock
from ..logins.credentials import Party
from ..settings import Settings
from ..taxpayers import Taxpayers
from .register import CertificateRegister, IssuedCertificate

#: Contract, CertificateListItemStatus.
CertificateStatus = Literal["Active", "Blocked", "Revoked", "Expired"]


@define
class Standing:
    """Tells the status of certificates, as of now."""

    clock: Clock
    settings: Settings
    register: CertificateRegister
    taxpayers: Taxpayers

    def status(
        self, certificate: IssuedCertificate, at: datetime | None = None
    ) -> CertificateStatus:
        """Status now or at a moment. A revoked certificate is blocked until that is done."""
        now = at or self.clock.now()
        if certificate.revoked is not None:
            latency = timedelta(seconds=self.settings.latencies.certificate_revoked)
            return "Blocked" if now < certificate.revoked + latency else "Revoked"
        withdrawal = self.taxpayers.withdrawal_of(certificate.fingerprint)
        if withdrawal is not None:
            return "Revoked" if withdrawal == "revoked" else "Blocked"
        return "Expired" if now > certificate.valid_to else "Active"

    def visible(self, subject: Party) -> list[IssuedCertificate]:
        """Certificates that a subject has by now, oldest application first."""
        now = self.clock.now()
        return [one for one in self.register.of(subject) if one.issued <= now]

    def active(self, subject: Party, at: datetime | None = None) -> int:
        """How many active certificates a subject has, now or at a moment to come."""
        moment = at or self.clock.now()
        return sum(
            one.issued <= moment and self.status(one, moment) == "Active"
            for one in self.register.of(subject)
        )

    def login_failure(self, certificate: IssuedCertificate) -> str | None:
        """Why a certificate does not log in (contract, details of status 460); None if it does."""
        status = self.status(certificate)
        if status == "Revoked":
            return "Certyfikat odwołany"
        if status == "Blocked":
            return "Certyfikat zawieszony"
        if status == "Expired" or self.clock.now() < certificate.valid_from:
            return "Nieważny certyfikat"
        # Offline certificates prove who issued an invoice, and nothing else (documented rule).
        return "Niepoprawny certyfikat" if certificate.kind == "Offline" else None
