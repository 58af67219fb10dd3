"""Keeps a running simulator's state: taken up at the start, written shortly after each change."""

from __future__ import annotations

import atexit
import json
import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..clock import Clock
from ..sessions.packages import Package
from ..settings import Settings
from ..workspace import Stored, Workspace
from .folder import StateFolder
from .problems import StateError
from .restoring import Restored
from .roots import Roots
from .tracking import Changes, Tracker

if TYPE_CHECKING:
    from ..core import Core

#: Seconds between two looks at what has changed.
PAUSE = 0.5
#: Looking and writing take at most this share of the time, however much is kept.
_SHARE = 0.05
#: References skipped at a start: those that a killed process gave out and could not write down.
_SKIPPED = 1 << 20
_LOG = logging.getLogger("ksef_facade.simulator")


class Keeper:
    """Ties a simulator to a folder. A killed process loses what it did since the last look."""

    def __init__(self, core: Core, folder: StateFolder) -> None:
        """Take up what the folder holds. Raises StateError; the folder is as it was then."""
        self._core = core
        self._folder = folder
        roots = Roots(core)
        self._tracker = Tracker(roots, core.documents)
        self._pending = Changes()
        self._facts: dict[str, str] = {}
        self._is_moved = False
        self._taking, self._writing = threading.Lock(), threading.Lock()
        self._stopping = threading.Event()
        self._last = 0.0
        self._told: str | None = None
        self._take_up(roots)
        core.packages.before_discarding = self.save
        self.save()
        self._thread = threading.Thread(target=self._run, name="ksef-simulator-state", daemon=True)
        self._thread.start()
        atexit.register(self._close_at_exit)

    def save(self) -> None:
        """Write all that has changed. Raises StateError when that cannot be."""
        begin = time.perf_counter()
        with self._core.lock:
            problem = self._look()
        # Whoever writes must not wait for the core's lock: its holder may be waiting here.
        with self._writing:
            self._write()
        self._last = time.perf_counter() - begin
        if problem is not None:
            raise problem

    def _look(self) -> StateError | None:
        changes, problem = self._tracker.changes()
        facts = {"clock": json.dumps(self._core.clock.state())}
        with self._taking:
            self._pending.add(changes)
            self._is_moved = self._is_moved or facts != self._facts
            self._facts = facts
        return problem

    def _write(self) -> None:
        with self._taking:
            pending, facts, is_moved = self._pending, self._facts, self._is_moved
            self._pending, self._is_moved = Changes(), False
        if not pending and not is_moved:
            return
        try:
            self._core.documents.settle()
            self._folder.write(pending, facts)
        except BaseException:
            with self._taking:
                pending.add(self._pending)
                self._pending, self._is_moved = pending, True
            raise

    def close(self) -> None:
        """Write what is left, and let others have the folder. Raises StateError."""
        if self._stopping.is_set():
            return
        atexit.unregister(self._close_at_exit)
        self._stopping.set()
        self._thread.join()
        try:
            self.save()
        finally:
            self._folder.close()
            self._core.documents.close()

    def _take_up(self, roots: Roots) -> None:
        kept, facts = self._folder.read()
        core = self._core
        if not kept:
            return
        try:
            restored = Restored(kept, roots.by_path, self._document, lambda: self._folder.uploads)
            clock = json.loads(facts["clock"])
            core.clock.catch_up(**clock)
        except StateError as error:
            raise self._folder.damage(error) from error
        except (KeyError, TypeError, ValueError) as error:
            raise self._folder.damage(error) from error
        self._tracker.adopt(restored.nodes.items(), restored.blobs)
        self._folder.forget(set(kept.nodes) - set(restored.nodes), set(kept.blobs) - restored.blobs)
        core.references.skip(_SKIPPED)
        self._clear_uploads(restored)
        core.packages.resume()

    def _document(self, offset: int, size: int) -> Stored:
        if not self._core.documents.has(offset, size):
            raise StateError("a document is missing")
        return Stored(self._core.documents, offset, size)

    def _clear_uploads(self, restored: Restored) -> None:
        wanted = {
            part.path.name
            for one in restored.nodes.values()
            if isinstance(one, Package) and one.finished is None
            for part in one.received.values()
        }
        for path in self._folder.uploads.iterdir():
            if path.name not in wanted:
                path.unlink()

    def _run(self) -> None:
        while not self._stopping.wait(max(PAUSE, self._last / _SHARE)):
            try:
                self.save()
                self._told = None
            except StateError as error:
                self._tell(str(error))

    def _close_at_exit(self) -> None:
        try:
            self.close()
        except StateError as error:
            self._tell(str(error))

    def _tell(self, problem: str) -> None:
        if problem == self._told:
            return
        self._told = problem
        _LOG.error("%s", problem)
        with self._core.lock:
            self._core.contract_violations.append(f"the state is not kept: {problem}")


def open_kept(
    clock: Clock, settings: Settings, seed: int | None, path: Path
) -> tuple[Core, Keeper]:
    """A simulator that goes on where the one before it in a folder has stopped.

    Raises StateError when the folder is in use, belongs to something else, is damaged, or was
    written by a newer version; it is as it was then.
    """
    from ..core import Core

    folder = StateFolder(path)
    try:
        core = Core(clock, settings, seed, Workspace(folder.uploads, folder.documents))
        return core, Keeper(core, folder)
    except BaseException:
        folder.close()
        raise
