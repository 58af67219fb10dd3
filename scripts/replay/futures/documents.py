"""Documents that are written in another way, or not quite rightly."""

from __future__ import annotations

from scripts.document import Document, operations
from scripts.replay.futures.walking import (
    answer_enumerations,
    answer_objects,
    medias,
    nodes,
    rename_media_types,
    rename_schemas,
    written_out,
)


def renamed_schemas(document: Document) -> None:
    """Every schema has another name, with signs that are no part of a Python name."""
    names = {name: f"Ksef.V3.{name}`1[Faktura]ż" for name in document["components"]["schemas"]}
    rename_schemas(document, names)


def clashing_schemas(document: Document) -> None:
    """Some schemas differ in name by an underscore or a capital alone."""
    schemas = document["components"]["schemas"]
    names = {
        "StatusInfo": "session_status_response",
        "InvoiceStatusInfo": "Session-Status-Response",
    }
    rename_schemas(document, {old: new for old, new in names.items() if old in schemas})


def without_names(document: Document) -> None:
    """Responses are described in place, down to three levels; nothing is shared."""
    for _, media in medias(document):
        media["schema"] = written_out(document, media.get("schema"), 3)


def media_types_with_charset(document: Document) -> None:
    """Media types carry a parameter, in requests too."""
    rename_media_types(document, lambda name: [f"{name}; charset=utf-8"])


def more_media_types(document: Document) -> None:
    """Each JSON body stands under three names, as some frameworks write it."""

    def names(name: str) -> list[str]:
        if name == "application/json":
            return ["text/plain", "application/json", "text/json", "application/*+json"]
        return [name]

    rename_media_types(document, names)


def xml_beside_json(document: Document) -> None:
    """JSON bodies may be XML as well, as .NET says when it can write both."""

    def names(name: str) -> list[str]:
        if name == "application/json":
            return ["application/xml", "application/json", "text/xml"]
        return [name]

    rename_media_types(document, names)


def any_media_type(document: Document) -> None:
    """JSON is called any type."""
    rename_media_types(document, lambda name: [name.replace("application/json", "*/*")])


def text_json(document: Document) -> None:
    """JSON is called text."""
    rename_media_types(document, lambda name: [name.replace("application/json", "text/json")])


def nulls_everywhere(document: Document) -> None:
    """Descriptions and other parts are null, as in September 2025."""
    for node in nodes(document):
        if "responses" in node or "schema" in node or "properties" in node or "content" in node:
            node |= {"description": None, "example": None, "externalDocs": None, "deprecated": None}
    for operation in operations(document):
        operation.body.setdefault("parameters", None)
        operation.body.setdefault("requestBody", None)
        for response in operation.body["responses"].values():
            response.setdefault("content", None)
            response.setdefault("headers", None)


def unknown_keys(document: Document) -> None:
    """Keys that no OpenAPI version knows, at the top and below."""
    document |= {"x-tagGroups": [{"name": "Grupa"}], "webhooks": None, "revision": {"of": "v3"}}
    for operation in operations(document):
        operation.body.update({"x-new": {"text": "coś nowego"}, "revision": 3, "callbacks": None})


def shared_parts(document: Document) -> None:
    """Parameters and responses are shared and referred to; path parameters stand beside methods."""
    components = document["components"]
    components |= {"parameters": {}, "responses": {}}
    for number, operation in enumerate(operations(document)):
        given = operation.body.pop("parameters", None) or []
        for place, parameter in enumerate(given):
            components["parameters"][f"p{number}.{place}"] = parameter
        names = range(len(given))
        references = [{"$ref": f"#/components/parameters/p{number}.{place}"} for place in names]
        if references:
            operation.body["parameters"] = references
        for status, response in operation.body["responses"].items():
            components["responses"][f"r{number}.{status}"] = response
            reference = {"$ref": f"#/components/responses/r{number}.{status}"}
            operation.body["responses"][status] = reference


def dangling_references(document: Document) -> None:
    """Some schemas are referred to and not there."""
    for name in ("FormCode", "InvoicingMode", "CommonSessionStatus", "ApiErrorDetails"):
        document["components"]["schemas"].pop(name, None)


def missing_enumerations(document: Document) -> None:
    """What a parameter or property may say is referred to and not there."""
    schemas = document["components"]["schemas"]
    for name in [name for name, schema in schemas.items() if "enum" in schema]:
        del schemas[name]


def shared_paths(document: Document) -> None:
    """OpenAPI 3.1: what can be done at a path is described elsewhere."""
    document["openapi"] = "3.1.0"
    shared = document["components"]["pathItems"] = {}
    for number, (path, item) in enumerate(document["paths"].items()):
        if number % 2:
            shared[f"p{number}"] = item
            document["paths"][path] = {"$ref": f"#/components/pathItems/p{number}"}


def odd_enumerations(document: Document) -> None:
    """Enumerations hold null, numbers and values that differ by case."""
    for schema in answer_enumerations(document):
        if isinstance(schema["enum"][0], str):
            schema["enum"] = [*schema["enum"], None, str(schema["enum"][0]).lower(), "1", "ż", ""]


def schemas_within_themselves(document: Document) -> None:
    """Answers hold lists of lists, objects of objects, and one that needs itself, all without end."""
    schemas = document["components"]["schemas"]
    reference = "#/components/schemas/"
    schemas |= {
        "EndlessList": {"type": "array", "items": {"$ref": f"{reference}EndlessList"}},
        "EndlessMap": {
            "type": "object",
            "additionalProperties": {"$ref": f"{reference}EndlessMap"},
        },
    }
    for schema in answer_objects(document):
        for name in ("EndlessList", "EndlessMap"):
            schema["properties"][name] = {"$ref": f"{reference}{name}"}
            schema["required"] = [*schema.get("required", []), name]
    own = schemas["SessionStatusResponse"]
    own["properties"]["parent"] = {"$ref": f"{reference}SessionStatusResponse"}
    own["required"] = [*own.get("required", []), "parent"]


def required_loosely(document: Document) -> None:
    """What is required stands beside the properties and names some that do not exist."""
    schemas = document["components"]["schemas"]
    for name in list(schemas):
        if schemas[name].get("properties") and name.endswith("Response"):
            required = [*schemas[name].pop("required", []), "neverDescribed"]
            schemas[name] = {"allOf": [schemas[name]], "required": required}
