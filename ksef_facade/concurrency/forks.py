"""What a forked process must not share with the one it comes from: connections and held locks.

Two processes on one connection would read each other's answers, and a lock that a thread held at that
moment is never let go in the child, where the thread is not.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class Shared(Protocol):
    """Something that begins anew in a child."""

    def after_fork(self) -> None:
        """Forget what belongs to the parent; called in the child, before anything else runs."""


_KNOWN: WeakSet[Shared] = WeakSet()


def renew_in_children(shared: Shared) -> None:
    """Let this begin anew in every process that is forked off from now on."""
    _KNOWN.add(shared)


def _renew() -> None:
    for shared in list(_KNOWN):
        shared.after_fork()


# Windows has no forks.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
