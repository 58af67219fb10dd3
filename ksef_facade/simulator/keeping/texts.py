"""JSON of an object's fields. Of a long container that has only grown, the new end is encoded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from operator import eq
from typing import Any

from attrs import frozen

from .encoding import Encoder
from .shapes import still

#: Shorter containers are encoded anew each time.
_LONG = 256


@frozen
class _Written:
    #: What it held.
    seen: Any
    #: JSON of its items, without brackets.
    text: str


class Texts:
    """Writes fields, and remembers what was written of long containers."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._written: dict[tuple[int, str], _Written] = {}

    def of(self, one: object, fields: Mapping[str, Any]) -> str:
        """The fields of an object as a JSON object. Raises TypeError, with the field's name."""
        short = {}
        parts = []
        for name, value in fields.items():
            try:
                if type(value) in (list, dict) and len(value) >= _LONG:
                    parts.append(f"{json.dumps(name)}: {self._long((id(one), name), value)}")
                else:
                    short[name] = self._encoder.encode(value)
            except TypeError as error:
                raise TypeError(f"{name}: {error}") from None
        if short:
            parts.append(json.dumps(short, allow_nan=False)[1:-1])
        return f"{{{', '.join(parts)}}}"

    def _long(self, key: tuple[int, str], value: Any) -> str:
        before = self._written.get(key)
        is_dict = type(value) is dict
        if before is not None and _has_grown(value, before.seen):
            tail = islice(value.items() if is_dict else value, len(before.seen), None)
            added = self._items(tail, is_dict)
            text = f"{before.text}, {added}" if added else before.text
        else:
            text = self._items(value.items() if is_dict else value, is_dict)
        self._written[key] = _Written(still(value), text)
        return f'{{"dict": [{text}]}}' if is_dict else f"[{text}]"

    def _items(self, items: Iterable[Any], is_dict: bool) -> str:
        encode = self._encoder.encode
        if is_dict:
            encoded = [[encode(key), encode(value)] for key, value in items]
        else:
            encoded = [encode(item) for item in items]
        return json.dumps(encoded, allow_nan=False)[1:-1]


def _has_grown(value: Any, before: Any) -> bool:
    if type(value) is not type(before) or len(value) < len(before):
        return False
    if type(value) is dict:
        return all(map(eq, value.items(), before.items()))
    return bool(value[: len(before)] == before)
