"""The receipts (UPO) of one session: waiting for them, reading them, and saving all pages as
evidence.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from os import PathLike
from pathlib import Path

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.receipts.absence import (
    is_upo_missing,
    session_without_upo,
    why_no_invoice_upo,
    why_no_ksef_number_upo,
    why_no_page,
)
from ksef_facade._async.receipts.fetching import Fetched, fetch_upo
from ksef_facade._async.receipts.pages import AsyncUpoPages, page_call
from ksef_facade._async.sessions.lookups import look_at_session
from ksef_facade._async.waiting import poll
from ksef_facade.calls.describing import describe
from ksef_facade.concurrency.tasks import map_bounded
from ksef_facade.errors import BadRequest, IntegrityFailure
from ksef_facade.identifiers import InvoiceReference, KsefNumber, SessionReference, UpoReference
from ksef_facade.models.receipts import SavedReceipt, SavedUpo, Upo
from ksef_facade.models.sessions import (
    FIRST_FAILURE_CODE,
    InvoiceStatus,
    SessionStatus,
    UpoPageLink,
)
from ksef_facade.settings import DEFAULT_WAIT, seconds_of
from ksef_facade.upo.inspection import UpoFacts, check_invoice, check_page
from ksef_facade.upo.names import page_file_names
from ksef_facade.upo.sinks import MemorySink


class AsyncSessionUpo:
    """The receipts of one session; making this costs no request."""

    def __init__(self, caller: AsyncCaller, reference: SessionReference) -> None:
        self._caller = caller
        self._reference = reference

    async def wait(
        self,
        timeout: timedelta | float | None = DEFAULT_WAIT,
        on_poll: Callable[[SessionStatus], object] | None = None,
    ) -> SessionStatus:
        """The session's status once its UPO is there: code 200 with at least one page.

        A wait of its own: status 200 without pages means "not yet". Cost as `Session.wait`.
        Source: contract `SessionStatusResponse.upo`, which is null until the UPO was made.

        Raises:
            UpoWillNotExist: the session ended with a code of 400 or more.
            PollingDeadlineExceeded: not there in time; carries `handle` and `last_status`.
            KsefError: a look failed; carries `handle`.
        """

        async def look(caller: AsyncCaller) -> SessionStatus:
            return await look_at_session(caller, self._reference)

        def done(status: SessionStatus) -> bool:
            return bool(status.upo_pages) or status.status.code >= FIRST_FAILURE_CODE

        status = await poll(
            self._caller,
            look,
            done,
            what=f"the UPO of session {self._reference}",
            handle=self._caller.handle(self._reference),
            timeout=timeout,
            on_poll=on_poll,
        )
        return _with_pages(status)

    async def pages(self) -> AsyncIterator[Upo]:
        """All pages of the session's UPO in their order, in memory, a few at a time.

        Cost: 1 request of group `sessionMisc`; the pages come over links that are not metered. A
        link that fails costs 1 more for all together, and a page whose new link fails too 1 of its
        own. Source: contract `UpoPageResponse` and `GET
        /sessions/{referenceNumber}/upo/{upoReferenceNumber}`; UPO schema, element
        `OpisPotwierdzenia`.

        Raises:
            UpoNotReady, UpoWillNotExist: there is none; see `wait`.
            IntegrityFailure: what came is not a UPO of this session, whichever way; or, after the
                last page, the pages are not whole together.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        status = _with_pages(await look_at_session(self._caller, self._reference))
        pages = AsyncUpoPages(self._caller, status)

        async def load(link: UpoPageLink) -> tuple[Upo, UpoFacts]:
            sink = MemorySink()
            fetched = await pages.fetch(link, sink)
            return _upo(self._reference, sink, fetched, link.reference_number), fetched.facts

        facts = []
        step = self._caller.settings.parallel_downloads
        for start in range(0, len(status.upo_pages), step):
            for upo, fact in await map_bounded(load, status.upo_pages[start : start + step], step):
                facts.append(fact)
                yield upo
        problems = pages.problems(facts)
        if problems:
            raise IntegrityFailure(
                f"the UPO of session {self._reference} is not whole and ours: {'; '.join(problems)}"
            )

    async def page(self, upo_reference: str) -> Upo:
        """One page by its own reference.

        Cost: 1 request of group `sessionMisc`; when it is not there, 1 more to tell why. Source:
        contract `GET /sessions/{referenceNumber}/upo/{upoReferenceNumber}`.

        Raises:
            InvalidIdentifier: the text is not a UPO reference.
            UpoNotReady, UpoWillNotExist, IntegrityFailure, KsefError: as `pages`.
        """
        reference = UpoReference.of(upo_reference)
        sink = MemorySink()
        try:
            fetched = await fetch_upo(
                self._caller,
                sink,
                lambda facts: check_page(facts, session_reference=self._reference),
                call=page_call(self._reference, reference),
            )
        except BadRequest as error:
            if not is_upo_missing(error):
                raise
            raise await why_no_page(self._caller, self._reference, reference) from error
        return _upo(self._reference, sink, fetched, reference)

    async def by_ksef_number(self, ksef_number: str) -> Upo:
        """The UPO of one accepted invoice by its KSeF number.

        Cost: 1 request of group `sessionMisc`; when there is none, 1 more and, if the session did
        not fail, its invoice list until the number is found, to tell why. Source: contract `GET
        /sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo`.

        Raises:
            InvalidIdentifier: the text is not a KSeF number, or its checksum is wrong.
            UpoNotReady, UpoWillNotExist, IntegrityFailure, KsefError: as `pages`.
        """
        number = KsefNumber.of(ksef_number)
        path = "/sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo"
        sink = MemorySink()
        try:
            fetched = await fetch_upo(
                self._caller,
                sink,
                self._check_invoice(number),
                call=lambda: describe("GET", path, self._reference, number),
            )
        except BadRequest as error:
            if not is_upo_missing(error):
                raise
            raise await why_no_ksef_number_upo(self._caller, self._reference, number) from error
        return _upo(self._reference, sink, fetched)

    async def by_invoice(self, invoice: str | InvoiceStatus) -> Upo:
        """The UPO of one accepted invoice, by its reference or by a status of it.

        A status (e.g. a row of `Session.invoices()`) carries a link, so that its UPO costs nothing
        metered unless the link fails. A reference costs 1 request of group `sessionMisc`. When
        there is no UPO, 1 more of group `invoiceStatus` tells why. Source: contract `GET
        /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo`.

        Raises:
            InvalidIdentifier: the text is not an invoice reference.
            UpoNotReady, UpoWillNotExist, IntegrityFailure, KsefError: as `pages`.
        """
        link = number = None
        if isinstance(invoice, InvoiceStatus):
            reference = InvoiceReference.from_server(invoice.reference_number)
            link, number = invoice.upo_download_url, invoice.ksef_number
        else:
            reference = InvoiceReference.of(invoice)
        path = "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo"
        sink = MemorySink()
        try:
            fetched = await fetch_upo(
                self._caller,
                sink,
                self._check_invoice(number),
                link=link,
                call=lambda: describe("GET", path, self._reference, reference),
            )
        except BadRequest as error:
            if not is_upo_missing(error):
                raise
            raise await why_no_invoice_upo(self._caller, self._reference, reference) from error
        return _upo(self._reference, sink, fetched)

    async def save(
        self,
        directory: str | PathLike[str],
        *,
        timeout: timedelta | float | None = 0,
        overwrite: bool = False,
        on_page: Callable[[SavedUpo], object] | None = None,
    ) -> SavedReceipt:
        """All pages of the session's UPO as files, byte for byte as served, checked, complete or
        told why not.

        Each page is streamed to a hidden file, checked, flushed and renamed in one step; a page
        that is there already with the same bytes stays as it is. Memory does not grow with the size
        of the pages.

        Cost and source: as `pages`; with a `timeout`, waiting costs what `wait` costs.

        Args:
            directory: made if absent; the files are named after session and page references.
            timeout: how long to wait for the UPO if it is not there yet; 0 does not wait.
            overwrite: replace files of the same name with other bytes instead of refusing.
            on_page: called with every page saved, in the order in which they finish.

        Raises:
            UpoNotReady, UpoWillNotExist: there is none; see `wait`.
            PollingDeadlineExceeded: there was none in time.
            IntegrityFailure: what came is not a UPO of this session, whichever way.
            FileConflict: a file with other bytes is in the way.
            OSError: the directory cannot be written.
            KsefError: see the hierarchy in `ksef_facade.errors`.
        """
        if not seconds_of(timeout) and timeout is not None:
            status = _with_pages(await look_at_session(self._caller, self._reference))
        else:
            status = await self.wait(timeout)
        folder = Path(directory)
        folder.mkdir(parents=True, exist_ok=True)
        pages = AsyncUpoPages(self._caller, status)
        names = page_file_names(self._reference, status.upo_pages)

        async def store(
            named: tuple[UpoPageLink, str],
        ) -> tuple[SavedUpo, UpoFacts]:
            link, name = named
            page, facts = await pages.save(link, folder / name, overwrite=overwrite)
            if on_page is not None:
                on_page(page)
            return page, facts

        stored = await map_bounded(
            store,
            list(zip(status.upo_pages, names, strict=True)),
            self._caller.settings.parallel_downloads,
        )
        facts = [fact for _, fact in stored]
        return SavedReceipt(
            session_reference=self._reference,
            directory=folder,
            status=status,
            pages=tuple(page for page, _ in stored),
            problems=pages.problems(facts),
        )

    def _check_invoice(self, ksef_number: str | None) -> Callable[[UpoFacts], tuple[str, ...]]:
        def check(facts: UpoFacts) -> tuple[str, ...]:
            return check_invoice(facts, session_reference=self._reference, ksef_number=ksef_number)

        return check


def _with_pages(status: SessionStatus) -> SessionStatus:
    if status.upo_pages:
        return status
    raise session_without_upo(status)


def _upo(
    session: SessionReference,
    sink: MemorySink,
    fetched: Fetched,
    upo_reference: str | None = None,
) -> Upo:
    return Upo(
        session_reference=session,
        upo_reference=upo_reference,
        ksef_number=fetched.facts.single_ksef_number,
        content=sink.content,
        size=sink.size,
        sha256=sink.sha256,
        hash_verified=fetched.hash_verified,
        source=fetched.source,
    )
