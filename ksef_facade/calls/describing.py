"""Requests as the raw client describes them, found by (METHOD, path) and never by a generated name.

A generated endpoint module contributes its pure `_get_kwargs`; nothing of it is run here. Values
for it are passed as what it duck-types on (`.value`, `.to_dict()`), so that renamed schemas do not
matter.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from ksef_facade.errors import OperationUnavailable
from ksef_facade.planning.limits import Budget

_ERROR_FORMAT = "x-error-format"
"""Header that the wire sends with every request; some contracts declared it for each operation."""
_PARAMETER = re.compile(r"\{[^}]*\}")
# The raw client adds the place to a name that two parameters of an operation have.
_PLACE = re.compile(r"_(?:header|query)$")
_SAFE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE"})
ANONYMOUS_GROUP = "anonymous"
"""Limit group counted per IP address and not per context (contract `x-rate-limit-group`)."""
PER_OPERATION_GROUP = "other"
"""Limit group whose operations are each counted on their own (documented rule)."""


class WireText(str):
    """A text where the raw client expects a member of an enumeration."""

    __slots__ = ()

    @property
    def value(self) -> str:
        """The text itself."""
        return str(self)


_FORMS = {"data", "files"}
"""Where the raw client puts the bodies of web forms."""


class JsonBody(dict[str, Any]):
    """A JSON object where the raw client expects a model."""

    def to_dict(self) -> dict[str, Any]:
        """The object itself."""
        return dict(self)


@frozen
class RawBody:
    """Bytes where the raw client expects a file."""

    payload: bytes = field(repr=False)


@frozen(kw_only=True)
class Call:
    """One request, described: what to send, what it costs, and whether it may be sent twice."""

    label: str
    """`METHOD /path-template` of the contract, for errors and logs."""
    method: str
    path: str = field(repr=False)
    params: Mapping[str, Any] = field(factory=dict, repr=False)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    json: Any = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    idempotent: bool = True
    group: str = PER_OPERATION_GROUP
    budget: Budget | None = None

    @property
    def counter(self) -> str:
        """The limit counter that the request adds to."""
        return self.label if self.group == PER_OPERATION_GROUP else self.group


def shape_of(path: str) -> str:
    """A contract path with nameless parameters: `/sessions/{}/upo/{}`; names move between versions."""
    return _PARAMETER.sub("{}", path)


def describe(method: str, path: str, *arguments: str, **options: Any) -> Call:
    """The request for an operation of the contract.

    Args:
        method: HTTP method in capitals.
        path: the contract's path template. *arguments: path parameters in their order, validated
        identifiers only. **options: the other parameters by the raw client's names; `None` means
        absent.

    Raises:
        OperationUnavailable: the raw client's contract has no such operation, or not such a
            parameter.
    """
    operation = _operation(method, path)
    get_kwargs = importlib.import_module(operation.module)._get_kwargs
    known = inspect.signature(get_kwargs).parameters
    given = {}
    unknown = []
    for name, value in options.items():
        if value is not None:
            spelled = name if name in known else _known_as(name, list(known))
            given[spelled] = value
            unknown += [] if spelled else [name]
    if unknown:
        raise _unavailable(method, path, f"no parameter {', '.join(sorted(unknown))}")
    if "x_error_format" in known:
        given["x_error_format"] = WireText("problem-details")
    try:
        described = get_kwargs(*arguments, **given)
    except (TypeError, AttributeError, ValueError) as error:
        # Other parameters, or one of another form: the facade does not know how to ask.
        raise _unavailable(method, path, f"its parameters differ ({error})") from error
    if isinstance(described.get("json"), RawBody) or _FORMS & described.keys():
        # The body would be lost, or could not be written.
        raise _unavailable(method, path, "its body has another form")
    return call_of(method, path, described)


def call_of(method: str, path: str, described: Mapping[str, Any]) -> Call:
    """The request for what the raw client hands to an HTTP client: url, params, headers and body.

    Raises:
        OperationUnavailable: the raw client's contract has no such operation.
    """
    operation = _operation(method, path)
    headers = described.get("headers") or {}
    return Call(
        label=f"{method} {path}",
        method=method,
        path=described["url"],
        params={name: _text(value) for name, value in (described.get("params") or {}).items()},
        headers={
            # A number that is declared as text stays one in the raw client.
            name: str(_text(value))
            for name, value in headers.items()
            if name.lower() != _ERROR_FORMAT and value is not None
        },
        json=described.get("json"),
        content=described.get("content"),
        idempotent=method in _SAFE_METHODS,
        group=operation.limit_group,
        budget=_budget(operation.name),
    )


def largest_page(method: str, path: str) -> int | None:
    """The largest page that the raw client's contract lets one ask for, if it states one.

    Raises:
        OperationUnavailable: the raw client's contract has no such operation.
    """
    return _operation(method, path).largest_page or None


def has_parameter(method: str, path: str, name: str) -> bool:
    """Whether the raw client's operation takes a parameter, by the raw client's name.

    Raises:
        OperationUnavailable: the raw client's contract has no such operation.
    """
    get_kwargs = importlib.import_module(_operation(method, path).module)._get_kwargs
    known = inspect.signature(get_kwargs).parameters
    return _spelling(name) in {_spelling(other) for other in known}


def _operation(method: str, path: str) -> Any:
    from ksef_api import operations

    operation = operations.OPERATIONS.get((method, shape_of(path)))
    if operation is None:
        raise _unavailable(method, path)
    return operation


def _unavailable(method: str, path: str, detail: str = "") -> OperationUnavailable:
    from ksef_api import operations

    return OperationUnavailable(f"{method} {path}", operations.API_VERSION, detail)


def _known_as(name: str, known: list[str]) -> str:
    """What the raw client calls a parameter of ours; of two places the one where it has been."""
    alike = [other for other in known if _spelling(other) == _spelling(name)]
    place = "_header" if name.startswith("x_") else "_query"
    return next((other for other in alike if other.endswith(place)), "".join(alike[:1]))


def _spelling(name: str) -> str:
    """What stays of a parameter's name when it moves from header to query or loses its prefix."""
    return _PLACE.sub("", name.removeprefix("x_")).replace("_", "")


def _text(value: object) -> object:
    # Where the contract calls a date plain text, the raw client passes it on as it is.
    return value.isoformat() if isinstance(value, datetime) else value


def _budget(name: str) -> Budget | None:
    from ksef_api import limits

    limit = limits.LIMITS.get(name)
    if limit is None:
        return None
    return Budget.of(limit.group, limit.per_second, limit.per_minute, limit.per_hour)
