"""Functions of the generated client, sent by the facade."""

import httpx
import pytest

from ksef_api.api.auth import authenticate_with_xades, create_challenge
from ksef_api.api.public_keys import list_public_key_certificates
from ksef_api.api.sessions import get_session_status
from ksef_api.api.tokens import list_tokens, revoke_token
from ksef_api.models.query_tokens_response import QueryTokensResponse
from ksef_facade import (
    AsyncKsef,
    BadRequest,
    ConfigurationError,
    InvalidIdentifier,
    Ksef,
    OperationUnavailable,
    TokenAuth,
    UndecodableBody,
)
from ksef_facade.calls.describing import RawBody, describe
from ksef_facade.calls.raw_requests import read_request
from tests.facade.scripted import SESSION, TOKEN, Server, legacy, ok

TOKENS = "GET /tokens"


@pytest.fixture
def run(flavour):
    """Calls a generated function in the way of the client's flavour."""

    def call(client, operation, **arguments):
        raw = client.raw_client()
        if flavour == "sync":
            return operation.sync_detailed(client=raw, **arguments)
        return client._run(operation.asyncio_detailed(client=raw, **arguments))

    return call


def test_a_generated_function_is_logged_in_and_gives_its_model(make, run):
    server = Server().on(TOKENS, ok({"tokens": [], "continuationToken": "t1"}))
    answer = run(make(server), list_tokens, page_size=50)
    assert isinstance(answer.parsed, QueryTokensResponse)
    assert answer.parsed.continuation_token == "t1"
    (request,) = server.asked(TOKENS)
    assert request.headers["authorization"].startswith("Bearer ")
    assert request.url.params["pageSize"] == "50"


def test_it_is_retried_where_that_is_safe(make, run):
    server = Server().on(TOKENS, httpx.Response(503), ok({"tokens": []}))
    assert run(make(server), list_tokens).status_code == 200
    assert server.count(TOKENS) == 2


def test_its_errors_are_those_of_the_facade(make, run):
    server = Server().on(TOKENS, legacy(21418))
    with pytest.raises(BadRequest) as caught:
        run(make(server), list_tokens)
    assert caught.value.codes == (21418,)
    assert caught.value.operation == TOKENS


def test_a_body_that_is_no_json_keeps_the_answer(make, run):
    server = Server().on(TOKENS, httpx.Response(200, text="<html>maintenance</html>"))
    with pytest.raises(UndecodableBody) as caught:
        run(make(server), list_tokens)
    assert caught.value.status_code == 200


def test_an_operation_without_an_answer(make, run):
    server = Server().on("DELETE /tokens/20250625-EC-2F67776000-97273B191A-65", httpx.Response(204))
    answer = run(
        make(server), revoke_token, reference_number="20250625-EC-2F67776000-97273B191A-65"
    )
    assert answer.status_code == 204


def test_what_needs_no_login_goes_without_a_token(make, run):
    server = Server()
    client = make(server, auth=None)
    answer = run(client, list_public_key_certificates)
    assert answer.status_code == 200
    assert "authorization" not in server.requests[-1].headers
    assert run(client, create_challenge).parsed is not None


def test_a_function_of_the_other_kind_is_refused():
    with (
        Ksef("test", auth=TokenAuth(TOKEN)) as ksef,
        pytest.raises(ConfigurationError, match="Ksef"),
    ):
        get_session_status.asyncio_detailed(SESSION, client=ksef.raw_client()).send(None)
    ksef = AsyncKsef("test", auth=TokenAuth(TOKEN))
    with pytest.raises(ConfigurationError, match="asyncio_detailed"):
        get_session_status.sync_detailed(SESSION, client=ksef.raw_client())


def test_every_operation_of_the_contract_is_recognised():
    from ksef_api.operations import OPERATIONS

    assert len(OPERATIONS) > 60
    for operation in OPERATIONS.values():
        url = operation.shape.replace("{}", "a-value")
        call = read_request(operation.method.lower(), url)
        assert call.label == f"{operation.method} {operation.path}"
        assert call.path == url


def test_a_path_that_the_contract_does_not_have_is_refused():
    with pytest.raises(OperationUnavailable, match="GET /nowhere"):
        read_request("get", "/nowhere")


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_value_that_leads_elsewhere_never_reaches_a_url(make, run, value):
    server = Server()
    with pytest.raises(InvalidIdentifier):
        run(make(server), revoke_token, reference_number=value)
    assert server.requests == []


@pytest.mark.parametrize("form", ["json", "data", "files"])
def test_a_body_that_the_raw_client_puts_elsewhere_is_not_sent_as_nothing(
    monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def get_kwargs(*, body: RawBody) -> dict[str, object]:
        return {"method": "post", "url": "/auth/xades-signature", form: body}

    monkeypatch.setattr(authenticate_with_xades, "_get_kwargs", get_kwargs)
    with pytest.raises(OperationUnavailable, match="its body has another form"):
        describe("POST", "/auth/xades-signature", body=RawBody(b"<a/>"))


def test_of_a_name_in_two_places_the_one_where_it_has_been_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def get_kwargs(
        *,
        page_size_query: int,
        page_size_header: str = "",
        x_token_query: str = "",
        x_token_header="",
    ) -> dict[str, object]:
        headers = {"pageSize": page_size_header, "x-token": x_token_header}
        params = {"pageSize": page_size_query, "x-token": x_token_query}
        return {"method": "get", "url": "/tokens", "headers": headers, "params": params}

    monkeypatch.setattr(list_tokens, "_get_kwargs", get_kwargs)
    call = describe("GET", "/tokens", page_size=10, x_token="t")
    assert call.params == {"pageSize": 10, "x-token": ""}
    assert call.headers == {"pageSize": "", "x-token": "t"}


def test_a_number_that_has_moved_into_a_header_of_text_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def get_kwargs(*, page_size: str) -> dict[str, object]:
        return {"method": "get", "url": "/tokens", "headers": {"pageSize": page_size, "none": None}}

    monkeypatch.setattr(list_tokens, "_get_kwargs", get_kwargs)
    assert describe("GET", "/tokens", page_size=10).headers == {"pageSize": "10"}
