"""`X-System-Warning`, which comes with good answers, as Python warnings at the caller's line."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from types import FrameType

from ksef_facade.answers.responses import Response
from ksef_facade.errors import KsefSystemWarning

HEADER = "x-system-warning"
_ENTRY = re.compile(r"\[([^\]]+)\]:\s*([^|]+)")
_PACKAGE = str(Path(__file__).parent)
_NOT_THE_CALLER = (_PACKAGE, contextlib.__file__)
_LOG = logging.getLogger("ksef_facade")

Line = tuple[str, int, str]
"""File, line number and module."""
WarningHook = Callable[[KsefSystemWarning], None]
_NOTED: ContextVar[Line | None] = ContextVar("ksef_caller", default=None)


def read_warnings(headers: Mapping[str, str], operation: str) -> list[KsefSystemWarning]:
    """The warnings in an answer's headers; grammar by contract schema `SystemWarning`.

    A text that does not follow the grammar is kept whole, without a code.
    """
    text = headers.get(HEADER, "").strip()
    if not text:
        return []
    found = [
        KsefSystemWarning(message.strip(), code.strip(), operation)
        for code, message in _ENTRY.findall(text)
    ]
    return found or [KsefSystemWarning(text, "", operation)]


def deliver_warnings(response: Response, hook: WarningHook | None, *, may_raise: bool) -> None:
    """Tell the hook and the caller what an answer warns of.

    With `may_raise` false an answer that cannot be asked for again is never lost to a warning: where
    warnings are errors, or the hook fails, that is logged instead.
    """
    for warning in read_warnings(response.headers, response.operation):
        try:
            if hook is not None:
                hook(warning)
            warn_caller(warning)
        except Exception as error:
            if may_raise and error is warning:
                raise
            _LOG.warning("%s; and telling so failed: %s", warning, type(error).__name__)


def caller_line() -> Line:
    """The nearest line outside this package, or the one noted for work in other threads and tasks."""
    noted = _NOTED.get()
    if noted is not None:
        return noted
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_NOT_THE_CALLER):
        frame = frame.f_back
    if frame is None:
        return (_PACKAGE, 0, __name__)
    return (frame.f_code.co_filename, frame.f_lineno, frame.f_globals.get("__name__", "unknown"))


@contextlib.contextmanager
def noted_caller() -> Iterator[None]:
    """Note the caller's line for everything that is begun inside, wherever it runs."""
    token = _NOTED.set(caller_line())
    try:
        yield
    finally:
        _NOTED.reset(token)


def warn_caller(warning: KsefSystemWarning) -> None:
    """Issue the warning at the caller's line."""
    filename, line, module = caller_line()
    registry = getattr(sys.modules.get(module), "__dict__", {}).setdefault(
        "__warningregistry__", {}
    )
    warnings.warn_explicit(
        warning, KsefSystemWarning, filename, line, module=module, registry=registry
    )
