"""The names of operations: pinned for all there are, derived for what is new."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.document import Document, operations, reachable
from scripts.failure import PipelineError
from scripts.names import load, name_operations

VERBS = [
    "allow",
    "authenticate",
    "block",
    "close",
    "create",
    "disallow",
    "enroll",
    "generate",
    "get",
    "grant",
    "list",
    "open",
    "query",
    "redeem",
    "refresh",
    "remove",
    "reset",
    "retrieve",
    "revoke",
    "send",
    "set",
    "start",
    "unblock",
    "update",
]


def test_every_operation_of_the_contract_is_pinned_and_no_other(committed: Document) -> None:
    pinned = load()
    assert len(pinned) == 83
    assert pinned.keys() == {operation.key for operation in operations(committed)}
    named = name_operations(committed, pinned)
    assert (named.missing, named.unpinned) == ([], [])


def test_names_are_snake_case_with_the_verb_first_and_a_sentence_in_english() -> None:
    for key, name in load().items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", name.name), key
        assert name.name.split("_")[0] in VERBS, key
        assert re.fullmatch(r"[A-Z][\x20-\x7e]+\.", name.summary), key


def test_paging_is_what_the_parameters_say(committed: Document) -> None:
    pinned = load()
    for operation in operations(committed):
        parameters = {parameter["name"] for parameter in operation.body.get("parameters", [])}
        expected = "none"
        if "x-continuation-token" in parameters:
            expected = "token"
        elif "pageOffset" in parameters:
            expected = "offset"
        assert pinned[operation.key].pages == expected, operation


def test_what_is_waited_for_answers_with_a_status(committed: Document) -> None:
    pinned = load()
    by_name = {pinned[operation.key].name: operation for operation in operations(committed)}
    waited_for = {name.waits for name in pinned.values() if name.waits}
    assert "get_session_status" in waited_for
    for name in waited_for:
        needed = reachable(committed, by_name[name].body["responses"]["200"])
        schemas = [committed["components"]["schemas"][schema] for schema in needed]
        assert any("status" in schema.get("properties", {}) for schema in schemas), name
        assert pinned[by_name[name].key].waits == name


def test_renamed_parameters_and_a_base_path_do_not_matter(contract: Document) -> None:
    contract["paths"] = {
        "/api/v2" + path.replace("referenceNumber", "ref"): item
        for path, item in contract["paths"].items()
    }
    named = name_operations(contract, load())
    assert (named.missing, named.unpinned) == ([], [])


def test_a_removed_operation_is_missing_and_a_new_one_gets_a_derived_name(
    contract: Document,
) -> None:
    contract["paths"]["/sessions/{ref}/fooBar-baz/{id}"] = {
        "put": {"parameters": [{"name": "x-continuation-token", "in": "header"}]}
    }
    del contract["paths"]["/peppol/query"]
    named = name_operations(contract, load())
    assert named.missing == [("GET", "/peppol/query")]
    assert named.unpinned == [("PUT", "/sessions/{}/fooBar-baz/{}")]
    name = named.by_key["PUT", "/sessions/{}/fooBar-baz/{}"]
    assert name.name == "put_sessions_item_foo_bar_baz_item"
    assert (name.tag, name.pages) == ("sessions", "token")


def test_two_paths_of_one_shape_stop_the_run(contract: Document) -> None:
    contract["paths"]["/sessions/{other}"] = contract["paths"]["/sessions/{referenceNumber}"]
    with pytest.raises(PipelineError, match="same shape"):
        name_operations(contract, load())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("GET /a/{x}: {tag: a, name: b, summary: S.}\nGET /a/{y}: {tag: a, name: c, summary: S.}", "twice"),
        ("GET /a: {tag: a, name: b, summary: S.}\nGET /c: {tag: a, name: b, summary: S.}", "one name"),
        ("GET /a: {tag: a, name: b-c, summary: S.}", "identifiers"),
        ("GET /a: {tag: a, name: b, summary: S., pages: all}", "pages must be"),
        ("GET /a: {tag: a, name: b, summary: S., waits: c}", "waits for c"),
        ("GET /a: {tag: a, name: b, summary: S., speed: 1}", "speed"),
        ("GET /a: {tag: a, name: b}", "summary"),
    ],
)  # fmt: skip
def test_an_inconsistent_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "operations.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PipelineError, match=message):
        load(path)
