"""Which values have an identity of their own, which are only values, and what their fields are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar, cast

import attrs

#: State consists of classes of this package only: a folder cannot name any other.
PACKAGE = __name__.rpartition(".keeping")[0]
_T = TypeVar("_T")


def _once_per_class(function: Callable[[type], _T]) -> Callable[[type], _T]:
    return cast("Callable[[type], _T]", cache(function))


@_once_per_class
def has_identity(kind: type) -> bool:
    """Whether objects of a class change, so that all who refer to one must see the same one.

    They are those of attrs that are not frozen: without a hash, or hashed by identity.
    """
    return attrs.has(kind) and kind.__hash__ in (None, object.__hash__)


@_once_per_class
def is_value(kind: type) -> bool:
    """Whether objects of a class of attrs are frozen: two equal ones are the same."""
    return attrs.has(kind) and not has_identity(kind)


@_once_per_class
def field_names(kind: type) -> tuple[str, ...]:
    """Names of the fields of a class of attrs, those for which `__init__` has no argument too."""
    return tuple(field.name for field in attrs.fields(kind))


@_once_per_class
def fields_getter(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """A function that takes all fields of an object of a class at once."""
    names = field_names(kind)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def attributes(one: object) -> Mapping[str, Any]:
    """All that an object of any class holds, by name."""
    if attrs.has(type(one)):
        return dict(zip(field_names(type(one)), fields_getter(type(one))(one), strict=True))
    return vars(one)


def still(value: Any) -> Any:
    """A copy that stays as it is while the original's containers change; for comparing."""
    kind = type(value)
    if kind in (list, tuple, deque):
        return kind(map(still, value))
    if kind in (set, frozenset):
        return kind(value)
    if isinstance(value, dict | MappingProxyType):
        return {key: still(item) for key, item in value.items()}
    return value


def name_of(kind: type) -> str:
    """Name of a class of the simulator, as a state names it."""
    module = kind.__module__.removeprefix(f"{PACKAGE}.")
    return f"{module}:{kind.__qualname__}"
