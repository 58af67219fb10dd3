"""What a flow of a foreign client did, step by step, told to the judge on standard output.

Runs in the client's own environment: nothing but the standard library is imported here.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")
#: What the judge leaves for a flow: base URL, tax number, token, key pair, invoices.
CASE: dict[str, Any] = json.loads(Path(os.environ["JUDGE_CASE"]).read_text("utf-8"))
_PATIENCE = 20.0
_BETWEEN = 0.1


class Broken(Exception):
    """A step failed, so what depends on it cannot be done."""


def step(name: str, action: Callable[[], Any]) -> Any:
    """Do one step and tell how it went; None when it failed, and the steps after it go on."""
    try:
        result = action()
    except Exception as error:
        lines = traceback.format_exception_only(error)
        _tell(name, "".join(lines).strip())
        return None
    _tell(name, None)
    return result


def until(action: Callable[[], Value], done: Callable[[Value], bool]) -> Value:
    """Ask again until an answer is final; TimeoutError when that takes too long."""
    limit = time.monotonic() + _PATIENCE
    while True:
        value = action()
        if done(value):
            return value
        if time.monotonic() > limit:
            raise TimeoutError(f"still {value!r}")
        time.sleep(_BETWEEN)


def need(condition: object, sentence: str) -> None:
    """Raise Broken unless a condition holds."""
    if not condition:
        raise Broken(sentence)


def _tell(name: str, error: str | None) -> None:
    print(json.dumps({"step": name, "error": error}), flush=True)
