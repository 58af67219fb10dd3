"""The UPO document, version 4-3, written in canonical form so that it can be signed as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from attrs import frozen

from ..clock import local
from ..sessions.state import Invoice, Session

#: Namespace of the schema (UPO v4-3, targetNamespace).
NAMESPACE = "http://upo.schematy.mf.gov.pl/KSeF/v4-3"
_CLOSING_TAG = b"</Potwierdzenie>"

#: The receiving authority, with the suffix that tells the environments apart (observed).
_AUTHORITY = "Ministerstwo Finansów"
_SUFFIXES = {
    "TE": " - środowisko testowe (TE)",
    "TR": " - środowisko przedprodukcyjne (TR)",
    "PRD": "",
}
#: Element of the context by kind of identifier (UPO v4-3, IdKontekstu).
_CONTEXT_ELEMENTS = {
    "Nip": "Nip",
    "InternalId": "IdWewnetrzny",
    "NipVatUe": "IdZlozonyVatUE",
    "PeppolId": "IdDostawcyUslugPeppol",
}

#: Makes the signature element of a document: canonical bytes and signing time in, element out.
Signer = Callable[[bytes, datetime], bytes]


@frozen
class PageSpan:
    """Which part of a session's documents a page holds."""

    page: int
    pages: int
    first: int
    last: int
    total: int


def compose(
    session: Session,
    invoices: Iterable[Invoice],
    environment: str,
    span: PageSpan | None = None,
) -> bytes:
    """The document in canonical XML: of one invoice without `span`, of a session's page with it."""
    form = session.form
    parts = [
        f'<Potwierdzenie xmlns="{NAMESPACE}">',
        _element("NazwaPodmiotuPrzyjmujacego", _AUTHORITY + _SUFFIXES[environment]),
        _element("NumerReferencyjnySesji", session.reference),
        _authentication(session),
    ]
    if span is not None:
        parts += [
            "<OpisPotwierdzenia>",
            _element("Strona", str(span.page)),
            _element("LiczbaStron", str(span.pages)),
            _element("ZakresDokumentowOd", str(span.first)),
            _element("ZakresDokumentowDo", str(span.last)),
            _element("CalkowitaLiczbaDokumentow", str(span.total)),
            "</OpisPotwierdzenia>",
        ]
    parts += [
        _element("NazwaStrukturyLogicznej", form.structure),
        _element("KodFormularza", form.system_code),
    ]
    parts += [_document(session, invoice) for invoice in invoices]
    return "".join(parts).encode() + _CLOSING_TAG


def finish(canonical: bytes, signature: bytes | None) -> bytes:
    """The file as it is served: XML declaration, and the signature as the root's last child."""
    body = canonical
    if signature is not None:
        body = canonical.removesuffix(_CLOSING_TAG) + signature + _CLOSING_TAG
    return b'<?xml version="1.0" encoding="utf-8"?>' + body


def _authentication(session: Session) -> str:
    context = _element(_CONTEXT_ELEMENTS[session.context.kind], session.context.value)
    if session.document_hash is not None:
        proof = _element("SkrotDokumentuUwierzytelniajacego", session.document_hash)
    else:
        proof = _element("NumerReferencyjnyTokenaKSeF", session.token_reference or "")
    return f"<Uwierzytelnienie><IdKontekstu>{context}</IdKontekstu>{proof}</Uwierzytelnienie>"


def _document(session: Session, invoice: Invoice) -> str:
    # Of a batch, the documented moment of sending is that of the session's opening.
    sent = session.created if session.kind == "batch" else invoice.received
    return (
        f"<Dokument><NipSprzedawcy>{invoice.seller}</NipSprzedawcy>"
        f"<NumerKSeFDokumentu>{invoice.ksef_number}</NumerKSeFDokumentu>"
        f"<NumerFaktury>{_escape(invoice.number or '')}</NumerFaktury>"
        f"<DataWystawieniaFaktury>{invoice.issued}</DataWystawieniaFaktury>"
        f"<DataPrzeslaniaDokumentu>{_moment(sent)}</DataPrzeslaniaDokumentu>"
        f"<DataNadaniaNumeruKSeF>{_moment(invoice.decided)}</DataNadaniaNumeruKSeF>"
        f"<SkrotDokumentu>{invoice.hash}</SkrotDokumentu>"
        f"<TrybWysylki>{invoice.mode}</TrybWysylki></Dokument>"
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{_escape(text)}</{name}>"


def _escape(text: str) -> str:
    # Canonical XML writes these characters so in text, and no others.
    if not any(character in text for character in "&<>\r"):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#xD;")


def _moment(moment: datetime) -> str:
    return local(moment).isoformat(timespec="milliseconds")
