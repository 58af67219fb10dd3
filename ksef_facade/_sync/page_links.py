# Derived from ksef_facade/_async/page_links.py by scripts/derive_sync.py; do not edit.
"""The links of a session's UPO pages, renewed at most once, by one page for all of them."""

from __future__ import annotations

from ksef_facade._sync.caller import Caller
from ksef_facade._sync.lookups import look_at_session
from ksef_facade.concurrency.threads import Lock
from ksef_facade.errors import KsefError
from ksef_facade.identifiers import SessionReference
from ksef_facade.models import SessionStatus, UpoPageLink


class PageLinks:
    """Hands out new links for pages whose first link failed."""

    def __init__(self, caller: Caller, status: SessionStatus) -> None:
        self._caller = caller
        self._reference = SessionReference.from_server(status.reference_number)
        self._lock = Lock()
        self._asked = False
        self._renewed: dict[str, str | None] = {}

    def refreshed(self, page: UpoPageLink) -> str | None:
        """Another link for a page, or `None` when there is none to be had.

        Cost: 1 request of group `sessionMisc` at the first call, nothing later.
        """
        with self._lock:
            if not self._asked:
                self._asked = True
                try:
                    status = look_at_session(self._caller, self._reference)
                except KsefError:
                    # The API route is left, and will tell what is wrong.
                    return None
                self._renewed = {
                    link.reference_number: link.download_url for link in status.upo_pages
                }
            return self._renewed.get(page.reference_number)
