"""Logins: authentication operations that become authentication sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from attrs import define, evolve, field, frozen

from ..clock import Clock, wire_time
from ..messages import Response, json_response, without_nulls
from ..outcomes import Outcomes
from ..references import References
from ..settings import Settings
from ..taxpayers import Taxpayers
from .access import Caller, lends
from .bearer_tokens import TokenIssuer
from .credentials import KsefToken, Party

IN_PROGRESS = 100
SUCCESS = 200
NO_PERMISSIONS = 415
REVOKED = 425
DECEASED = 470
BLOCKED = 480

#: Literal descriptions of the status codes (contract, GET /auth/{referenceNumber}).
DESCRIPTIONS: Mapping[int, str] = {
    IN_PROGRESS: "Uwierzytelnianie w toku",
    SUCCESS: "Uwierzytelnianie zakończone sukcesem",
    NO_PERMISSIONS: "Uwierzytelnianie zakończone niepowodzeniem",
    REVOKED: "Uwierzytelnienie unieważnione",
    450: "Uwierzytelnianie zakończone niepowodzeniem z powodu błędnego tokenu",
    460: "Uwierzytelnianie zakończone niepowodzeniem z powodu błędu certyfikatu",
    DECEASED: "Uwierzytelnianie zakończone niepowodzeniem",
    BLOCKED: "Uwierzytelnienie zablokowane",
    500: "Nieznany błąd",
    550: "Operacja została anulowana przez system",
}


@frozen
class Method:
    """A way to prove who one is (contract, AuthenticationMethod and AuthenticationMethodInfo)."""

    name: str
    category: Literal["Token", "XadesSignature"]
    code: str
    display: str


TOKEN = Method("Token", "Token", "token.ksef", "Token KSeF")
SEAL = Method("QualifiedSeal", "XadesSignature", "xades.qualified-seal", "Pieczęć kwalifikowana")
SIGNATURE = Method(
    "QualifiedSignature", "XadesSignature", "xades.qualified-signature", "Podpis kwalifikowany"
)
PEPPOL = Method(
    "PeppolSignature",
    "XadesSignature",
    "xades.peppol-signature",
    "Podpis dostawcy usług Peppol",
)

CERTIFICATE = Method(
    "InternalCertificate",
    "XadesSignature",
    "xades.internal-certificate",
    "Certyfikat KSeF",
)


@define
class Login:
    """One authentication operation and, once redeemed, the authentication session."""

    reference: str
    context: Party
    subject: Party | None
    method: Method
    started: datetime
    code: int = SUCCESS
    details: tuple[str, ...] = ()
    #: What it was proved by: a KSeF token, or a signed document of this hash.
    token: KsefToken | None = None
    document_hash: str | None = None
    #: DER of the certificate that signed the document.
    certificate: bytes | None = field(default=None, repr=False)
    policy: dict[str, list[str]] | None = None
    redeemed: datetime | None = None
    refreshed: datetime | None = None
    refresh_until: datetime | None = None
    revoked: datetime | None = None

    def fail(self, code: int, *details: str) -> None:
        """Let it end with a status code."""
        self.code, self.details = code, details


@define
class LoginRegister:
    """All logins of a simulator."""

    clock: Clock
    settings: Settings
    references: References
    issuer: TokenIssuer
    taxpayers: Taxpayers
    outcomes: Outcomes
    _by_reference: dict[str, Login] = field(factory=dict)

    def begin(self, context: Party, method: Method) -> Login:
        """A login that has a reference number and nothing else yet."""
        now = self.clock.now()
        return Login(self.references.reference("AU", now), context, None, method, now)

    def accept(self, login: Login) -> Response:
        """Take a login in; the answer to the request that began it."""
        self._judge(login)
        self._by_reference[login.reference] = login
        lifetime = self.settings.authentication_token_lifetime
        token = self.issuer.issue("AuthenticationToken", {"arn": login.reference}, lifetime)
        document = {"referenceNumber": login.reference, "authenticationToken": token}
        return json_response(202, document)

    def find(self, reference: str) -> Login | None:
        """The login of a reference number, in any letter case."""
        return self._by_reference.get(reference.upper())

    def placed(self, caller: Caller) -> Caller:
        """The caller in the context of its login, which only access tokens name themselves."""
        login = self.find(caller.authentication) if caller.context is None else None
        return caller if login is None else evolve(caller, context=login.context)

    def of(self, context: Party, subject: Party) -> list[Login]:
        """Logins of a subject in a context, oldest first."""
        return [
            login
            for login in self._by_reference.values()
            if login.context == context and login.subject == subject
        ]

    def permissions(self, login: Login) -> tuple[str, ...]:
        """What a login may do, as of now; with a token only what its author still may (observed)."""
        if login.token is not None:
            held = self.taxpayers.permissions(login.context, login.token.author)
            return tuple(name for name in login.token.permissions if lends(held, name))
        if login.subject is None:
            return ()
        return self.taxpayers.permissions(login.context, login.subject)

    def code(self, login: Login) -> int:
        """Status code as of now."""
        latency = timedelta(seconds=self.settings.latencies.authentication)
        if self.clock.now() < login.started + latency:
            return IN_PROGRESS
        return REVOKED if login.revoked is not None else login.code

    def describe(self, login: Login) -> dict[str, Any]:
        """What a status and a list say of a login alike."""
        code = self.code(login)
        status: dict[str, Any] = {"code": code, "description": DESCRIPTIONS[code]}
        if code == login.code and login.details:
            status["details"] = list(login.details)
        document = {
            "startDate": wire_time(login.started),
            "authenticationMethod": login.method.name,
            "authenticationMethodInfo": {
                "category": login.method.category,
                "code": login.method.code,
                "displayName": login.method.display,
            },
            "status": status,
            "isTokenRedeemed": login.redeemed is not None if code == SUCCESS else None,
            "lastTokenRefreshDate": wire_time(login.refreshed) if login.refreshed else None,
            "refreshTokenValidUntil": (
                wire_time(login.refresh_until) if login.refresh_until else None
            ),
        }
        return without_nulls(document)

    def _judge(self, login: Login) -> None:
        decided = self.outcomes.take("login")
        if decided is not None:
            login.fail(decided[0], *decided[1])
        if login.code != SUCCESS:
            return
        if login.subject is not None and self.taxpayers.is_deceased(login.subject):
            login.fail(DECEASED)
        elif self.taxpayers.is_blocked(login.context):
            login.fail(BLOCKED)
        elif not self.permissions(login):
            login.fail(NO_PERMISSIONS, "Brak przypisanych uprawnień")
