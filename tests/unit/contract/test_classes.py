"""Each kind of difference has its class, which depends on its direction and on what the facade does."""

from __future__ import annotations

import pytest

from ksef_facade.contract.findings import Impact
from tests.unit.contract.changes import (
    described,
    drop,
    drop_operation,
    keyword,
    limits,
    media,
    parameter,
    permissions,
    put,
    require,
    status_of_success,
)
from tests.unit.contract.synthetic import (
    TEXT,
    Change,
    after,
    get,
    operation,
    schemas,
    told,
)

FACADE, RAW, NEW = Impact.FACADE, Impact.RAW, Impact.NEW
LIMITS, WORDING = Impact.LIMITS, Impact.WORDING
STATUS = "/sessions/{referenceNumber}"
EXIT_CODES = {FACADE: 2, RAW: 2, NEW: 1, LIMITS: 1, WORDING: 0}


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
