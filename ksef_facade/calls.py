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
from typing import Any

from attrs import field, frozen

from ksef_facade.errors import OperationUnavailable
from ksef_facade.planning.limits import Budget

_PARAMETER = re.compile(r"\{[^}]*\}")
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


class JsonBody(dict[str, Any]):
    """A JSON object where the raw client expects a model."""

    def to_dict(self) -> dict[str, Any]:
        """The object itself."""
        return dict(self)


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
    from ksef_api import operations

    operation = operations.OPERATIONS.get((method, shape_of(path)))
    if operation is None:
        raise OperationUnavailable(f"{method} {path}", operations.API_VERSION)
    get_kwargs = importlib.import_module(operation.module)._get_kwargs
    given = {name: value for name, value in options.items() if value is not None}
    unknown = given.keys() - inspect.signature(get_kwargs).parameters.keys()
    if unknown:
        raise OperationUnavailable(
            f"{method} {path}", operations.API_VERSION, f"no parameter {', '.join(sorted(unknown))}"
        )
    described = get_kwargs(*arguments, **given)
    return Call(
        label=f"{method} {path}",
        method=method,
        path=described["url"],
        params=described.get("params") or {},
        headers=described.get("headers") or {},
        json=described.get("json"),
        idempotent=method in _SAFE_METHODS,
        group=operation.limit_group,
        budget=_budget(operation.name),
    )


def _budget(name: str) -> Budget | None:
    from ksef_api import limits

    limit = limits.LIMITS.get(name)
    if limit is None:
        return None
    return Budget.of(limit.group, limit.per_second, limit.per_minute, limit.per_hour)
