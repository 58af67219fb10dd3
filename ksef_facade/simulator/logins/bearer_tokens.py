"""JSON web tokens of the API: three types, signed with HS256, checked on the simulator's clock."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from ..clock import Clock, wire_time
from ..own_secrets import OwnSecrets

#: Values of the claim `typ` in the tokens of the live service (observed).
TokenType = Literal["AuthenticationToken", "ContextToken", "RefreshToken"]

_AUDIENCE = "ksef-api"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class TokenIssuer:
    """Issues and verifies the tokens of one simulator with its own secret."""

    def __init__(self, clock: Clock, environment: str, secrets: OwnSecrets) -> None:
        self._clock = clock
        self._secrets = secrets
        self._issuer = f"ksef-api-{environment.lower()}"

    def issue(
        self, kind: TokenType, claims: Mapping[str, Any], lifetime: timedelta
    ) -> Mapping[str, str]:
        """A token and its end, as the contract's TokenInfo."""
        issued = int(self._clock.timestamp())
        expires = issued + int(lifetime.total_seconds())
        payload = {
            "typ": kind,
            **claims,
            "exp": expires,
            "iat": issued,
            "iss": self._issuer,
            "aud": _AUDIENCE,
        }
        header = {"alg": "HS256", "typ": "JWT"}
        signed = ".".join(
            _encode(json.dumps(part, separators=(",", ":")).encode()) for part in (header, payload)
        )
        token = f"{signed}.{_encode(self._mac(signed))}"
        return {"token": token, "validUntil": wire_time(datetime.fromtimestamp(expires, UTC))}

    def verify(self, token: str) -> Mapping[str, Any] | None:
        """The claims of a token made here that has not expired; None for any other."""
        signed, _, signature = token.rpartition(".")
        try:
            if not hmac.compare_digest(_decode(signature), self._mac(signed)):
                return None
            claims: Mapping[str, Any] = json.loads(_decode(signed.split(".")[1]))
        except (ValueError, binascii.Error, IndexError):
            return None
        return claims if self._clock.timestamp() < claims["exp"] else None

    def _mac(self, signed: str) -> bytes:
        return hmac.new(self._secrets.tokens, signed.encode(), hashlib.sha256).digest()
