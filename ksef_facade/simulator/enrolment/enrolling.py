"""Applying for a certificate: limits, data, the application, and what becomes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from attrs import define
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..effective_limits.in_force import SubjectLimitsInForce
from ..logins.credentials import Party
from ..logins.register import LoginRegister
from ..logins.signer_certificates import fingerprint
from ..messages import Response, json_response, without_nulls
from ..moments import read_moment
from ..outcomes import Outcomes
from ..problems import INVALID_INPUT, Gone, Refusal
from ..references import References
from ..settings import Settings
from .applications import read_application
from .names import requested_data
from .register import CertificateRegister, Enrolment, IssuedCertificate
from .standing import Standing

_NO_DATA, _NOT_THIS_WAY, _UNKNOWN = 25001, 25002, 25005
_TOO_MANY_APPLICATIONS, _TOO_MANY_CERTIFICATES = 25006, 25007
_ACCEPTED, _ISSUED, _REJECTED = 100, 200, 400
#: Literal descriptions of the status codes (contract, GET /certificates/enrollments/{...}).
ENROLMENT_TEXTS: Mapping[int, str] = {
    _ACCEPTED: "Wniosek przyjęty do realizacji",
    _ISSUED: "Wniosek obsłużony (certyfikat wygenerowany)",
    _REJECTED: "Wniosek odrzucony",
    500: "Nieznany błąd",
    550: "Operacja została anulowana przez system",
}
_KEY_OF_ANOTHER = "Klucz publiczny został już certyfikowany przez inny podmiot."
_LIMIT_REACHED = "Osiągnięto dopuszczalny limit posiadanych certyfikatów."
#: Type letters of the reference numbers (contract, example of POST /certificates/enrollments).
_LETTERS = "EH"
#: How long the status of an application is kept (documented rule).
_KEPT = timedelta(days=30)
#: How far from now the first day of a certificate may be. Ours: earlier, and it would have expired
#: before it was issued.
_FARTHEST = timedelta(days=730)


@define
class Enrolling:
    """The operations of applicants."""

    clock: Clock
    settings: Settings
    references: References
    logins: LoginRegister
    limits: SubjectLimitsInForce
    outcomes: Outcomes
    register: CertificateRegister
    standing: Standing

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("GET", "/certificates/limits"): self._show_limits,
            ("GET", "/certificates/enrollments/data"): self._show_data,
            ("POST", "/certificates/enrollments"): self._enrol,
            ("GET", "/certificates/enrollments/{referenceNumber}"): self._show_status,
        }

    def _show_limits(self, call: Call) -> Response:
        subject = subject_of(call)
        limits = self.limits.of(subject)
        enrolments, certificates = limits.enrolments or 0, limits.certificates or 0
        may_apply = max(0, enrolments - self.register.enrolments_of(subject))
        may_hold = max(0, certificates - self.standing.active(subject))
        document = {
            "canRequest": min(may_apply, may_hold) > 0 and self._data(call) is not None,
            "enrollment": {"remaining": may_apply, "limit": enrolments},
            "certificate": {"remaining": may_hold, "limit": certificates},
        }
        return json_response(200, document)

    def _show_data(self, call: Call) -> Response:
        data = self._data(call)
        if data is None:
            raise Refusal(_NO_DATA)
        return json_response(200, data)

    def _data(self, call: Call) -> dict[str, str] | None:
        """What the caller's certificate says; None without one, or for one that cannot apply."""
        login = self.logins.find(call.caller.authentication)
        if login is None or login.certificate is None:
            return None
        if self.limits.of(subject_of(call)).enrolments is None:
            return None
        return requested_data(x509.load_der_x509_certificate(login.certificate).subject)

    def _enrol(self, call: Call) -> Response:
        data = self._data(call)
        if data is None:
            raise Refusal(_NOT_THIS_WAY)
        body, subject = call.inputs.body, subject_of(call)
        application = read_application(body["csr"], data)
        limits = self.limits.of(subject)
        if self.register.enrolments_of(subject) >= (limits.enrolments or 0):
            raise Refusal(_TOO_MANY_APPLICATIONS)
        if self.standing.active(subject) >= (limits.certificates or 0):
            raise Refusal(_TOO_MANY_CERTIFICATES)
        now = self.clock.now()
        decided = now + timedelta(seconds=self.settings.latencies.certificate_issued)
        valid_from = self._first_moment(body.get("validFrom"), now, decided)
        key_hash = _key_hash(application)
        code, details = self._judge(subject, key_hash, decided)
        enrolment = Enrolment(
            self.references.reference(_LETTERS, now), subject, now, decided, code, details
        )
        if code == _ISSUED:
            certificate = self._issue(call, application, enrolment, key_hash, valid_from)
            self.register.add(certificate)
            enrolment.serial = certificate.serial
        self.register.enrolments[enrolment.reference] = enrolment
        document = {"referenceNumber": enrolment.reference, "timestamp": wire_time(now)}
        return json_response(202, document)

    def _first_moment(self, asked: str | None, now: datetime, decided: datetime) -> datetime:
        if asked is None:
            # Certificates tell whole seconds: rounded down, so that it is valid once it is there.
            return decided.replace(microsecond=0)
        moment = read_moment(asked).replace(microsecond=0)
        if abs(moment - now) > _FARTHEST:
            raise Refusal(INVALID_INPUT, "'validFrom': more than two years away")
        return moment

    def _judge(
        self, subject: Party, key_hash: str, decided: datetime
    ) -> tuple[int, tuple[str, ...]]:
        outcome = self.outcomes.take("enrolment")
        if outcome is not None:
            return outcome
        if self.register.is_key_of_another(key_hash, subject):
            return _REJECTED, (_KEY_OF_ANOTHER,)
        # By then, certificates asked for earlier are there too.
        if self.standing.active(subject, decided) >= (self.limits.of(subject).certificates or 0):
            return _REJECTED, (_LIMIT_REACHED,)
        return _ISSUED, ()

    def _issue(
        self,
        call: Call,
        application: x509.CertificateSigningRequest,
        enrolment: Enrolment,
        key_hash: str,
        valid_from: datetime,
    ) -> IssuedCertificate:
        # Loaded late: not every simulator issues certificates.
        from .authority import issue, make_authority

        body = call.inputs.body
        if self.register.authority is None:
            self.register.authority = make_authority(enrolment.requested)
        serial = self._new_serial()
        made = issue(
            self.register.authority, application, body["certificateType"], serial, valid_from
        )
        names = made.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return IssuedCertificate(
            serial=serial,
            fingerprint=fingerprint(made),
            der=made.public_bytes(Encoding.DER),
            key_hash=key_hash,
            kind=body["certificateType"],
            name=body["certificateName"],
            common_name=" ".join(str(name.value) for name in names),
            subject=enrolment.subject,
            requested=enrolment.requested,
            issued=enrolment.decided,
            valid_from=made.not_valid_before_utc,
            valid_to=made.not_valid_after_utc,
        )

    def _new_serial(self) -> str:
        while True:
            # Eight bytes, of which the first is 01 (observed).
            serial = f"01{self.references.hexadecimal(14)}".upper()
            if serial not in self.register.certificates:
                return serial

    def _show_status(self, call: Call) -> Response:
        enrolment = self.register.enrolments.get(call.inputs.path["referenceNumber"].upper())
        if enrolment is None or enrolment.subject != subject_of(call):
            raise Refusal(_UNKNOWN)
        now = self.clock.now()
        if now >= enrolment.requested + _KEPT:
            raise Gone
        is_decided = now >= enrolment.decided
        code = enrolment.code if is_decided else _ACCEPTED
        status = {"code": code, "description": ENROLMENT_TEXTS[code]}
        if is_decided and enrolment.details:
            status["details"] = list(enrolment.details)
        document = {
            "requestDate": wire_time(enrolment.requested),
            "status": status,
            "certificateSerialNumber": enrolment.serial if is_decided else None,
        }
        return json_response(200, without_nulls(document))


def subject_of(call: Call) -> Party:
    """The caller, who alone counts here: the context does not matter (documented rule)."""
    assert call.caller.subject is not None, "access tokens name a subject"
    return call.caller.subject


def _key_hash(application: x509.CertificateSigningRequest) -> str:
    key = application.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()
