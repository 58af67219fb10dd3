"""The committed raw client: complete, named by us, tolerant, and free of side effects."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest

from ksef_api import AuthenticatedClient, Client
from ksef_api.api.auth import authenticate_with_xades
from ksef_api.api.public_keys import list_public_key_certificates
from ksef_api.api.sessions import (
    get_invoice_upo_by_ksef_number,
    get_session_invoice_status,
    get_session_status,
    get_session_upo_page,
    list_session_invoices,
    list_sessions,
)
from ksef_api.limits import GROUPS, LIMITS
from ksef_api.models import CommonSessionStatus, SessionType
from ksef_api.operations import API_VERSION, BUILD, OPERATIONS
from ksef_api.permissions import PERMISSIONS
from ksef_api.types import UNSET, File
from scripts import layout
from scripts.document import Document, operations, shape
from scripts.names import load
from tests.pipeline.payloads import FUTURE, Kind, payload

BASE = "https://example.test/v2"
UPO = b'<?xml version="1.0" encoding="utf-8"?>\n<Potwierdzenie>\xc5\xbc</Potwierdzenie>'
SESSION = "20250925-SO-2F67776000-97273B191A-65"

CONTRACT: Document = json.loads(layout.CONTRACT.read_text(encoding="utf-8"))

# (operation, status) -> schema of its JSON answer.
JSON_ANSWERS: dict[tuple[str, int], dict[str, Any]] = {
    (OPERATIONS[found.key].name, int(status)): response["content"]["application/json"]["schema"]
    for found in operations(CONTRACT)
    for status, response in found.body["responses"].items()
    if status.startswith("2") and "application/json" in response.get("content", {})
}


def client_for(handler: Callable[[httpx.Request], httpx.Response]) -> Client:
    """A raw client that sends to `handler`, sync and async."""
    transport = httpx.MockTransport(handler)
    client = Client(base_url=BASE)
    client.set_httpx_client(httpx.Client(base_url=BASE, transport=transport))
    client.set_async_httpx_client(httpx.AsyncClient(base_url=BASE, transport=transport))
    return client


def module(name: str) -> Any:
    by_name = {operation.name: operation for operation in OPERATIONS.values()}
    return importlib.import_module(by_name[name].module)


def test_every_operation_is_importable_under_its_pinned_name() -> None:
    pinned = load()
    assert OPERATIONS.keys() == pinned.keys()
    for key, operation in OPERATIONS.items():
        name = pinned[key]
        assert (operation.name, operation.tag) == (name.name, name.tag)
        assert (operation.pages, operation.waits) == (name.pages, name.waits)
        assert operation.module == f"ksef_api.api.{name.tag}.{name.name}"
        endpoint = importlib.import_module(operation.module)
        assert endpoint.sync_detailed.__doc__.startswith(name.summary)
        assert endpoint.asyncio_detailed.__doc__.startswith(name.summary)


def test_docstrings_and_names_are_english() -> None:
    for operation in OPERATIONS.values():
        endpoint = importlib.import_module(operation.module)
        assert endpoint.sync_detailed.__doc__.isascii(), operation.name
        assert re.fullmatch(r"[a-z_]+", operation.name)


def test_the_tables_say_what_the_contract_says() -> None:
    assert CONTRACT["info"]["x-api-version"] == API_VERSION
    assert CONTRACT["info"]["x-build"] == BUILD
    for found in operations(CONTRACT):
        operation = OPERATIONS[found.key]
        assert (operation.method, operation.path) == (found.method, found.path)
        assert operation.shape == shape(found.path)
        assert operation.limit_group == found.body["x-rate-limit-group"]
        assert list(operation.exception_codes) == found.body.get("x-exception-codes", [])
        statuses = [int(status) for status in found.body["responses"] if status.startswith("2")]
        assert list(operation.success) == statuses
        published = found.body["x-rate-limits"]
        assert LIMITS[operation.name] == (
            operation.limit_group,
            published.get("perSecond"),
            published.get("perMinute"),
            published.get("perHour"),
        )
        assert GROUPS[operation.limit_group] == LIMITS[operation.name]
        assert list(PERMISSIONS[operation.name]) == found.body.get("x-required-permissions", [])


def test_names_and_tables_are_known_without_loading_anything_else() -> None:
    loaded = _modules_after(
        "import ksef_api.operations, ksef_api.limits, ksef_api.permissions, ksef_api.models"
    )
    assert not {"httpx", "attr", "attrs", "dateutil"} & loaded
    assert not {name for name in loaded if name.startswith("ksef_api.models.")}


def test_a_model_is_loaded_when_it_is_asked_for_and_no_other() -> None:
    loaded = _modules_after("from ksef_api.models import SessionType")
    models = {name for name in loaded if name.startswith("ksef_api.models.")}
    assert models == {"ksef_api.models.session_type"}


def test_the_lazy_packages_behave_as_modules() -> None:
    import ksef_api
    from ksef_api import models

    assert "StatusInfo" in dir(models)
    assert set(models.__all__) == set(dir(models))
    assert all(getattr(models, name).__name__ == name for name in models.__all__)
    assert dir(ksef_api) == ["AuthenticatedClient", "Client"]
    for package in (models, ksef_api):
        with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
            package.Nothing  # noqa: B018


XML_CALLS: list[tuple[Any, tuple[str, ...], str]] = [
    (get_session_upo_page, (SESSION, "r"), f"/v2/sessions/{SESSION}/upo/r"),
    (get_invoice_upo_by_ksef_number, (SESSION, "k"), f"/v2/sessions/{SESSION}/invoices/ksef/k/upo"),
    (module("get_invoice_upo_by_reference"), (SESSION, "i"), f"/v2/sessions/{SESSION}/invoices/i/upo"),
    (module("get_invoice"), ("k",), "/v2/invoices/ksef/k"),
]  # fmt: skip


@pytest.mark.parametrize(("endpoint", "arguments", "path"), XML_CALLS)
def test_xml_comes_as_the_bytes_served_with_their_headers(
    endpoint: Any, arguments: tuple[str, ...], path: str
) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        assert request.url.path == path
        headers = {"Content-Type": "application/xml", "x-ms-meta-hash": "abc="}
        return httpx.Response(200, content=UPO, headers=headers)

    async def asked_async() -> Any:
        return await endpoint.asyncio_detailed(*arguments, client=client_for(serve))

    for response in (
        endpoint.sync_detailed(*arguments, client=client_for(serve)),
        anyio.run(asked_async),
    ):
        assert response.content == UPO
        assert response.parsed.payload.read() == UPO
        assert response.headers["x-ms-meta-hash"] == "abc="


def test_a_signed_document_is_sent_as_given() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        assert request.content == UPO
        assert request.headers["Content-Type"] == "application/xml"
        assert dict(request.url.params) == {"verifyCertificateChain": "true"}
        token = {"token": "t", "validUntil": "2026-10-20T12:00:00+00:00"}
        return httpx.Response(
            202, json={"referenceNumber": "r", "authenticationToken": token}, headers={"X-A": "b"}
        )

    async def asked_async() -> Any:
        return await authenticate_with_xades.asyncio_detailed(
            client=client_for(serve), body=File(payload=UPO), verify_certificate_chain=True
        )

    sent = authenticate_with_xades.sync_detailed(
        client=client_for(serve), body=File(payload=UPO), verify_certificate_chain=True
    )
    for response in (sent, anyio.run(asked_async)):
        assert response.parsed.reference_number == "r"
        assert response.headers["x-a"] == "b"


def test_path_parameters_cannot_leave_their_segment() -> None:
    described = get_session_invoice_status._get_kwargs("../a?b#c", "d/../e f")
    assert described["url"] == "/sessions/..%2Fa%3Fb%23c/invoices/d%2F..%2Fe%20f"


def test_paging_parameters_may_be_unset_or_given() -> None:
    described = list_session_invoices._get_kwargs(
        SESSION, page_size=UNSET, x_continuation_token=UNSET
    )
    assert described["params"] == {}
    assert described["headers"] == {}
    described = list_session_invoices._get_kwargs(
        SESSION, page_size=1000, x_continuation_token="t+/="
    )
    assert described["params"] == {"pageSize": 1000}
    assert described["headers"] == {"x-continuation-token": "t+/="}


def test_filters_of_the_session_list_are_sent_as_the_contract_names_them() -> None:
    described = list_sessions._get_kwargs(
        session_type=SessionType("Online"),
        statuses=[CommonSessionStatus.SUCCEEDED, CommonSessionStatus("Archived")],
        reference_number=SESSION,
    )
    assert described["params"] == {
        "pageSize": 10,
        "referenceNumber": SESSION,
        "sessionType": "Online",
        "statuses": ["Succeeded", "Archived"],
    }


def test_an_unknown_enum_value_is_its_text() -> None:
    member = CommonSessionStatus(FUTURE)
    assert member == FUTURE
    assert str(member) == member.value == member.name == FUTURE
    assert {FUTURE: 1}[member] == 1
    assert isinstance(member, CommonSessionStatus)
    assert pickle.loads(pickle.dumps(member)) == copy.deepcopy(member) == member
    # Nothing is kept of it: what servers send cannot grow the process or change the enum.
    assert FUTURE not in list(CommonSessionStatus)
    assert FUTURE not in CommonSessionStatus._value2member_map_
    with pytest.raises(ValueError, match="7"):
        CommonSessionStatus(7)


@pytest.mark.parametrize("kind", ["full", "future", "spine", "nulls"])
@pytest.mark.parametrize(("name", "status"), JSON_ANSWERS)
def test_every_answer_is_read_whatever_is_new_missing_or_null(
    name: str, status: int, kind: Kind
) -> None:
    body = payload(CONTRACT, JSON_ANSWERS[name, status], kind)
    response = httpx.Response(status, json=body)
    parsed = module(name)._parse_response(client=Client(base_url=BASE), response=response)
    again = [row.to_dict() for row in parsed] if isinstance(body, list) else parsed.to_dict()
    # Nothing of the answer is lost: it can be written back as it came, up to the form of dates.
    assert _without_dates(again) == _without_dates(body)


def test_the_spine_is_required() -> None:
    from ksef_api.models import SessionInvoiceStatusResponse, StatusInfo

    with pytest.raises(KeyError, match="referenceNumber"):
        SessionInvoiceStatusResponse.from_dict({"ordinalNumber": 1})
    with pytest.raises(KeyError, match="code"):
        StatusInfo.from_dict({"description": "Sukces"})


def test_errors_are_left_to_the_facade() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, text="<html>", headers={"Content-Type": "text/html"})

    response = get_session_status.sync_detailed(SESSION, client=client_for(serve))
    assert (int(response.status_code), response.content, response.parsed) == (400, b"<html>", None)


def test_a_list_at_the_root_is_read() -> None:
    body = [{"certificate": "MA==", "usage": [FUTURE]}, {}]

    def serve(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=body)

    parsed = list_public_key_certificates.sync(client=client_for(serve))
    assert parsed is not None
    assert [row.to_dict() for row in parsed] == body


def test_clients_do_not_print_their_secrets() -> None:
    client = AuthenticatedClient(base_url=BASE, token="secret", headers={"X-Secret": "secret"})
    client.get_httpx_client().close()
    assert "secret" not in repr(client)
    assert "secret" not in repr(Client(base_url=BASE, headers={"X-Secret": "secret"}))


def _modules_after(statement: str) -> set[str]:
    code = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def _without_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_dates(inner) for inner in value]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
        return value[:10]
    return value
