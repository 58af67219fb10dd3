"""UPOs: made once, kept, and served by three operations and by links."""

from __future__ import annotations

from datetime import timedelta

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock
from ..messages import Response
from ..problems import NO_UPO, Refusal
from ..references import References
from ..sessions.register import SessionRegister
from ..sessions.state import Invoice, Session, UpoPage
from ..sessions.visibility import visible_session
from ..settings import Settings
from ..storage import document
from .upo import PageSpan, Signer, compose, finish

_SESSION_FOLDER, _INVOICE_FOLDER = "session-upo", "invoice-upo"


@define
class Receipts:
    """UPOs of sessions and of single invoices."""

    clock: Clock
    settings: Settings
    references: References
    sessions: SessionRegister
    signer: Signer

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        invoices = "/sessions/{referenceNumber}/invoices"
        return {
            ("GET", f"{invoices}/ksef/{{ksefNumber}}/upo"): self._by_ksef_number,
            ("GET", f"{invoices}/{{invoiceReferenceNumber}}/upo"): self._by_invoice,
            ("GET", "/sessions/{referenceNumber}/upo/{upoReferenceNumber}"): self._by_page,
        }

    def pages(self, session: Session) -> list[UpoPage]:
        """The pages of a session's UPO; empty while there are none."""
        now = self.clock.now()
        if not session.has_upo(now, self.settings.latencies):
            return []
        if session.upo_pages is None:
            size = session.upo_page_size
            session.upo_pages = [
                UpoPage(
                    self.references.reference("EU", now),
                    first + 1,
                    session.accepted[first : first + size],
                )
                for first in range(0, len(session.accepted), size)
            ]
        return session.upo_pages

    def page_content(self, session: Session, index: int) -> bytes:
        """Bytes of one page, counted from 0; made on first use and never again."""
        pages = self.pages(session)
        page = pages[index]
        if page.content is None:
            last = page.first + len(page.invoices) - 1
            span = PageSpan(index + 1, len(pages), page.first, last, len(session.accepted))
            page.content = self._make(session, list(page.invoices), span)
        return page.content

    def has_invoice_upo(self, invoice: Invoice) -> bool:
        """Whether an accepted invoice's own UPO is there already."""
        latency = timedelta(seconds=self.settings.latencies.invoice_upo)
        return invoice.verdict.is_accepted and self.clock.now() >= invoice.decided + latency

    def find(self, reference: str, folder: str, name: str) -> bytes | None:
        """The document behind a link: by session, folder and file name."""
        session = self.sessions.find(reference)
        if session is None:
            return None
        if folder == _SESSION_FOLDER:
            pages = self.pages(session)
            names = [page_name(index) for index in range(len(pages))]
            return self.page_content(session, names.index(name)) if name in names else None
        number = name.removeprefix("upo_").removesuffix(".xml")
        invoice = session.by_ksef_number.get(number)
        return self._invoice_content(session, invoice) if invoice is not None else None

    def _by_page(self, call: Call) -> Response:
        session = visible_session(call, self.sessions)
        wanted = call.inputs.path["upoReferenceNumber"]
        for index, page in enumerate(self.pages(session)):
            if page.reference == wanted.upper():
                return document(self.page_content(session, index), self.settings)
        raise Refusal(
            NO_UPO,
            f"UPO o numerze referencyjnym {wanted} dla sesji {session.reference} "
            "nie zostało znalezione.",
        )

    def _by_ksef_number(self, call: Call) -> Response:
        reference, number = call.inputs.path["referenceNumber"], call.inputs.path["ksefNumber"]
        unknown = Refusal(
            NO_UPO,
            f"UPO o numerze KSeF {number} i numerze referencyjnym sesji {reference} "
            "nie zostało znalezione.",
        )
        try:
            session = visible_session(call, self.sessions)
        except Refusal:
            # The contract lists no code of its own for a session that does not exist here.
            raise unknown from None
        invoice = session.by_ksef_number.get(number)
        content = None if invoice is None else self._invoice_content(session, invoice)
        if content is None:
            raise unknown
        return document(content, self.settings)

    def _by_invoice(self, call: Call) -> Response:
        session = visible_session(call, self.sessions)
        reference = call.inputs.path["invoiceReferenceNumber"]
        invoice = session.by_reference.get(reference.upper())
        content = None if invoice is None else self._invoice_content(session, invoice)
        if content is None:
            # The contract lists no code for this case; this one is what the service answers.
            raise Refusal(
                NO_UPO,
                f"UPO o numerze referencyjnym faktury {reference} i numerze referencyjnym sesji "
                f"{session.reference} nie zostało znalezione.",
            )
        return document(content, self.settings)

    def _invoice_content(self, session: Session, invoice: Invoice) -> bytes | None:
        if not self.has_invoice_upo(invoice) or invoice.ksef_number is None:
            return None
        content = session.invoice_upos.get(invoice.ksef_number)
        if content is None:
            content = self._make(session, [invoice], None)
            session.invoice_upos[invoice.ksef_number] = content
        return content

    def _make(self, session: Session, invoices: list[Invoice], span: PageSpan | None) -> bytes:
        canonical = compose(session, invoices, self.settings.environment, span)
        if not self.settings.sign_upo:
            return finish(canonical, None)
        return finish(canonical, self.signer(canonical, self.clock.now()))


def page_name(index: int) -> str:
    """File name of a page of a session's UPO, counted from 0 (contract, example of a link)."""
    return f"upo_{index:02d}.xml"


def invoice_upo_name(ksef_number: str) -> str:
    """File name of an invoice's UPO (contract, example of a link)."""
    return f"upo_{ksef_number}.xml"
