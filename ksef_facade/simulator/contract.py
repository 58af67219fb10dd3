"""The published contract as the simulator obeys it: operations, and what each accepts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .member_names import with_declared_names
from .schemas import Schemas, Validator

#: The contract that the simulator obeys unless told otherwise.
PACKAGED = Path(__file__).with_name("contract.json")
_METHODS = ("get", "post", "put", "patch", "delete")
#: Groups of operations for which the contract states no group of their own (documented rule).
_DEFAULT_GROUP = "other"
#: Windows of the limits table, in seconds, by the names the contract gives them.
_WINDOWS = {"perSecond": 1, "perMinute": 60, "perHour": 3600}


class Operation:
    """One operation of the contract. Validators are compiled when first needed."""

    def __init__(
        self,
        method: str,
        template: str,
        definition: Mapping[str, Any],
        shared: Mapping[str, Any],
        schemas: Schemas,
    ) -> None:
        self.method = method
        self.template = template
        self._definition = definition
        self._shared = shared
        self._schemas = schemas
        security = definition.get("security")
        self.is_secured = bool(security) and any(bool(entry) for entry in security or ())
        self.permissions: tuple[str, ...] = tuple(definition.get("x-required-permissions") or ())
        self.codes: frozenset[int] = frozenset(definition.get("x-exception-codes") or ())
        self.group: str = definition.get("x-rate-limit-group") or (
            _DEFAULT_GROUP if self.permissions else "anonymous"
        )
        rates = definition.get("x-rate-limits") or {}
        self.limits: tuple[tuple[int, int], ...] = tuple(
            (_WINDOWS[name], int(rates[name]))
            for name in _WINDOWS
            if isinstance(rates.get(name), int) and rates[name] >= 0
        )

    def __repr__(self) -> str:
        return f"Operation({self.method} {self.template})"

    @property
    def key(self) -> tuple[str, str]:
        """Method and path template."""
        return self.method, self.template

    @cached_property
    def parameters(self) -> tuple[Mapping[str, Any], ...]:
        """Parameter objects, references resolved, those of the path item included."""
        return tuple(
            self._component(entry)
            for entry in (
                *self._shared.get("parameters", ()),
                *self._definition.get("parameters", ()),
            )
        )

    @cached_property
    def parameter_types(self) -> Mapping[tuple[str, str], tuple[str, Mapping[str, Any]]]:
        """JSON type and schema of each parameter by (place, name); headers in lower case."""
        return {
            (entry["in"], _name(entry)): self._schemas.type_of(entry.get("schema", {}))
            for entry in self.parameters
        }

    @cached_property
    def parameter_validator(self) -> Validator:
        """Validates {"path": {...}, "query": {...}, "header": {...}} at once."""
        places: dict[str, dict[str, Any]] = {}
        for entry in self.parameters:
            place = places.setdefault(entry["in"], {"type": "object", "properties": {}})
            place["properties"][_name(entry)] = entry.get("schema", {})
            if entry.get("required"):
                place.setdefault("required", []).append(_name(entry))
        document = {"type": "object", "properties": places}
        return self._schemas.compile(document, of_requests=True)

    @cached_property
    def body_validators(self) -> Mapping[str, Validator | None]:
        """Validators of the request body by media type; None where it is not JSON."""
        content = self._request_body.get("content") or {}
        return self._by_media_type(content, of_requests=True)

    def read_names(self, media: str, document: Any) -> Any:
        """A body with the names that the contract gives its members, in whatever letter case."""
        entry = (self._request_body.get("content") or {}).get(media, {})
        return with_declared_names(document, entry.get("schema", {}), self._component)

    @cached_property
    def needs_body(self) -> bool:
        """Whether a request must have a body: the contract says so, or there is no JSON of which
        an empty object would be enough, so that none at all is as good."""
        if self._request_body.get("required"):
            return True
        validators = [one for one in self.body_validators.values() if one is not None]
        return all(one.findings({}) for one in validators)

    @property
    def _request_body(self) -> Mapping[str, Any]:
        return self._component(self._definition.get("requestBody") or {})

    @cached_property
    def responses(self) -> Mapping[int, tuple[Mapping[str, Validator | None], Validator]]:
        """By status: validators of the body by media type, and the validator of the headers."""
        found = {}
        for status, entry in self._definition.get("responses", {}).items():
            if not status.isdigit():
                continue
            response = self._component(entry)
            headers = {
                name.lower(): self._component(header).get("schema", {})
                for name, header in (response.get("headers") or {}).items()
            }
            found[int(status)] = (
                self._by_media_type(response.get("content") or {}),
                self._schemas.compile({"type": "object", "properties": headers}),
            )
        return found

    @cached_property
    def response_header_types(self) -> Mapping[tuple[int, str], str]:
        """JSON type of each declared response header by (status, lower-case name)."""
        return {
            (int(status), name.lower()): self._schemas.type_of(
                self._component(header).get("schema", {})
            )[0]
            for status, entry in self._definition.get("responses", {}).items()
            if status.isdigit()
            for name, header in (self._component(entry).get("headers") or {}).items()
        }

    def _by_media_type(
        self, content: Mapping[str, Any], *, of_requests: bool = False
    ) -> dict[str, Validator | None]:
        return {
            media: self._schemas.compile(entry.get("schema", {}), of_requests=of_requests)
            if "json" in media
            else None
            for media, entry in content.items()
        }

    def _component(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._schemas.component(entry)


def _name(parameter: Mapping[str, Any]) -> str:
    name: str = parameter["name"]
    return name.lower() if parameter["in"] == "header" else name


class Contract:
    """All operations of one contract document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        schemas = Schemas(document)
        self.version: str = document["info"]["version"]
        self.operations: Mapping[tuple[str, str], Operation] = {
            operation.key: operation for operation in _operations(document, schemas)
        }
        #: Patterns of the named schemas that have one, such as Nip.
        self.patterns: Mapping[str, str] = {
            name: schema["pattern"]
            for name, schema in document.get("components", {}).get("schemas", {}).items()
            if "pattern" in schema
        }


def _operations(document: Mapping[str, Any], schemas: Schemas) -> Iterator[Operation]:
    for template, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield Operation(method.upper(), template, item[method], item, schemas)


@cache
def load(path: Path | None = None) -> Contract:
    """Read a contract, by default the one in the package; read once per process and path."""
    return Contract(json.loads((path or PACKAGED).read_text(encoding="utf-8")))
