"""A run that asyncio cancels, by a time-out or Ctrl+C, leaves nothing held and nothing half done."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from ksef_facade import AsyncKsef, TokenAuth
from ksef_facade.store.journal.file import JournalFile
from ksef_facade.store.ledger.file import LedgerFile
from tests.facade.sending.conftest import NIP, HastyTasks


class Slow:
    """A step on a slow disk, in which the task is cancelled once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
        self.task: asyncio.Task[Any] | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        original = getattr(owner, name)

        def slow(*arguments: Any, **named: Any) -> Any:
            task, self.task = self.task, None
            if task is not None and self.loop is not None:
                self.loop.call_soon_threadsafe(task.cancel)
                time.sleep(0.05)
            return original(*arguments, **named)

        monkeypatch.setattr(owner, name, slow)

    async def cancelled(self, work: Any) -> None:
        self.loop = asyncio.get_running_loop()
        self.task = task = asyncio.ensure_future(work)
        with pytest.raises(asyncio.CancelledError):
            await task


def client(sim: Any) -> AsyncKsef:
    return AsyncKsef(
        base_url=sim.base_url, auth=TokenAuth(sim.issue_token(NIP)), clock=HastyTasks()
    )


@pytest.mark.parametrize("step", ["_connect", "each", "insert", "select"])
@pytest.mark.parametrize("mode", ["online", "batch"])
def test_a_journal_is_free_for_the_next_run(
    sim: Any, invoices: Any, journal: Path, monkeypatch: pytest.MonkeyPatch, step: str, mode: Any
) -> None:
    slow = Slow(monkeypatch, JournalFile, step)
    sources = invoices(2)

    async def main() -> None:
        async with client(sim) as ksef:
            await slow.cancelled(ksef.send(sources, journal=journal, mode=mode))
            report = await ksef.send(sources, journal=journal, mode=mode)
            assert report.is_complete

    asyncio.run(main())
    assert len(sim.accepted_invoices()) == 2
    assert not list(journal.parent.glob("*.work/*"))


@pytest.mark.parametrize("step", ["_connect", "transaction", "select"])
def test_an_archive_is_free_for_the_next_run(
    sim: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    slow = Slow(monkeypatch, LedgerFile, step)

    async def main() -> None:
        async with client(sim) as ksef:
            archive = ksef.archive(tmp_path / "archive")
            await slow.cancelled(archive.sync())
            assert (await archive.sync()).stopped is None

    asyncio.run(main())
