"""The way back from JSON. Only classes of the simulator are made, and none of their code runs."""

from __future__ import annotations

import base64
import sys
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import attrs
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_private_key

from ..workspace import Stored
from .problems import StateError
from .shapes import PACKAGE, field_names


class Sources(NamedTuple):
    """Where what was not written in line is."""

    node: Callable[[int], object]
    root: Callable[[str], object]
    blob: Callable[[str], bytes]
    document: Callable[[int, int], Stored]
    #: The folder of uploads.
    folder: Callable[[], Path]


class Decoder:
    """Turns JSON into values. Raises StateError, or what a malformed value raises by itself."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._readers: Mapping[str, Callable[[Any], Any]] = {
            "bytes": base64.b64decode,
            "blob": sources.blob,
            "time": datetime.fromisoformat,
            "day": date.fromisoformat,
            "span": lambda parts: timedelta(*parts),
            "tuple": lambda items: tuple(self.decode(items)),
            "set": lambda items: set(self.decode(items)),
            "frozenset": lambda items: frozenset(self.decode(items)),
            "deque": lambda items: deque(self.decode(items)),
            "dict": self._dict,
            "document": lambda place: sources.document(*place),
            "file": self._file,
            "key": lambda text: load_der_private_key(base64.b64decode(text), None),
            "certificate": lambda text: x509.load_der_x509_certificate(base64.b64decode(text)),
            "member": lambda parts: class_of(parts[0], Enum)[parts[1]],
            "named": lambda parts: class_of(parts[0], tuple)._make(self.decode(parts[1])),
            "value": self._value,
            "root": sources.root,
            "node": sources.node,
        }

    def decode(self, value: Any) -> Any:
        """The value behind JSON."""
        if isinstance(value, list):
            return [self.decode(item) for item in value]
        if isinstance(value, dict):
            ((kind, content),) = value.items()
            return self._readers[kind](content)
        return value

    def fill(self, one: object, fields: Mapping[str, Any]) -> None:
        """Give an object of attrs its fields; new ones that a state does not have, their default."""
        kind = type(one)
        unknown = set(fields).difference(field_names(kind))
        if unknown:
            raise StateError(f"{kind.__name__} has no {min(unknown)}")
        for name in field_names(kind):
            content = self.decode(fields[name]) if name in fields else default_of(kind, name)
            object.__setattr__(one, name, content)

    def _dict(self, pairs: list[list[Any]]) -> dict[Any, Any]:
        return {self.decode(key): self.decode(value) for key, value in pairs}

    def _value(self, parts: list[Any]) -> object:
        one = shell(parts[0])
        self.fill(one, parts[1])
        return one

    def _file(self, name: str) -> Path:
        # A name, never a path: what is no longer needed is deleted.
        if not name or name in (".", "..") or set(name) & set("/\\:\0"):
            raise StateError("a file of the state has the name of a place elsewhere")
        return self._sources.folder() / name


def shell(name: str) -> object:
    """An object of a class of the simulator without anything in it."""
    kind = class_of(name, object)
    if not attrs.has(kind):
        raise StateError(f"{name} is no class of plain data")
    return object.__new__(kind)


@cache
def class_of(name: str, parent: type) -> Any:
    """The class of a name; only the simulator's own can be had."""
    module, _, qualified = name.partition(":")
    full = f"{PACKAGE}.{module}"
    try:
        found: Any = sys.modules.get(full) or import_module(full)
        for step in qualified.split("."):
            found = getattr(found, step)
    except (ImportError, AttributeError, ValueError):
        raise StateError(f"there is no {name}") from None
    if not isinstance(found, type) or found.__module__ != full or not issubclass(found, parent):
        raise StateError(f"{name} is no class of plain data")
    return found


def default_of(kind: Any, name: str) -> Any:
    """What a class gives a field by itself. Raises StateError when it gives nothing."""
    default = getattr(attrs.fields(kind), name).default
    factory = getattr(default, "factory", None)
    if default is attrs.NOTHING or getattr(default, "takes_self", False):
        raise StateError(f"the state has no {name} of {kind.__name__}")
    return default if factory is None else factory()
