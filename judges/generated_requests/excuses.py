"""Failures that are not the simulator's, each with the reason why. Nothing else is let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Excuse(NamedTuple):
    """One reason, and which failures it covers."""

    name: str
    reason: str
    covers: Callable[[Any, Any, Any], bool]


EXCUSES: tuple[Excuse, ...] = ()
