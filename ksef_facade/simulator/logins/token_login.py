"""Logging in with a KSeF token."""

from __future__ import annotations

from attrs import define

from ..calls import Call, Handler
from ..keys import KeyRing
from ..messages import Response
from ..problems import Refusal
from ..schemas import decode_base64
from .addresses import read_policy
from .challenges import Challenge, Challenges
from .credentials import KsefToken, Party, TokenRegister
from .register import SUCCESS, TOKEN, Login, LoginRegister

_BAD_TOKEN = 450


@define
class TokenLogin:
    """The operation that takes an encrypted token."""

    keys: KeyRing
    tokens: TokenRegister
    challenges: Challenges
    logins: LoginRegister

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {("POST", "/auth/ksef-token"): self._log_in}

    def _log_in(self, call: Call) -> Response:
        body = call.inputs.body
        key_id = body.get("publicKeyId")
        if key_id is not None and not self.keys.is_known("KsefTokenEncryption", key_id):
            raise Refusal(21470, f"Klucz o identyfikatorze {key_id} nie jest wspierany.")
        policy = read_policy(body.get("authorizationPolicy"))
        challenge = self.challenges.take(body["challenge"])
        context = Party(body["contextIdentifier"]["type"], body["contextIdentifier"]["value"])
        login = self.logins.begin(context, TOKEN)
        login.policy = policy
        ciphertext = decode_base64(body["encryptedToken"]) or b""
        plain = self.keys.decrypt("KsefTokenEncryption", ciphertext, key_id)
        login.token = self._find_token(plain, challenge, login)
        if login.token is not None:
            login.subject = login.token.author
        answer = self.logins.accept(login)
        if login.token is not None and login.code == SUCCESS:
            login.token.last_used = login.started
        return answer

    def _find_token(
        self, plain: bytes | None, challenge: Challenge, login: Login
    ) -> KsefToken | None:
        if plain is None:
            login.fail(_BAD_TOKEN, "Nieprawidłowe szyfrowanie tokena")
            return None
        try:
            # The token itself contains bars, so the time is what follows the last one.
            secret, _, time = plain.decode("utf-8").rpartition("|")
        except UnicodeDecodeError:
            login.fail(_BAD_TOKEN, "Nieprawidłowe kodowanie tokena")
            return None
        if not (time.isascii() and time.isdigit()) or int(time) != challenge.timestamp_ms:
            login.fail(_BAD_TOKEN, "Nieprawidłowy czas tokena")
            return None
        token = self.tokens.find(secret)
        if token is None:
            login.fail(_BAD_TOKEN, "Nieprawidłowy token")
        elif token.is_revoked:
            login.fail(_BAD_TOKEN, "Token unieważniony")
        elif token.status(login.started) != "Active":
            login.fail(_BAD_TOKEN, "Token nieaktywny")
        elif token.context != login.context:
            detail = f"Token nie może być użyty w kontekście {login.context.value}"
            login.fail(_BAD_TOKEN, detail)
        return token
