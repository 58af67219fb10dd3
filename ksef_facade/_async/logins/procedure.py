"""Logging in: challenge, a token encrypted or a document signed, polling, and redeeming the tokens.

Source: contract operations under `/auth`.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from ksef_facade._async.public_keys import UNKNOWN_PUBLIC_KEY, AsyncPublicKeys
from ksef_facade._async.wire import AsyncWire
from ksef_facade.answers.reading import Reader
from ksef_facade.answers.responses import Response, read_object, undecodable
from ksef_facade.calls.describing import JsonBody, RawBody, describe
from ksef_facade.concurrency.tasks import offload
from ksef_facade.errors import AuthenticationFailed, BadRequest, ConfigurationError
from ksef_facade.identifiers import AuthReference
from ksef_facade.logins.advice import advice_for, reason_for
from ksef_facade.logins.bearer_tokens import BearerToken, LoginTokens, read_token, token_text
from ksef_facade.logins.credentials import CertificateAuth, TokenAuth
from ksef_facade.models.sessions import StatusInfo, read_status
from ksef_facade.planning.polling import Deadline, PollingPolicy, next_delay

_POLLING = PollingPolicy(first=0.1, factor=1.6, maximum=3.0)
"""A login takes 0.5 to 4 s (observed); its status is limited to 60 requests a second only."""
_LOGIN_OK = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK_SKEW = timedelta(minutes=1)
"""How far a signature is dated back where the challenge tells no time of the service."""


async def log_in(
    wire: AsyncWire, credentials: TokenAuth | CertificateAuth, public_keys: AsyncPublicKeys
) -> LoginTokens:
    """Log in and bring the tokens: 4 requests or more, of group `anonymous`.

    Raises:
        AuthenticationFailed: the service refused the login, or did not decide it in time.
        ConfigurationError: the certificate is not valid now.
        ResponseError, TransportError: a request failed otherwise.
    """
    try:
        if isinstance(credentials, TokenAuth):
            response = await _submit_token(wire, credentials, public_keys)
        else:
            response = await _submit_signature(wire, credentials)
        answer = Reader(read_object(response))
        token = token_text(answer, "authenticationToken")
        reference = answer.required_text("referenceNumber")
        if not token or not reference:
            raise undecodable(response, "no authentication token or reference in it")
        await _poll(wire, AuthReference.from_server(reference), token)
        redeemed = await wire.send(describe("POST", "/auth/token/redeem"), bearer=token)
    except BadRequest as error:
        advice = advice_for(None, error.codes, error.details)
        raise AuthenticationFailed(
            f"the login was refused: {error}" + (f"; {advice}" if advice else ""),
            codes=error.codes,
            reason=reason_for(None, error.codes),
            advice=advice,
        ) from error
    renewing = Reader(read_object(redeemed)).has("refreshToken")
    return LoginTokens(
        reference,
        _token(wire, redeemed, "accessToken"),
        # Without one the login is good for as long as its first access token, and is then repeated.
        _token(wire, redeemed, "refreshToken") if renewing else None,
    )


async def refresh(wire: AsyncWire, refresh_token: str) -> BearerToken:
    """Another access token for a refresh token: 1 request of group `anonymous`.

    Raises:
        ResponseError: 400 (21301 and others) or 401 when the login was ended or is over.
        TransportError: no answer.
    """
    # The refresh token stays as it is, so that this may be repeated (documented rule).
    call = evolve(describe("POST", "/auth/token/refresh"), idempotent=True)
    return _token(wire, await wire.send(call, bearer=refresh_token), "accessToken")


def _token(wire: AsyncWire, response: Response, key: str) -> BearerToken:
    clock = wire.pool.clock
    return read_token(response, key, clock.now(), clock.monotonic())


@frozen
class _Challenge:
    text: str
    timestamp_ms: int | None
    timestamp: datetime | None


async def _challenge(wire: AsyncWire) -> tuple[_Challenge, Response]:
    # A challenge that was given for nothing costs nothing: it may be asked for again.
    response = await wire.send(evolve(describe("POST", "/auth/challenge"), idempotent=True))
    reader = Reader(read_object(response))
    milliseconds, moment = reader.integer("timestampMs"), reader.moment("timestamp")
    if milliseconds is None and moment is not None:
        # The contracts of 2025 told the time in the one way only.
        milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    challenge = _Challenge(reader.required_text("challenge"), milliseconds, moment)
    if not challenge.text:
        raise undecodable(response, "no challenge in it")
    return challenge, response


async def _submit_token(
    wire: AsyncWire, credentials: TokenAuth, public_keys: AsyncPublicKeys
) -> Response:
    """Challenge and encrypted token; once more with a fresh key if the service changed its keys."""
    from ksef_facade.crypto.encryption import encrypt_token

    for fresh in (False, True):
        key = await public_keys.get("KsefTokenEncryption", fresh=fresh, wire=wire)
        challenge, response = await _challenge(wire)
        if challenge.timestamp_ms is None:
            raise undecodable(response, "no timestampMs or timestamp in it")
        encrypted = encrypt_token(key.certificate_der, credentials.token, challenge.timestamp_ms)
        body: dict[str, Any] = {
            "challenge": challenge.text,
            "contextIdentifier": {
                "type": credentials.context.type,
                "value": credentials.context.value,
            },
            "encryptedToken": b64encode(encrypted).decode(),
            **key.named,
        }
        if credentials.allowed_ips is not None:
            body["authorizationPolicy"] = {"allowedIps": credentials.allowed_ips.to_json()}
        try:
            return await wire.send(describe("POST", "/auth/ksef-token", body=JsonBody(body)))
        except BadRequest as error:
            if fresh or UNKNOWN_PUBLIC_KEY not in error.codes:
                raise
    raise AssertionError("unreachable")


async def _submit_signature(wire: AsyncWire, credentials: CertificateAuth) -> Response:
    """Challenge and a document with it, signed."""
    challenge, _ = await _challenge(wire)
    # By the service's clock where it tells the time: a signature from its future is refused.
    signing_time = challenge.timestamp or wire.pool.clock.now() - _CLOCK_SKEW
    identity = credentials.identity
    if not identity.valid_from <= signing_time <= identity.valid_to:
        raise ConfigurationError(
            f"the certificate is valid from {identity.valid_from:%Y-%m-%d %H:%M} to "
            f"{identity.valid_to:%Y-%m-%d %H:%M} UTC, and now it is {signing_time:%Y-%m-%d %H:%M}"
        )

    def signed() -> bytes:
        from ksef_facade.crypto.auth_request import build_auth_request
        from ksef_facade.crypto.xades import sign_document

        document = build_auth_request(
            challenge.text, credentials.context, credentials.subject, credentials.allowed_ips
        )
        return sign_document(document, identity, signing_time)

    call = describe(
        "POST",
        "/auth/xades-signature",
        body=RawBody(await offload(signed)),
        verify_certificate_chain=credentials.verify_chain or None,
    )
    return await wire.send(call)


async def _poll(wire: AsyncWire, reference: AuthReference, token: str) -> None:
    clock = wire.pool.clock
    longest = wire.settings.login_timeout
    deadline = Deadline.after(longest, clock.monotonic())
    attempt = 0
    while True:
        attempt += 1
        call = describe("GET", "/auth/{referenceNumber}", reference)
        response = await wire.send(call, bearer=token)
        status = read_status(Reader(read_object(response)))
        if status.code == _LOGIN_OK:
            return
        if not status.code:
            raise undecodable(response, "no status.code in it")
        if status.is_final:
            raise _refused(status)
        left = deadline.remaining(clock.monotonic())
        delay = next_delay(_POLLING, attempt, left, jitter=clock.jitter())
        if delay is None:
            raise AuthenticationFailed(
                f"the login was not decided in {longest:.0f} s; last status {status}",
                status,
                reason="timeout",
                advice="checking a certificate can take minutes; try again with a longer login_timeout",
            )
        await clock.sleep(delay)


def _refused(status: StatusInfo) -> AuthenticationFailed:
    advice = advice_for(status.code, (), status.details)
    return AuthenticationFailed(
        f"the login ended with {status}" + (f"; {advice}" if advice else ""),
        status,
        reason=reason_for(status.code),
        advice=advice,
    )
