"""A small contract for tests of the comparison, and a way to change copies of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from ksef_facade.contract.compare import compare
from ksef_facade.contract.document import Document
from ksef_facade.contract.findings import Impact
from ksef_facade.contract.report import Report

GROUP_TABLE = (
    "| | req / s | req / min | req / h | grupa\n| --- | --- | --- | --- | --- |\n"
    "| **Limity** | 10 | 120 | 1200 | sessionMisc |\n"
)
CODE_TABLE = "| ExceptionCode | ExceptionDescription |\n|---|---|\n| 21173 | Brak sesji |\n"


TEXT = {"type": "string"}


def reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def operation(answer: str = "Plain", **members: Any) -> dict[str, Any]:
    return {
        "summary": "Krótki opis",
        "tags": ["Sesje"],
        "security": [{"Bearer": []}],
        "x-rate-limits": {"perSecond": 10, "perMinute": 120, "perHour": 1200},
        "x-required-permissions": ["InvoiceRead", "InvoiceWrite"],
        "responses": {
            "200": {
                "description": "OK",
                "content": {"application/json": {"schema": reference(answer)}},
            },
            "400": {
                "description": CODE_TABLE,
                "content": {"application/json": {"schema": reference("ExceptionResponse")}},
            },
            "429": {"description": GROUP_TABLE},
        },
        **members,
    }


def contract() -> Document:
    """Three operations the facade uses and one that it does not."""
    path = {"name": "referenceNumber", "in": "path", "required": True, "schema": {"type": "string"}}
    body = {"content": {"application/json": {"schema": reference("OpenOnlineSessionRequest")}}}
    other = {"content": {"application/json": {"schema": reference("GrantRequest")}}}
    size = {"name": "pageSize", "in": "query", "schema": {"type": "integer", "maximum": 1000}}
    kind = {"name": "sessionType", "in": "query", "required": True, "schema": reference("Kind")}
    return {
        "openapi": "3.0.4",
        "info": {"title": "KSeF", "version": "v2", "description": "Wersja 2.9.0 (build 2.9.0-te)"},
        "paths": {
            "/sessions": {"get": operation(parameters=[size, kind])},
            "/sessions/{referenceNumber}": {
                "get": operation("SessionStatusResponse", parameters=[path])
            },
            "/sessions/online": {"post": operation(requestBody=body)},
            "/grants": {"post": operation(requestBody=other)},
        },
        "components": {
            "schemas": {
                "Plain": {"type": "object", "properties": {"text": {"type": "string"}}},
                "Kind": {"type": "string", "enum": ["Online", "Batch"]},
                "StatusInfo": {
                    "type": "object",
                    "required": ["code"],
                    "properties": {
                        "code": {"type": "integer", "format": "int32", "description": "Kod"},
                        "description": {"type": "string"},
                    },
                },
                "SessionStatusResponse": {
                    "type": "object",
                    "required": ["status"],
                    "properties": {
                        "status": {"allOf": [reference("StatusInfo")], "description": "Status"},
                        "invoiceCount": {"type": "integer", "nullable": True},
                        "note": {"type": "string"},
                        "kind": reference("Kind"),
                    },
                },
                "ExceptionResponse": {
                    "type": "object",
                    "properties": {"exception": {"type": "object"}},
                },
                "OpenOnlineSessionRequest": {
                    "type": "object",
                    "required": ["formCode"],
                    "properties": {
                        "formCode": reference("FormCode"),
                        "comment": {"type": "string", "maxLength": 100},
                    },
                },
                "FormCode": {
                    "type": "object",
                    "properties": {
                        "systemCode": {"type": "string", "maxLength": 20},
                        "value": {"type": "string"},
                    },
                },
                "GrantRequest": {
                    "type": "object",
                    "properties": {"right": {"type": "string", "enum": ["Read", "Write"]}},
                },
            }
        },
    }


Change = Callable[[Document], object]


def after(*changes: Change) -> Report:
    """The report on the small contract and a changed copy of it."""
    old = contract()
    new = copy.deepcopy(old)
    for change in changes:
        change(new)
    return compare(old, new)


def told(report: Report) -> list[tuple[Impact, str, tuple[str, ...], str]]:
    """Impact, topic, names and note of each line, but for wording."""
    return [
        (line.impact, line.topic, line.names, line.note)
        for line in report.lines
        if line.impact is not Impact.WORDING
    ]


def schemas(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def properties(document: Document, schema: str) -> dict[str, Any]:
    found: dict[str, Any] = schemas(document)[schema]["properties"]
    return found


def get(document: Document, path: str, method: str = "get") -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][path][method]
    return found
