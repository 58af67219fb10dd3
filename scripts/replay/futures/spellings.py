"""Paths and parameters in the words of frameworks, proxies and Swagger 2."""

from __future__ import annotations

import re
from typing import Any

from scripts.document import Document, operations

_TEXT = {"type": "string"}


def route_constraints(document: Document) -> None:
    """Routes say more of their parameters than names, as ASP.NET Core lets them."""
    kinds = iter([":length(36)", "?", ":regex(^[[A-Z0-9-]]{{36}}$)"] * len(document["paths"]))
    document["paths"] = {
        re.sub(r"\{(\w+)\}", lambda found: "{" + found[1] + next(kinds) + "}", path): item
        for path, item in document["paths"].items()
    }


def trailing_slashes(document: Document) -> None:
    """Every path ends in a slash."""
    document["paths"] = {f"{path}/": item for path, item in document["paths"].items()}


def address_in_every_path(document: Document) -> None:
    """What stands before every path has no `api` in it."""
    document["paths"] = {f"/ksef/v3{path}": item for path, item in document["paths"].items()}


def types_beside_places(document: Document) -> None:
    """The type of a parameter stands beside its place, without a schema, as in Swagger 2."""
    for operation in operations(document):
        for parameter in operation.body.get("parameters", []):
            if "type" in parameter["schema"]:
                parameter |= parameter.pop("schema")


def taken_names(document: Document) -> None:
    """Queries and headers are called what the generated functions call something else."""
    for operation in operations(document):
        more = [("body", "query"), ("headers", "query"), ("params", "header"), ("quote", "query")]
        operation.body["parameters"] = [
            *operation.body.get("parameters", []),
            *({"name": name, "in": place, "schema": _TEXT} for name, place in more),
        ]


def one_name_in_several_places(document: Document) -> None:
    """What stands in a path may be given in the query too, and all of a query in headers."""
    for operation in operations(document):
        more: list[dict[str, Any]] = []
        for parameter in operation.body.get("parameters", []):
            place = {"path": "query", "query": "header"}.get(parameter["in"])
            if place:
                more.append({"name": parameter["name"], "in": place, "schema": _TEXT})
        if more:
            operation.body["parameters"] += more
