"""Each kind of difference has its class, which depends on its direction and on what the facade does."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from ksef_facade.contract.compare import compare
from ksef_facade.contract.document import Document
from ksef_facade.contract.findings import Impact
from scripts.strip import strip
from tests.unit.contract.synthetic import (
    Change,
    after,
    contract,
    get,
    operation,
    properties,
    reference,
    schemas,
    told,
)

FACADE, RAW, NEW = Impact.FACADE, Impact.RAW, Impact.NEW
LIMITS, WORDING = Impact.LIMITS, Impact.WORDING
STATUS = "/sessions/{referenceNumber}"
EXIT_CODES = {FACADE: 2, RAW: 2, NEW: 1, LIMITS: 1, WORDING: 0}
TEXT = {"type": "string"}


def put(schema: str, name: str, value: Any, *, required: bool = False) -> Change:
    def change(document: Document) -> None:
        properties(document, schema)[name] = value
        if required:
            schemas(document)[schema].setdefault("required", []).append(name)

    return change


def drop(schema: str, name: str) -> Change:
    return lambda document: properties(document, schema).pop(name)


def require(schema: str, name: str) -> Change:
    return lambda document: schemas(document)[schema].setdefault("required", []).append(name)


def keyword(schema: str, name: str, key: str, value: Any) -> Change:
    return lambda document: properties(document, schema)[name].update({key: value})


def values(schema: str, *listed: str) -> Change:
    return lambda document: schemas(document)[schema].update(enum=list(listed))


def parameter(path: str, index: int, **members: Any) -> Change:
    return lambda document: get(document, path)["parameters"][index].update(members)


def limits(path: str, **rates: int) -> Change:
    return lambda document: get(document, path)["x-rate-limits"].update(rates)


def described(path: str, status: str, before: str, now: str) -> Change:
    def change(document: Document) -> None:
        answer = get(document, path)["responses"][status]
        answer["description"] = answer["description"].replace(before, now)

    return change


def permissions(path: str, *names: str) -> Change:
    return lambda document: get(document, path).update({"x-required-permissions": list(names)})


def status_of_success(path: str, status: str) -> Change:
    def change(document: Document) -> None:
        answers = get(document, path)["responses"]
        answers[status] = answers.pop("200")

    return change


def media(path: str, name: str) -> Change:
    def change(document: Document) -> None:
        answer = get(document, path)["responses"]["200"]
        answer["content"] = {name: answer["content"]["application/json"]}

    return change


def drop_operation(path: str) -> Change:
    return lambda document: document["paths"].pop(path)


ANSWER, OPEN, FORM = "SessionStatusResponse", "OpenOnlineSessionRequest", "FormCode"
NEEDS, READS = "the facade needs it", "the facade reads it, and goes on without"
SENDS, NOT_SENT = "the facade sends it", "the facade does not send it"
FITS, MISFITS = "what the facade sends still fits", "what the facade sends does not fit"
CODE = "the facade acts on it"

#: What changed -> impact, topic, names and note of the one line that must come of it.
ONE_LINE: dict[str, tuple[Change, Impact, str, tuple[str, ...], str]] = {
    # What the service answers: the facade needs little of it, and reads more.
    "spine removed": (drop("StatusInfo", "code"), FACADE, "removed", ("code",), NEEDS),
    "reading removed": (drop(ANSWER, "invoiceCount"), RAW, "removed", ("invoiceCount",), READS),
    "other removed": (drop(ANSWER, "note"), RAW, "removed", ("note",), ""),
    "answer added": (put(ANSWER, "new", TEXT), NEW, "added", ("new",), ""),
    "answer added, required": (
        put(ANSWER, "new", TEXT, required=True),
        NEW,
        "added",
        ("new",),
        "",
    ),
    "spine optional": (
        lambda document: schemas(document)["StatusInfo"].pop("required"),
        FACADE,
        "optional",
        ("code",),
        NEEDS,
    ),
    "reading of another type": (
        keyword(ANSWER, "invoiceCount", "type", "string"),
        FACADE,
        "type",
        ("invoiceCount",),
        READS,
    ),
    "other of another type": (
        keyword(ANSWER, "note", "type", "integer"),
        RAW,
        "type",
        ("note",),
        "",
    ),
    "date instead of text": (
        keyword(ANSWER, "note", "format", "date-time"),
        RAW,
        "format",
        ("note",),
        "",
    ),
    "deprecated": (
        keyword(ANSWER, "invoiceCount", "deprecated", True),
        NEW,
        "deprecated",
        ("invoiceCount",),
        "the facade reads it",
    ),
    "success under another status": (
        status_of_success(STATUS, "202"),
        RAW,
        "answer-status",
        (),
        "",
    ),
    "answer in another form": (media(STATUS, "text/csv"), FACADE, "answer-media", (), ""),
    # What the facade and others send.
    "request added": (put(OPEN, "new", TEXT), NEW, "added", ("new",), ""),
    "request added, required": (
        put(OPEN, "new", TEXT, required=True),
        FACADE,
        "added",
        ("new",),
        NOT_SENT,
    ),
    "request added, required, elsewhere": (
        put("GrantRequest", "new", TEXT, required=True),
        RAW,
        "added",
        ("new",),
        "",
    ),
    "sent removed": (drop(FORM, "value"), FACADE, "removed", ("value",), SENDS),
    "unsent removed": (drop(OPEN, "comment"), RAW, "removed", ("comment",), ""),
    "sent required": (require(FORM, "value"), RAW, "required", ("value",), SENDS),
    "unsent required": (require(OPEN, "comment"), FACADE, "required", ("comment",), NOT_SENT),
    "sent narrowed, fits": (
        keyword(FORM, "systemCode", "maxLength", 10),
        RAW,
        "bound",
        ("systemCode",),
        FITS,
    ),
    "sent narrowed, misfits": (
        keyword(FORM, "systemCode", "maxLength", 3),
        FACADE,
        "bound",
        ("systemCode",),
        MISFITS,
    ),
    "sent pattern, misfits": (
        keyword(FORM, "systemCode", "pattern", "^[0-9]+$"),
        FACADE,
        "bound",
        ("systemCode",),
        MISFITS,
    ),
    "unsent widened": (
        keyword(OPEN, "comment", "maxLength", 200),
        LIMITS,
        "bound",
        ("comment",),
        "",
    ),
    "value gone": (
        keyword("GrantRequest", "right", "enum", ["Read"]),
        RAW,
        "values-removed",
        ("Write",),
        "",
    ),
    "value new": (
        keyword("GrantRequest", "right", "enum", ["Read", "Write", "Own"]),
        NEW,
        "values-added",
        ("Own",),
        "",
    ),
    "body closed": (
        lambda document: schemas(document)["GrantRequest"].update(additionalProperties=False),
        RAW,
        "closed",
        ("GrantRequest",),
        "",
    ),
    # Parameters.
    "parameter gone": (
        lambda document: get(document, "/sessions")["parameters"].pop(0),
        FACADE,
        "parameter-removed",
        ("pageSize",),
        SENDS,
    ),
    "parameter required": (
        parameter("/sessions", 0, required=True),
        RAW,
        "parameter-required",
        ("pageSize",),
        SENDS,
    ),
    "new required parameter": (
        lambda document: get(document, "/sessions")["parameters"].append(
            {"name": "x-new", "in": "header", "required": True, "schema": TEXT}
        ),
        FACADE,
        "parameter-added",
        ("x-new",),
        "the facade does not always send it",
    ),
    "new parameter": (
        lambda document: get(document, "/sessions")["parameters"].append(
            {"name": "sort", "in": "query", "schema": TEXT}
        ),
        NEW,
        "parameter-added",
        ("sort",),
        "",
    ),
    # Operations and what surrounds them.
    "used operation gone": (
        drop_operation("/sessions/online"),
        FACADE,
        "operation-removed",
        ("POST /sessions/online",),
        "the facade uses it",
    ),
    "other operation gone": (
        drop_operation("/grants"),
        RAW,
        "operation-removed",
        ("POST /grants",),
        "",
    ),
    "new operation": (
        lambda document: document["paths"].update({"/new": {"get": operation()}}),
        NEW,
        "operation-added",
        ("GET /new",),
        "",
    ),
    "permission added": (
        permissions(STATUS, "InvoiceRead", "InvoiceWrite", "Introspection"),
        LIMITS,
        "permission-added",
        ("Introspection",),
        "",
    ),
    "permission gone": (
        permissions(STATUS, "InvoiceRead"),
        LIMITS,
        "permission-removed",
        ("InvoiceWrite",),
        "",
    ),
    "limit": (limits(STATUS, perMinute=100), LIMITS, "limit", (), ""),
    "limit group": (
        described(STATUS, "429", "sessionMisc", "sessionStatus"),
        LIMITS,
        "limit-group",
        (),
        "",
    ),
    "code added": (
        described(STATUS, "400", "| 21173", "| 21001 | Nowy |\n| 21173"),
        NEW,
        "code-added",
        ("21001",),
        "",
    ),
    "token not needed": (
        lambda document: get(document, STATUS).update(security=[]),
        NEW,
        "token",
        (),
        "",
    ),
    "error documented": (
        lambda document: get(document, STATUS)["responses"].update({"410": {"description": "x"}}),
        NEW,
        "error-added",
        ("HTTP 410",),
        "",
    ),
}


@pytest.mark.parametrize("name", ONE_LINE)
def test_one_change_is_one_line_of_its_class(name: str) -> None:
    change, impact, topic, names, note = ONE_LINE[name]
    report = after(change)
    assert told(report) == [(impact, topic, names, note)]
    assert report.exit_code == EXIT_CODES[impact]


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
