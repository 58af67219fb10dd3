"""Every request that the facade sends in a test, held against the contract.

`watch` puts itself where the wire builds a request, on both clients; the fixture that uses it
(`conftest.py` at the root) fails the test that sent something the contract does not describe. It
shares no code with the simulator, which checks what it gets in a way of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx
import jsonschema_rs

import ksef_facade._async.wire as async_wire
import ksef_facade._sync.wire as sync_wire
from ksef_facade.contract.packaged import packaged_contract

#: Headers that belong to requests as such; the contract describes none of them as a parameter.
GENERAL_HEADERS = {
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
    # Documented beside the contract: asks for Problem Details.
    "x-error-format",
}
_PARAMETER = re.compile(r"\{([^}]*)\}")
_METHODS = ("get", "post", "put", "patch", "delete")
_CONTRACT = "urn:contract"
_BASE64 = re.compile(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


@contextmanager
def watch() -> Iterator[list[str]]:
    """What was wrong with the requests built inside the block, in sentences."""
    found: list[str] = []
    rooms = (sync_wire.Wire, async_wire.AsyncWire)
    builders = [room._request for room in rooms]
    for room, build in zip(rooms, builders, strict=True):
        room._request = _noting(build, found)  # type: ignore[method-assign]
    try:
        yield found
    finally:
        for room, build in zip(rooms, builders, strict=True):
            room._request = build  # type: ignore[method-assign]


def _noting(build: Any, found: list[str]) -> Any:
    def _request(wire: Any, *arguments: Any, **named: Any) -> httpx.Request:
        request: httpx.Request = build(wire, *arguments, **named)
        base = httpx.URL(wire.pool.environment.base_url).raw_path.decode().rstrip("/")
        name = f"{request.method} {request.url.path.removeprefix(base)}"
        found.extend(f"{name}: {sentence}" for sentence in faults(request, base))
        return request

    return _request


def faults(request: httpx.Request, base: str = "/v2") -> list[str]:
    """What the contract does not allow in a request; empty when it is a good one."""
    path = request.url.raw_path.decode().partition("?")[0].removeprefix(base)
    operation = _find(request.method, path)
    if operation is None:
        return ["no operation of the contract"]
    return [
        *operation.parameter_faults("path", operation.path_values(path)),
        *operation.parameter_faults("query", _grouped(request.url.params.multi_items())),
        *operation.parameter_faults("header", _own_headers(request)),
        *operation.credential_faults(request.headers.get("authorization")),
        *operation.body_faults(request.headers.get("content-type"), request.read()),
    ]


def _own_headers(request: httpx.Request) -> dict[str, list[str]]:
    items = [(name.decode().lower(), value.decode()) for name, value in request.headers.raw]
    return _grouped([item for item in items if item[0] not in GENERAL_HEADERS])


def _grouped(items: list[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in items:
        values.setdefault(name, []).append(value)
    return values


class _Operation:
    def __init__(self, template: str, definition: Mapping[str, Any]) -> None:
        self.template = template
        self._definition = definition
        self._pattern = re.compile("([^/]+)".join(map(re.escape, _PARAMETER.split(template)[::2])))
        self._parameters = {
            (
                entry["in"],
                entry["name"].lower() if entry["in"] == "header" else entry["name"],
            ): entry
            for entry in definition.get("parameters", ())
        }
        self._validators: dict[Any, Any] = {}

    def fits(self, path: str) -> bool:
        return self._pattern.fullmatch(path) is not None

    def path_values(self, path: str) -> dict[str, list[str]]:
        match = self._pattern.fullmatch(path)
        assert match is not None
        names = _PARAMETER.findall(self.template)
        given = [httpx.URL(f"http://x/{text}").path[1:] for text in match.groups()]
        return {name: [text] for name, text in zip(names, given, strict=True)}

    def parameter_faults(self, place: str, given: Mapping[str, list[str]]) -> Iterator[str]:
        for (where, name), entry in self._parameters.items():
            if where == place and entry.get("required") and name not in given:
                yield f"{place} parameter {name} is missing"
        for name, texts in given.items():
            entry = self._parameters.get((place, name))
            if entry is None:
                yield f"{place} parameter {name} is not in the contract"
                continue
            yield from self._value_faults(place, name, entry["schema"], texts)

    def _value_faults(
        self, place: str, name: str, schema: Mapping[str, Any], texts: list[str]
    ) -> Iterator[str]:
        kind, resolved = _type_of(schema)
        if kind == "array":
            value: Any = [_read(text, _type_of(resolved["items"])[0]) for text in texts]
        elif len(texts) > 1:
            yield f"{place} parameter {name} is given {len(texts)} times"
            return
        else:
            value = _read(texts[0], kind)
        for sentence in self._errors((place, name), schema, value):
            yield f"{place} parameter {name}: {sentence}"

    def credential_faults(self, authorization: str | None) -> Iterator[str]:
        secured = any(self._definition.get("security") or ())
        if secured and not re.fullmatch(r"Bearer \S+", authorization or ""):
            yield "a bearer token is needed"
        # A credential goes nowhere it is not asked for.
        if not secured and authorization is not None:
            yield "a credential for an operation that needs none"

    def body_faults(self, content_type: str | None, content: bytes) -> Iterator[str]:
        declared = (self._definition.get("requestBody") or {}).get("content") or {}
        if not declared:
            if content:
                yield "a body where the contract has none"
            return
        media = (content_type or "").partition(";")[0].strip().lower()
        if media not in declared:
            yield f"a body of type {media or 'none'}, not {' or '.join(declared)}"
        elif "json" not in media:
            if not content:
                yield "an empty body"
        else:
            for sentence in self._errors("body", declared[media]["schema"], json.loads(content)):
                yield f"body: {sentence}"

    def _errors(self, key: Any, schema: Mapping[str, Any], value: Any) -> list[str]:
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft4Validator(
                _as_json_schema(schema),
                registry=_registry(),
                validate_formats=True,
                formats={"byte": lambda text: _BASE64.fullmatch(text) is not None},
                # The value may be a secret.
                mask="value",
            )
        return [
            f"{'.'.join(map(str, error.instance_path))} {error.message}".strip()
            for error in self._validators[key].iter_errors(value)
        ]


@cache
def _contract() -> Mapping[str, Any]:
    return packaged_contract()


@cache
def _operations() -> tuple[tuple[str, _Operation], ...]:
    return tuple(
        (method.upper(), _Operation(template, item[method]))
        for template, item in _contract()["paths"].items()
        for method in _METHODS
        if method in item
    )


def _find(method: str, path: str) -> _Operation | None:
    fitting = [found for verb, found in _operations() if verb == method and found.fits(path)]
    # A literal segment wins over a parameter, as on the server.
    return min(fitting, key=lambda found: found.template.count("{"), default=None)


@cache
def _registry() -> jsonschema_rs.Registry:
    schemas = _contract()["components"]["schemas"]
    resource = {"components": {"schemas": {k: _as_json_schema(v) for k, v in schemas.items()}}}
    return jsonschema_rs.Registry([(_CONTRACT, resource)], draft=jsonschema_rs.Draft4)


def _as_json_schema(schema: Any) -> Any:
    """JSON Schema for what we send: as in the contract, and with no property that it lacks."""
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": _CONTRACT + schema["$ref"]}
    plain = {name: value for name, value in schema.items() if name != "nullable"}
    if "properties" in plain:
        plain["properties"] = {k: _as_json_schema(v) for k, v in plain["properties"].items()}
        plain.setdefault("additionalProperties", False)
    if "items" in plain:
        plain["items"] = _as_json_schema(plain["items"])
    if "allOf" in plain:
        plain["allOf"] = [_as_json_schema(part) for part in plain["allOf"]]
    return {"anyOf": [{"type": "null"}, plain]} if schema.get("nullable") else plain


def _type_of(schema: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _type_of(_contract()["components"]["schemas"][name])
    if "type" not in schema and schema.get("allOf"):
        return _type_of(schema["allOf"][0])
    return schema.get("type", "string"), schema


def _read(text: str, kind: str) -> Any:
    if kind == "integer" and re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text
