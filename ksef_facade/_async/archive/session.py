"""One session into an archive: its status, its invoice list, its UPO pages, in as few requests as it
takes, each answer kept before the next is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.receipts.pages import AsyncUpoPages
from ksef_facade._async.sessions.lookups import list_invoices, look_at_session
from ksef_facade.answers.sessions import read_session_status
from ksef_facade.concurrency.tasks import map_bounded, offload
from ksef_facade.errors import BadRequest
from ksef_facade.identifiers import SessionReference
from ksef_facade.models.sessions import SessionStatus, UpoPageLink
from ksef_facade.store.archive.files import INVOICES_NAME, clear_leftovers
from ksef_facade.store.archive.session_filing import (
    file_invoices,
    file_session,
    listing_key,
    outcome,
    prove_invoices,
)
from ksef_facade.store.ledger.ledger import Ledger
from ksef_facade.store.ledger.rows import forget_rows, keep_rows, next_token
from ksef_facade.upo.names import page_file_names

_BAD_TOKEN = 21418
"""A continuation token that is not taken (any more) (contract, 400 of the session lists)."""


class AsyncSessionArchiver:
    """Archives sessions one after the other.

    Args:
        caller: asks KSeF.
        ledger: keeps what came.
        spend: called before every metered request; raises when no further one may be made.
        page_size: rows in a page of an invoice list.
    """

    def __init__(
        self, caller: AsyncCaller, ledger: Ledger, spend: Callable[[], None], page_size: int
    ) -> None:
        self._caller = caller
        self._ledger = ledger
        self._spend = spend
        self._page_size = page_size
        self.pages_saved = 0

    async def run(self, reference: str) -> None:
        """Bring a session up to date.

        Cost: 1 request of group `sessionMisc` for the status, 1 of group `sessionInvoiceList` for
        each page of the list unless it has not changed; UPO pages as `SessionUpo.save`. What an
        interrupted run has got is not asked for again.
        """
        status = await self._status(reference)
        row = await offload(lambda: self._ledger.session(reference))
        folder = self._ledger.directory / row["folder"]
        await offload(lambda: _prepare(folder))
        key = listing_key(status)
        listed = row["listed_for"] == key and (folder / INVOICES_NAME).is_file()
        if not listed:
            if row["invoice_count"]:
                await self._invoices(SessionReference.from_server(reference))
            await offload(lambda: file_invoices(self._ledger, reference, folder, key))
        problems = await self._pages(status, folder, row["folder"])
        state, reason = outcome(status, row["accepted_count"], problems)
        await offload(lambda: file_session(self._ledger, status, folder, state, reason))

    async def _status(self, reference: str) -> SessionStatus:
        raw = await offload(lambda: self._ledger.status_raw(reference))
        if raw is not None:
            return read_session_status(raw, reference)
        self._spend()
        status = await look_at_session(self._caller, SessionReference.from_server(reference))
        await offload(lambda: self._ledger.keep_status(status))
        return status

    async def _invoices(self, reference: SessionReference) -> None:
        begun, token = await offload(
            lambda: next_token(self._ledger.file, reference, self._page_size)
        )
        if begun and token is None:
            return
        try:
            await self._list(reference, token)
        except BadRequest as error:
            if token is None or _BAD_TOKEN not in error.codes:
                raise
            # Tokens are short-lived, and this one is of an earlier run.
            await offload(lambda: forget_rows(self._ledger.file, reference))
            await self._list(reference, None)

    async def _list(self, reference: SessionReference, token: str | None) -> None:
        size = self._page_size
        self._spend()
        pager = list_invoices(self._caller, reference, page_size=size)
        async for page in pager.by_page(token):
            rows, following = page.items, page.continuation_token
            await offload(lambda: keep_rows(self._ledger, reference, rows, following, size))  # noqa: B023
            if following is not None:
                self._spend()

    async def _pages(self, status: SessionStatus, folder: Path, place: str) -> Sequence[str]:
        """Save the pages that are not on disk, and say what is wrong with all of them together."""
        if not status.upo_pages:
            return ()
        reference = status.reference_number
        pages = AsyncUpoPages(self._caller, status)
        names = page_file_names(reference, status.upo_pages)
        rows = await offload(lambda: self._ledger.page_rows(reference))
        have = {(row.position, row.upo_reference) for row in rows}
        wanted = [
            (position, link, name)
            for position, (link, name) in enumerate(
                zip(status.upo_pages, names, strict=True), start=1
            )
            if (position, link.reference_number) not in have
        ]

        async def save(one: tuple[int, UpoPageLink, str]) -> None:
            position, link, name = one
            if link.download_url is None:
                self._spend()
            saved, _ = await pages.save(link, folder / name, overwrite=True)
            await offload(lambda: self._ledger.keep_page(saved, position, f"{place}/{name}"))
            self.pages_saved += 1

        await map_bounded(save, wanted, self._caller.settings.parallel_downloads)
        facts = await offload(lambda: prove_invoices(self._ledger, reference))
        return pages.problems(facts)


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    clear_leftovers(folder)
