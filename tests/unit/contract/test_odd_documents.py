"""Documents that are no proper OpenAPI: a report or one clear error comes of them, nothing else."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from ksef_facade.contract.compare import compare
from ksef_facade.contract.document import UnreadableContract, parse
from ksef_facade.contract.rendering import as_markdown, as_text
from tests.unit.contract.synthetic import contract

JUNK: list[Any] = [
    None, True, 0, -1, 1.5, "x", "21001", [], {}, [None], ["a", {}], {"a": 1},
    {"$ref": "#/components/schemas/StatusInfo"}, {"$ref": "#/nowhere/at/all"}, {"$ref": 5},
]  # fmt: skip


def spots(node: Any) -> list[tuple[Any, Any]]:
    """Every container and key in a document."""
    if isinstance(node, dict):
        here = [(node, key) for key in node]
    elif isinstance(node, list):
        here = [(node, index) for index in range(len(node))]
    else:
        return []
    return here + [spot for container, key in here for spot in spots(container[key])]


@pytest.mark.parametrize("seed", range(20))
def test_junk_anywhere_is_survived(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        document = contract()
        for _ in range(chance.randint(1, 4)):
            container, key = chance.choice(spots(document))
            container[key] = copy.deepcopy(chance.choice(JUNK))
        try:
            odd = parse(json.dumps(document), "odd.json")
        except UnreadableContract:
            continue
        for old, new in ((contract(), odd), (odd, contract())):
            report = compare(old, new)
            assert as_text(report)
            assert as_markdown(report)
            assert json.dumps(report.document())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"\xff\xfe", "is not a JSON document"),
        ("<html>", "is not a JSON document"),
        ("[" * 100_000, "is not a JSON document"),
        ("[]", "not an OpenAPI 3 document"),
        ("", "is empty"),
        (b" \n", "is empty"),
        (b"\x1f\x8b\x08\x00", "is compressed"),
        ('{"swagger": "2.0", "paths": {}}', "is a Swagger document of version 2.0"),
        (
            '{"openapi": "3.0.4", "paths": {"/a": {}}, "x-a": ' + "[" * 400 + "]" * 400 + "}",
            "nests more than 200 levels deep",
        ),
        ('{"openapi": "2.0"}', "not an OpenAPI 3 document"),
        ('{"openapi": "3.0.4", "paths": {}}', "without paths"),
    ],
)
def test_what_is_no_contract_is_refused_in_one_sentence(text: str | bytes, sentence: str) -> None:
    with pytest.raises(UnreadableContract, match=sentence):
        parse(text, "odd.json")


def test_a_schema_that_is_nested_without_end_is_cut() -> None:
    node: dict[str, Any] = {"type": "object"}
    document = contract()
    document["components"]["schemas"]["StatusInfo"] = node
    for _ in range(400):
        inner: dict[str, Any] = {"type": "object"}
        node["properties"] = {"deeper": inner}
        node = inner
    assert compare(document, document).lines == ()
    assert compare(contract(), document).lines != ()


def test_references_that_go_round_end() -> None:
    document = contract()
    schemas = document["components"]["schemas"]
    schemas["StatusInfo"] = {"$ref": "#/components/schemas/Kind"}
    schemas["Kind"] = {"allOf": [{"$ref": "#/components/schemas/StatusInfo"}]}
    assert compare(document, document).lines == ()


def test_a_path_that_is_described_elsewhere_is_written_out() -> None:
    item = {"get": {"responses": {"200": {"description": ""}}}}
    text = json.dumps(
        {
            "openapi": "3.1.0",
            "paths": {
                "/a": {"$ref": "#/components/pathItems/one"},
                "/b": {"$ref": "#/paths/~1c"},
                "/c": item,
                "/d": {"$ref": "elsewhere.yaml#/x"},
            },
            "components": {"pathItems": {"one": item}},
        }
    )
    paths = parse(text, "contract.json")["paths"]
    assert paths["/a"] == paths["/b"] == paths["/c"] == item
    assert paths["/d"] == {"$ref": "elsewhere.yaml#/x"}


def test_halves_of_characters_are_replaced() -> None:
    written = json.dumps(contract()).replace('"Plain"', '"Pla\\ud83d"')
    read = parse(written, "odd.json")
    assert "Pla?" in read["components"]["schemas"]
    assert as_text(compare(read, read)).encode()
