"""Operations that go, come, move or are renamed."""

from __future__ import annotations

import copy

from scripts.document import METHODS, Document, operations


def no_history(document: Document) -> None:
    """`GET /sessions` is gone."""
    del document["paths"]["/sessions"]


def no_logins(document: Document) -> None:
    """Logins are not listed, and failed invoices neither: their paths look like a reference now."""
    del document["paths"]["/auth/sessions"]
    del document["paths"]["/sessions/{referenceNumber}/invoices/failed"]


def no_upo_page(document: Document) -> None:
    """The page of a UPO by its reference is gone; links stay."""
    del document["paths"]["/sessions/{referenceNumber}/upo/{upoReferenceNumber}"]


def no_upo_by_invoice(document: Document) -> None:
    """The UPO of one invoice is to be had by link only."""
    for path in [path for path in document["paths"] if path.endswith("/upo")]:
        del document["paths"][path]


def no_refresh(document: Document) -> None:
    """Access tokens cannot be refreshed."""
    del document["paths"]["/auth/token/refresh"]


def moved_sending(document: Document) -> None:
    """Sending moved to another path."""
    paths = document["paths"]
    for path in [path for path in paths if path.startswith("/sessions/online")]:
        paths[path.replace("/sessions/online", "/online-sessions")] = paths.pop(path)


def downloads_only(document: Document) -> None:
    """A document about downloads alone: nothing in it has a model."""
    document["paths"] = {
        path: {"get": item["get"]}
        for path, item in document["paths"].items()
        if "application/xml"
        in item.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
    }


def added_operations(document: Document) -> None:
    """New operations, some with names that are hard to derive."""
    model = document["paths"]["/sessions/{referenceNumber}/invoices"]["get"]
    for path in ("/sessions/query", "/sessions/{referenceNumber}/class", "/class/{a}/{b}", "/żółć"):
        names = [part[1:-1] for part in path.split("/") if part[:1] == "{"]
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ]
        document["paths"][path] = {
            "get": {**copy.deepcopy(model), "parameters": parameters},
            "delete": {"parameters": parameters, "responses": {"204": {"description": ""}}},
        }


def moved_prefix(document: Document) -> None:
    """All paths carry another base path."""
    document["paths"] = {f"/ksef/api/v3{path}": item for path, item in document["paths"].items()}


def old_prefix(document: Document) -> None:
    """All paths carry the base path of 2025, some operations an id and other tags."""
    document["paths"] = {f"/api/v2{path}": item for path, item in document["paths"].items()}
    for number, operation in enumerate(operations(document)):
        operation.body["operationId"] = f"Operacja {number % 7}"
        operation.body["tags"] = ["Wysyłka i odbiór", "class"]


def both_prefixes(document: Document) -> None:
    """Some operations are there twice, with and without the base path."""
    for path in list(document["paths"])[::3]:
        document["paths"][f"/v2{path}"] = copy.deepcopy(document["paths"][path])


def renamed_path_parameters(document: Document) -> None:
    """Path parameters have other names, one of them Python's."""
    for path in list(document["paths"]):
        item = document["paths"].pop(path)
        for method in METHODS:
            for parameter in (item.get(method) or {}).get("parameters") or []:
                if parameter.get("in") == "path":
                    old = parameter["name"]
                    parameter["name"] = "class" if old == "referenceNumber" else f"{old}-id"
                    path = path.replace(f"{{{old}}}", f"{{{parameter['name']}}}")
        document["paths"][path] = item


def undeclared_path_parameters(document: Document) -> None:
    """Path parameters are named by the path only."""
    for operation in operations(document):
        given = operation.body.get("parameters") or []
        operation.body["parameters"] = [item for item in given if item.get("in") != "path"]
