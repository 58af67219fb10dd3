"""What makes no difference, and how differences are put together into lines."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from ksef_facade.contract.compare import compare
from ksef_facade.contract.findings import Impact
from scripts.strip import strip
from tests.unit.contract.changes import (
    described,
    drop,
    limits,
    put,
    require,
    values,
)
from tests.unit.contract.synthetic import (
    TEXT,
    after,
    contract,
    get,
    properties,
    reference,
    schemas,
    told,
)

FACADE, WORDING = Impact.FACADE, Impact.WORDING
STATUS = "/sessions/{referenceNumber}"
ANSWER, OPEN = "SessionStatusResponse", "OpenOnlineSessionRequest"
MISFITS = "what the facade sends does not fit"


def test_what_is_required_and_nullable_no_more_is_said_once() -> None:
    old, new = contract(), contract()
    properties(old, OPEN)["comment"]["nullable"] = True
    require(OPEN, "comment")(new)
    assert [line.topic for line in compare(old, new).lines] == ["required"]


def test_a_removed_value_that_the_facade_sends_breaks_it() -> None:
    report = after(values("Kind", "Online"))
    assert (FACADE, "values-removed", ("Batch",), MISFITS) in told(report)


def test_a_shared_schema_is_told_once_with_its_operations() -> None:
    (line,) = after(put("ExceptionResponse", "new", TEXT, required=True)).lines
    assert len(line.operations) == 4
    assert line.subjects == ("ExceptionResponse",)


def test_what_happened_to_several_schemas_is_one_line() -> None:
    (line,) = after(*(put(name, "group", TEXT) for name in (ANSWER, "Plain"))).lines
    assert line.subjects == ("Plain", ANSWER)
    assert len(line.operations) == 4
    assert line.names == ("group",)


def test_a_limit_is_told_by_group_with_its_operations() -> None:
    paths = ("/sessions", STATUS)
    (line,) = after(*(limits(path, perMinute=100) for path in paths)).lines
    assert line.subjects == ("sessionMisc",)
    assert line.detail == "120/min -> 100/min"
    assert len(line.operations) == 2


def test_a_document_is_the_same_as_itself_and_as_its_facts() -> None:
    assert compare(contract(), contract()).lines == ()
    assert compare(strip(contract()), contract()).lines == ()
    assert compare(contract(), strip(contract())).lines == ()


def shuffled(node: Any, random: random.Random) -> Any:
    """The same document in another order, lists that are no order included."""
    if isinstance(node, list):
        items = [shuffled(item, random) for item in node]
        random.shuffle(items)
        return items
    if not isinstance(node, dict):
        return node
    items = list(node.items())
    random.shuffle(items)
    return {key: shuffled(value, random) for key, value in items}


@pytest.mark.parametrize("seed", range(5))
def test_order_makes_no_difference(seed: int) -> None:
    assert compare(contract(), shuffled(contract(), random.Random(seed))).lines == ()


def test_prose_is_counted_and_nothing_more() -> None:
    text = json.dumps(contract(), ensure_ascii=False)
    new = json.loads(text.replace("Krótki opis", "Inny opis").replace("Kod", "Numer"))
    report = compare(contract(), new)
    assert [line.impact for line in report.lines] == [WORDING]
    assert report.lines[0].phrase.endswith(": 5")
    assert report.exit_code == 0


def test_renamed_schemas_and_path_parameters_are_wording() -> None:
    text = json.dumps(contract())
    text = text.replace("StatusInfo", "StatusDetails").replace("{referenceNumber}", "{id}")
    new = json.loads(text.replace('"name": "referenceNumber"', '"name": "id"'))
    report = compare(contract(), new)
    assert report.exit_code == 0
    assert {line.topic for line in report.lines} == {"renamed-paths", "renamed-schemas"}
    assert ("StatusInfo -> StatusDetails",) in [line.names for line in report.lines]


def test_the_base_path_makes_no_difference() -> None:
    new = contract()
    new["paths"] = {f"/api/v2{path}": item for path, item in new["paths"].items()}
    assert compare(contract(), new).exit_code == 0


def test_operation_ids_and_nulls_make_no_difference() -> None:
    new = contract()
    get(new, STATUS).update(operationId="x", description=None)
    properties(new, ANSWER)["note"]["description"] = None
    assert compare(contract(), new).exit_code == 0


def test_where_a_schema_is_written_makes_no_difference() -> None:
    new = contract()
    properties(new, ANSWER)["status"] = copy.deepcopy(schemas(new)["StatusInfo"])
    shared = get(new, STATUS)["parameters"].pop()
    new["components"]["parameters"] = {"reference": shared}
    get(new, STATUS)["parameters"] = [{"$ref": "#/components/parameters/reference"}]
    assert compare(contract(), new).exit_code == 0


def test_a_schema_that_contains_itself_is_compared() -> None:
    old = contract()
    properties(old, "StatusInfo")["inner"] = reference("StatusInfo")
    new = copy.deepcopy(old)
    properties(new, "StatusInfo")["more"] = TEXT
    (line,) = compare(old, new).lines
    assert line.names == ("more",)


def test_a_table_that_cannot_be_read_is_told_and_the_rest_compared() -> None:
    new = contract()
    described(STATUS, "429", "grupa", "group")(new)
    drop(ANSWER, "note")(new)
    topics = {line.topic for line in compare(contract(), new).lines}
    assert {"removed", "unreadable"} <= topics
