"""One operation of a document in the form that two documents are compared in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ksef_facade.contract.document import Document, Key, base_path_removed
from ksef_facade.contract.document import operations as written_operations
from ksef_facade.contract.facts import CODES, GROUP, LIMITS, PERMISSIONS
from ksef_facade.contract.schemas import Place, Schemas, Written

JSON = "json"
_PATH_PARAMETER = re.compile(r"\{([^{}]*)\}")


@frozen
class Parameter:
    """A query parameter, a header or a path parameter."""

    name: str
    place: str
    required: bool
    schema: Written


@frozen
class Body:
    """A body by its media types; the schemas of those that are JSON count."""

    media: frozenset[str] = frozenset()
    schemas: Mapping[str, Written] = field(factory=dict)
    required: bool = False


@frozen
class Answer:
    """One documented answer."""

    body: Body
    headers: Mapping[str, str] = field(factory=dict)
    """Names as they are written, by their lower-case form."""


@frozen(kw_only=True)
class ComparedOperation:
    """An operation, its parts in reach: shared ones written out, names that may move left out."""

    key: Key
    path: str
    parameters: Mapping[tuple[str, str], Parameter]
    """Query parameters and headers by (place, name); headers in lower case."""
    path_parameters: tuple[Parameter, ...]
    body: Body | None
    answers: Mapping[str, Answer]
    needs_token: bool
    deprecated: bool
    group: str
    limits: Mapping[str, int]
    permissions: frozenset[str]
    codes: frozenset[int]

    def __str__(self) -> str:
        return f"{self.key[0]} {self.path}"


def read_operations(document: Document, schemas: Schemas) -> dict[Key, ComparedOperation]:
    """Every operation of a document that has its facts as extensions."""
    found = {}
    for operation in written_operations(document):
        shared = document["paths"][operation.path].get("parameters", ())
        parameters = [
            _parameter(schemas, entry) for entry in (*shared, *operation.body.get("parameters", ()))
        ]
        body = schemas.component(operation.body.get("requestBody"))
        security = operation.body.get("security", document.get("security")) or []
        found[operation.key] = ComparedOperation(
            key=operation.key,
            path=base_path_removed(operation.path),
            parameters={
                (item.place, _key(item)): item for item in parameters if not _in_path(item)
            },
            path_parameters=_in_order(
                operation.path, [item for item in parameters if _in_path(item)]
            ),
            body=_body(body) if body else None,
            answers={
                str(status): _answer(schemas, entry)
                for status, entry in operation.body.get("responses", {}).items()
            },
            needs_token=any(bool(entry) for entry in security),
            deprecated=bool(operation.body.get("deprecated")),
            group=str(operation.body.get(GROUP) or ""),
            limits=_limits(operation.body.get(LIMITS, {})),
            permissions=frozenset(operation.body.get(PERMISSIONS, ())),
            codes=frozenset(operation.body.get(CODES, ())),
        )
    return found


def _parameter(schemas: Schemas, entry: Any) -> Parameter:
    text = schemas.component(entry)
    name = str(text.get("name", ""))
    written = Written(text.get("schema", {}), Place("", name))
    return Parameter(name, str(text.get("in", "")), bool(text.get("required")), written)


def _key(parameter: Parameter) -> str:
    return parameter.name.lower() if parameter.place == "header" else parameter.name


def _in_path(parameter: Parameter) -> bool:
    return parameter.place == "path"


def _in_order(path: str, parameters: list[Parameter]) -> tuple[Parameter, ...]:
    order = _PATH_PARAMETER.findall(path)
    known = [item for item in parameters if item.name in order]
    return tuple(sorted(known, key=lambda item: order.index(item.name)))


def _body(text: Mapping[str, Any]) -> Body:
    # A parameter such as `charset` makes no other type of it.
    content = {
        media.partition(";")[0].strip().lower(): entry
        for media, entry in reversed(text.get("content", {}).items())
    }
    schemas = {
        media: Written(entry["schema"], Place())
        for media, entry in content.items()
        if JSON in media and "schema" in entry
    }
    return Body(frozenset(content), schemas, bool(text.get("required")))


def _answer(schemas: Schemas, entry: Any) -> Answer:
    text = schemas.component(entry)
    return Answer(_body(text), {name.lower(): name for name in text.get("headers", {})})


def _limits(published: Mapping[str, Any]) -> dict[str, int]:
    # The service says "no limit" with -1 where it says anything.
    return {
        name: value for name, value in published.items() if isinstance(value, int) and value > 0
    }
