"""What follows a login of any kind: its status, redeeming and refreshing."""

from __future__ import annotations

import json
from typing import Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock
from ..keys import KeyRing
from ..messages import Response, json_response
from ..problems import Gone, Refusal
from ..settings import Settings
from ..taxpayers import Taxpayers
from .bearer_tokens import TokenIssuer
from .register import SUCCESS, Login, LoginRegister

_NOT_AUTHORISED, _NOT_AUTHENTICATED, _DECEASED = 21301, 21304, 21308
_REVOKED_TOKEN = "Token KSeF został unieważniony."


@define
class Authentication:
    """Operations on logins, by the tokens that they gave out."""

    clock: Clock
    settings: Settings
    keys: KeyRing
    issuer: TokenIssuer
    taxpayers: Taxpayers
    logins: LoginRegister

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("GET", "/auth/{referenceNumber}"): self._status,
            ("POST", "/auth/token/redeem"): self._redeem,
            ("POST", "/auth/token/refresh"): self._refresh,
            ("GET", "/security/public-key-certificates"): self._public_keys,
        }

    def _public_keys(self, call: Call) -> Response:
        return json_response(200, self.keys.documents())

    def _status(self, call: Call) -> Response:
        login = self._login_of(call.inputs.path["referenceNumber"])
        if login.reference != call.caller.authentication:
            raise _unknown(login.reference)
        if self.clock.now() >= login.started + self.settings.authentication_retention:
            raise Gone
        return json_response(200, self.logins.describe(login))

    def _redeem(self, call: Call) -> Response:
        login = self._login_of(call.caller.authentication)
        code = self.logins.code(login)
        if code != SUCCESS:
            detail = f"Status uwierzytelniania ({code}) nie pozwala na pobranie tokenów."
            raise Refusal(_NOT_AUTHORISED, detail)
        self._refuse_withdrawn(login)
        if login.redeemed is not None:
            detail = f"Tokeny dla operacji uwierzytelniania {login.reference} zostały już pobrane."
            raise Refusal(_NOT_AUTHORISED, detail)
        login.redeemed = self.clock.now()
        lifetime = self.settings.refresh_token_lifetime
        login.refresh_until = login.redeemed + lifetime
        refresh = self.issuer.issue("RefreshToken", {"arn": login.reference}, lifetime)
        return json_response(200, {"accessToken": self._access(login), "refreshToken": refresh})

    def _refresh(self, call: Call) -> Response:
        login = self._login_of(call.caller.authentication)
        code = self.logins.code(login)
        if code != SUCCESS:
            # Observed; the contract spells the second word as the sentence of redeeming does.
            raise Refusal(
                _NOT_AUTHORISED,
                f"Status uwierzytelnienia ({code}) nie pozwala na odświeżenie tokenu dostępowego.",
            )
        self._refuse_withdrawn(login)
        login.refreshed = self.clock.now()
        return json_response(200, {"accessToken": self._access(login)})

    def _refuse_withdrawn(self, login: Login) -> None:
        if login.token is not None and login.token.is_revoked:
            raise Refusal(_NOT_AUTHORISED, _REVOKED_TOKEN)
        if login.subject is not None and self.taxpayers.is_deceased(login.subject):
            raise Refusal(_DECEASED)

    def _access(self, login: Login) -> Any:
        subject = login.subject
        assert subject is not None, "a login succeeds for a known subject only"
        # Read anew each time: a refreshed token carries the permissions of the day.
        permissions = list(self.logins.permissions(login))
        claims: dict[str, Any] = {
            "cit": login.context.kind,
            "civ": login.context.value,
            "aum": login.method.name,
            "arn": login.reference,
            "sub": f"{subject.kind}:{subject.value}",
            "sud": json.dumps(
                {"subjectIdentifier": {"type": subject.kind, "value": subject.value}}
            ),
            "per": permissions,
            "pec": [],
            "rol": [],
            "pep": permissions,
        }
        if login.token is not None:
            claims["tkr"] = login.token.reference
        if login.document_hash is not None:
            claims["sdh"] = login.document_hash
        if login.policy is not None:
            claims["ipp"] = login.policy
        return self.issuer.issue("ContextToken", claims, self.settings.access_token_lifetime)

    def _login_of(self, reference: str) -> Login:
        login = self.logins.find(reference)
        if login is None:
            raise _unknown(reference)
        return login


def _unknown(reference: str) -> Refusal:
    detail = (
        f"Operacja uwierzytelniania o numerze referencyjnym {reference} nie została znaleziona."
    )
    return Refusal(_NOT_AUTHENTICATED, detail)
