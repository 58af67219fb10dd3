"""The simulator with its sessions, in a process of its own, so that the others have no threads."""

from __future__ import annotations

import json
import multiprocessing
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from random import Random
from typing import Any

from attrs import frozen

from ksef_facade.simulator import Simulator

NIP = "5265877635"
_LARGEST_SESSION = 25
_PAGE_SIZES = (3, 5, 10_000)


@frozen(kw_only=True)
class Service:
    """Where the simulator is, and what logs in to it."""

    base_url: str
    token: str

    def take_requests(self) -> list[dict[str, Any]]:
        """The requests since the last time."""
        control = self.base_url.removesuffix("/v2") + "/_simulator/requests"
        request = urllib.request.Request(control, method="DELETE")
        with urllib.request.urlopen(request) as answer:
            calls: list[dict[str, Any]] = json.loads(answer.read())["calls"]
        return calls


@contextmanager
def service(sessions: int, random: Random) -> Iterator[Service]:
    """A simulator that holds so many finished sessions."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(sessions, random, theirs), daemon=True)
    process.start()
    try:
        yield Service(**ours.recv())
    finally:
        process.terminate()
        process.join()


def _serve(sessions: int, random: Random, pipe: Connection) -> None:
    with Simulator(seed=random.randrange(1 << 30)) as simulator:
        for _ in range(sessions):
            simulator.seed_session(
                NIP,
                random.choice(("online", "online", "batch")),
                accepted=random.choice((0, 1, 1, 2, 5, random.randint(1, _LARGEST_SESSION))),
                rejected=random.choice((0, 0, 1, 3)) or 0,
                upo_page_size=random.choice(_PAGE_SIZES),
            )
        pipe.send({"base_url": simulator.base_url, "token": simulator.issue_token(NIP)})
        signal.pause()
