"""A progress bar on stderr that appears only when something takes long and somebody watches."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ksef_facade.cli.terminal.printable import one_line

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

# What is over before this many seconds needs no bar.
PATIENCE = 1.0


class Progress:
    """A bar around a block; `update` may be called at any time, from any thread.

    Without a total it shows that something goes on, with one how far it is.
    """

    def __init__(self, text: str, shown: bool) -> None:
        self._text = one_line(text)
        self._completed = 0
        self._total: int | None = None
        self._lock = threading.Lock()
        self._bar: Bar | None = None
        self._timer = threading.Timer(PATIENCE, self._appear) if shown else None

    def __enter__(self) -> Self:
        if self._timer:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer:
            self._timer.cancel()
        with self._lock:
            # A timer that fires late must find that there is nothing left to show.
            self._timer = None
            if self._bar:
                self._bar.stop()

    def update(
        self, text: str | None = None, completed: int | None = None, total: int | None = None
    ) -> None:
        """Change what is said, how much is done, or how much there is; what is left out stays."""
        with self._lock:
            self._text = self._text if text is None else one_line(text)
            self._completed = self._completed if completed is None else completed
            self._total = self._total if total is None else total
            if self._bar:
                self._show(self._bar)

    def advance(self) -> None:
        """One more is done."""
        self.update(completed=self._completed + 1)

    @contextmanager
    def stage(self, text: str) -> Iterator[None]:
        """Say another text during a block, with a count of its own."""
        before = self._text, self._completed, self._total
        self._begin(text, 0, None)
        try:
            yield
        finally:
            self._begin(*before)

    def _begin(self, text: str, completed: int, total: int | None) -> None:
        with self._lock:
            self._text, self._completed, self._total = one_line(text), completed, total
            if self._bar:
                self._show(self._bar)

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        with self._lock:
            if self._timer is None:
                return
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TaskProgressColumn(),
                Elapsed(),
                console=Console(file=sys.stderr),
                transient=True,
            )
            self._bar.add_task(self._text, total=None)
            self._show(self._bar)
            self._bar.start()

    def _show(self, bar: Bar) -> None:
        task = bar.task_ids[0]
        bar.update(task, description=self._text, completed=self._completed, total=self._total)
