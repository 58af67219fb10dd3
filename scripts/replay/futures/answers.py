"""Answers of other types, with more or less in them."""

from __future__ import annotations

from scripts.document import Document, operations
from scripts.replay.futures.walking import (
    all_schemas,
    answer_enumerations,
    answer_objects,
    medias,
    retype,
)


def longer_enumerations(document: Document) -> None:
    """Every enumeration begins with a value that nobody knows."""
    for schema in answer_enumerations(document):
        if isinstance(schema["enum"][0], str):
            schema["enum"] = ["ValueOfTomorrow", *schema["enum"]]


def all_required(document: Document) -> None:
    """Every property of an answer is required."""
    for schema in answer_objects(document):
        schema["required"] = sorted(schema["properties"])


def nothing_required(document: Document) -> None:
    """No property of an answer is required."""
    for schema in answer_objects(document):
        schema.pop("required", None)


def numbers_as_texts(document: Document) -> None:
    """Whole numbers of answers become texts."""
    retype(document, "integer", "string")


def numbers_widened(document: Document) -> None:
    """Whole numbers of answers become numbers."""
    retype(document, "integer", "number")


def dates_as_texts(document: Document) -> None:
    """Nothing says any more that a text is a date, in requests neither."""
    for schema in all_schemas(document):
        if schema.get("format") in ("date-time", "date"):
            del schema["format"]


def null_by_list(document: Document) -> None:
    """OpenAPI 3.1: null stands in the list of types."""
    document["openapi"] = "3.1.0"
    for schema in answer_objects(document):
        for inner in schema["properties"].values():
            if isinstance(inner.get("type"), str):
                inner["type"] = [inner["type"], "null"]


def null_by_choice(document: Document) -> None:
    """OpenAPI 3.1: an object, or null."""
    document["openapi"] = "3.1.0"
    for schema in answer_objects(document):
        for name, inner in schema["properties"].items():
            if "$ref" in inner:
                schema["properties"][name] = {"oneOf": [{"type": "null"}, inner]}


def null_by_keyword(document: Document) -> None:
    """OpenAPI 3.0: everything in an answer may be null."""
    for schema in answer_objects(document):
        for name, inner in schema["properties"].items():
            plain = {"allOf": [inner]} if "$ref" in inner else inner
            schema["properties"][name] = plain | {"nullable": True}


def other_successes(document: Document) -> None:
    """200 becomes 202, 201 becomes 200, 204 becomes 200 with a body, 202 becomes any success."""
    moved = {"200": "202", "201": "200", "204": "200", "202": "2XX"}
    for operation in operations(document):
        responses = operation.body["responses"]
        operation.body["responses"] = {moved.get(key, key): it for key, it in responses.items()}
        if "204" in responses:
            content = {"application/json": {"schema": {"type": "object"}}}
            operation.body["responses"]["200"]["content"] = content


def undescribed_answers(document: Document) -> None:
    """JSON answers have no schema."""
    for kind, media in medias(document):
        if kind == "responses":
            media.pop("schema", None)


def only_the_default_error(document: Document) -> None:
    """Errors are not told apart."""
    for operation in operations(document):
        kept = {key: it for key, it in operation.body["responses"].items() if key.startswith("2")}
        operation.body["responses"] = {**kept, "default": {"description": ""}}


def new_errors(document: Document) -> None:
    """Errors have a shape of tomorrow, and there are more of them."""
    properties = {"fault": {"type": "object", "properties": {"id": {"type": "integer"}}}}
    schema = {"type": "object", "properties": properties, "required": ["fault"]}
    for operation in operations(document):
        for status in ("400", "401", "404", "409", "422", "451", "500"):
            content = {"application/vnd.ksef.fault+json": {"schema": schema}}
            operation.body["responses"][status] = {"description": "", "content": content}


def no_deprecated(document: Document) -> None:
    """What is deprecated is gone."""
    for schema in answer_objects(document):
        gone = [name for name, inner in schema["properties"].items() if inner.get("deprecated")]
        for name in [*gone, "authenticationMethod"]:
            schema["properties"].pop(name, None)
            schema["required"] = [item for item in schema.get("required", []) if item != name]


def old_challenge(document: Document) -> None:
    """The challenge tells its time in the one way only, and a login's token is a bare text."""
    for schema in answer_objects(document):
        if schema["properties"].pop("timestampMs", None):
            schema["required"] = [n for n in schema.get("required", []) if n != "timestampMs"]
        if "authenticationToken" in schema["properties"]:
            schema["properties"]["authenticationToken"] = {"type": "string"}


def deeper_identifiers(document: Document) -> None:
    """Optional identifiers of answers become objects, as proposed for v3."""
    for schema in answer_objects(document):
        for name in set(schema["properties"]) - set(schema.get("required", [])):
            if schema["properties"][name].get("type") == "string" and "Url" not in name:
                inner = {"code": {"type": "string"}, "rawCode": {"type": "string"}}
                schema["properties"][name] = {"type": "object", "properties": inner}
