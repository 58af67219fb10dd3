"""A UPO as a PDF that can be filed, with the XML itself inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.qr.symbols import QUIET, qr_rows, runs
from ksef_facade.upo.documents import UpoDocument
from ksef_facade.upo.entries import UpoEntry
from ksef_facade.upo.names import invoice_file_name
from ksef_facade.upo.render.content import entry_facts, extra_facts, head_facts
from ksef_facade.upo.render.heads import draw_facts, draw_head, draw_section, draw_title
from ksef_facade.upo.render.metadata import LANGUAGE_TAGS, pdfa_metadata
from ksef_facade.upo.render.sheets import GREY, INK, MARGIN, Sheets
from ksef_facade.upo.render.sources import Source, read_all
from ksef_facade.upo.render.tables import draw_table
from ksef_facade.upo.render.typefaces import Style, Typeface
from ksef_facade.upo.render.verification import verification_link
from ksef_facade.upo.render.wording import Language, checked, grouped, lines, say
from ksef_facade.upo.walking import opened

if TYPE_CHECKING:
    from fpdf import FPDF

_SUM: Final = Style(8.6, bold=True, colour=INK)
_NOTE: Final = Style(7, colour=GREY)
_LINK: Final = Style(6.2, colour=GREY)
_LINK_TITLE: Final = Style(7.8, bold=True, colour=INK)
_NOTE_PITCH: Final = 3.3
_BEFORE_NOTE: Final = 4.0
_SUM_HEIGHT: Final = 8.0
# Of the sum and the longest note.
_END_HEIGHT: Final = _SUM_HEIGHT + 2 * _NOTE_PITCH + 1

# Side of the QR code with its quiet zone, in millimetres.
_QR_SIDE: Final = 36.0

_COMPLIANCE: Final = "PDF/A-3B"
# Of documents without any invoice, which no UPO is; the first date that every format can hold.
_NO_DATE: Final = datetime(1980, 1, 1, tzinfo=UTC)


def render_pdf(
    documents: Source | Iterable[Source],
    *,
    language: Language = "pl",
    pdfa: bool = False,
    attach: bool = True,
) -> bytes:
    """UPO documents as one PDF: the UPO of an invoice on a sheet of its own, a session's page as a
    table of any length; every element of the schema is in it.

    The same documents make the same bytes: the file is dated by the newest KSeF number in it.

    Args:
        documents: the bytes or paths of UPOs of any version, one or several, in their order.
        language: of the words around, `pl`, `en`, or `both`.
        pdfa: make it PDF/A-3B, for archives.
        attach: put the XML files into the PDF, byte for byte.

    Returns:
        The PDF; about 1 MB for 10,000 invoices, and their XML compressed beside it.

    Raises:
        NotAUpo: one of the documents is no UPO.
        ImportError: the extra `pdf` is not installed.
        OSError: a file cannot be read.
        ValueError: no document, or an unknown language.
    """
    from fpdf import FPDF, FPDF_VERSION

    wanted = checked(language)
    read = read_all(documents)
    pdf = FPDF(enforce_compliance=_COMPLIANCE if pdfa else None)
    face = Typeface(pdf)
    pdf.set_auto_page_break(False)
    counting = Sheets(pdf, face, wanted, None)
    newest = max([_draw(counting, document, wanted, attach) for document in read])
    drawing = Sheets(pdf, face, wanted, counting.number)
    for document in read:
        _draw(drawing, document, wanted, attach)
    title = f"UPO {face.plain(read[0].session_reference)}"
    pdf.set_title(title)
    pdf.set_subject(say("title", wanted))
    producer = f"fpdf2 {FPDF_VERSION}"
    pdf.set_producer(producer)
    pdf.set_creator("ksef-facade")
    pdf.set_lang(LANGUAGE_TAGS[wanted])
    pdf.set_creation_date(newest)
    if pdfa:
        # What fpdf2 would write by itself holds the time of the day.
        pdf.set_xmp_metadata(pdfa_metadata(title, say("title", wanted), producer, newest))
    if attach:
        _attach(pdf, read, newest)
    return bytes(pdf.output())


def _draw(sheets: Sheets, document: UpoDocument, language: Language, attach: bool) -> datetime:
    """One document on sheets of its own; returns the newest time at which a number was given."""
    face = sheets.face
    sheets.running = f"UPO {document.version} · {face.plain(document.session_reference)}"
    if document.page is not None:
        page = f"{say('page', language)} {document.page} / {document.pages or '—'}"
        sheets.running = f"{sheets.running} · {page}"
    single = not document.is_session_page and document.document_count == 1
    sheets.begin(landscape=not single)
    draw_title(sheets, document, language)
    if single:
        newest = _draw_single(sheets, document, language)
    else:
        draw_head(sheets, document, language)
        sheets.y += 3.0
        dated = _Dated(document.documents())
        count = draw_table(sheets, dated, language, document.document_count, _END_HEIGHT)
        newest = dated.newest
        _draw_sum(sheets, document, count, language)
    _draw_note(sheets, language, attach)
    return newest


class _Dated:
    """Passes invoices on and keeps the newest time at which one got its number."""

    def __init__(self, entries: Iterable[UpoEntry]) -> None:
        self._entries = entries
        self.newest = _NO_DATE

    def __iter__(self) -> Iterator[UpoEntry]:
        for entry in self._entries:
            if entry.acquired_at is not None:
                self.newest = max(self.newest, entry.acquired_at)
            yield entry


def _draw_single(sheets: Sheets, document: UpoDocument, language: Language) -> datetime:
    entry = next(document.documents())
    who, what = head_facts(document, language)
    draw_section(sheets, "invoice", language)
    top = sheets.y
    link = verification_link(entry, document.environment_name)
    taken = _QR_SIDE + 6 if link else 0
    draw_facts(sheets, entry_facts(entry, language), sheets.room - taken, strong=2)
    if link:
        _draw_code(sheets, link, top, language)
        sheets.y = max(sheets.y, top + _QR_SIDE + 12)
    draw_section(sheets, "receipt", language)
    extras = extra_facts(document.extras, language)
    draw_facts(sheets, [*who, *what, *extras], sheets.room)
    sheets.y += _BEFORE_NOTE
    return entry.acquired_at or _NO_DATE


def _draw_code(sheets: Sheets, link: str, top: float, language: Language) -> None:
    rows = qr_rows(link)
    left = sheets.right - _QR_SIDE
    module = _QR_SIDE / (len(rows) + 2 * QUIET)
    for place, row in enumerate(rows):
        for start, width in runs(row):
            x = left + (start + QUIET) * module
            sheets.area(x, top + (place + QUIET - 3) * module, width * module, module, (0, 0, 0))
    sheets.link(left, top, _QR_SIDE, _QR_SIDE, link)
    below = top + _QR_SIDE
    for place, word in enumerate(lines("verify", language)):
        style = _NOTE if place else _LINK_TITLE
        sheets.text(style, left + QUIET * module, below + place * _NOTE_PITCH, word)


def _draw_sum(sheets: Sheets, document: UpoDocument, count: int, language: Language) -> None:
    if sheets.y + _SUM_HEIGHT > sheets.bottom:
        sheets.begin(sheets.landscape)
    sheets.rule(sheets.y, INK, 0.3)
    text = f"{say('sum_here', language)}: {grouped(count, language)}"
    if document.total is not None:
        text += f"; {say('sum_total', language)}: {grouped(document.total, language)}"
    sheets.text(_SUM, MARGIN, sheets.y + 5, text)
    sheets.y += _SUM_HEIGHT


def _draw_note(sheets: Sheets, language: Language, attach: bool) -> None:
    notes = list(lines("note", language))
    if attach:
        notes = [f"{a} {b}" for a, b in zip(notes, lines("attached", language), strict=True)]
    broken = [line for note in notes for line in sheets.face.broken(note, _NOTE, sheets.room)]
    if sheets.y + len(broken) * _NOTE_PITCH > sheets.bottom:
        sheets.begin(sheets.landscape)
    for line in broken:
        sheets.text(_NOTE, MARGIN, sheets.y + 2, line)
        sheets.y += _NOTE_PITCH


def _attach(pdf: FPDF, documents: Sequence[UpoDocument], moment: datetime) -> None:
    taken: set[str] = set()
    for position, document in enumerate(documents, start=1):
        name = _file_name(document)
        if name in taken:
            name = f"{name.removesuffix('.xml')}-{position}.xml"
        taken.add(name)
        with opened(document.source) as stream:
            content = stream.read()
        pdf.embed_file(
            bytes=content,
            basename=name,
            mime_type="application/xml",
            modification_date=moment,
            associated_file_relationship="Source",
            desc=f"UPO {document.version}",
            compress=True,
        )


def _file_name(document: UpoDocument) -> str:
    from ksef_facade.store.files import safe_name

    try:
        if not document.is_session_page and document.document_count == 1:
            return invoice_file_name(next(document.documents()).ksef_number or "")
        return f"{safe_name(document.session_reference)}-upo-{document.page or 1:04}.xml"
    except InvalidIdentifier:
        return "upo.xml"
