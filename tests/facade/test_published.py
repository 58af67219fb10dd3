"""The published contract: where it is asked for, without a credential, and what is refused."""

import httpx
import pytest

from ksef_facade import IntegrityFailure, NotFound, ResponseError, ServerError
from ksef_facade._async import published as published_async
from ksef_facade._sync import published as published_sync
from ksef_facade.environments import Environment
from tests.facade.scripted import Server

ROUTE = "GET /docs/v2/openapi.json"
DOCUMENT = b'{"openapi": "3.0.4"}'


def test_the_bytes_come_as_they_are_and_no_login_happens(make):
    server = Server().on(ROUTE, httpx.Response(200, content=DOCUMENT))
    assert make(server, auth=None).published_contract() == DOCUMENT
    (request,) = server.requests
    assert str(request.url) == "https://api-test.ksef.mf.gov.pl/docs/v2/openapi.json"
    assert "authorization" not in request.headers


def test_a_redirect_is_not_followed(make):
    moved = httpx.Response(302, headers={"Location": "https://elsewhere.test/openapi.json"})
    server = Server().on(ROUTE, moved)
    with pytest.raises(ResponseError, match=r"GET /docs/v2/openapi\.json: HTTP 302") as caught:
        make(server).published_contract()
    assert caught.value.status_code == 302
    assert len(server.requests) == 1


def test_what_is_too_large_is_given_up(make, monkeypatch):
    for module in (published_async, published_sync):
        monkeypatch.setattr(module, "LARGEST_CONTRACT", len(DOCUMENT) - 1)
    server = Server().on(ROUTE, httpx.Response(200, content=DOCUMENT))
    with pytest.raises(IntegrityFailure, match="more than 19 bytes"):
        make(server).published_contract()


def test_what_is_absent_is_said(make):
    with pytest.raises(NotFound, match=r"GET /docs/v2/openapi\.json: HTTP 404"):
        make(Server()).published_contract()


def test_a_server_that_fails_for_a_while_is_asked_again(make):
    good = httpx.Response(200, content=DOCUMENT)
    server = Server().on(ROUTE, httpx.Response(503), good)
    assert make(server).published_contract() == DOCUMENT
    server.on(ROUTE, httpx.Response(503))
    with pytest.raises(ServerError):
        make(server, retry_deadline=5).published_contract()


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("https://api.ksef.mf.gov.pl/v2", "https://api.ksef.mf.gov.pl/docs/v2/openapi.json"),
        ("https://proxy.test/ksef/v2", "https://proxy.test/ksef/docs/v2/openapi.json"),
        ("https://proxy.test", "https://proxy.test/docs/v2/openapi.json"),
    ],
)
def test_it_is_published_beside_the_api(base_url, url):
    assert Environment("x", base_url).contract_url == url
