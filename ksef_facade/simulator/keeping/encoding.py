"""Values of a state as JSON. Everything that JSON has no word for is an object of one member,
whose name says what it is.
"""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import Certificate

from ..workspace import Stored
from .shapes import PACKAGE, field_names, fields_getter, has_identity, is_value, name_of

Encode: TypeAlias = Callable[[Any], Any]
_PLAIN = frozenset({str, int, float, bool, type(None)})
#: Longer bytes are kept beside the JSON, once.
LONGEST_INLINE = 256


class Places(NamedTuple):
    """Where what is not written in line goes; each answers with the name of the place."""

    #: Number of an object that has an identity.
    node: Callable[[object], int]
    #: Path of an object that the simulator is made of; None for all others.
    root: Callable[[object], str | None]
    #: Name of bytes that are too long.
    blob: Callable[[bytes], str]
    #: Offset and size of a stored document.
    document: Callable[[Stored], tuple[int, int]]


class Encoder:
    """Turns values into JSON. Raises TypeError for one that is no plain data."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._writers: dict[type, Encode] = {
            bytes: self._bytes,
            datetime: lambda moment: {"time": moment.isoformat()},
            date: lambda day: {"day": day.isoformat()},
            timedelta: lambda span: {"span": [span.days, span.seconds, span.microseconds]},
            list: self._list,
            tuple: lambda items: {"tuple": self._list(items)},
            set: lambda items: {"set": self._sorted(items)},
            frozenset: lambda items: {"frozenset": self._sorted(items)},
            deque: lambda items: {"deque": self._list(items)},
            dict: self._dict,
            MappingProxyType: self._dict,
            Stored: lambda stored: {"document": list(places.document(stored))},
        }

    def encode(self, value: Any) -> Any:
        """What JSON can say of a value."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        writer = self._writers.get(kind)
        if writer is None:
            writer = self._writers[kind] = self._writer(kind)
        return writer(value)

    def fields(self, one: object) -> dict[str, Any]:
        """The fields of an object, encoded."""
        kind = type(one)
        values = map(self.encode, fields_getter(kind)(one))
        return dict(zip(field_names(kind), values, strict=True))

    def _writer(self, kind: type) -> Encode:
        if issubclass(kind, dict):
            return self._dict
        if issubclass(kind, Path):
            return lambda path: {"file": path.name}
        if issubclass(kind, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            return lambda key: {"key": _base64(_pkcs8(key))}
        if issubclass(kind, Certificate):
            return lambda one: {
                "certificate": _base64(one.public_bytes(serialization.Encoding.DER))
            }
        if kind.__module__.startswith(f"{PACKAGE}."):
            name = name_of(kind)
            if issubclass(kind, Enum):
                return lambda member: {"member": [name, member.name]}
            if issubclass(kind, tuple):
                return lambda items: {"named": [name, self._list(items)]}
            if is_value(kind):
                return lambda one: {"value": [name, self.fields(one)]}
            return self._object
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} is no plain data")

    def _object(self, one: object) -> Any:
        path = self._places.root(one)
        if path is not None:
            return {"root": path}
        if not has_identity(type(one)):
            raise TypeError(f"{type(one).__module__}.{type(one).__qualname__} is no plain data")
        return {"node": self._places.node(one)}

    def _bytes(self, data: bytes) -> Any:
        if len(data) <= LONGEST_INLINE:
            return {"bytes": _base64(data)}
        return {"blob": self._places.blob(data)}

    def _list(self, items: Any) -> list[Any]:
        return [self.encode(item) for item in items]

    def _sorted(self, items: Any) -> list[Any]:
        # A set has no order; the same set must always look the same.
        return sorted(map(self.encode, items), key=repr)

    def _dict(self, items: Any) -> Any:
        encode = self.encode
        return {"dict": [[encode(key), encode(value)] for key, value in items.items()]}


def _pkcs8(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
