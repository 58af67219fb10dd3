"""Every answer that passes by: counted, decoded by the raw client, and held against the contract."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import httpx

from ksef_api import operations
from ksef_facade.simulator.checking import violations
from ksef_facade.simulator.contract import load
from ksef_facade.simulator.messages import Response
from scripts.contract_tests.findings import Findings
from scripts.layout import CONTRACT

_KNOWN_HEADERS: Final = frozenset({"x-ms-meta-hash", "x-system-warning"})
_ASKED_FOR: Final = "x-test-system-warning"
"""A warning that a check itself asked for is nothing new."""
_BASE: Final = "/v2"
_JSON: Final = "json"
_KNOWN_EXTRAS: Final = frozenset(
    {("GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo", 21178)}
)
"""Exception codes that the contract does not list where they were seen; facts of their own."""


class Watching(httpx.BaseTransport):
    """Passes requests on and looks at what comes back, on its way to the client."""

    def __init__(self, findings: Findings, inner: httpx.Client) -> None:
        self._findings = findings
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, whole."""
        answer = self._inner.send(request, stream=True, auth=None, follow_redirects=False)
        try:
            raw = b"".join(answer.iter_raw())
        finally:
            answer.close()
        passed = httpx.Response(answer.status_code, headers=answer.headers, content=raw)
        self._look(request, passed)
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=httpx.ByteStream(raw)
        )

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()

    def _look(self, request: httpx.Request, answer: httpx.Response) -> None:
        operation = operation_of(request.method, request.url.path)
        if operation is None:
            self._findings.requests["outside the limits"] += 1
            return
        label = f"{operation.method} {operation.path}"
        group = label if operation.limit_group == "other" else operation.limit_group
        self._findings.requests[group] += 1
        self._findings.asked.add(label)
        if answer.is_success:
            self._findings.read.look(operation, _document(answer))
        if _ASKED_FOR not in request.headers:
            for observation in observations(operation, answer):
                self._findings.notice(label, observation)


def operation_of(method: str, path: str) -> operations.Operation | None:
    """The operation that a path with its values belongs to; literal segments win."""
    parts = path.removeprefix(_BASE).split("/")
    found = [
        operation
        for operation in operations.OPERATIONS.values()
        if operation.method == method and _fits(operation.shape.split("/"), parts)
    ]
    return min(found, key=lambda operation: operation.shape.count("{}"), default=None)


def _fits(shape: list[str], parts: list[str]) -> bool:
    return len(shape) == len(parts) and all(
        own in ("{}", part) for own, part in zip(shape, parts, strict=True)
    )


def observations(operation: operations.Operation, answer: httpx.Response) -> Iterator[str]:
    """What an answer holds that the contract does not."""
    for name in answer.headers:
        if name.startswith("x-") and name not in _KNOWN_HEADERS:
            yield f"a header {name}"
    if answer.headers.get("x-system-warning"):
        yield f"a system warning: {answer.headers['x-system-warning']}"
    definition = load().operations.get((operation.method, operation.path))
    if definition is not None and answer.status_code < 500:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        given = Response(answer.status_code, headers, answer.content, _document(answer))
        for departure in violations(definition, given):
            yield f"HTTP {answer.status_code} departs from the contract: {departure}"
    document = _document(answer)
    if document is None:
        return
    if answer.is_success:
        yield from (
            f"a property that the contract does not know: {place}"
            for place in unknown_properties(_schema(operation, answer.status_code), document)
        )
        yield from _decoding(operation, answer)
    else:
        yield from _strange_codes(operation, document)


def _document(answer: httpx.Response) -> Any:
    if _JSON not in answer.headers.get("content-type", ""):
        return None
    try:
        return json.loads(answer.content)
    except ValueError:
        return None


def _decoding(operation: operations.Operation, answer: httpx.Response) -> Iterator[str]:
    from ksef_api import Client

    module = importlib.import_module(operation.module)
    if not hasattr(module, "_parse_response"):
        return
    try:
        module._parse_response(client=Client(base_url="http://127.0.0.1"), response=answer)
    except Exception as error:
        yield f"the raw client cannot decode the answer ({type(error).__name__}: {error})"


def _strange_codes(operation: operations.Operation, document: Any) -> Iterator[str]:
    if not isinstance(document, Mapping):
        return
    entries = [
        *[entry.get("code") for entry in document.get("errors") or ()],
        *[
            entry.get("exceptionCode")
            for entry in (document.get("exception") or {}).get("exceptionDetailList") or ()
        ],
    ]
    label = f"{operation.method} {operation.path}"
    for code in entries:
        if code not in operation.exception_codes and (label, code) not in _KNOWN_EXTRAS:
            yield f"an exception code that the contract does not list there: {code}"


@cache
def _contract() -> Any:
    return json.loads(CONTRACT.read_text(encoding="utf-8"))


def _schema(operation: operations.Operation, status: int) -> Any:
    entry = _contract()["paths"].get(operation.path, {}).get(operation.method.lower(), {})
    answer = _resolved(entry.get("responses", {}).get(str(status), {}))
    return answer.get("content", {}).get("application/json", {}).get("schema", {})


def unknown_properties(schema: Any, value: Any, at: str = "") -> Iterator[str]:
    """Places of properties that a schema does not name; maps with free names are left alone."""
    parts = list(_parts(schema))
    if isinstance(value, list):
        items: Any = next((part["items"] for part in parts if "items" in part), {})
        for entry in value:
            yield from unknown_properties(items, entry, f"{at}[]")
    elif isinstance(value, dict):
        known: dict[str, Any] = {}
        for part in parts:
            known |= part.get("properties", {})
        if not known:
            return
        for name, inner in value.items():
            place = f"{at}.{name}" if at else name
            if name in known:
                yield from unknown_properties(known[name], inner, place)
            else:
                yield place


def _parts(schema: Any) -> Iterator[Any]:
    resolved = _resolved(schema)
    yield resolved
    for part in resolved.get("allOf", ()):
        yield from _parts(part)


def _resolved(schema: Any) -> Any:
    while isinstance(schema, dict) and "$ref" in schema:
        found = _contract()
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema
