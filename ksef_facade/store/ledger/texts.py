"""Texts of the service as SQLite takes them."""

from __future__ import annotations

import json
from typing import Any, overload


@overload
def plain(text: str) -> str: ...
@overload
def plain(text: None) -> None: ...
def plain(text: str | None) -> str | None:
    """The text with a question mark for half a surrogate pair, which SQLite cannot hold."""
    return None if text is None else text.encode("utf-8", "replace").decode()


def json_text(value: Any) -> str:
    """A JSON value on one line; letters as escapes where they are half a pair."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if plain(text) == text else json.dumps(value, separators=(",", ":"))
