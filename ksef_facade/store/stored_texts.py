"""Texts of the service, and names of files, as SQLite takes them."""

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


def name_bytes(name: str) -> bytes:
    """The name of a file as bytes that a statement stores by `CAST(? AS TEXT)`.

    Where such names are bytes, one that is no UTF-8 (an older program's `faktura_ż.xml`) is kept as
    it is, so that the file is found again; `read_text` reads it.
    """
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace")


def read_text(stored: bytes) -> str:
    """A stored text; sqlite3's `text_factory` where names of files are among them."""
    return stored.decode("utf-8", "surrogateescape")
