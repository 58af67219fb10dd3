# Derived from ksef_facade/_async/auth.py by scripts/derive_sync.py; do not edit.
"""The login with a KSeF token, and the tokens that come of it, kept fresh by one caller at a time.

Challenge, encrypted token, polling, redeeming, refreshing: contract tag of `/auth`; lifetimes are
those the service names, measured by its own `Date` so that a wrong clock on this machine does no
harm.
"""

from __future__ import annotations

from base64 import b64encode
from email.utils import parsedate_to_datetime

from attrs import evolve, field, frozen

from ksef_facade._sync.public_keys import UNKNOWN_PUBLIC_KEY, PublicKeys
from ksef_facade._sync.wire import Wire
from ksef_facade.calls import JsonBody, describe
from ksef_facade.concurrency.threads import Lock
from ksef_facade.credentials import Context, Credentials
from ksef_facade.errors import (
    AuthenticationFailed,
    BadRequest,
    ConfigurationError,
    ResponseError,
    TransportError,
)
from ksef_facade.identifiers import SessionReference
from ksef_facade.login_advice import advice_for
from ksef_facade.models import StatusInfo, read_status
from ksef_facade.planning.polling import Deadline, PollingPolicy, next_delay
from ksef_facade.reading import Reader
from ksef_facade.responses import Response, read_object, undecodable

_POLLING = PollingPolicy(first=0.1, factor=1.6, maximum=3.0)
"""A login takes 0.5 to 4 s (observed); its status is limited to 60 requests a second only."""
_LONGEST_LOGIN = 180.0
"""Seconds; revocation checks of a certificate can take minutes (documented)."""
_RENEW_BEFORE = 60.0
"""Seconds before expiry at which an access token is renewed."""
_SHARE_OF_LIFETIME = 0.2
"""Tokens that live only shortly are renewed in the last fifth of their life."""
_DEFAULT_LIFETIME = 15 * 60.0
"""Seconds an access token lives when the answer does not tell (observed and documented)."""
_LOGIN_ATTEMPTS = 2
_LOGIN_OK = 200


@frozen
class _Token:
    """A token and when to stop using it, on the monotonic clock."""

    value: str = field(repr=False)
    use_until: float


class Authenticator:
    """Holds the tokens of one login. Safe to share: of many callers one renews and the others wait."""

    def __init__(
        self, wire: Wire, credentials: Credentials | None, public_keys: PublicKeys
    ) -> None:
        self._wire = wire
        self._credentials = credentials
        self._public_keys = public_keys
        self._lock = Lock()
        self._access: _Token | None = None
        self._refresh: _Token | None = None

    @property
    def context(self) -> Context:
        """The context that the login acts for."""
        return self._known_credentials().context

    def token(self) -> str:
        """A valid access token: from memory, refreshed (1 request) or by a login (5 or more).

        Raises:
            ConfigurationError: the client was made without `auth`.
            AuthenticationFailed: the service refused the login.
        """
        if self._access is not None and self._usable(self._access):
            return self._access.value
        with self._lock:
            if self._access is not None and self._usable(self._access):
                return self._access.value
            return self._renew()

    def renew(self, refused: str) -> str:
        """Another access token than the one that was refused."""
        with self._lock:
            if self._access is not None and self._access.value != refused:
                return self._access.value
            return self._renew()

    def _usable(self, token: _Token) -> bool:
        return self._wire.pool.clock.monotonic() < token.use_until

    def _known_credentials(self) -> Credentials:
        if self._credentials is None:
            raise ConfigurationError("this needs a login; make the client with auth=TokenAuth(...)")
        return self._credentials

    def _renew(self) -> str:
        self._access = None
        if self._refresh is not None and self._usable(self._refresh):
            call = evolve(describe("POST", "/auth/token/refresh"), idempotent=True)
            try:
                response = self._wire.send(call, bearer=self._refresh.value)
                self._access = self._read_token(response, "accessToken")
                return self._access.value
            except ResponseError as error:
                if error.status_code not in (400, 401, 403):
                    raise
                # Revoked or expired: only a new login helps.
                self._refresh = None
        for attempt in range(1, _LOGIN_ATTEMPTS + 1):
            try:
                return self._log_in()
            except TransportError as error:
                # A lost answer to a one-time step cannot be asked for again; a new login can.
                if not error.maybe_sent or attempt == _LOGIN_ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def _log_in(self) -> str:
        response = self._submit()
        answer = Reader(read_object(response))
        token = answer.inner("authenticationToken").required_text("token")
        reference = answer.required_text("referenceNumber")
        if not token or not reference:
            raise undecodable(response, "no authentication token or reference in it")
        self._poll(SessionReference.from_server(reference), token)
        redeemed = self._wire.send(describe("POST", "/auth/token/redeem"), bearer=token)
        self._access = self._read_token(redeemed, "accessToken")
        self._refresh = self._read_token(redeemed, "refreshToken")
        return self._access.value

    def _submit(self) -> Response:
        """Challenge and encrypted token; once more with a fresh key if the service changed its
        keys.
        """
        from ksef_facade.crypto.encryption import encrypt_token

        credentials = self._known_credentials()
        for fresh in (False, True):
            key = self._public_keys.get("KsefTokenEncryption", fresh=fresh)
            call = evolve(describe("POST", "/auth/challenge"), idempotent=True)
            response = self._wire.send(call)
            challenge = Reader(read_object(response))
            text, moment = challenge.text("challenge"), challenge.integer("timestampMs")
            if not text or moment is None:
                raise undecodable(response, "no challenge in it")
            encrypted = encrypt_token(key.certificate_der, credentials.token, moment)
            body = JsonBody(
                challenge=text,
                contextIdentifier={
                    "type": credentials.context.type,
                    "value": credentials.context.value,
                },
                encryptedToken=b64encode(encrypted).decode(),
                publicKeyId=key.public_key_id,
            )
            try:
                return self._wire.send(describe("POST", "/auth/ksef-token", body=body))
            except BadRequest as error:
                if fresh or UNKNOWN_PUBLIC_KEY not in error.codes:
                    raise
        raise AssertionError("unreachable")

    def _poll(self, reference: SessionReference, token: str) -> None:
        clock = self._wire.pool.clock
        deadline = Deadline.after(_LONGEST_LOGIN, clock.monotonic())
        attempt = 0
        while True:
            attempt += 1
            call = describe("GET", "/auth/{referenceNumber}", reference)
            status = read_status(Reader(read_object(self._wire.send(call, bearer=token))))
            if status.code == _LOGIN_OK:
                return
            if status.is_final:
                raise AuthenticationFailed(_explain(status), status)
            delay = next_delay(
                _POLLING,
                attempt,
                deadline.remaining(clock.monotonic()),
                jitter=clock.jitter(),
            )
            if delay is None:
                raise AuthenticationFailed(
                    f"the login was not decided in {_LONGEST_LOGIN:.0f} s; last status {status}",
                    status,
                )
            clock.sleep(delay)

    def _read_token(self, response: Response, key: str) -> _Token:
        info = Reader(read_object(response)).inner(key)
        value = info.required_text("token")
        if not value:
            raise undecodable(response, f"no {key} in it")
        clock = self._wire.pool.clock
        lifetime = _DEFAULT_LIFETIME
        valid_until = info.moment("validUntil")
        if valid_until is not None:
            lifetime = valid_until.timestamp() - _server_time(response, clock.now().timestamp())
        margin = min(_RENEW_BEFORE, lifetime * _SHARE_OF_LIFETIME)
        return _Token(value, clock.monotonic() + lifetime - margin)


def _server_time(response: Response, otherwise: float) -> float:
    try:
        return parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError):
        return otherwise


def _explain(status: StatusInfo) -> str:
    advice = advice_for(status.code)
    return f"the login ended with {status}" + (f"; {advice}" if advice else "")
