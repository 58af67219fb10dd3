"""Requests made from the contract, to every operation: good ones are understood, bad ones refused.

A small share of what `make judges` does, so that every run of the tests has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ksef_facade.simulator import Clock, Simulator
from scripts.document import shape
from scripts.names import load
from tests.simulator.conftest import NIP, START
from tests.simulator.generated_values import contract, resolved, spoilt, values
from tests.simulator.plain_client import Sender, over_core

_METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = [
    (method, template)
    for template, item in contract()["paths"].items()
    for method in _METHODS
    if method in item
]
WITH_BODY = [
    (method, template)
    for method, template in OPERATIONS
    if "application/json"
    in contract()["paths"][template][method].get("requestBody", {}).get("content", {})
]
FEW = settings(
    max_examples=5,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def owner() -> Iterator[Sender]:
    """The owner of a company, in a simulator that all requests of this module share."""
    simulator = Simulator(clock=Clock.stopped(START), seed=1)
    with over_core(simulator) as http:
        sender = Sender(simulator, http, NIP)
        sender.authenticate_as_owner()
        yield sender
    assert simulator.contract_violations == []


def definition(method: str, template: str) -> dict[str, Any]:
    found: dict[str, Any] = contract()["paths"][template][method]
    return found


def ask(
    data: st.DataObject, owner: Sender, method: str, template: str, body: bytes | None
) -> httpx.Response:
    """A request with parameters that the contract allows."""
    path, query, headers = template, [], dict(owner.headers)
    for parameter in definition(method, template).get("parameters", ()):
        if not parameter.get("required") and data.draw(st.booleans()):
            continue
        value = data.draw(values(parameter["schema"]))
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(str(value), safe=""))
        elif parameter["in"] == "header":
            headers[parameter["name"]] = str(value)
        else:
            many = value if isinstance(value, list) else [value]
            query += [(parameter["name"], _shown(one)) for one in many if one is not None]
    if body is not None:
        media = next(iter(definition(method, template)["requestBody"]["content"]))
        headers["Content-Type"] = media
    url = f"{path}?{urlencode(query)}" if query else path
    return owner.http.request(method.upper(), url, content=body, headers=headers)


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def body_schema(method: str, template: str) -> Any:
    content = definition(method, template)["requestBody"]["content"]
    return content["application/json"]["schema"]


@pytest.mark.parametrize(("method", "template"), OPERATIONS)
@FEW
@given(data=st.data())
def test_what_the_contract_allows_is_answered_by_the_contract(
    owner: Sender, method: str, template: str, data: st.DataObject
) -> None:
    body = None
    if (method, template) in WITH_BODY:
        body = json.dumps(data.draw(values(body_schema(method, template)))).encode()
    elif "requestBody" in definition(method, template):
        body = b"<a/>"
    answer = ask(data, owner, method, template, body)
    assert str(answer.status_code) in definition(method, template)["responses"], answer.text
    # Not by the login either: it is the owner who asks, where another token is not asked for.
    if not template.startswith("/auth/"):
        assert answer.status_code != 401


@pytest.mark.parametrize(("method", "template"), WITH_BODY)
@FEW
@given(data=st.data())
def test_what_the_contract_forbids_is_refused(
    owner: Sender, method: str, template: str, data: st.DataObject
) -> None:
    schema = body_schema(method, template)
    bad = data.draw(spoilt(schema, data.draw(values(schema))))
    answer = ask(data, owner, method, template, json.dumps(bad).encode())
    assert answer.status_code in (400, 403), (bad, answer.text)


def test_all_operations_are_asked() -> None:
    assert {(method.upper(), shape(path)) for method, path in OPERATIONS} == load().keys()
    assert len(WITH_BODY) > 30
    assert resolved({"$ref": "#/components/schemas/Nip"})["pattern"]
