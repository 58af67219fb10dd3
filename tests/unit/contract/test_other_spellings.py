"""The same facts, written as an upgraded or another generator of documents would write them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from ksef_facade.contract.compare import compare
from ksef_facade.contract.document import Document, operations, parse
from ksef_facade.contract.facts import CODES, GROUP, add_facts
from ksef_facade.contract.rendering import as_text
from tests.unit.contract.synthetic import contract


def nullable_contract() -> Document:
    """The small contract with texts, numbers, objects and listed values that may be null."""
    document = contract()
    schemas = document["components"]["schemas"]
    schemas["One"] = {"type": "string", "enum": ["only"]}
    schemas["Inner"] = {"type": "object", "properties": {"a": {"type": "string"}}}
    schemas["Plain"] = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "nullable": True},
            "number": {"type": "integer", "format": "int32", "nullable": True},
            "own": {"allOf": [{"$ref": "#/components/schemas/Inner"}], "nullable": True},
            "list": {"type": "array", "items": {"type": "string"}, "nullable": True},
            "one": {"$ref": "#/components/schemas/One"},
        },
    }
    return document


def _each(node: Any, change: Callable[[dict[str, Any]], None]) -> None:
    if isinstance(node, dict):
        for value in list(node.values()):
            _each(value, change)
        change(node)
    elif isinstance(node, list):
        for value in node:
            _each(value, change)


def null_as_a_type(node: dict[str, Any]) -> None:
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        node["type"] = ["null", node["type"]]
        del node["nullable"]
    elif node.get("nullable") is True and "allOf" in node:
        node["oneOf"] = [{"type": "null"}, *node.pop("allOf")]
        del node["nullable"]


def null_as_an_alternative(node: dict[str, Any]) -> None:
    if node.pop("nullable", None):
        inner = dict(node)
        node.clear()
        node["anyOf"] = [inner, {"type": "null"}]


def constants(node: dict[str, Any]) -> None:
    if node.get("enum") == ["only"]:
        node["const"] = node.pop("enum")[0]


def single_alternatives(node: dict[str, Any]) -> None:
    if set(node) == {"$ref"} and "/schemas/" in node["$ref"]:
        node["oneOf"] = [{"$ref": node.pop("$ref")}]


def escaped_names(node: dict[str, Any]) -> None:
    schemas = node.get("schemas")
    if isinstance(schemas, dict):
        node["schemas"] = {f"Ksef/Of<{name}>~": value for name, value in schemas.items()}
    if isinstance(node.get("$ref"), str):
        name = node["$ref"].removeprefix("#/components/schemas/")
        node["$ref"] = f"#/components/schemas/Ksef~1Of%3C{name}%3E~0"


def charsets(node: dict[str, Any]) -> None:
    if isinstance(node.get("content"), dict):
        node["content"] = {
            f"{name.title()}; charset=utf-8": media for name, media in node["content"].items()
        }


def shared_responses(document: dict[str, Any]) -> None:
    if "paths" not in document:
        return
    shared = document["components"]["responses"] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for status, response in list(operation.get("responses", {}).items()):
                name = f"{method}.{path.replace('/', '.')}.{status}"
                shared[name] = response
                reference = {"$ref": f"#/components/responses/{name}", "description": "said there"}
                operation["responses"][status] = reference


@pytest.mark.parametrize(
    "change",
    [
        null_as_a_type,
        null_as_an_alternative,
        constants,
        single_alternatives,
        escaped_names,
        charsets,
        shared_responses,
    ],
)
def test_another_spelling_is_no_change(change: Callable[[dict[str, Any]], None]) -> None:
    written = nullable_contract()
    _each(written, change)
    assert written != nullable_contract()
    other = parse(json.dumps(written), "other.json")
    for old, new in ((nullable_contract(), other), (other, nullable_contract())):
        assert compare(old, new).exit_code == 0, as_text(compare(old, new))


def test_what_is_said_of_shared_responses_is_read() -> None:
    document = contract()
    _each(document, shared_responses)
    facts = parse(json.dumps(document), "shared.json")
    plain = contract()
    add_facts(facts)
    add_facts(plain)
    for path, item in plain["paths"].items():
        for method, operation in item.items():
            there = facts["paths"][path][method]
            assert (there[GROUP], there[CODES]) == (operation[GROUP], operation[CODES])


def test_references_into_a_schema_mean_what_stands_there() -> None:
    document = nullable_contract()
    schemas = document["components"]["schemas"]
    schemas["Plain"]["properties"]["again"] = {
        "$ref": "#/components/schemas/Plain/properties/list/items"
    }
    plain = nullable_contract()
    plain["components"]["schemas"]["Plain"]["properties"]["again"] = {"type": "string"}
    report = compare(plain, parse(json.dumps(document), "into.json"))
    assert report.exit_code == 0, as_text(report)


def test_references_that_lead_nowhere_or_in_a_circle_are_left() -> None:
    document = contract()
    section = document["components"]
    section["responses"] = {"A": {"$ref": "#/components/responses/A"}}
    section["schemas"]["Lost"] = {"$ref": "#/components/schemas/Lost/properties/own"}
    document["paths"]["/sessions"]["get"]["responses"]["429"] = {"$ref": "#/components/responses/A"}
    again = parse(json.dumps(document), "odd.json")
    add_facts(again)
    assert GROUP not in again["paths"]["/sessions"]["get"]
    assert as_text(compare(contract(), again))


def test_a_further_type_in_requests_is_no_break_and_the_end_of_a_deprecation_none() -> None:
    old, new = nullable_contract(), nullable_contract()
    for document, kind, deprecated in ((old, "integer", True), (new, ["integer", "string"], False)):
        size = {"name": "pageSize", "in": "query", "schema": {"type": kind}}
        document["paths"]["/sessions"]["get"]["parameters"] = [size]
        properties = document["components"]["schemas"]["Plain"]["properties"]
        properties["text"]["deprecated"] = deprecated
    report = compare(old, new)
    told = as_text(report)
    assert report.exit_code == 1, told
    assert "of other types too in requests: pageSize integer -> integer or string" in told
    assert "not deprecated in answers any more: text" in told


@pytest.mark.parametrize(
    "written",
    [
        "/sessions/{referenceNumber:length(36)}",
        "/sessions/{referenceNumber:regex(^[[0-9]]{{8}}-SO$)}",
        "/sessions/{referenceNumber?}",
        "/sessions/{referenceNumber=none}",
        "/sessions/{*referenceNumber}",
        "/sessions/{referenceNumber}/",
    ],
)
@pytest.mark.parametrize("in_parameter", [False, True])
def test_a_route_of_asp_net_is_the_path_it_matches(written: str, in_parameter: bool) -> None:
    document = contract()
    item = document["paths"].pop("/sessions/{referenceNumber}")
    document["paths"][written] = item
    if in_parameter:
        (parameter,) = item["get"]["parameters"]
        parameter["name"] = written.removeprefix("/sessions/{").rstrip("/").removesuffix("}")
    again = parse(json.dumps(document), "routes.json")
    assert ("GET", "/sessions/{}") in {operation.key for operation in operations(again)}
    assert compare(contract(), again).exit_code == 0


def test_routes_that_differ_by_constraints_alone_are_both_kept() -> None:
    document = contract()
    item = document["paths"]["/sessions/{referenceNumber}"]
    for name in ("/sessions/{referenceNumber:int}", "/sessions/{referenceNumber:guid}"):
        document["paths"][name] = copy.deepcopy(item)
    again = parse(json.dumps(document), "routes.json")
    assert len(again["paths"]) == len(document["paths"])


@pytest.mark.parametrize("address", ["/ksef/v2", "/ksef/api/v2", "/api/v2", "/v2", "/gate/ksef/v2"])
def test_the_address_of_a_service_before_every_path_says_nothing(address: str) -> None:
    document = contract()
    document["paths"] = {f"{address}{path}": item for path, item in document["paths"].items()}
    report = compare(contract(), parse(json.dumps(document), "proxied.json"))
    assert report.exit_code == 0, as_text(report)


def test_a_version_in_some_paths_is_part_of_them() -> None:
    document = contract()
    document["paths"]["/sessions/v2/online"] = document["paths"].pop("/sessions/online")
    report = compare(contract(), parse(json.dumps(document), "versions.json"))
    assert report.exit_code == 2


def test_types_beside_the_place_of_a_parameter_are_its_schema() -> None:
    document = contract()
    size, _ = document["paths"]["/sessions"]["get"]["parameters"]
    size |= size.pop("schema")
    again = parse(json.dumps(document), "swagger.json")
    assert again["paths"]["/sessions"]["get"]["parameters"][0] == {
        "name": "pageSize",
        "in": "query",
        "schema": {"type": "integer", "maximum": 1000},
    }
    assert compare(contract(), again).exit_code == 0


@pytest.mark.parametrize("stub", [None, "Bad Request"])
def test_prose_that_is_gone_altogether_takes_no_exception_codes_with_it(stub: str | None) -> None:
    document = contract()

    def quiet(node: dict[str, Any]) -> None:
        if isinstance(node.get("description"), str):
            del node["description"]
            if stub is not None:
                node["description"] = stub

    _each(document, quiet)
    report = compare(contract(), document)
    told = as_text(report)
    assert report.exit_code == 1, told
    assert "the exception codes were not compared: the new contract does not describe" in told
    assert "not listed any more" not in told
