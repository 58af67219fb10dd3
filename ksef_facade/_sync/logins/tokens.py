# Derived from ksef_facade/_async/logins/tokens.py by scripts/derive_sync.py; do not edit.
"""The tokens of one login, kept fresh by one caller at a time."""

from __future__ import annotations

from math import inf

from ksef_facade._sync.public_keys import PublicKeys
from ksef_facade._sync.wire import Wire
from ksef_facade.concurrency.threads import Lock
from ksef_facade.environments import refuse_self_signed
from ksef_facade.errors import (
    AuthenticationFailed,
    ConfigurationError,
    OperationUnavailable,
    ResponseError,
    TransportError,
)
from ksef_facade.logins.advice import CANCELLED
from ksef_facade.logins.bearer_tokens import BearerToken, LoginTokens
from ksef_facade.logins.contexts import Context
from ksef_facade.logins.credentials import AccessTokenAuth, CertificateAuth, Credentials

_LOGIN_ATTEMPTS = 2
_NO_TOKENS = LoginTokens(None, None, None)
_OVER = (400, 401, 403, 404, 405, 410)
"""Answers to a refresh token that was revoked or has expired, and of a service without refreshing:
only a new login helps.
"""


class Authenticator:
    """Holds the tokens of one login. Safe to share: of many callers one renews and the others wait.

    A caller that is cancelled while it renews leaves the lock to the next one, which begins anew.
    When a login is refused, those who waited for it are refused too, instead of each trying again
    what KSeF may take for an attack.
    """

    def __init__(
        self, wire: Wire, credentials: Credentials | None, public_keys: PublicKeys
    ) -> None:
        """Take what to log in with; no request is made.

        Raises:
            ConfigurationError: no credentials but something else, such as the token's text; or a
                self-signed certificate, and the environment takes none.
        """
        if credentials is not None and not isinstance(credentials, Credentials):
            # What was given may be a secret, so only its kind is told.
            kind = type(credentials).__name__
            raise ConfigurationError(f"auth is TokenAuth(...) or CertificateAuth(...), not {kind}")
        if isinstance(credentials, CertificateAuth) and credentials.identity.is_self_signed:
            refuse_self_signed(wire.pool.environment)
        self._wire = wire
        self._credentials = credentials
        self._public_keys = public_keys
        self._lock = Lock()
        self._tokens = _NO_TOKENS
        if isinstance(credentials, AccessTokenAuth):
            given = credentials.refresh_token
            self._tokens = LoginTokens(
                None,
                BearerToken(credentials.access_token),
                BearerToken(given) if given is not None else None,
            )
        self._refusals = 0
        self._refusal: AuthenticationFailed | None = None

    @property
    def context(self) -> Context:
        """The context that the login acts for."""
        return self._known_credentials().context

    @property
    def reference(self) -> str | None:
        """Reference of the login whose tokens are held, if there is one and it is known."""
        return self._tokens.reference

    def token(self, until: float = inf) -> str:
        """A valid access token: from memory, refreshed (1 request) or by a login (4 or more).

        Args:
            until: when the wait that this belongs to is over, on the client's clock.

        Raises:
            ConfigurationError: the client was made without `auth`.
            AuthenticationFailed: the service refused the login, or the tokens that were given.
        """
        return self._current() or self._renewed(None, until)

    def renew(self, refused: str, until: float = inf) -> str:
        """Another access token than the one that was refused; raises like `token`."""
        return self._renewed(refused, until)

    def leave(self) -> str | None:
        """Forget the tokens; returns one that may still be used to end the login, if there is one."""
        with self._lock:
            tokens, self._tokens = self._tokens, _NO_TOKENS
        usable = [token for token in (tokens.refresh, tokens.access) if self._usable(token)]
        return usable[0].value if usable and usable[0] else None

    def _current(self) -> str | None:
        access = self._tokens.access
        return access.value if access is not None and self._usable(access) else None

    def _usable(self, token: BearerToken | None) -> bool:
        return token is not None and self._wire.pool.clock.monotonic() < token.use_until

    def _known_credentials(self) -> Credentials:
        if self._credentials is None:
            raise ConfigurationError("this needs a login; make the client with auth=TokenAuth(...)")
        return self._credentials

    def _renewed(self, refused: str | None, until: float) -> str:
        seen = self._refusals
        with self._lock:
            current = self._current()
            if current is not None and current != refused:
                return current
            if self._refusals != seen and self._refusal is not None:
                raise self._refusal.again()
            try:
                return self._renew(self._wire.until(until))
            except AuthenticationFailed as error:
                self._refusals += 1
                self._refusal = error
                raise

    def _renew(self, wire: Wire) -> str:
        """A new access token; called by one at a time. Whatever breaks it off leaves a clean state."""
        from ksef_facade._sync.logins.procedure import refresh

        reference, renewing = self._tokens.reference, self._tokens.refresh
        self._tokens = LoginTokens(reference, None, renewing)
        if renewing is not None and self._usable(renewing):
            try:
                access = refresh(wire, renewing.value)
            except ResponseError as error:
                if error.status_code not in _OVER:
                    raise
                self._tokens = _NO_TOKENS
            except OperationUnavailable:
                # The raw client's contract has no refreshing; logging in again does the same.
                self._tokens = _NO_TOKENS
            else:
                self._tokens = LoginTokens(reference, access, renewing)
                return access.value
        return self._log_in(wire, had_refresh_token=renewing is not None)

    def _log_in(self, wire: Wire, had_refresh_token: bool) -> str:
        from ksef_facade._sync.logins.procedure import log_in

        credentials = self._known_credentials()
        if isinstance(credentials, AccessTokenAuth):
            given = "access token and the refresh token" if had_refresh_token else "access token"
            raise AuthenticationFailed(
                f"KSeF takes the {given} no longer, and there is nothing else to log in with; get new "
                "ones where these came from",
                reason="tokens",
                advice="pass refresh_token as well, or log in with TokenAuth or CertificateAuth",
            )
        for attempt in range(1, _LOGIN_ATTEMPTS + 1):
            last = attempt == _LOGIN_ATTEMPTS
            try:
                tokens = log_in(wire, credentials, self._public_keys)
            except TransportError as error:
                # A lost answer to a one-time step cannot be asked for again; a new login can.
                over = wire.pool.clock.monotonic() >= wire.settings.until
                if not error.maybe_sent or last or over:
                    raise
            except AuthenticationFailed as error:
                # Only what the service itself broke off is worth another try.
                if error.status is None or error.status.code != CANCELLED or last:
                    raise
            else:
                self._tokens = tokens
                assert tokens.access is not None
                return tokens.access.value
        raise AssertionError("unreachable")
