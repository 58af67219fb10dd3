"""Every simulator that a test uses, asked afterwards whether it wanted to break the contract."""

from __future__ import annotations

import weakref
from typing import Any

from attrs import define

from ksef_facade.simulator import Simulator


@define
class _Watched:
    simulator: weakref.ref[Simulator]
    #: The simulator's own list, which outlives it until it was looked at.
    violations: list[str]
    told: int = 0


_watched: list[_Watched] = []


def watch_all() -> None:
    """Take down every simulator from now on, whatever fixture or test makes it."""
    begin = Simulator.__init__

    def __init__(self: Simulator, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        _watched.append(_Watched(weakref.ref(self), self.contract_violations))

    Simulator.__init__ = __init__  # type: ignore[method-assign]


def new_violations() -> list[str]:
    """What the simulators noticed since this was asked last."""
    found: list[str] = []
    for watched in _watched:
        found += watched.violations[watched.told :]
        watched.told = len(watched.violations)
    _watched[:] = [watched for watched in _watched if watched.simulator() is not None]
    return found
