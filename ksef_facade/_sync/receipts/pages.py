# Derived from ksef_facade/_async/receipts/pages.py by scripts/derive_sync.py; do not edit.
"""The pages of one session's UPO: how each is fetched, and whether they are whole together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from ksef_facade._sync.caller import Caller
from ksef_facade._sync.receipts.fetching import Fetched, fetch_upo
from ksef_facade._sync.sessions.lookups import look_at_session
from ksef_facade.calls.describing import Call, describe
from ksef_facade.concurrency.threads import Lock, offload
from ksef_facade.errors import KsefError, UnusableReference
from ksef_facade.identifiers import SessionReference, UpoReference
from ksef_facade.models.receipts import SavedUpo
from ksef_facade.models.sessions import SessionStatus, UpoPageLink
from ksef_facade.store.files import AtomicFile
from ksef_facade.upo.inspection import UpoFacts, check_completeness, check_origin, check_page
from ksef_facade.upo.sinks import FileSink, UpoSink


def page_call(session: SessionReference, page: UpoReference) -> Callable[[], Call]:
    """Makes the request for a page through the API, when it comes to that."""
    path = "/sessions/{referenceNumber}/upo/{upoReferenceNumber}"
    return lambda: describe("GET", path, session, page)


class UpoPages:
    """Fetches the pages that a status lists. Their links are renewed at most once, by one page for all."""

    def __init__(self, caller: Caller, status: SessionStatus) -> None:
        self._caller = caller
        self._status = status
        self._reference = SessionReference.from_server(status.reference_number)
        self._lock = Lock()
        self._asked = False
        self._renewed: dict[str, str | None] = {}

    def fetch(self, page: UpoPageLink, sink: UpoSink) -> Fetched:
        """Fill the sink with a page: over its link, over a renewed one, or through the API.

        Cost and errors as `fetch_upo`; renewing costs 1 request of group `sessionMisc` in all.
        """

        def refresh() -> str | None:
            return self._refreshed(page)

        call = None
        # A page whose reference is none can still come over its link.
        with suppress(UnusableReference):
            reference = UpoReference.from_server(page.reference_number)
            call = page_call(self._reference, reference)
        return fetch_upo(
            self._caller,
            sink,
            lambda facts: check_page(facts, session_reference=self._reference),
            link=page.download_url,
            refresh=refresh,
            call=call,
        )

    def save(
        self, page: UpoPageLink, target: Path, *, overwrite: bool = False
    ) -> tuple[SavedUpo, UpoFacts]:
        """Fetch a page into a file, which appears whole or not at all.

        Cost and errors as `fetch`.

        Raises:
            FileConflict: a file with other bytes is in the way and `overwrite` is false.
            OSError: the file cannot be written.
        """
        with AtomicFile(target, overwrite=overwrite) as file:
            fetched = self.fetch(page, FileSink(file))
            saved = offload(file.commit)
        found = SavedUpo(
            path=saved.path,
            session_reference=self._reference,
            upo_reference=page.reference_number,
            size=saved.size,
            sha256=saved.sha256,
            hash_verified=fetched.hash_verified,
            source=fetched.source,
            document_count=fetched.facts.document_count,
            page=fetched.facts.page,
            pages=fetched.facts.pages,
        )
        return found, fetched.facts

    def problems(self, pages: Sequence[UpoFacts]) -> tuple[str, ...]:
        """What speaks against the pages being all of this session's UPO, for this taxpayer."""
        environment = self._caller.environment
        context = self._caller.authenticator.context
        name = "" if environment.is_loopback else environment.name
        found = check_completeness(pages, self._status.successful_invoice_count)
        for facts in pages:
            origin = check_origin(facts, name, context.type, context.value)
            found += tuple(problem for problem in origin if problem not in found)
        return found

    def _refreshed(self, page: UpoPageLink) -> str | None:
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
