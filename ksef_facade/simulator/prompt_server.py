"""A server of HTTP that starts and stops at once, for simulators that live for one test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from types import FrameType

import uvicorn

#: Seconds between looks at the clock: the header `Date` counts in whole ones.
_TICK = 1.0
#: Seconds that requests under way get when the server stops.
_GRACE = 0.1


class PromptServer(uvicorn.Server):
    """uvicorn, which looks ten times a second whether it shall stop, and then waits once more.

    Here the loop is woken instead, so that stopping takes milliseconds.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()

    def stop(self) -> None:
        """End the server, from any thread."""
        self.should_exit = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop for a signal."""
        super().handle_exit(sig, frame)
        self.stop()

    async def main_loop(self) -> None:
        """Serve until told to stop."""
        self._loop = asyncio.get_running_loop()
        # The first tick makes the header `Date`.
        stopping = await self.on_tick(0)
        self.is_up.set()
        while not stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _TICK)
            stopping = await self.on_tick(0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close what is idle, let requests under way end for a moment, and leave the rest."""
        for server in self.servers:
            server.close()
        for one in sockets or ():
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        tasks = set(self.server_state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=_GRACE)
        # A transport that was closed says so to its other end in the next turn of the loop.
        await asyncio.sleep(0)
