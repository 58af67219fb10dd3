"""The links of a session's UPO pages, renewed at most once, by one page for all of them."""

from __future__ import annotations

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.lookups import look_at_session
from ksef_facade.concurrency.tasks import Lock
from ksef_facade.errors import KsefError
from ksef_facade.identifiers import SessionReference
from ksef_facade.models import SessionStatus, UpoPageLink


class AsyncPageLinks:
    """Hands out new links for pages whose first link failed."""

    def __init__(self, caller: AsyncCaller, status: SessionStatus) -> None:
        self._caller = caller
        self._reference = SessionReference.from_server(status.reference_number)
        self._lock = Lock()
        self._asked = False
        self._renewed: dict[str, str | None] = {}

    async def refreshed(self, page: UpoPageLink) -> str | None:
        """Another link for a page, or `None` when there is none to be had.

        Cost: 1 request of group `sessionMisc` at the first call, nothing later.
        """
        async with self._lock:
            if not self._asked:
                self._asked = True
                try:
                    status = await look_at_session(self._caller, self._reference)
                except KsefError:
                    # The API route is left, and will tell what is wrong.
                    return None
                self._renewed = {
                    link.reference_number: link.download_url for link in status.upo_pages
                }
            return self._renewed.get(page.reference_number)
