"""Logging in: challenge, KSeF token, status, redeeming and refreshing."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from attrs import define, field

from .addresses import read_policy
from .calls import Call, Handler
from .clock import Clock, wire_time
from .credentials import KsefToken, Party, TokenRegister
from .keys import KeyRing
from .messages import Response, json_response, without_nulls
from .problems import Refusal
from .references import References
from .schemas import decode_base64
from .settings import Settings
from .tokens import TokenIssuer

_IN_PROGRESS = 100
_SUCCESS = 200
_NO_PERMISSIONS = 415
_BAD_TOKEN = 450

#: Literal descriptions of the status codes (contract, GET /auth/{referenceNumber}).
DESCRIPTIONS = {
    _IN_PROGRESS: "Uwierzytelnianie w toku",
    _SUCCESS: "Uwierzytelnianie zakończone sukcesem",
    _NO_PERMISSIONS: "Uwierzytelnianie zakończone niepowodzeniem",
    425: "Uwierzytelnienie unieważnione",
    _BAD_TOKEN: "Uwierzytelnianie zakończone niepowodzeniem z powodu błędnego tokenu",
    460: "Uwierzytelnianie zakończone niepowodzeniem z powodu błędu certyfikatu",
    470: "Uwierzytelnianie zakończone niepowodzeniem",
    480: "Uwierzytelnienie zablokowane",
    500: "Nieznany błąd",
    550: "Operacja została anulowana przez system",
}

#: An authentication that failed for these says so in its details.
_REVOKED_TOKEN = "Token KSeF został unieważniony."


@define
class Challenge:
    """A challenge as given out; it may be answered once."""

    text: str
    issued: datetime
    timestamp_ms: int


@define
class Login:
    """One authentication operation and, once redeemed, the authentication session."""

    reference: str
    context: Party
    started: datetime
    code: int
    details: tuple[str, ...] = ()
    token: KsefToken | None = None
    policy: dict[str, list[str]] | None = None
    redeemed: datetime | None = None
    refreshed: datetime | None = None
    refresh_until: datetime | None = None


@define
class Authentication:
    """Authentication operations of a simulator."""

    clock: Clock
    settings: Settings
    references: References
    keys: KeyRing
    issuer: TokenIssuer
    tokens: TokenRegister
    challenges: dict[str, Challenge] = field(factory=dict)
    logins: dict[str, Login] = field(factory=dict)

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/auth/challenge"): self._challenge,
            ("POST", "/auth/ksef-token"): self._log_in_with_token,
            ("GET", "/auth/{referenceNumber}"): self._status,
            ("POST", "/auth/token/redeem"): self._redeem,
            ("POST", "/auth/token/refresh"): self._refresh,
            ("GET", "/security/public-key-certificates"): self._public_keys,
        }

    def _public_keys(self, call: Call) -> Response:
        return json_response(200, self.keys.documents())

    def _challenge(self, call: Call) -> Response:
        now = self.clock.now()
        self._forget_old_challenges(now)
        text = self.references.reference("CR", now)
        # Whole milliseconds, cut off and not rounded: the client must send this very number back.
        milliseconds = int(now.timestamp()) * 1000 + now.microsecond // 1000
        self.challenges[text] = Challenge(text, now, milliseconds)
        document = {
            "challenge": text,
            "timestamp": wire_time(now),
            "timestampMs": milliseconds,
            "clientIp": call.request.client,
        }
        return json_response(200, document)

    def _forget_old_challenges(self, now: datetime) -> None:
        # The oldest come first in the dictionary.
        while self.challenges:
            oldest = next(iter(self.challenges.values()))
            if now - oldest.issued <= self.settings.challenge_lifetime:
                return
            del self.challenges[oldest.text]

    def _take_challenge(self, text: str) -> Challenge:
        challenge = self.challenges.pop(text, None)
        if challenge is None:
            raise Refusal(21111)
        if self.clock.now() - challenge.issued > self.settings.challenge_lifetime:
            raise Refusal(21111)
        return challenge

    def _log_in_with_token(self, call: Call) -> Response:
        body = call.inputs.body
        key_id = body.get("publicKeyId")
        if key_id is not None and not self.keys.is_known("KsefTokenEncryption", key_id):
            raise Refusal(21470, f"Klucz o identyfikatorze {key_id} nie jest wspierany.")
        policy = read_policy(body.get("authorizationPolicy"))
        challenge = self._take_challenge(body["challenge"])
        context = Party(body["contextIdentifier"]["type"], body["contextIdentifier"]["value"])
        now = self.clock.now()
        login = Login(self.references.reference("AU", now), context, now, _SUCCESS, policy=policy)
        ciphertext = decode_base64(body["encryptedToken"]) or b""
        plain = self.keys.decrypt("KsefTokenEncryption", ciphertext, key_id)
        login.code, login.details, login.token = self._judge_token(plain, challenge, context)
        return self._accepted(login)

    def _judge_token(
        self, plain: bytes | None, challenge: Challenge, context: Party
    ) -> tuple[int, tuple[str, ...], KsefToken | None]:
        if plain is None:
            return _BAD_TOKEN, ("Nieprawidłowe szyfrowanie tokena",), None
        try:
            # The token itself contains bars, so the time is what follows the last one.
            secret, _, time = plain.decode("utf-8").rpartition("|")
        except UnicodeDecodeError:
            return _BAD_TOKEN, ("Nieprawidłowe kodowanie tokena",), None
        if not (time.isascii() and time.isdigit()) or int(time) != challenge.timestamp_ms:
            return _BAD_TOKEN, ("Nieprawidłowy czas tokena",), None
        token = self.tokens.find(secret)
        if token is None:
            return _BAD_TOKEN, ("Nieprawidłowy token",), None
        if token.is_revoked:
            return _BAD_TOKEN, ("Token unieważniony",), token
        if not token.is_active:
            return _BAD_TOKEN, ("Token nieaktywny",), token
        if token.context != context:
            detail = f"Token nie może być użyty w kontekście {context.value}"
            return _BAD_TOKEN, (detail,), token
        if not token.permissions:
            return _NO_PERMISSIONS, ("Brak przypisanych uprawnień",), token
        return _SUCCESS, (), token

    def _accepted(self, login: Login) -> Response:
        self.logins[login.reference] = login
        lifetime = self.settings.authentication_token_lifetime
        token = self.issuer.issue("AuthenticationToken", {"arn": login.reference}, lifetime)
        document = {"referenceNumber": login.reference, "authenticationToken": token}
        return json_response(202, document)

    def _code(self, login: Login) -> int:
        latency = timedelta(seconds=self.settings.latencies.authentication)
        return login.code if self.clock.now() >= login.started + latency else _IN_PROGRESS

    def _status(self, call: Call) -> Response:
        login = self._login_of(call.inputs.path["referenceNumber"])
        if login.reference != call.caller.authentication:
            raise _unknown(login.reference)
        code = self._code(login)
        status: dict[str, Any] = {"code": code, "description": DESCRIPTIONS[code]}
        if code != _IN_PROGRESS and login.details:
            status["details"] = list(login.details)
        document = {
            "startDate": wire_time(login.started),
            "authenticationMethod": "Token",
            "authenticationMethodInfo": {
                "category": "Token",
                "code": "token.ksef",
                "displayName": "Token KSeF",
            },
            "status": status,
            "isTokenRedeemed": login.redeemed is not None if code == _SUCCESS else None,
            "lastTokenRefreshDate": wire_time(login.refreshed) if login.refreshed else None,
            "refreshTokenValidUntil": (
                wire_time(login.refresh_until) if login.refresh_until else None
            ),
        }
        return json_response(200, without_nulls(document))

    def _redeem(self, call: Call) -> Response:
        login = self._login_of(call.caller.authentication)
        code = self._code(login)
        if code != _SUCCESS:
            detail = f"Status uwierzytelniania ({code}) nie pozwala na pobranie tokenów."
            raise Refusal(21301, detail)
        self._refuse_revoked(login)
        if login.redeemed is not None:
            detail = f"Tokeny dla operacji uwierzytelniania {login.reference} zostały już pobrane."
            raise Refusal(21301, detail)
        login.redeemed = self.clock.now()
        lifetime = self.settings.refresh_token_lifetime
        login.refresh_until = login.redeemed + lifetime
        refresh = self.issuer.issue("RefreshToken", {"arn": login.reference}, lifetime)
        return json_response(200, {"accessToken": self._access(login), "refreshToken": refresh})

    def _refresh(self, call: Call) -> Response:
        login = self._login_of(call.caller.authentication)
        code = self._code(login)
        if code != _SUCCESS:
            raise Refusal(
                21301,
                f"Status uwierzytelniania ({code}) nie pozwala na odświeżenie tokenu dostępowego.",
            )
        self._refuse_revoked(login)
        login.refreshed = self.clock.now()
        return json_response(200, {"accessToken": self._access(login)})

    def _refuse_revoked(self, login: Login) -> None:
        if login.token is not None and login.token.is_revoked:
            raise Refusal(21301, _REVOKED_TOKEN)

    def _access(self, login: Login) -> Any:
        token = login.token
        assert token is not None, "a login succeeds with a token only"
        author = token.author
        claims: dict[str, Any] = {
            "cit": login.context.kind,
            "civ": login.context.value,
            "aum": "Token",
            "arn": login.reference,
            "sub": f"{author.kind}:{author.value}",
            "sud": json.dumps({"subjectIdentifier": {"type": author.kind, "value": author.value}}),
            "per": list(token.permissions),
            "pec": [],
            "rol": [],
            "pep": list(token.permissions),
            "tkr": token.reference,
        }
        if login.policy is not None:
            claims["ipp"] = login.policy
        return self.issuer.issue("ContextToken", claims, self.settings.access_token_lifetime)

    def _login_of(self, reference: str) -> Login:
        login = self.logins.get(reference)
        if login is None:
            raise _unknown(reference)
        return login


def _unknown(reference: str) -> Refusal:
    detail = (
        f"Operacja uwierzytelniania o numerze referencyjnym {reference} nie została znaleziona."
    )
    return Refusal(21304, detail)
