"""Logins as the service lists them: listed, ended, left."""

import pytest

from ksef_facade import (
    AccessTokenAuth,
    AuthenticationFailed,
    BadRequest,
    ConfigurationError,
    InvalidIdentifier,
    TransportError,
)
from ksef_facade.calls.describing import has_parameter
from tests.facade.scripted import (
    NIP,
    SESSION,
    Server,
    legacy,
    ok,
    problem,
    session_status,
)

LOGIN = "POST /auth/ksef-token"
OWN = "20251010-AU-19F5E39000-39B5B182BA-B8"
OTHER = "20251011-AU-19F5E39000-39B5B182BA-B8"
STATUS = f"GET /sessions/{SESSION}"
LIST = "GET /auth/sessions"
LEAVE = "DELETE /auth/sessions/current"


def row(reference, *, current=False, **members):
    return {
        "referenceNumber": reference,
        "isCurrent": current,
        "startDate": "2026-11-20T10:00:00.1234567+00:00",
        "authenticationMethod": "QualifiedSeal",
        "authenticationMethodInfo": {
            "category": "XadesSignature",
            "code": "xades.qualified-seal",
            "displayName": "Pieczęć kwalifikowana",
        },
        "status": {"code": 200, "description": "opis"},
        "isTokenRedeemed": True,
        "lastTokenRefreshDate": None,
        "refreshTokenValidUntil": "2026-11-27T10:00:00+00:00",
        **members,
    }


def gone(_=None):
    import httpx

    return httpx.Response(204)


def test_logins_are_listed_page_by_page(make):
    first = ok({"continuationToken": "t1", "items": [row(OWN, current=True)]})
    second = ok({"continuationToken": None, "items": [row(OTHER, authenticationMethodInfo=None)]})
    server = Server().on(LIST, first, second)
    own, other = list(make(server).auth_sessions())
    assert (own.reference_number, own.is_current, own.status.code) == (OWN, True, 200)
    assert (own.method, own.method_name) == ("xades.qualified-seal", "Pieczęć kwalifikowana")
    assert own.refresh_valid_until.isoformat() == "2026-11-27T10:00:00+00:00"
    assert own.date_refreshed is None
    assert (other.is_current, other.method, other.unreadable) == (
        False,
        "QualifiedSeal",
        (),
    )
    requests = server.asked(LIST)
    assert [request.url.params["pageSize"] for request in requests] == ["100", "100"]
    assert [request.headers.get("x-continuation-token") for request in requests] == [None, "t1"]


def test_a_contract_without_page_sizes_still_lists_logins(make, monkeypatch):
    monkeypatch.setattr(
        "ksef_facade.calls.lists.has_parameter",
        lambda method, path, name: name != "page_size" and has_parameter(method, path, name),
    )
    server = Server().on(LIST, ok({"continuationToken": None, "items": [row(OWN)]}))
    assert [login.reference_number for login in make(server).auth_sessions()] == [OWN]
    # None is sent, or the raw client's own default where its contract has one after all.
    assert server.asked(LIST)[0].url.params.get("pageSize") in (None, "10")


@pytest.mark.parametrize("size", [9, 101, 1000])
def test_page_sizes_that_the_service_refuses(make, size):
    server = Server()
    with pytest.raises(ConfigurationError, match="10 to 100"):
        make(server).auth_sessions(page_size=size)
    assert server.requests == []


def test_another_login_is_ended_and_ones_own_stays(make):
    server = Server().on(STATUS, ok(session_status())).on(f"DELETE /auth/sessions/{OTHER}", gone)
    ksef = make(server)
    assert ksef.end_auth_session(f" {OTHER.lower()} ") is None
    ksef.session(SESSION).status()
    assert (server.count(LOGIN), server.count(f"DELETE /auth/sessions/{OTHER}")) == (1, 1)


def test_ones_own_login_is_ended_by_its_row(make):
    server = Server().on(STATUS, ok(session_status())).on(f"DELETE /auth/sessions/{OWN}", gone)
    ksef = make(server.on(LIST, ok({"items": [row(OWN, current=True)]})))
    (own,) = ksef.auth_sessions()
    ksef.end_auth_session(own)
    ksef.session(SESSION).status()
    # Its tokens are forgotten, so that the next call does not run into a dead refresh token.
    assert server.count(LOGIN) == 2


def test_ending_what_is_no_login(make):
    server = Server().on(f"DELETE /auth/sessions/{OTHER}", legacy(21304))
    with pytest.raises(InvalidIdentifier, match="reference of an online session"):
        make(server).end_auth_session(SESSION)
    assert server.requests == []
    with pytest.raises(BadRequest):
        make(server).end_auth_session(OTHER)


def test_logging_out_ends_the_login_with_its_refresh_token_and_forgets_it(make):
    server = Server().on(STATUS, ok(session_status())).on(LEAVE, gone)
    ksef = make(server)
    ksef.log_out()
    assert server.requests == []
    ksef.session(SESSION).status()
    ksef.log_out()
    ksef.log_out()
    (request,) = server.asked(LEAVE)
    assert request.headers["authorization"] == "Bearer refresh-1.1"
    ksef.session(SESSION).status()
    assert server.count(LOGIN) == 2


@pytest.mark.parametrize("answer", [problem(401), legacy(21301), legacy(21304)])
def test_a_login_that_is_over_already_is_left_without_a_word(make, answer):
    server = Server().on(STATUS, ok(session_status())).on(LEAVE, answer)
    ksef = make(server)
    ksef.session(SESSION).status()
    assert ksef.log_out() is None
    assert server.count(LEAVE) == 1


def test_logging_out_that_fails_is_told(make):
    import httpx

    server = Server().on(STATUS, ok(session_status())).on(LEAVE, httpx.ConnectError("x"))
    ksef = make(server)
    ksef.session(SESSION).status()
    with pytest.raises(TransportError):
        ksef.log_out()
    server.on(LEAVE, legacy(21405))
    ksef.session(SESSION).status()
    with pytest.raises(BadRequest):
        ksef.log_out()


def test_tokens_from_elsewhere_are_ended_for_good(make):
    server = Server().on(STATUS, ok(session_status())).on(LEAVE, gone)
    ksef = make(server, auth=AccessTokenAuth("own-access", nip=NIP))
    ksef.session(SESSION).status()
    ksef.log_out()
    assert server.asked(LEAVE)[0].headers["authorization"] == "Bearer own-access"
    with pytest.raises(AuthenticationFailed, match="get new ones"):
        ksef.session(SESSION).status()
