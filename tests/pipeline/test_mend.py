"""What documents get wrong is put right or told, each step for itself."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scripts.document import Document, operations
from scripts.failure import PipelineError, refuse
from scripts.mend import (
    complete,
    drop_base_path,
    mend,
    mend_parameters,
    mend_references,
    plain_enumerations,
    plain_media_type,
    plain_media_types,
    rename_clashing_schemas,
)

TEXT = {"type": "string"}


def document(paths: dict[str, Any], **schemas: Any) -> Document:
    return {"paths": paths, "components": {"schemas": schemas}}


def test_the_committed_contract_needs_no_mending(contract: Document) -> None:
    before = copy.deepcopy(contract)
    mend(contract, refuse)
    assert contract == before


def test_a_base_path_is_dropped_and_must_not_hide_another_path() -> None:
    moved = document(
        {"/api/v2/sessions": {}, "/v2/auth": {}, "/ksef/api/v2/a": {}, "/versions": {}}
    )
    drop_base_path(moved, refuse)
    assert list(moved["paths"]) == ["/sessions", "/auth", "/a", "/versions"]
    double = document({"/api/v2/a": {"get": {"x": 1}}, "/a": {"get": {"x": 2}, "put": {}}})
    with pytest.raises(PipelineError, match="GET /a has the same shape"):
        drop_base_path(copy.deepcopy(double), refuse)
    told: list[str] = []
    drop_base_path(double, told.append)
    assert double["paths"] == {"/a": {"get": {"x": 1}, "put": {}}}
    assert len(told) == 1


def test_an_operation_without_a_success_is_told_and_gets_one() -> None:
    bare = document({"/a": {"get": {"responses": {"400": {}, "default": {"x": 1}}}}, "/b": []})
    with pytest.raises(PipelineError, match="/b is no object"):
        complete(copy.deepcopy(bare), refuse)
    told: list[str] = []
    complete(bare, told.append)
    assert told == ["/b is no object", "GET /a has no successful response"]
    assert bare["paths"] == {"/a": {"get": {"responses": {"400": {}, "200": {"x": 1}}}}}
    empty: Document = {"paths": {}}
    complete(empty, refuse)
    assert empty["components"] == {"schemas": {}}


def test_parameters_are_there_once_and_fit_the_path() -> None:
    given = [
        {"name": "a", "in": "query", "schema": TEXT},
        {"name": "a", "in": "query", "schema": {"type": "integer"}},
        {"name": "gone", "in": "path", "schema": TEXT},
        {"name": "h", "in": "header", "content": {"application/json": {}}},
        {"in": "query"},
    ]
    wrong = document(
        {"/a/{id}": {"parameters": [{"name": "p", "in": "query"}], "get": {"parameters": given}}}
    )
    told: list[str] = []
    mend_parameters(wrong, told.append)
    assert wrong["paths"]["/a/{id}"]["get"]["parameters"] == [
        {"name": "a", "in": "query", "schema": TEXT},
        {"name": "h", "in": "header", "schema": TEXT},
        {"name": "p", "in": "query", "schema": TEXT},
        {"name": "id", "in": "path", "required": True, "schema": TEXT},
    ]
    assert told == [
        "GET /a/{id} has no place for the parameter gone",
        "GET /a/{id} has a parameter without a name or place",
        "GET /a/{id} does not describe its parameter id",
    ]
    mend_parameters(wrong, refuse)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("application/json; charset=utf-8", "application/json"),
        ("text/JSON", "application/json"),
        ("application/problem+json", "application/json"),
        ("text/xml;charset=utf-8", "application/xml"),
        ("application/octet-stream", "application/octet-stream"),
        ("application/jsonlines", "application/jsonlines"),
    ],
)
def test_media_types_have_one_name(written: str, plain: str) -> None:
    assert plain_media_type(written) == plain


def test_one_json_body_stays_and_has_a_schema() -> None:
    answers = {"200": {"content": {"application/json": None, "text/json": {"schema": TEXT}}}}
    aliased = document({"/a": {"get": {"responses": answers}}})
    plain_media_types(aliased)
    (operation,) = operations(aliased)
    assert operation.body["responses"]["200"]["content"] == {"application/json": {"schema": {}}}


def test_a_reference_to_nothing_stands_for_anything() -> None:
    dangling = document({}, A={"properties": {"b": {"$ref": "#/components/schemas/B"}}})
    with pytest.raises(PipelineError, match="#/components/schemas/B is referred to and not there"):
        mend_references(copy.deepcopy(dangling), refuse)
    mend_references(dangling, [].append)
    assert dangling["components"]["schemas"] == {"A": {"properties": {"b": {}}}}


def test_all_of_nothing_is_anything_and_no_object() -> None:
    missing = {"$ref": "#/components/schemas/B"}
    dangling = document(
        {},
        A={
            "properties": {"b": {"allOf": [missing]}, "c": {"allOf": [missing, {"type": "string"}]}}
        },
    )
    mend_references(dangling, lambda oddity: None)
    properties = dangling["components"]["schemas"]["A"]["properties"]
    assert properties == {"b": {}, "c": {"allOf": [{"type": "string"}]}}


def test_listed_numbers_and_constants_refuse_nothing() -> None:
    listed = document(
        {},
        Size={"type": "integer", "enum": [10, 100]},
        One={"const": 7},
        Yes={"const": True},
        Name={"const": "a"},
        const={"properties": {"const": TEXT, "enum": TEXT}},
    )
    plain_enumerations(listed, refuse)
    assert listed["components"]["schemas"] == {
        "Size": {"type": "integer"},
        "One": {"type": "integer"},
        "Yes": {"type": "boolean"},
        "Name": {"type": "string", "enum": ["a"]},
        "const": {"properties": {"const": TEXT, "enum": TEXT}},
    }


def test_schemas_that_would_be_one_class_are_told_apart() -> None:
    names = {"session_status": TEXT, "SessionStatus": TEXT, "Śledź": TEXT, "´": TEXT, "1st": TEXT}
    reference = {"$ref": "#/components/schemas/session_status"}
    clashing = document({"/a": reference}, **names)
    rename_clashing_schemas(clashing)
    renamed = clashing["components"]["schemas"]
    assert set(renamed) == {"SessionStatus", "sessionstatusV2", "Sledz", "Schema", "1st"}
    assert clashing["paths"]["/a"]["$ref"].rsplit("/", 1)[1] in renamed
