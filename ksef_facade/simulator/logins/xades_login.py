"""Logging in with a signed document."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ..calls import Call, Handler
from ..clock import Clock
from ..enrolment.register import IssuedCertificate
from ..enrolment.standing import Standing
from ..messages import Response
from ..peppol.register import ProviderRegister
from ..problems import UNREADABLE, Refusal
from ..sessions.encryption import hash_of
from ..settings import Settings
from ..taxpayers import Taxpayers
from .auth_requests import AuthRequest, OffSchema, read_request
from .challenges import Challenges
from .credentials import Party
from .register import CERTIFICATE, SIGNATURE, SUCCESS, Login, LoginRegister, Method
from .signatures import Signed, Unverified, verify
from .signer_certificates import (
    Unfit,
    check_key,
    fingerprint,
    is_self_signed,
    is_valid_at,
    leads_to,
    organisation_name,
    read_signer,
)

_BAD_CERTIFICATE, _WRONG_SUBJECT, _OFF_SCHEMA, _CONFLICT = 21115, 21117, 21401, 21406
_CERTIFICATE_FAILED = 460
_WITHDRAWN = {"revoked": "Certyfikat odwołany", "suspended": "Certyfikat zawieszony"}
#: Kinds of subject that contexts of a kind are for; other contexts take every kind but Peppol's
#: (documented combinations of context and subject).
_SUBJECTS_OF = {"NipVatUe": ("Fingerprint",), "PeppolId": ("PeppolId",)}
_USUAL_SUBJECTS = ("Nip", "Pesel", "Fingerprint")


@define
class XadesLogin:
    """The operation that takes a signed AuthTokenRequest."""

    clock: Clock
    settings: Settings
    challenges: Challenges
    taxpayers: Taxpayers
    logins: LoginRegister
    #: The contract's, by name of schema.
    patterns: Mapping[str, str]
    standing: Standing
    providers: ProviderRegister

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {("POST", "/auth/xades-signature"): self._log_in}

    def _log_in(self, call: Call) -> Response:
        content: bytes = call.inputs.body
        if not content:
            raise Refusal(UNREADABLE)
        try:
            signed = verify(content)
        except Unverified as unverified:
            raise Refusal(unverified.code, *unverified.details) from None
        try:
            request = read_request(signed.document, self.patterns)
        except OffSchema as off:
            raise Refusal(_OFF_SCHEMA, str(off)) from None
        try:
            check_key(signed.certificate)
            issued = self.standing.register.by_fingerprint(fingerprint(signed.certificate))
            subject, method = self._subject(signed.certificate, issued, request)
        except Unfit as unfit:
            raise Refusal(_BAD_CERTIFICATE, str(unfit)) from None
        wants_chain = bool(call.inputs.query.get("verifyCertificateChain", False))
        is_test = self.settings.environment == "TE"
        if not is_test and is_self_signed(signed.certificate):
            raise Refusal(_BAD_CERTIFICATE)
        if subject.kind not in _SUBJECTS_OF.get(request.context.kind, _USUAL_SUBJECTS):
            raise Refusal(_WRONG_SUBJECT)
        self.challenges.take(request.challenge)
        login = self.logins.begin(request.context, method)
        login.subject = subject
        login.policy = request.policy
        login.document_hash = hash_of(content)
        login.certificate = signed.certificate.public_bytes(Encoding.DER)
        if issued is None:
            self._check_certificate(signed, login, wants_chain or not is_test)
        else:
            self._use(issued, login)
        response = self.logins.accept(login)
        if subject.kind == "PeppolId" and login.code == SUCCESS:
            name = organisation_name(signed.certificate)
            self.providers.note_login(subject.value, name, login.started)
        return response

    def _use(self, issued: IssuedCertificate, login: Login) -> None:
        failure = self.standing.login_failure(issued)
        if failure is not None:
            login.fail(_CERTIFICATE_FAILED, failure)
        else:
            issued.last_used = login.started

    def _subject(
        self,
        certificate: x509.Certificate,
        issued: IssuedCertificate | None,
        request: AuthRequest,
    ) -> tuple[Party, Method]:
        if issued is not None:
            return self._holder(issued, request), CERTIFICATE
        if request.subject_by == "certificateFingerprint":
            return Party("Fingerprint", fingerprint(certificate)), SIGNATURE
        signer = read_signer(certificate)
        if signer.party is None:
            raise Refusal(_CONFLICT, "The subject of the certificate holds no NIP and no PESEL.")
        return signer.party, signer.method

    def _holder(self, issued: IssuedCertificate, request: AuthRequest) -> Party:
        """Whom a certificate of KSeF stands for: the one it was issued to."""
        by_fingerprint = request.subject_by == "certificateFingerprint"
        if issued.subject.kind == "Fingerprint":
            if not by_fingerprint:
                raise Refusal(_CONFLICT, "The certificate was issued to a fingerprint.")
            return issued.subject
        return Party("Fingerprint", issued.fingerprint) if by_fingerprint else issued.subject

    def _check_certificate(self, signed: Signed, login: Login, wants_chain: bool) -> None:
        withdrawal = self.taxpayers.withdrawal_of(fingerprint(signed.certificate))
        if withdrawal is not None:
            login.fail(_CERTIFICATE_FAILED, _WITHDRAWN[withdrawal])
        elif not is_valid_at(signed.certificate, self.clock.now()):
            login.fail(_CERTIFICATE_FAILED, "Nieważny certyfikat")
        elif wants_chain and not self._is_trusted(signed):
            login.fail(_CERTIFICATE_FAILED, "Niezaufany łańcuch certyfikatów")

    def _is_trusted(self, signed: Signed) -> bool:
        anchors = [
            x509.load_der_x509_certificate(der) for der in self.settings.trusted_certificates
        ]
        return leads_to(signed.certificate, signed.others, anchors)
