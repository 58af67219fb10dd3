"""Lists that are asked for in other ways, and limits that are told otherwise."""

from __future__ import annotations

from scripts.document import Document, operations
from scripts.replay.futures.walking import answer_objects, drop_parameters, parameters_named


def token_in_query(document: Document) -> None:
    """The continuation token is a query parameter of the same name."""
    for parameter in parameters_named(document, "x-continuation-token"):
        parameter["in"] = "query"


def token_renamed(document: Document) -> None:
    """The continuation token is a query parameter under another name."""
    for parameter in parameters_named(document, "x-continuation-token"):
        parameter |= {"in": "query", "name": "continuationToken"}


def pages_by_number(document: Document) -> None:
    """Lists are paged by number, as in summer 2025, and answer no token."""
    for parameter in parameters_named(document, "x-continuation-token"):
        schema = {"type": "integer", "format": "int32", "minimum": 0, "default": 0}
        parameter |= {"in": "query", "name": "pageOffset", "schema": schema}
    for schema in document["components"]["schemas"].values():
        if (schema.get("properties") or {}).pop("continuationToken", None):
            schema["properties"]["totalCount"] = {"type": "integer"}


def smaller_pages(document: Document) -> None:
    """No page may have more than 100 rows."""
    for parameter in parameters_named(document, "pageSize"):
        parameter["schema"] |= {"maximum": 100}


def listed_page_sizes(document: Document) -> None:
    """A page has 10, 50 or 100 rows, and every other number of answers is listed too."""
    for parameter in parameters_named(document, "pageSize"):
        parameter["schema"] = {"type": "integer", "enum": [10, 50, 100], "maximum": 100.0}
    for schema in answer_objects(document):
        for inner in schema["properties"].values():
            if inner.get("type") == "integer":
                inner["enum"] = [1, 2, 3]


def open_bounds(document: Document) -> None:
    """OpenAPI 3.1: the first number that is too large is told, and constants are."""
    document["openapi"] = "3.1.0"
    for parameter in parameters_named(document, "pageSize"):
        parameter["schema"] = {"type": "integer", "exclusiveMinimum": 9, "exclusiveMaximum": 101}
    for schema in answer_objects(document):
        for inner in schema["properties"].values():
            if inner.get("type") in ("integer", "boolean"):
                inner["const"] = 7


def no_page_size(document: Document) -> None:
    """The service decides how long a page is."""
    drop_parameters(document, {"pageSize"})


def fewer_filters(document: Document) -> None:
    """The history has neither states nor some of its dates."""
    drop_parameters(document, {"statuses", "dateClosedFrom", "dateModifiedTo"})


def error_format_everywhere(document: Document) -> None:
    """Every operation takes `X-Error-Format`, as in April 2026, and here it must be given."""
    schema = {"type": "string", "enum": ["legacy", "problem-details"]}
    header = {"name": "X-Error-Format", "in": "header", "required": True, "schema": schema}
    for operation in operations(document):
        operation.body["parameters"] = [*(operation.body.get("parameters") or []), header]


def no_limits(document: Document) -> None:
    """Neither limits nor their groups nor 429 are published."""
    for operation in operations(document):
        for key in ("x-rate-limits", "x-rate-limit-group", "x-exception-codes"):
            operation.body.pop(key, None)
        operation.body["responses"].pop("429", None)


def odd_limits(document: Document) -> None:
    """Limits have another form."""
    for operation in operations(document):
        operation.body["x-rate-limits"] = [{"window": "1s", "limit": 5}]
        operation.body["x-rate-limit-group"] = "other"
