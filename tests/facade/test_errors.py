"""All error shapes, and the class that each answer becomes."""

import httpx
import pytest

from ksef_facade import (
    BadRequest,
    Forbidden,
    Gone,
    KsefError,
    NotFound,
    RateLimited,
    ResponseError,
    ServerError,
    TransportError,
    Unauthorized,
    UndecodableBody,
    UnknownSession,
)
from tests.facade.scripted import SESSION, Server, html, legacy, ok, problem, session_status

STATUS = f"GET /sessions/{SESSION}"
ERRORS = [
    {"code": 21405, "description": "Błąd", "details": ["a"]},
    {"code": 21405, "details": ["b"]},
]


@pytest.mark.parametrize(
    ("answer", "kind", "codes", "details"),
    [
        (legacy(21405, "Błąd walidacji", "a", "b"), BadRequest, (21405,), ("a", "b")),
        (problem(400, errors=ERRORS), BadRequest, (21405,), ("a", "b")),
        (problem(400, errors=[{"code": "21173"}]), UnknownSession, (21173,), ()),
        (problem(401), Unauthorized, (), ()),
        (problem(403, reasonCode="ip-not-allowed"), Forbidden, (), ()),
        (ok({"title": "Request blocked", "status": 403}, 403), Forbidden, (), ()),
        (httpx.Response(403), Forbidden, (), ()),
        (html(403), Forbidden, (), ()),
        (httpx.Response(404), NotFound, (), ()),
        (problem(410), Gone, (), ()),
        (legacy(500).__class__(500, json={"exception": {}}), ServerError, (), ()),
        (httpx.Response(500, content=b"<Error><Code>x</Code></Error>"), ServerError, (), ()),
        (httpx.Response(520, content=b"\xff\xfe"), ServerError, (), ()),
        (httpx.Response(499, json=[1]), BadRequest, (), ()),
        (httpx.Response(302, headers={"Location": "https://evil.example/"}), ResponseError, (), ()),
        (
            httpx.Response(400, json={"exception": {"exceptionDetailList": [7, None]}}),
            BadRequest,
            (),
            (),
        ),
        (httpx.Response(400, content=b"[" * 100_000), BadRequest, (), ()),
    ],
)
def test_each_answer_becomes_its_error_and_is_kept(make, answer, kind, codes, details):
    server = Server().on(STATUS, answer)
    with pytest.raises(kind) as caught:
        make(server).session(SESSION).status()
    error = caught.value
    assert (error.codes, error.details) == (codes, details)
    assert error.status_code == answer.status_code
    assert error.body == answer.content
    assert error.operation == "GET /sessions/{referenceNumber}"
    assert not any(request.url.host != "api-test.ksef.mf.gov.pl" for request in server.requests)


def test_missing_permissions_are_named(make):
    security = {
        "requiredAnyOfPermissions": ["InvoiceWrite", "Introspection"],
        "presentPermissions": ["InvoiceRead"],
    }
    answer = problem(403, reasonCode="missing-permissions", security=security)
    with pytest.raises(Forbidden) as caught:
        make(Server().on(STATUS, answer)).session(SESSION).status()
    assert caught.value.required_permissions == ("InvoiceWrite", "Introspection")
    assert caught.value.present_permissions == ("InvoiceRead",)
    assert "InvoiceWrite, Introspection" in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        {"status": {"code": 429, "description": "Too Many Requests", "details": ["czekaj"]}},
        {"title": "Too Many Requests", "status": 429, "detail": "czekaj"},
        None,
    ],
)
def test_a_long_rate_limit_is_told_and_not_slept(make, body):
    answer = httpx.Response(429, json=body, headers={"Retry-After": "2492"})
    server = Server().on(STATUS, answer)
    with pytest.raises(RateLimited) as caught:
        make(server).session(SESSION).status()
    assert (caught.value.retry_after, caught.value.group) == (2492, "sessionMisc")
    assert server.count(STATUS) == 1
    assert server.time.slept == []


def test_a_short_rate_limit_is_waited_out_in_full(make):
    limited = httpx.Response(429, headers={"Retry-After": "30"})
    server = Server().on(STATUS, limited, ok(session_status()))
    assert make(server).session(SESSION).status().status.code == 200
    assert 30 <= sum(server.time.slept) < 35


@pytest.mark.parametrize(
    "answer",
    [
        html(),
        httpx.Response(200),
        httpx.Response(200, content=b'{"status": {"co'),
        ok([]),
        ok(None),
    ],
)
def test_a_good_status_with_a_bad_body_is_undecodable(make, answer):
    with pytest.raises(UndecodableBody) as caught:
        make(Server().on(STATUS, answer)).session(SESSION).status()
    assert (caught.value.status_code, caught.value.body) == (200, answer.content)


@pytest.mark.parametrize(
    ("failure", "maybe_sent"),
    [
        (httpx.ConnectError("x"), False),
        (httpx.ConnectTimeout("x"), False),
        (httpx.ReadTimeout("x"), True),
        (httpx.RemoteProtocolError("x"), True),
        (httpx.ReadError("x"), True),
    ],
)
def test_no_answer_says_whether_the_request_may_have_arrived(make, failure, maybe_sent):
    server = Server().on(STATUS, failure)
    with pytest.raises(TransportError) as caught:
        make(server).session(SESSION).status()
    assert caught.value.maybe_sent is maybe_sent
    assert server.count(STATUS) > 1, "a GET is tried again"


def test_every_error_is_a_ksef_error_and_hides_its_body(make):
    answer = ok({"token": "very-secret"}, 400)
    with pytest.raises(KsefError) as caught:
        make(Server().on(STATUS, answer)).session(SESSION).status()
    assert "very-secret" not in repr(caught.value) + str(caught.value) + repr(caught.value.response)
