"""The contract as this judge reads it: the published one, and what it says in prose only.

Each change makes the contract stricter, never laxer, and says why. What is then allowed must be
understood by the simulator, and what is then forbidden must be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.judges.operations import read_contract

#: Schemas whose pattern is the form of an identifier of that type.
_TYPES_WITH_A_SCHEMA = ("InternalId", "Nip", "NipVatUe", "PeppolId", "Pesel")
_FINGERPRINT = {"type": "string", "pattern": "^[0-9A-F]{64}$"}
#: Types that name everybody or nobody: no value goes with them.
_TYPES_WITHOUT_A_VALUE = ("AllPartners", "System")
#: The 16 bytes of a block of AES.
_INITIALIZATION_VECTOR = "^[A-Za-z0-9+/]{21}[AQgw]==$"
_FORM_CODE = {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"}
#: Which member of `subjectDetails` goes with which type.
_DETAILS = {
    "PersonByIdentifier": "personById",
    "PersonByFingerprintWithIdentifier": "personByFpWithId",
    "PersonByFingerprintWithoutIdentifier": "personByFpNoId",
    "EntityByFingerprint": "entityByFp",
}


class NothingToChange(Exception):
    """The contract says by itself what a change of this module adds: drop the change."""


def contract() -> dict[str, Any]:
    """The contract with every change of this module applied; raises NothingToChange."""
    document = read_contract()
    for change in (
        _require_bodies,
        _tie_values_to_types,
        _tie_details_to_types,
        _want_some_permissions,
        _narrow_texts,
    ):
        if not change(document):
            raise NothingToChange(change.__name__)
    return document


def _require_bodies(document: dict[str, Any]) -> int:
    """A body of which something is required is required itself, although the contract says it of
    none in JSON: read to the letter, it allows to open a session with an empty request.

    Where nothing of a body is required it stays optional, and is left out now and then.
    """
    lax = [
        body
        for body in _bodies(document)
        if not body.get("required")
        and all(_wants_members(document, one["schema"]) for one in body["content"].values())
    ]
    for body in lax:
        body["required"] = True
    return len(lax)


def _wants_members(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    if "$ref" in schema:
        return _wants_members(document, _schemas(document)[schema["$ref"].rpartition("/")[2]])
    parts = schema.get("allOf", ())
    return bool(schema.get("required")) or any(_wants_members(document, one) for one in parts)


def _tie_values_to_types(document: dict[str, Any]) -> int:
    """The value of an identifier has the form of its type (schemas `Nip`, `Pesel`, ...).

    The contract gives such values a length only, and says in prose what they are.
    """
    changed = 0
    for schema in _schemas(document).values():
        properties = schema.get("properties", {})
        if set(properties) != {"type", "value"}:
            continue
        kinds = _enumerated(document, properties["type"])
        variants = [_identifier(kind) for kind in kinds]
        if None in variants:
            continue
        schema.clear()
        schema.update({"oneOf": variants} if len(variants) > 1 else variants[0] or {})
        changed += 1
    return changed


def _identifier(kind: str) -> dict[str, Any] | None:
    type_ = {"type": "string", "enum": [kind]}
    if kind in _TYPES_WITHOUT_A_VALUE:
        value: dict[str, Any] = {"type": "string", "nullable": True, "enum": [None]}
        return {
            "type": "object",
            "properties": {"type": type_, "value": value},
            "required": ["type"],
        }
    if kind == "Fingerprint":
        value = _FINGERPRINT
    elif kind in _TYPES_WITH_A_SCHEMA:
        value = {"$ref": f"#/components/schemas/{kind}"}
    else:
        return None
    properties = {"type": type_, "value": value}
    return {"type": "object", "properties": properties, "required": ["type", "value"]}


def _tie_details_to_types(document: dict[str, Any]) -> int:
    """`subjectDetailsType` selects exactly one nested object (documented rule)."""
    changed = 0
    for schema in _schemas(document).values():
        properties = schema.get("properties", {})
        if "subjectDetailsType" not in properties or "description" in properties:
            continue
        kinds = _enumerated(document, properties["subjectDetailsType"])
        if not all(_DETAILS.get(kind) in properties for kind in kinds):
            continue
        schema.clear()
        schema["oneOf"] = [
            {
                "type": "object",
                "properties": {
                    "subjectDetailsType": {"type": "string", "enum": [kind]},
                    _DETAILS[kind]: {
                        key: value
                        for key, value in properties[_DETAILS[kind]].items()
                        if key != "nullable"
                    },
                },
                "required": ["subjectDetailsType", _DETAILS[kind]],
            }
            for kind in kinds
        ]
        changed += 1
    return changed


def _want_some_permissions(document: dict[str, Any]) -> int:
    """A grant names at least one permission: granting nothing is no grant."""
    changed = 0
    for name, schema in _schemas(document).items():
        permissions = schema.get("properties", {}).get("permissions", {})
        if name.endswith("Request") and permissions.get("type") == "array":
            permissions["minItems"] = 1
            changed += 1
    return changed


def _narrow_texts(document: dict[str, Any]) -> int:
    """Texts whose form the contract gives in prose: an initialization vector, a form code."""
    schemas = _schemas(document)
    vector = schemas["EncryptionInfo"]["properties"]["initializationVector"]
    code = schemas["FormCode"]["properties"]
    if "pattern" in vector or "enum" in code["value"]:
        return 0
    vector["pattern"] = _INITIALIZATION_VECTOR
    for name, text in _FORM_CODE.items():
        code[name]["enum"] = [text]
    return 1


def _bodies(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "requestBody" in operation:
                yield operation["requestBody"]


def _schemas(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    schemas: dict[str, dict[str, Any]] = document["components"]["schemas"]
    return schemas


def _enumerated(document: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    while "enum" not in schema:
        reference = schema.get("$ref") or schema["allOf"][0]["$ref"]
        schema = _schemas(document)[reference.rpartition("/")[2]]
    names: list[str] = schema["enum"]
    return names
