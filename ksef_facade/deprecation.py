"""Public names on their way out: which, since when, until when, and what takes their place.

Whoever removes or changes something public lists it here and in CHANGELOG.md first; the guard in
`tests/test_public_api.py` accepts it only then. While a listed name still works it warns.
"""

from __future__ import annotations

import functools
import inspect
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from attrs import frozen

_PACKAGE = str(Path(__file__).parent)

Function = TypeVar("Function", bound=Callable[..., Any])


@frozen(kw_only=True)
class Deprecation:
    """One public name that is to go, or to change.

    Attributes:
        name: as `tests/public_api.json` writes it, e.g. `Ksef.sessions(kind)`.
        since: the version that announced it.
        removal: the first version that may be without it, or have it changed.
        instead: what to use, as an order: `use Ksef.history`.
    """

    name: str
    since: str
    removal: str
    instead: str

    def __str__(self) -> str:
        """The warning's sentence."""
        return (
            f"{self.name} is deprecated since {self.since} and may go in {self.removal}; "
            f"{self.instead}"
        )


DEPRECATIONS: tuple[Deprecation, ...] = ()
"""Everything that is announced, and everything that has gone or changed after it was."""


def warn_deprecated(name: str, table: Iterable[Deprecation] = DEPRECATIONS) -> None:
    """Issue a `DeprecationWarning` for a listed name at the caller's line, outside this package.

    Raises:
        LookupError: the name is not listed: then nobody was told.
    """
    _warn(_listed(name, table))


def deprecated(
    name: str, table: Iterable[Deprecation] = DEPRECATIONS
) -> Callable[[Function], Function]:
    """Make a function or method that is kept for compatibility warn when it is called.

    Works for coroutine functions too, which warn when they are called and not when awaited.

    Raises:
        LookupError: the name is not listed.
    """
    entry = _listed(name, table)

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def warning(*arguments: Any, **options: Any) -> Any:
            _warn(entry)
            return function(*arguments, **options)

        warning.__deprecated__ = str(entry)  # type: ignore[attr-defined]
        mark = getattr(inspect, "markcoroutinefunction", None)
        if mark is not None and inspect.iscoroutinefunction(function):
            mark(warning)
        return warning  # type: ignore[return-value]

    return decorate


def _listed(name: str, table: Iterable[Deprecation]) -> Deprecation:
    for entry in table:
        if entry.name == name:
            return entry
    raise LookupError(f"{name} is not in the table of deprecations")


def _warn(entry: Deprecation) -> None:
    level = 1
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
        level += 1
    warnings.warn(str(entry), DeprecationWarning, stacklevel=level + 1)
