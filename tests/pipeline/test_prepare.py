"""Preparing a contract for the generator: each step does its one thing, or says that it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.document import Document, Operation, dump, operations
from scripts.failure import PipelineError
from scripts.names import Named, load
from scripts.prepare import (
    SPINE,
    drop_errors,
    drop_unused_schemas,
    inline_shared_parts,
    make_xml_binary,
    pin_names,
    prepare,
    relax_responses,
)
from scripts.spec import take_over
from scripts.tables import largest_page


@pytest.mark.parametrize(
    ("step", "what"),
    [
        (drop_errors, "responses of errors"),
        (make_xml_binary, "XML bodies"),
        (relax_responses, "required properties of responses"),
        (drop_unused_schemas, "schemas that nothing uses"),
        (lambda document: pin_names(document, Named({}, [], [])), "no operations"),
    ],
)
def test_a_step_that_finds_nothing_to_do_stops_the_run(
    step: Callable[[Document], None], what: str
) -> None:
    with pytest.raises(PipelineError, match=what):
        step({"paths": {}, "components": {"schemas": {}}})


def test_a_contract_without_a_spine_stops_the_run(contract: Document) -> None:
    for schema in contract["components"]["schemas"].values():
        schema["required"] = [name for name in schema.get("required", []) if name not in SPINE]
    drop_errors(contract)
    with pytest.raises(PipelineError, match="required code or referenceNumber"):
        relax_responses(contract)


def test_only_the_spine_stays_required_in_responses(contract: Document) -> None:
    prepare(contract, load())
    schemas = contract["components"]["schemas"]
    assert schemas["SessionInvoiceStatusResponse"]["required"] == ["referenceNumber"]
    assert schemas["StatusInfo"]["required"] == ["code"]
    assert schemas["InvoiceStatusInfo"]["required"] == ["code"]
    status = schemas["SessionStatusResponse"]
    assert "required" not in status
    assert all(schema["nullable"] for schema in status["properties"].values())
    reference = schemas["SendInvoiceResponse"]["properties"]["referenceNumber"]
    assert "nullable" not in reference


def test_the_spine_is_short(contract: Document) -> None:
    before = {name: set(body.get("required", [])) for name, body in _schemas(contract).items()}
    prepare(contract, load())
    after = {name: set(body.get("required", [])) for name, body in _schemas(contract).items()}
    relaxed = {name for name in after if after[name] != before[name]}
    assert len(relaxed) > 50
    assert all(after[name] <= SPINE.keys() for name in relaxed)
    assert {name for name in relaxed if "code" in after[name]} == {
        "InvoiceStatusInfo",
        "StatusInfo",
    }


def test_requests_keep_what_they_require(contract: Document) -> None:
    before = dump(contract["components"]["schemas"]["OpenOnlineSessionRequest"])
    prepare(contract, load())
    assert dump(contract["components"]["schemas"]["OpenOnlineSessionRequest"]) == before
    assert "required" in json.loads(before)


def test_a_deprecated_property_is_never_required(contract: Document) -> None:
    schemas = contract["components"]["schemas"]
    schemas["SendInvoiceResponse"]["properties"]["referenceNumber"]["deprecated"] = True
    assert "authenticationMethod" in schemas["AuthenticationOperationStatusResponse"]["required"]
    prepare(contract, load())
    assert "required" not in schemas["AuthenticationOperationStatusResponse"]
    assert "required" not in schemas["SendInvoiceResponse"]


def test_errors_and_what_only_they_need_go(contract: Document) -> None:
    prepare(contract, load())
    for operation in operations(contract):
        assert operation.body["responses"]
        assert all(status.startswith("2") for status in operation.body["responses"])
    assert "ExceptionResponse" not in contract["components"]["schemas"]
    assert "SessionStatusResponse" in contract["components"]["schemas"]


def test_xml_is_binary_in_and_out(contract: Document) -> None:
    prepare(contract, load())
    binary = {"application/xml": {"schema": {"type": "string", "format": "binary"}}}
    paths = contract["paths"]
    assert paths["/auth/xades-signature"]["post"]["requestBody"]["content"] == binary
    invoice = paths["/invoices/ksef/{ksefNumber}"]["get"]
    assert invoice["responses"]["200"]["content"] == binary


def test_docstrings_say_what_a_request_costs_and_needs(contract: Document) -> None:
    prepare(contract, load())
    operation = contract["paths"]["/sessions/{referenceNumber}"]["get"]
    assert operation["operationId"] == "get_session_status"
    assert operation["tags"] == ["sessions"]
    assert "sessionMisc (10 per second, 120 per minute, 1200 per hour)" in operation["summary"]
    assert "Introspection, InvoiceWrite" in operation["summary"]
    assert "21173" in operation["summary"]


def test_shared_parts_are_written_out() -> None:
    document: Document = {
        "paths": {"/a": {"get": {"parameters": [{"$ref": "#/components/parameters/P"}]}}},
        "components": {"parameters": {"P": {"name": "X-Error-Format", "in": "header"}}},
    }
    inline_shared_parts(document)
    assert document["paths"]["/a"]["get"]["parameters"][0]["name"] == "X-Error-Format"
    assert document["components"] == {}


def test_every_published_contract_is_prepared(published: Path) -> None:
    document, _ = take_over(str(published))
    before = {operation.key for operation in operations(document)}
    named = prepare(document, load())
    assert named.by_key.keys() == before
    assert {operation.key for operation in operations(document)} == before
    sessions = [key for key in named.missing if key[1].startswith(("/sessions", "/auth"))]
    assert sessions == []


def _schemas(document: Document) -> Document:
    schemas: Document = document["components"]["schemas"]
    return schemas


def test_what_is_xml_and_json_is_json() -> None:
    content = {"application/xml": {"schema": {"type": "string"}}, "application/json": {}}
    only = {"application/xml": {"schema": {"type": "object"}}}
    responses = {"200": {"content": content}, "201": {"content": only}}
    document: Document = {"paths": {"/a": {"get": {"responses": responses}}}}
    make_xml_binary(document)
    assert responses["200"]["content"] == {"application/json": {}}
    assert responses["201"]["content"] == {
        "application/xml": {"schema": {"type": "string", "format": "binary"}}
    }


@pytest.mark.parametrize(
    ("schema", "largest"),
    [
        ({"maximum": 500}, 500),
        ({"maximum": 500.0}, 500),
        ({"maximum": 500, "exclusiveMaximum": True}, 499),
        ({"exclusiveMaximum": 501}, 500),
        ({"exclusiveMaximum": 500.5}, 500),
        ({"allOf": [{"maximum": 500.5}]}, 500),
        ({"maximum": True}, 0),
        ({"minimum": 1}, 0),
    ],
)
def test_the_largest_page_is_told_in_several_ways(schema: dict[str, Any], largest: int) -> None:
    parameters = [{"name": "pageSize", "in": "query", "schema": schema}]
    operation = Operation("GET", "/a", {"parameters": parameters})
    assert largest_page(operation, {}) == largest


def test_shared_parts_that_lead_back_to_themselves_stand_for_nothing() -> None:
    document: Document = {
        "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/A"}}}}},
        "components": {
            "responses": {
                "A": {"$ref": "#/components/responses/B"},
                "B": {"$ref": "#/components/responses/A"},
            }
        },
    }
    inline_shared_parts(document)
    left = document["paths"]["/a"]["get"]["responses"]["200"]
    assert left == {"$ref": "#/components/responses/A"}
