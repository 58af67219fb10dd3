"""A simulator's state, taken to another one without a folder in between."""

from __future__ import annotations

from pathlib import Path

from ksef_facade.simulator import Clock, Simulator
from ksef_facade.simulator.core import Core
from ksef_facade.simulator.keeping.restoring import Restored
from ksef_facade.simulator.keeping.roots import Roots
from ksef_facade.simulator.keeping.tracking import Changes, Tracker
from ksef_facade.simulator.settings import Settings
from ksef_facade.simulator.workspace import Stored


def kept(core: Core) -> Changes:
    """All that is kept of a core. What is no plain data fails here."""
    changes, problem = Tracker(Roots(core), core.documents).changes()
    assert problem is None, problem
    return changes


def taken_over(core: Core) -> tuple[Changes, Core]:
    """What is kept of a core, and another core that has taken it over."""
    before = kept(core)
    successor = Core(Clock.stopped(core.clock.now()), Settings(), None, core.workspace)
    # The documents stay where they are: their file is not what is looked at here.
    successor.documents = core.documents
    Restored(
        before,
        Roots(successor).by_path,
        lambda offset, size: Stored(core.documents, offset, size),
        lambda: Path("/nowhere"),
    )
    return before, successor


def assert_survives(simulator: Simulator) -> None:
    """Assert that everything a simulator holds would be the same after a restart."""
    before, successor = taken_over(simulator.core)
    after = kept(successor)
    assert after.roots == before.roots
    assert after.nodes == before.nodes
    assert after.blobs == before.blobs
