"""The operations of the contract: which one a request belongs to."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

CONTRACT = Path(__file__).resolve().parents[2] / "openapi" / "ksef.json"
_METHODS = ("get", "post", "put", "patch", "delete")
_PARAMETER = re.compile(r"\{[^}]*\}")


def read_contract() -> dict[str, Any]:
    """The committed contract, anew at every call."""
    document: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return document


@cache
def operations() -> frozenset[tuple[str, str]]:
    """Method and path template of every operation."""
    return frozenset(
        (method.upper(), path)
        for path, item in read_contract()["paths"].items()
        for method in item
        if method in _METHODS
    )


def shape(template: str) -> str:
    """A path template without the names of its parameters."""
    return _PARAMETER.sub("{}", template)


def find(method: str, path: str) -> tuple[str, str] | None:
    """Method and shape of the operation that a path belongs to; a literal segment wins."""
    fitting = [key for key in operations() if key[0] == method and _pattern(key[1]).fullmatch(path)]
    if not fitting:
        return None
    found = min(fitting, key=lambda key: key[1].count("{"))
    return found[0], shape(found[1])


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(map(re.escape, _PARAMETER.split(template))))
