"""Login with a certificate, and with tokens from elsewhere; several contexts side by side."""

import json
from datetime import timedelta
from functools import cache

import pytest
from lxml import etree

from ksef_facade import (
    AccessTokenAuth,
    AllowedIps,
    AuthenticationFailed,
    CertificateAuth,
    ConfigurationError,
    Environment,
    InvalidIdentifier,
    SigningIdentity,
    TokenAuth,
    Unauthorized,
    self_signed_person,
    self_signed_seal,
)
from tests.facade.scripted import (
    CHALLENGE,
    NIP,
    SESSION,
    START,
    TOKEN,
    Server,
    legacy,
    ok,
    problem,
    session_status,
)

STATUS = f"GET /sessions/{SESSION}"
LOGIN = "POST /auth/xades-signature"
LOGIN_STATUS = "GET /auth/20251010-AU-19F5E39000-39B5B182BA-B8"
REFRESH = "POST /auth/token/refresh"
CHALLENGED = "POST /auth/challenge"
KEYS = "GET /security/public-key-certificates"
NAMES = {"a": "http://ksef.mf.gov.pl/auth/token/2.1"}
OTHER_NIP = "7980332920"
# The scripted challenge is of July 2025: identities of the tests are valid then.
THEN = START.replace(year=2025, month=7, day=11)


@cache
def seal() -> SigningIdentity:
    return self_signed_seal(NIP, key="ec", now=THEN)


@cache
def person() -> SigningIdentity:
    return self_signed_person(pesel="30112206276", key="ec", now=THEN)


def server_with_status():
    return Server().on(STATUS, ok(session_status()))


def sent_document(server):
    return etree.fromstring(server.asked(LOGIN)[-1].content)


def text_of(root, path):
    return root.xpath(f"string({path})", namespaces=NAMES)


def test_the_steps_of_a_login_with_a_certificate(make):
    server = server_with_status()
    make(server, auth=CertificateAuth(seal())).session(SESSION).status()
    steps = [f"{r.method} {r.url.path.removeprefix('/v2')}" for r in server.requests]
    assert steps == [CHALLENGED, LOGIN, LOGIN_STATUS, "POST /auth/token/redeem", STATUS]
    request = server.asked(LOGIN)[0]
    assert request.headers["content-type"] == "application/xml"
    assert not request.url.query
    assert "authorization" not in request.headers
    root = sent_document(server)
    assert text_of(root, "a:Challenge") == CHALLENGE["challenge"]
    assert text_of(root, "a:ContextIdentifier/a:Nip") == NIP
    assert text_of(root, "a:SubjectIdentifierType") == "certificateSubject"
    # By the service's clock: this machine's says 2026.
    assert text_of(root, "//*[local-name()='SigningTime']") == "2025-07-11T12:23:56+00:00"


@pytest.mark.parametrize(
    ("context", "element", "value"),
    [
        ({"nip": OTHER_NIP}, "Nip", OTHER_NIP),
        ({"internal_id": "6824515772-12343"}, "InternalId", "6824515772-12343"),
        ({"nip_vat_ue": "5265877635-de123456789"}, "NipVatUe", "5265877635-DE123456789"),
        ({"peppol_id": "PPL123456"}, "PeppolId", "PPL123456"),
    ],
)
def test_every_kind_of_context_and_subject_and_a_policy(make, context, element, value):
    server = server_with_status()
    policy = AllowedIps.parse("203.0.113.7", "203.0.113.0/24")
    auth = CertificateAuth(
        person(), subject="fingerprint", allowed_ips=policy, verify_chain=True, **context
    )
    make(server, auth=auth).session(SESSION).status()
    root = sent_document(server)
    assert text_of(root, f"a:ContextIdentifier/a:{element}") == value
    assert text_of(root, "a:SubjectIdentifierType") == "certificateFingerprint"
    assert text_of(root, "//a:AllowedIps/a:Ip4Address") == "203.0.113.7"
    assert text_of(root, "//a:AllowedIps/a:Ip4Mask") == "203.0.113.0/24"
    assert server.asked(LOGIN)[0].url.params["verifyCertificateChain"] == "true"


def test_a_policy_goes_along_with_a_token_too(make):
    server = server_with_status()
    auth = TokenAuth(TOKEN, allowed_ips=AllowedIps.parse("203.0.113.1-203.0.113.9"))
    make(server, auth=auth).session(SESSION).status()
    body = json.loads(server.asked("POST /auth/ksef-token")[0].content)
    assert body["authorizationPolicy"] == {"allowedIps": {"ip4Ranges": ["203.0.113.1-203.0.113.9"]}}


def test_a_person_says_on_whose_behalf_and_a_seal_need_not():
    assert str(CertificateAuth(seal()).context) == f"Nip:{NIP}"
    for make_auth in (
        lambda: CertificateAuth(person()),
        lambda: CertificateAuth(seal(), subject="fingerprint"),
        lambda: CertificateAuth(seal(), nip=NIP, peppol_id="PPL123456"),
        lambda: CertificateAuth(seal(), subject="pesel"),
    ):
        with pytest.raises(ConfigurationError):
            make_auth()
    with pytest.raises(InvalidIdentifier):
        CertificateAuth(seal(), nip_vat_ue="5265877635-PL1")


@pytest.mark.parametrize(
    "target",
    [
        "demo",
        "prod",
        Environment("prod", "https://proxy.example/v2"),
        Environment("own", "https://api.ksef.mf.gov.pl/v2"),
    ],
)
def test_self_signed_identities_stay_on_test(make, target):
    with pytest.raises(ConfigurationError, match="self-signed certificate works in the environ"):
        make(Server(), target=target, auth=CertificateAuth(seal()))
    ksef = make(Server(), target=target, auth=None)
    with pytest.raises(ConfigurationError, match="self-signed"):
        ksef.for_context(CertificateAuth(seal()))


def test_an_expired_certificate_is_told_before_anything_is_sent(make):
    for moment in (THEN - timedelta(days=740), THEN + timedelta(days=1)):
        server = server_with_status()
        auth = CertificateAuth(self_signed_seal(NIP, key="ec", now=moment))
        with pytest.raises(ConfigurationError, match="the certificate is valid from"):
            make(server, auth=auth).session(SESSION).status()
        assert server.count(LOGIN) == 0


@pytest.mark.parametrize(
    ("code", "reason", "advice"),
    [
        (9101, "document", "could not read"),
        (9102, "signature", "no signature"),
        (9103, "signature", "more signatures"),
        (9105, "signature", "signature to be wrong"),
        (21001, "document", "could not read the request"),
        (21111, "challenge", "ten minutes"),
        (21115, "certificate", "TEST only"),
        (21117, "document", "kind of context"),
        (21217, "document", "characters"),
        (21401, "document", "schema"),
        (21405, "document", "details"),
        (21406, "certificate", "fingerprint"),
    ],
)
def test_a_signature_that_is_refused_at_once(make, code, reason, advice):
    server = server_with_status().on(LOGIN, legacy(code, "opis", "szczegół"))
    with pytest.raises(AuthenticationFailed) as caught:
        make(server, auth=CertificateAuth(seal())).session(SESSION).status()
    error = caught.value
    assert (error.codes, error.reason, error.status) == ((code,), reason, None)
    assert advice in error.advice
    assert str(code) in str(error)
    assert error.advice in str(error)
    assert server.count(LOGIN) == 1


@pytest.mark.parametrize(
    ("code", "detail", "reason", "advice"),
    [
        (415, "Brak przypisanych uprawnień", "no-permission", "has no permission"),
        (425, "", "ended", "ended by its user"),
        (450, "Nieprawidłowe wyzwanie autoryzacyjne", "token", "challenge"),
        (450, "Nieprawidłowy token", "token", "does not exist here"),
        (450, "Nieprawidłowy czas tokena", "token", "time"),
        (450, "Token unieważniony", "token", "was revoked; make a new one"),
        (450, "Token nieaktywny", "token", "not active (yet)"),
        (450, "Nieprawidłowe szyfrowanie tokena", "token", "wrong key"),
        (450, "Nieprawidłowe kodowanie tokena", "token", "characters"),
        (450, "Token nie może być użyty w kontekście 5265877635", "token", "another context"),
        (450, "coś nowego", "token", "wrong, revoked"),
        (460, "Nieważny certyfikat", "certificate", "expired"),
        (460, "Błąd weryfikacji łańcucha certyfikatów", "certificate", "just now"),
        (460, "Niezaufany łańcuch certyfikatów", "certificate", "does not trust"),
        (460, "Certyfikat odwołany", "certificate", "revoked"),
        (460, "Certyfikat zawieszony", "certificate", "suspended"),
        (460, "Niepoprawny certyfikat", "certificate", "kind"),
        (470, "", "deceased", "deceased"),
        (480, "", "blocked", "blocked"),
        (500, "", "service", "try again later"),
        (550, "", "cancelled", "try again"),
        (999, "", "unknown", ""),
    ],
)
def test_every_final_status_has_a_reason_and_an_advice(make, code, detail, reason, advice):
    status = {"code": code, "description": "opis", "details": [detail] if detail else None}
    server = server_with_status().on(LOGIN_STATUS, ok({"status": status}))
    with pytest.raises(AuthenticationFailed) as caught:
        make(server, auth=CertificateAuth(seal())).session(SESSION).status()
    assert (caught.value.status.code, caught.value.reason) == (code, reason)
    assert advice in caught.value.advice
    assert bool(caught.value.advice) is bool(advice)


def test_a_login_that_the_service_broke_off_is_made_once_more(make):
    server = server_with_status()
    broken_off, done = ok({"status": {"code": 550}}), ok({"status": {"code": 200}})
    server.on(LOGIN_STATUS, broken_off, done)
    make(server, auth=CertificateAuth(seal())).session(SESSION).status()
    assert (server.count(LOGIN), server.count(CHALLENGED)) == (2, 2)


def test_the_longest_login_is_chosen(make):
    server = server_with_status().on(LOGIN_STATUS, ok({"status": {"code": 100}}))
    ksef = make(server, auth=CertificateAuth(seal()), login_timeout=timedelta(seconds=7))
    with pytest.raises(AuthenticationFailed, match="in 7 s") as caught:
        ksef.session(SESSION).status()
    assert caught.value.reason == "timeout"
    assert 7 <= sum(server.time.slept) <= 7.01


def test_an_access_token_of_ones_own_needs_no_login(make):
    server = Server(login=False).on(STATUS, ok(session_status()))
    auth = AccessTokenAuth("own-access", nip=NIP)
    make(server, auth=auth).session(SESSION).status()
    assert [r.headers["authorization"] for r in server.requests] == ["Bearer own-access"]


def test_an_access_token_of_ones_own_is_used_until_it_is_refused(make):
    server = Server(login=False).on(STATUS, problem(401))
    session = make(server, auth=AccessTokenAuth("own-access", nip=NIP)).session(SESSION)
    with pytest.raises(AuthenticationFailed, match="takes the access token no longer") as caught:
        session.status()
    assert caught.value.reason == "tokens"
    assert isinstance(caught.value.__context__, Unauthorized)
    with pytest.raises(AuthenticationFailed, match="get new ones where these came from"):
        session.status()
    assert len(server.requests) == 1


def test_a_refresh_token_of_ones_own_brings_another(make):
    server = Server().on(STATUS, problem(401), ok(session_status()))
    auth = AccessTokenAuth("own-access", nip=NIP, refresh_token="own-refresh")
    make(server, auth=auth).session(SESSION).status()
    bearers = [request.headers["authorization"] for request in server.requests]
    assert bearers == ["Bearer own-access", "Bearer own-refresh", "Bearer access-2.0"]
    server = Server().on(STATUS, problem(401)).on(REFRESH, legacy(21301))
    with pytest.raises(AuthenticationFailed, match="the access token and the refresh token"):
        make(server, auth=auth).session(SESSION).status()


@pytest.mark.parametrize(
    "arguments", [("", {}), ("x", {}), ("x\ny", {"nip": NIP}), ("é", {"nip": NIP})]
)
def test_access_tokens_that_cannot_work_are_refused(arguments):
    with pytest.raises(ConfigurationError):
        AccessTokenAuth(arguments[0], **arguments[1])


def test_several_contexts_side_by_side(make):
    server = server_with_status()
    first = make(server, auth=TokenAuth(TOKEN))
    second = first.for_context(TokenAuth("plain", nip=OTHER_NIP))
    third = first.options(timeout=5).for_context(CertificateAuth(seal(), nip=OTHER_NIP))
    for ksef in (first, second, third, first.options(timeout=3), second):
        ksef.session(SESSION).status()
    # Each its own login; the keys of the environment are asked for once.
    assert server.count("POST /auth/ksef-token") == 2
    assert server.count(LOGIN) == 1
    assert server.count(KEYS) == 1
    bearers = [request.headers["authorization"] for request in server.asked(STATUS)]
    assert bearers == [
        "Bearer access-1.1",
        "Bearer access-1.2",
        "Bearer access-1.3",
        "Bearer access-1.1",
        "Bearer access-1.2",
    ]
    second.close()
    with pytest.raises(ConfigurationError, match="closed"):
        first.session(SESSION).status()


def test_no_secret_is_in_any_text(make):
    auth = CertificateAuth(seal())
    given = AccessTokenAuth("own-access", nip=NIP, refresh_token="own-refresh")
    ksef = make(server_with_status(), auth=auth)
    for text in (repr(auth), str(auth), repr(given), str(given), repr(ksef)):
        assert "own-" not in text
        assert "PrivateKey" not in text
    assert seal().fingerprint in repr(auth)
