"""Types in words that are the same on every Python."""

from __future__ import annotations

import types
import typing
from typing import Any


def in_words(kind: Any) -> str:
    """`str | None` for every spelling of it, without modules."""
    if kind is None or kind is type(None):
        return "None"
    if kind is Ellipsis:
        return "..."
    if isinstance(kind, str):
        return kind.strip("'\"")
    if isinstance(kind, list):
        return f"[{', '.join(map(in_words, kind))}]"
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        # None last, as people write it.
        ordered = sorted(arguments, key=lambda item: item is type(None))
        return " | ".join(map(in_words, ordered))
    if origin is typing.Literal:
        return f"Literal[{', '.join(map(repr, arguments))}]"
    if origin is typing.Annotated:
        return in_words(arguments[0])
    if origin is not None:
        name = getattr(origin, "__name__", str(origin))
        return f"{name}[{', '.join(map(in_words, arguments))}]" if arguments else name
    if isinstance(kind, typing.ForwardRef):
        return kind.__forward_arg__
    return getattr(kind, "__name__", str(kind))


def is_alias(value: Any) -> bool:
    """Whether a value is a type in the making: a union, literal or generic, not a class."""
    return isinstance(value, types.UnionType) or (
        typing.get_origin(value) is not None and not isinstance(value, type)
    )
