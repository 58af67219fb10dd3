"""Changes of the small contract, one each: `put`, `drop`, `require` and others."""

from __future__ import annotations

from typing import Any

from ksef_facade.contract.document import Document
from tests.unit.contract.synthetic import Change, get, properties, schemas


def put(schema: str, name: str, value: Any, *, required: bool = False) -> Change:
    def change(document: Document) -> None:
        properties(document, schema)[name] = value
        if required:
            schemas(document)[schema].setdefault("required", []).append(name)

    return change


def drop(schema: str, name: str) -> Change:
    return lambda document: properties(document, schema).pop(name)


def require(schema: str, name: str) -> Change:
    return lambda document: schemas(document)[schema].setdefault("required", []).append(name)


def keyword(schema: str, name: str, key: str, value: Any) -> Change:
    return lambda document: properties(document, schema)[name].update({key: value})


def values(schema: str, *listed: str) -> Change:
    return lambda document: schemas(document)[schema].update(enum=list(listed))


def parameter(path: str, index: int, **members: Any) -> Change:
    return lambda document: get(document, path)["parameters"][index].update(members)


def limits(path: str, **rates: int) -> Change:
    return lambda document: get(document, path)["x-rate-limits"].update(rates)


def described(path: str, status: str, before: str, now: str) -> Change:
    def change(document: Document) -> None:
        answer = get(document, path)["responses"][status]
        answer["description"] = answer["description"].replace(before, now)

    return change


def permissions(path: str, *names: str) -> Change:
    return lambda document: get(document, path).update({"x-required-permissions": list(names)})


def status_of_success(path: str, status: str) -> Change:
    def change(document: Document) -> None:
        answers = get(document, path)["responses"]
        answers[status] = answers.pop("200")

    return change


def media(path: str, name: str) -> Change:
    def change(document: Document) -> None:
        answer = get(document, path)["responses"]["200"]
        answer["content"] = {name: answer["content"]["application/json"]}

    return change


def drop_operation(path: str) -> Change:
    return lambda document: document["paths"].pop(path)
