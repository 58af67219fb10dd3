"""Facts out of the tables in a contract's prose, in every form they were published in."""

from __future__ import annotations

import pytest

from ksef_facade.contract.document import Document, UnreadableContract, operations
from ksef_facade.contract.facts import add_exception_codes, add_rate_limit_groups, add_version
from scripts.names import load


def document(status: str, description: str | None) -> Document:
    return {"paths": {"/a": {"get": {"responses": {status: {"description": description}}}}}}


def group(description: str | None) -> object:
    contract = document("429", description)
    add_rate_limit_groups(contract)
    return contract["paths"]["/a"]["get"].get("x-rate-limit-group")


def codes(description: str | None) -> object:
    contract = document("400", description)
    add_exception_codes(contract)
    return contract["paths"]["/a"]["get"].get("x-exception-codes")


HEADER = "| | req / s | req / min | req / h | grupa\n| --- | --- | --- | --- | --- |\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| **Limity** | 10 | 30 | 120 | other\n", "other"),
        ("| **Limity** | 10 | 30 | 120 | sessionMisc |\n", "sessionMisc"),
        ("| **Limity** | 60 | - | - | -\n", "anonymous"),
        ("| **Limity** | 60 | - | - |\n", "anonymous"),
    ],
)
def test_the_group_is_the_last_column(row: str, expected: str) -> None:
    assert group(HEADER + row) == expected


def test_without_a_table_there_is_no_group() -> None:
    assert group("Too Many Requests") is None
    assert group(None) is None


@pytest.mark.parametrize(
    "table",
    [
        "| | req / s | req / min | req / h | group\n|-|-|-|-|-|\n| x | 1 | 2 | 3 | other\n",
        HEADER,
        HEADER + "| a | 1 | 2 | 3 | other\n| b | 1 | 2 | 3 | other\n",
        HEADER + "| a | 1 | 2 | 3 | dwa wyrazy\n",
    ],
)
def test_a_table_that_cannot_be_read_stops_the_run(table: str) -> None:
    with pytest.raises(UnreadableContract, match="GET /a"):
        group(table)


def test_codes_are_sorted_numbers() -> None:
    table = "| ExceptionCode | ExceptionDescription | Details |\n|-|-|-|\n"
    assert codes(table + "| 21405 | b | c |\n| 9101 | 21999 | {x} |\n| 21405 | b | c |") == [
        9101,
        21405,
    ]
    assert codes(None) is None
    with pytest.raises(UnreadableContract, match="400"):
        codes("| Kod | Opis |\n|-|-|\n| 1 | 2 |")


def test_version_and_build_come_from_the_description_or_the_version_alone() -> None:
    contract: Document = {
        "info": {"version": "v2", "description": "X 2.10.0-rc1 (build 2.10.0-te)"}
    }
    add_version(contract)
    assert contract["info"]["x-api-version"] == "2.10.0-rc1"
    assert contract["info"]["x-build"] == "2.10.0-te"
    bare: Document = {"info": {"version": "v2", "description": None}}
    add_version(bare)
    assert (bare["info"]["x-api-version"], bare["info"]["x-build"]) == ("v2", "")


def test_each_operation_of_the_committed_contract_has_its_facts(committed: Document) -> None:
    found = list(operations(committed))
    assert {operation.key for operation in found} == load().keys()
    groups = {operation.key: operation.body["x-rate-limit-group"] for operation in found}
    assert groups["GET", "/sessions/{}/upo/{}"] == "sessionMisc"
    assert groups["POST", "/auth/challenge"] == "anonymous"
    assert groups["POST", "/testdata/context/block"] == "other"
    assert list(groups.values()).count("anonymous") == 16
    for operation in found:
        # Only a limit per second and no other marks what is counted per address.
        anonymous = operation.body["x-rate-limit-group"] == "anonymous"
        assert anonymous == ("perHour" not in operation.body["x-rate-limits"]), operation
    session = committed["paths"]["/sessions/{referenceNumber}"]["get"]
    assert session["x-exception-codes"] == [21173, 21405]
