"""Kills the sender at a request of its own: before the simulator has seen it, or once it was served."""

from __future__ import annotations

import threading
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.messages import Request, Response
from scripts.chaos_send.mischief import Death

_PATIENCE = 10.0
"""Seconds in which a killed process is gone."""


class Executioner:
    """Stands between the server and the simulator's core."""

    def __init__(self, simulator: Simulator) -> None:
        self._serve = simulator.core.handle
        self._lock = threading.Lock()
        self._death: Death | None = None
        self._victim: BaseProcess | None = None
        self._count = 0
        setattr(simulator.core, "handle", self.handle)  # noqa: B010

    def arm(self, victim: BaseProcess, death: Death | None) -> None:
        """From now on count the requests of this process, and kill it at the given one."""
        with self._lock:
            self._victim, self._death, self._count = victim, death, 0

    def handle(self, request: Request) -> Response:
        """The answer of the simulator, if the sender lives to ask for it."""
        with self._lock:
            self._count += 1
            due = self._death is not None and self._count == self._death.at
            if due and self._death is not None and self._death.kill == "before a request":
                self._kill()
                return Response(503, drop="before")
            response = self._serve(request)
            if due:
                self._kill()
            return response

    def _kill(self) -> None:
        if self._victim is not None:
            self._victim.kill()
            # Gone before it could read an answer; whoever started it takes the exit code.
            wait([self._victim.sentinel], _PATIENCE)
