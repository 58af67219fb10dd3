"""One attempt to send, in a process of its own that may be killed at any moment."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from ksef_facade import AsyncKsef, Ksef, KsefError, TokenAuth
from ksef_facade.concurrency import tasks, threads
from ksef_facade.models.sending import SendReport
from ksef_facade.planning.sending import WantedMode
from ksef_facade.store.journal.file import JournalFile

DONE, NOT_YET, BROKE_OFF = 0, 10, 11
"""Exit codes of an attempt: all delivered; some not settled; ended by an error of the package."""
_HASTE = 200.0
"""By how much waits are shortened; the simulator is as much faster than a real KSeF."""
_LONGEST_SLEEP = 0.05
TIMEOUT = 0.6
"""Seconds without an answer after which a request is given up."""


@frozen(kw_only=True)
class Attempt:
    """What a process is to do; `die_at` is the step of its journal at which it kills itself."""

    base_url: str
    token: str
    folder: Path
    journal: Path
    mode: WantedMode
    on_event_loop: bool
    die_at: int | None = None
    die_after_commit: bool = False


class HastyThreads(threads.Clock):
    """Sleeps a fraction of what it should."""

    def sleep(self, seconds: float) -> None:
        """Wait a little."""
        super().sleep(min(seconds / _HASTE, _LONGEST_SLEEP))


class HastyTasks(tasks.Clock):
    """Sleeps a fraction of what it should."""

    async def sleep(self, seconds: float) -> None:
        """Wait a little."""
        await super().sleep(min(seconds / _HASTE, _LONGEST_SLEEP))


def run(attempt: Attempt) -> None:
    """Send, and end the process with what came of it."""
    if attempt.die_at is not None:
        _die_at(attempt.die_at, attempt.die_after_commit)
    try:
        report = asyncio.run(_tasks(attempt)) if attempt.on_event_loop else _threads(attempt)
    except KsefError:
        sys.exit(BROKE_OFF)
    sys.exit(DONE if report.is_complete else NOT_YET)


def _threads(attempt: Attempt) -> SendReport:
    auth = TokenAuth(attempt.token)
    with Ksef(base_url=attempt.base_url, auth=auth, timeout=TIMEOUT, clock=HastyThreads()) as ksef:
        return ksef.send(attempt.folder, journal=attempt.journal, mode=attempt.mode)


async def _tasks(attempt: Attempt) -> SendReport:
    auth = TokenAuth(attempt.token)
    async with AsyncKsef(
        base_url=attempt.base_url, auth=auth, timeout=TIMEOUT, clock=HastyTasks()
    ) as ksef:
        return await ksef.send(attempt.folder, journal=attempt.journal, mode=attempt.mode)


def _die_at(step: int, after_commit: bool) -> None:
    """Kill this process at a transaction of the journal, just before or just after its COMMIT."""
    genuine = JournalFile.transaction
    done = 0

    @contextlib.contextmanager
    def transaction(self: JournalFile) -> Iterator[sqlite3.Connection]:
        nonlocal done
        outermost = not self.in_transaction
        with genuine(self) as connection:
            yield connection
            done += outermost
            if done == step and not after_commit:
                os.kill(os.getpid(), signal.SIGKILL)
        if outermost and done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(JournalFile, "transaction", transaction)  # noqa: B010
