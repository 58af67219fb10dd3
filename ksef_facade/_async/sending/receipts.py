"""The receipts of what was sent: the UPO of every session that holds some of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from ksef_facade.errors import KsefError
from ksef_facade.models.sending import (
    SendItem,
    SendProgress,
    SendProgressHook,
    SendReport,
    SendSession,
)

if TYPE_CHECKING:
    from ksef_facade._async.client import AsyncKsef


async def save_receipts(
    client: AsyncKsef,
    report: SendReport,
    directory: Path,
    timeout: timedelta | float | None,
    on_progress: SendProgressHook | None,
) -> SendReport:
    """The report with the receipts of its sessions, saved; where there is none it says why.

    An invoice that was delivered before has its own UPO saved, since the rest of that session is no
    affair of this report.

    Raises:
        OSError: the directory cannot be written.
    """
    holding = {item.session_reference for item in report.items if item.outcome == "accepted"}
    sessions: list[SendSession] = []
    for number, session in enumerate(report.sessions):
        if on_progress is not None:
            on_progress(SendProgress(stage="receipts", done=number, total=len(report.sessions)))
        if session.reference in holding:
            session = await _of_session(client, session, directory, timeout)
        sessions.append(session)
    items = [await _of_item(client, item, directory) for item in report.items]
    return evolve(report, sessions=tuple(sessions), items=tuple(items))


async def _of_session(
    client: AsyncKsef, session: SendSession, directory: Path, timeout: timedelta | float | None
) -> SendSession:
    try:
        receipt = await client.session(session.reference).upo.save(directory, timeout=timeout)
    except KsefError as error:
        return evolve(session, problem=f"its receipt is not saved: {error}")
    return evolve(session, receipt=receipt)


async def _of_item(client: AsyncKsef, item: SendItem, directory: Path) -> SendItem:
    if item.outcome != "already_delivered" or not (item.ksef_number and item.original_session):
        return item
    try:
        upo = await client.session(item.original_session).upo.by_ksef_number(item.ksef_number)
        upo.save(directory)
    except KsefError as error:
        return evolve(item, problems=(*item.problems, f"its receipt is not saved: {error}"))
    return item
