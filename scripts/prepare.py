"""From the facts of a contract to the document the generator is given, step by step.

Every step changes the document in place, does one thing, and fails when it finds nothing to do
where there must be something: a step that silently stops matching is how wrong code is generated.
"""

from __future__ import annotations

from typing import Any

from ksef_facade.contract.facts import CODES, GROUP, LIMITS, PERMISSIONS
from scripts.document import METHODS, Document, operations, reachable
from scripts.failure import PipelineError, Tell, refuse
from scripts.mend import JSON, XML, mend
from scripts.names import Key, Name, Named, name_operations

#: What stays required in responses, with the type that tells it from namesakes: the identifier one
#: goes on with, and the number in a status that one decides by.
SPINE = {"referenceNumber": None, "code": "integer"}

_WINDOWS = (("perSecond", "per second"), ("perMinute", "per minute"), ("perHour", "per hour"))


def prepare(document: Document, pinned: dict[Key, Name], tell: Tell = refuse) -> Named:
    """Run every step over a stripped contract (in place) and return the names it was given.

    Pinned operations that the document lacks are in the result; it is the caller who decides
    whether that stops the run. `tell` hears of all else that is odd.
    """
    inline_shared_parts(document)
    mend(document, tell)
    named = name_operations(document, pinned, tell)
    pin_names(document, named)
    drop_errors(document, tell)
    make_xml_binary(document, tell)
    relax_responses(document, tell)
    drop_unused_schemas(document, tell)
    return named


def inline_shared_parts(document: Document) -> None:
    """Write shared parameters, bodies, responses and headers out where they are referred to.

    The steps that follow look at operations; no published contract has to share such parts, so
    finding none is fine.
    """
    components = document.get("components", {})
    shared = {
        f"#/components/{section}/{name}": part
        for section in ("headers", "parameters", "requestBodies", "responses")
        for name, part in components.pop(section, {}).items()
    }
    if shared:
        document["paths"] = _written_out(document["paths"], shared)


def pin_names(document: Document, named: Named) -> None:
    """Name and tag each operation, and say in English what it does and what it costs."""
    for operation in operations(document):
        name = named.by_key[operation.key]
        operation.body["operationId"] = name.name
        operation.body["tags"] = [name.tag]
        # All in the summary: the generator sets a description apart from it by a stray blank.
        operation.body["summary"] = "\n\n".join([name.summary, *_notes(operation.body)])
        operation.body.pop("description", None)
    if not named.by_key:
        raise PipelineError("the contract has no operations")


def drop_errors(document: Document, tell: Tell = refuse) -> None:
    """Keep successful responses only: errors have four shapes, read by one decoder of ours."""
    dropped = 0
    for operation in operations(document):
        responses = operation.body["responses"]
        kept = {status: body for status, body in responses.items() if status.startswith("2")}
        dropped += len(responses) - len(kept)
        operation.body["responses"] = kept
    _must_have_found(dropped, "responses of errors", tell)


def make_xml_binary(document: Document, tell: Tell = refuse) -> None:
    """XML is bytes, in and out: parsing it is not the raw client's business.

    A body that is JSON as well is JSON.
    """
    found = 0
    for operation in operations(document):
        bodies = [operation.body.get("requestBody", {}), *operation.body["responses"].values()]
        for body in bodies:
            content = body.get("content", {})
            if XML in content and JSON in content:
                del content[XML]
            elif XML in content:
                body["content"] = {XML: {"schema": {"type": "string", "format": "binary"}}}
                found += 1
    _must_have_found(found, "XML bodies", tell)


def relax_responses(document: Document, tell: Tell = refuse) -> None:
    """Nothing but the spine is required in a response, and everything may be null.

    A server is older than this client for days with every version, and newer for longer; what one
    of them leaves out must not cost the rest of the answer. Schemas that requests use as well keep
    what they require: there it helps the caller. A deprecated property is never required.
    """
    responses, requests = _schemas_by_use(document)
    schemas = document["components"]["schemas"]
    spine = relaxed = 0
    for name in sorted(responses - requests):
        for schema in _objects(schemas[name]):
            required = schema.pop("required", None)
            required = required if isinstance(required, list) else []
            kept = [item for item in required if _in_spine(item, schema["properties"])]
            if kept:
                schema["required"] = kept
            spine += len(kept)
            relaxed += len(required) - len(kept)
            for item in schema["properties"].keys() - set(kept):
                schema["properties"][item] = _nullable(schema["properties"][item])
    _must_have_found(relaxed, "required properties of responses", tell)
    _must_have_found(spine, f"required {' or '.join(sorted(SPINE))} in responses", tell)


def drop_unused_schemas(document: Document, tell: Tell = refuse) -> None:
    """Schemas that no operation needs any more (those of errors, above all) are not generated."""
    schemas = document["components"]["schemas"]
    used = reachable(document, document["paths"])
    _must_have_found(len(schemas) - len(used), "schemas that nothing uses", tell)
    document["components"]["schemas"] = {
        name: schema for name, schema in schemas.items() if name in used
    }


def _written_out(node: Any, shared: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_written_out(item, shared) for item in node]
    if not isinstance(node, dict):
        return node
    if (reference := node.get("$ref")) in shared:
        # What leads back to itself stands for nothing.
        others = {name: part for name, part in shared.items() if name != reference}
        return _written_out(shared[reference], others)
    return {key: _written_out(value, shared) for key, value in node.items()}


def _notes(body: dict[str, Any]) -> list[str]:
    """What the contract says about an operation, in sentences of ours."""
    notes = []
    limits = body.get(LIMITS)
    if limits and isinstance(limits, dict):
        windows = [f"{limits[key]} {text}" for key, text in _WINDOWS if limits.get(key)]
        group = body.get(GROUP, "not published")
        notes.append(f"Limit group: {group} ({', '.join(windows)}).")
    if permissions := [text for text in body.get(PERMISSIONS) or () if isinstance(text, str)]:
        notes.append(f"Needs one of these permissions: {', '.join(permissions)}.")
    if codes := body.get(CODES):
        notes.append(f"Exception codes of a 400 answer: {', '.join(map(str, codes))}.")
    return notes


def _schemas_by_use(document: Document) -> tuple[set[str], set[str]]:
    """The names of the schemas that responses need, and of those that requests need."""
    responses: set[str] = set()
    requests: set[str] = set()
    for item in document["paths"].values():
        requests |= reachable(document, item.get("parameters"))
        for method in METHODS:
            if operation := item.get(method):
                responses |= reachable(document, operation["responses"])
                requests |= reachable(document, operation.get("requestBody"))
                requests |= reachable(document, operation.get("parameters"))
    return responses, requests


def _objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schema itself and what is written inside it, as far as it has properties."""
    found = [schema] if schema.get("properties") else []
    for inner in (schema.get("properties") or {}).values():
        found += _objects(inner)
    for inner in (schema.get("items"), *(schema.get("allOf") or ())):
        if isinstance(inner, dict):
            found += _objects(inner)
    return found


def _in_spine(name: str, properties: dict[str, Any]) -> bool:
    schema = properties.get(name)
    if schema is None or name not in SPINE or schema.get("deprecated"):
        return False
    return SPINE[name] in (None, schema.get("type"))


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    # In OpenAPI 3.0 nothing beside a reference counts, so the reference moves into an allOf.
    plain = {"allOf": [schema]} if "$ref" in schema else schema
    return plain | {"nullable": True}


def _must_have_found(count: int, what: str, tell: Tell) -> None:
    if not count:
        tell(f"preparing the contract found no {what}; has its form changed?")
