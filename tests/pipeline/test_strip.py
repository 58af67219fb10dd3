"""Stripping a contract: prose goes, facts and names stay, one order for everything."""

from __future__ import annotations

import hashlib
import json
import random
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scripts.document import Document, dump
from scripts.failure import PipelineError
from scripts.layout import CONTRACT, LOCK
from scripts.spec import take_over
from scripts.strip import TITLE, prose, strip
from tests.pipeline.conftest import published_contracts

SENTENCE = "Zdanie po polsku."
NAMES = ("description", "title", "summary", "example", "examples", "tags")


def published_document() -> Document:
    """A small document with prose wherever OpenAPI lets it stand, null where it was published so."""
    return {
        "openapi": "3.0.4",
        "info": {
            "title": SENTENCE,
            "version": "v2",
            "description": "**Wersja API:** 2.9.0 (build 2.9.0-te-1+abc)<br>",
            "contact": {"name": SENTENCE},
        },
        "servers": [{"url": "https://example.test/v2", "description": SENTENCE}],
        "tags": [{"name": "Sesje", "description": SENTENCE}],
        "x-tagGroups": [{"name": "Sesje", "tags": ["Sesje"]}],
        "externalDocs": {"url": "https://example.test", "description": SENTENCE},
        "paths": {
            "/things/{id}": {
                "get": {
                    "tags": ["Sesje"],
                    "summary": SENTENCE,
                    "description": None,
                    "x-note": SENTENCE,
                    "x-removal-date": "2026-11-16",
                    "x-required-permissions": ["B", "A"],
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "description": SENTENCE},
                        {"name": "description", "in": "header", "example": SENTENCE},
                    ],
                    "responses": {
                        "200": {
                            "description": SENTENCE,
                            "headers": {"title": {"description": SENTENCE}},
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": "#/components/schemas/title"},
                                    "example": {"description": SENTENCE},
                                    "examples": {"a": {"summary": SENTENCE}},
                                }
                            },
                        },
                        "400": {
                            "description": "| ExceptionCode | ExceptionDescription |\n|-|-|\n"
                            "| 21405 | Zdanie. |\n| 21001 | Drugie. |",
                            "x-summary": "Bad Request",
                        },
                        "404": {"description": None},
                        "429": {
                            "description": "| | req / s | grupa\n| --- | --- | --- |\n"
                            "| **Limity** | 10 | sessionMisc\n"
                        },
                    },
                }
            }
        },
        "components": {
            "schemas": {
                "title": {
                    "title": SENTENCE,
                    "description": SENTENCE,
                    "type": "object",
                    "required": ["title", "description"],
                    "properties": {
                        name: {"type": "string", "title": SENTENCE, "description": SENTENCE}
                        for name in NAMES
                    },
                }
            }
        },
    }


def test_properties_headers_and_schemas_named_like_prose_stay() -> None:
    stripped = strip(published_document())
    schema = stripped["components"]["schemas"]["title"]
    assert schema["properties"] == {name: {"type": "string"} for name in NAMES}
    assert schema["required"] == ["description", "title"]
    operation = stripped["paths"]["/things/{id}"]["get"]
    assert operation["responses"]["200"]["headers"] == {"title": {}}
    assert [parameter["name"] for parameter in operation["parameters"]] == ["description", "id"]


def test_prose_goes_everywhere_and_responses_keep_an_empty_description() -> None:
    stripped = strip(published_document())
    assert SENTENCE not in dump(stripped)
    assert stripped["info"] == {
        "title": TITLE,
        "version": "v2",
        "x-api-version": "2.9.0",
        "x-build": "2.9.0-te-1+abc",
    }
    assert stripped.keys() == {"openapi", "info", "servers", "paths", "components"}
    operation = stripped["paths"]["/things/{id}"]["get"]
    assert operation.keys() == {
        "parameters",
        "responses",
        "x-exception-codes",
        "x-rate-limit-group",
        "x-removal-date",
        "x-required-permissions",
    }
    descriptions = {
        status: response["description"] for status, response in operation["responses"].items()
    }
    assert descriptions == {"200": "", "400": "", "404": "", "429": ""}


def test_facts_that_stood_in_prose_are_kept() -> None:
    operation = strip(published_document())["paths"]["/things/{id}"]["get"]
    assert operation["x-rate-limit-group"] == "sessionMisc"
    assert operation["x-exception-codes"] == [21001, 21405]


def test_the_document_given_is_not_changed() -> None:
    document = published_document()
    strip(document)
    assert document == published_document()


def test_prose_that_is_left_stops_the_run() -> None:
    document = published_document()
    document["components"]["schemas"]["title"]["format"] = "data i godzina"
    with pytest.raises(PipelineError, match=r"prose is left.*data i godzina"):
        strip(document)


def test_stripping_twice_changes_nothing(committed: Document) -> None:
    assert strip(committed) == committed


def test_order_in_the_published_document_does_not_matter(contract: Document) -> None:
    shuffled = _shuffled(contract, random.Random(7))
    assert dump(shuffled | {"openapi": "3.0.4"}) == dump(contract)
    for item in shuffled["paths"].values():
        for operation in item.values():
            random.Random(7).shuffle(operation.get("parameters", []))
    for schema in shuffled["components"]["schemas"].values():
        schema.get("required", []).reverse()
        schema.get("enum", []).reverse()
    assert dump(strip(shuffled)) == dump(contract)


def test_the_committed_contract_has_no_prose() -> None:
    """Read as text, so that no walker of ours can overlook a place."""
    lines = CONTRACT.read_text(encoding="utf-8").splitlines()
    keyword = re.compile(r'^\s*"(description|summary|title|example)": (?!\{)(.*)$')
    said = {match[2].rstrip(",") for line in lines if (match := keyword.match(line))}
    assert said == {'""', f'"{TITLE}"'}
    assert not [line for line in lines if '"x-summary"' in line or '"x-tagGroups"' in line]
    # Only a pattern may hold Polish letters or two words; a name that is a pattern's is no prose.
    wordy = re.compile(r"[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]|[A-Za-z]{2,} [A-Za-z]{2,}")
    sentences = [line for line in lines if wordy.search(line) and '"pattern": ' not in line]
    assert sentences == [f'    "title": "{TITLE}",']


def test_prose_is_found_where_it_is(contract: Document) -> None:
    assert list(prose(contract)) == []
    contract["paths"]["/sessions"]["get"]["description"] = "x"
    contract["components"]["schemas"]["StatusInfo"]["properties"]["code"]["title"] = "Kod"
    assert {place for place, _ in prose(contract)} == {
        "/paths//sessions/get/description",
        "/components/schemas/StatusInfo/properties/code/title",
    }


def test_every_published_contract_is_stripped(published: Path) -> None:
    document, lock = take_over(str(published))
    assert list(prose(document)) == []
    assert re.search(r'^api_version = "2\.\d+\.\d+', lock, re.MULTILINE)
    assert str(published.parent) not in lock


def test_the_committed_contract_is_what_its_lock_says() -> None:
    sha256 = tomllib.loads(LOCK.read_text(encoding="utf-8"))["sha256"]
    for path in published_contracts():
        if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            break
    else:
        pytest.skip("the contract that openapi/ksef.lock names is not in ../shared/data/openapi")
    document, lock = take_over(str(path))
    assert tomllib.loads(lock)["sha256"] == sha256
    assert CONTRACT.read_text(encoding="utf-8") == dump(document)


def _shuffled(node: Any, order: random.Random) -> Any:
    if isinstance(node, list):
        return [_shuffled(item, order) for item in node]
    if not isinstance(node, dict):
        return node
    keys = list(node)
    order.shuffle(keys)
    return {key: _shuffled(node[key], order) for key in keys}


def test_canonical_text_ends_with_a_newline_and_keeps_letters() -> None:
    assert dump({"openapi": "3", "a": "ż"}) == '{\n  "a": "ż",\n  "openapi": "3"\n}\n'
    assert json.loads(CONTRACT.read_text(encoding="utf-8"))["openapi"].startswith("3.")
