"""Login with a KSeF token: the steps, renewal before expiry and on 401, failures, secrets."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import anyio
import httpx
import pytest

from ksef_facade import (
    AsyncKsef,
    AuthenticationFailed,
    ConfigurationError,
    InvalidIdentifier,
    Ksef,
    TokenAuth,
    Unauthorized,
)
from tests.facade.scripted import (
    CHALLENGE,
    NIP,
    SESSION,
    TOKEN,
    Server,
    legacy,
    ok,
    problem,
    public_key,
    session_status,
)

STATUS = f"GET /sessions/{SESSION}"
LOGIN = "POST /auth/ksef-token"
LOGIN_STATUS = "GET /auth/20251010-AU-19F5E39000-39B5B182BA-B8"
REFRESH = "POST /auth/token/refresh"
REDEEM = "POST /auth/token/redeem"


def server_with_status():
    return Server().on(STATUS, ok(session_status()))


def test_the_steps_of_a_login_and_which_token_goes_where(make):
    server = server_with_status()
    server.on(LOGIN_STATUS, ok({"status": {"code": 100}}), ok({"status": {"code": 200}}))
    make(server).session(SESSION).status()
    steps = [(request.method, request.url.path.removeprefix("/v2")) for request in server.requests]
    status = STATUS.split()[1]
    login = LOGIN_STATUS.split()[1]
    assert steps == [
        ("GET", "/security/public-key-certificates"),
        ("POST", "/auth/challenge"),
        ("POST", "/auth/ksef-token"),
        ("GET", login),
        ("GET", login),
        ("POST", "/auth/token/redeem"),
        ("GET", status),
    ]
    bearers = [request.headers.get("authorization") for request in server.requests]
    assert bearers == [None] * 3 + ["Bearer login-token"] * 3 + ["Bearer access-1.1"]
    body = json.loads(server.asked(LOGIN)[0].content)
    assert body["challenge"] == CHALLENGE["challenge"]
    assert body["contextIdentifier"] == {"type": "Nip", "value": NIP}
    assert len(body["publicKeyId"]) == 44


def test_a_service_that_does_not_name_its_keys_is_not_told_a_name(make):
    unnamed = {name: value for name, value in public_key().items() if name != "publicKeyId"}
    server = server_with_status().on("GET /security/public-key-certificates", ok([unnamed]))
    server.on("POST /sessions/online", ok({"referenceNumber": SESSION}, 201))
    server.on(f"POST /sessions/online/{SESSION}/close", httpx.Response(204))
    with make(server).open_online_session():
        pass
    (login,) = server.asked("POST /auth/ksef-token")
    (opening,) = server.asked("POST /sessions/online")
    assert "publicKeyId" not in json.loads(login.content)
    assert "publicKeyId" not in json.loads(opening.content)["encryption"]
    assert TOKEN not in server.asked(LOGIN)[0].content.decode()
    assert server.requests[-1].headers["x-error-format"] == "problem-details"


def test_one_login_serves_many_calls_and_a_refresh_comes_before_expiry(make):
    server = server_with_status()
    session = make(server).session(SESSION)
    session.status()
    session.status()
    server.time.seconds += 830
    session.status()
    server.time.seconds += 15
    session.status()
    assert (server.count(LOGIN), server.count(REFRESH)) == (1, 1)
    assert server.requests[-1].headers["authorization"].startswith("Bearer access-2")


def test_a_wrong_clock_here_does_no_harm(make):
    # The service's clock is a day ahead: by our clock its tokens live a day longer than they do.
    ahead = datetime(2026, 11, 21, 12, tzinfo=UTC)
    tokens = {
        "accessToken": {"token": "access-1", "validUntil": "2026-11-21T12:15:00Z"},
        "refreshToken": {"token": "refresh-1", "validUntil": "2026-11-28T12:00:00Z"},
    }
    date = ahead.strftime("%a, %d %b %Y %H:%M:%S GMT")
    server = server_with_status().on(REDEEM, ok(tokens, Date=date))
    session = make(server).session(SESSION)
    session.status()
    server.time.seconds += 845
    session.status()
    assert server.count(REFRESH) == 1


@pytest.mark.parametrize("untold", [{}, {"validUntil": None}, {"validUntil": "next week"}])
def test_a_refresh_token_that_tells_no_validity_is_used_for_a_week(make, untold):
    tokens = {
        "accessToken": {"token": "access-1", **untold},
        "refreshToken": {"token": "refresh-1", **untold},
    }
    server = server_with_status().on(REDEEM, ok(tokens))
    session = make(server).session(SESSION)
    session.status()
    for seconds, logins in ((1000, 1), (6 * 86400, 1), (86400, 2)):
        server.time.seconds += seconds
        session.status()
        assert server.count(LOGIN) == logins
    assert server.count(REFRESH) == 2


def test_a_401_renews_once_and_repeats_the_call(make):
    server = Server().on(STATUS, problem(401), ok(session_status()))
    assert make(server).session(SESSION).status().status.code == 200
    assert (server.count(REFRESH), server.count(STATUS)) == (1, 2)


def test_a_401_that_stays_is_told(make):
    server = Server().on(STATUS, problem(401))
    with pytest.raises(Unauthorized):
        make(server).session(SESSION).status()
    assert server.count(STATUS) == 2


def test_a_dead_refresh_token_leads_to_a_new_login(make):
    server = Server().on(STATUS, problem(401), ok(session_status())).on(REFRESH, legacy(21301))
    make(server).session(SESSION).status()
    assert (server.count(REFRESH), server.count(LOGIN)) == (1, 2)


@pytest.mark.parametrize("code", [415, 425, 450, 460, 470, 480, 500, 550, 999])
def test_a_refused_login_is_told_with_its_status(make, code):
    status = {"code": code, "description": "opis", "details": ["Token unieważniony"]}
    server = server_with_status().on(LOGIN_STATUS, ok({"status": status}))
    with pytest.raises(AuthenticationFailed) as caught:
        make(server).session(SESSION).status()
    assert caught.value.status.code == code
    assert caught.value.status.details == ("Token unieważniony",)
    assert server.count(REDEEM) == 0


def test_a_login_that_is_never_decided_ends(make):
    server = server_with_status().on(LOGIN_STATUS, ok({"status": {"code": 100}}))
    with pytest.raises(AuthenticationFailed):
        make(server).session(SESSION).status()
    assert 30 < server.count(LOGIN_STATUS) < 200


def test_a_removed_deprecated_property_changes_nothing(make):
    answer = ok({"startDate": "x", "authenticationMethodInfo": None, "status": {"code": 200}})
    server = server_with_status().on(LOGIN_STATUS, answer)
    assert make(server).session(SESSION).status().status.code == 200


def test_a_withdrawn_key_is_fetched_anew_once(make):
    server = server_with_status()
    accepted = server.routes[LOGIN][0]
    server.on(LOGIN, legacy(21470), accepted)
    make(server).session(SESSION).status()
    assert server.count("GET /security/public-key-certificates") == 2
    server = server_with_status().on(LOGIN, legacy(21470))
    with pytest.raises(AuthenticationFailed) as caught:
        make(server).session(SESSION).status()
    assert (caught.value.codes, caught.value.reason) == ((21470,), "public-key")
    assert server.count(LOGIN) == 2


def test_a_lost_answer_to_a_one_time_step_leads_to_a_new_login_not_to_a_repetition(make):
    server = server_with_status()
    redeemed = server.routes[REDEEM][0]
    server.on(REDEEM, httpx.ReadTimeout("x"), redeemed)
    make(server).session(SESSION).status()
    assert server.count(LOGIN) == 2


def test_many_threads_log_in_once():
    server = server_with_status()
    transport = httpx.MockTransport(server)
    with Ksef(auth=TokenAuth(TOKEN), transport=transport) as ksef, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: ksef.session(SESSION).status(), range(16)))
    assert (server.count(LOGIN), server.count(STATUS)) == (1, 16)


def test_many_tasks_log_in_once():
    server = server_with_status()

    async def main() -> None:
        transport = httpx.MockTransport(server)
        ksef = AsyncKsef(auth=TokenAuth(TOKEN), transport=transport)
        async with ksef, anyio.create_task_group() as group:
            for _ in range(16):
                group.start_soon(ksef.session(SESSION).status)

    anyio.run(main)
    assert (server.count(LOGIN), server.count(STATUS)) == (1, 16)


def test_secrets_are_in_no_text(make, caplog):
    caplog.set_level(logging.DEBUG)
    server = server_with_status()
    auth = TokenAuth(TOKEN)
    ksef = make(server, auth=auth)
    ksef.session(SESSION).status()
    secret = TOKEN.rsplit("|")[-1]
    texts = [repr(auth), str(auth), repr(ksef), caplog.text, repr(ksef.session(SESSION))]
    for text in texts:
        assert secret not in text
        assert "access-1" not in text
        assert "login-token" not in text


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ({"token": ""}, ConfigurationError),
        ({"token": "x" * 161, "nip": NIP}, ConfigurationError),
        ({"token": "ab\ncd", "nip": NIP}, ConfigurationError),
        ({"token": "plain"}, ConfigurationError),
        ({"token": "plain", "nip": "5265877636"}, InvalidIdentifier),
        ({"token": "plain", "nip": NIP, "internal_id": "x"}, ConfigurationError),
    ],
)
def test_credentials_that_cannot_work_are_refused(arguments, kind):
    with pytest.raises(kind) as caught:
        TokenAuth(**arguments)
    assert "x" * 20 not in str(caught.value)


def test_the_context_is_read_from_the_token_or_given():
    assert str(TokenAuth(TOKEN).context) == f"Nip:{NIP}"
    assert (
        str(TokenAuth("t|internalId-6824515772-12343|aa").context) == "InternalId:6824515772-12343"
    )
    assert str(TokenAuth("plain", nip=NIP).context) == f"Nip:{NIP}"


def test_without_auth_only_a_login_is_missing(make):
    with pytest.raises(ConfigurationError, match="auth="):
        make(Server(), auth=None).session(SESSION).status()
