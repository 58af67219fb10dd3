"""Reading a whole UPO: who, when and for whom, and every invoice in it, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from ksef_facade.errors import NotAUpo
from ksef_facade.upo import elements
from ksef_facade.upo.entries import UpoEntry, entry_reader, texts_of
from ksef_facade.upo.facts import UpoFacts
from ksef_facade.upo.walking import UpoSource, Walker

if TYPE_CHECKING:
    from lxml.etree import _Element

# A document with more unknown texts beside its invoices was made to fill memory.
_MOST_EXTRAS: Final = 10_000


@frozen(kw_only=True)
class UpoDocument:
    """One UPO: what it says of itself, and the invoices that it proves.

    Nothing is judged here: `verify_upo` does that. What the document lacks is `None`.

    Attributes:
        version: last part of the namespace, e.g. "v4-3"; "v3" is KSeF 1.0.
        namespace: namespace of the root element.
        authority: `NazwaPodmiotuPrzyjmujacego`: who received the documents.
        environment_name: "test", "demo" or "prod" by the suffix of the authority's name; another
            suffix as it stands; `None` before v4-3, which has none.
        session_reference: `NumerReferencyjnySesji` (v3: `NumerReferencyjny`).
        context_kind: "Nip", "InternalId", "NipVatUe" or "PeppolId", or the element's own name.
        context_value: the identifier of the context.
        auth_token_reference: `NumerReferencyjnyTokenaKSeF`, when a KSeF token logged in.
        auth_document_hash: `SkrotDokumentuUwierzytelniajacego`, Base64 SHA-256 of the signed
            AuthTokenRequest, when a signature logged in.
        page: `Strona`, from 1; like the next four `None` on the UPO of one invoice.
        pages: `LiczbaStron`.
        first: `ZakresDokumentowOd`.
        last: `ZakresDokumentowDo`; documented as exclusive, inclusive in all official samples.
        total: `CalkowitaLiczbaDokumentow`, of all pages.
        structure_name: `NazwaStrukturyLogicznej`.
        form_code: `KodFormularza`, e.g. "FA (3)".
        document_count: `Dokument` elements, counted.
        signed: there is an XML signature; it has not been verified.
        extras: elements and attributes that are not known, as (path, text).
        source: where it was read from.
    """

    version: str
    namespace: str
    session_reference: str
    authority: str | None = None
    environment_name: str | None = None
    context_kind: str | None = None
    context_value: str | None = None
    auth_token_reference: str | None = None
    auth_document_hash: str | None = None
    page: int | None = None
    pages: int | None = None
    first: int | None = None
    last: int | None = None
    total: int | None = None
    structure_name: str | None = None
    form_code: str | None = None
    document_count: int = 0
    signed: bool = False
    extras: tuple[tuple[str, str], ...] = ()
    source: UpoSource = field(repr=False, eq=False)

    @property
    def is_session_page(self) -> bool:
        """Whether it is a page of a session's UPO; `False` for the UPO of one invoice."""
        return self.page is not None or self.pages is not None

    def documents(self) -> Iterator[UpoEntry]:
        """The invoices in the document's order, read again as a stream: 10,000 cost no more memory
        than one. Each call starts anew.

        Raises:
            NotAUpo: the file was changed since, and is no UPO any more.
            OSError: it cannot be read any more.
        """
        read = entry_reader(self.namespace)
        for document in Walker(self.source).documents():
            yield read(document)


def facts_of(document: UpoDocument) -> UpoFacts:
    """What a page says of itself, as far as pages are held against each other."""
    return UpoFacts(
        namespace=document.namespace,
        version=document.version,
        session_reference=document.session_reference,
        page=document.page,
        pages=document.pages,
        first=document.first,
        last=document.last,
        total=document.total,
        document_count=document.document_count,
    )


def read_upo(
    source: bytes | str | PathLike[str], *, on_entry: Callable[[UpoEntry], object] | None = None
) -> UpoDocument:
    """Read a UPO of any version whose namespace is `http://upo.schematy.mf.gov.pl/KSeF/v…`.

    Unknown elements are kept in `extras`. No request is made, and memory does not grow with the
    number of invoices.

    Args:
        source: the bytes themselves, or the path of a file.
        on_entry: takes each invoice on the way, for who wants everything in one walk;
            `UpoDocument.documents` is another one. It may be called before the document turns out
            to be none.

    Raises:
        NotAUpo: it is empty, an HTML page, malformed XML, has a DOCTYPE or another root element,
            says something twice that can be said once, or names no session.
        OSError: the file cannot be read.
    """
    kept: UpoSource = bytes(source) if isinstance(source, bytes | bytearray) else Path(source)
    walker = Walker(kept)
    header = _Header()
    on_document = _passing_on(walker, on_entry) if on_entry is not None else None
    for element in walker.others(on_document):
        header.take(element, walker.prefix)
    header.attributes(walker.root_attributes)
    return header.document(walker, kept)


def _passing_on(
    walker: Walker, on_entry: Callable[[UpoEntry], object]
) -> Callable[[_Element], object]:
    readers: dict[str, Callable[[_Element], UpoEntry]] = {}

    def take(element: _Element) -> None:
        # The namespace is known once the walk has come to the first invoice.
        if not readers:
            readers[""] = entry_reader(walker.namespace)
        on_entry(readers[""](element))

    return take


class _Header:
    """Gathers the texts beside the invoices."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._context_kind = ""
        self._signed = False
        self._extras: list[tuple[str, str]] = []

    def take(self, element: _Element, prefix: str) -> None:
        """Keep what an element under the root says."""
        if element.tag == elements.SIGNATURE:
            self._signed = True
            return
        for path, text in texts_of(element, prefix):
            if path.startswith(elements.CONTEXT) and path.count("/") == 2:
                self._context_kind = path.removeprefix(elements.CONTEXT)
                self._keep(elements.CONTEXT, text)
            elif path in _KNOWN:
                self._keep(path, text)
            elif len(self._extras) < _MOST_EXTRAS:
                self._extras.append((path, text))

    def attributes(self, attributes: dict[str, str]) -> None:
        """Keep the attributes of the root."""
        self._extras += [(f"@{name}", text) for name, text in attributes.items()]

    def document(self, walker: Walker, source: UpoSource) -> UpoDocument:
        """What was gathered.

        Raises:
            NotAUpo: the session's reference is missing.
        """
        sessions = [self._texts[name] for name in elements.SESSION if self._texts.get(name)]
        if not sessions:
            raise NotAUpo(f"The document has no {elements.SESSION[0]}")
        kind, value = self._context()
        facts = UpoFacts(
            namespace=walker.namespace,
            version=walker.version,
            session_reference=sessions[0],
            authority=self._text(elements.AUTHORITY),
        )
        return UpoDocument(
            version=walker.version,
            namespace=walker.namespace,
            session_reference=sessions[0],
            authority=facts.authority,
            environment_name=facts.environment_name,
            context_kind=kind,
            context_value=value,
            auth_token_reference=self._text(elements.TOKEN),
            auth_document_hash=self._text(elements.AUTH_DOCUMENT),
            page=self._number(elements.PAGE),
            pages=self._number(elements.PAGES),
            first=self._number(elements.FIRST),
            last=self._number(elements.LAST),
            total=self._number(elements.TOTAL),
            structure_name=self._text(elements.STRUCTURE),
            form_code=self._text(elements.FORM_CODE),
            document_count=walker.count,
            signed=self._signed,
            extras=tuple(self._extras),
            source=source,
        )

    def _keep(self, path: str, text: str) -> None:
        if path in self._texts:
            raise NotAUpo(f"The document has more than one {path.rstrip('/')}")
        self._texts[path] = text

    def _text(self, path: str) -> str | None:
        return self._texts.get(path) or None

    def _number(self, path: str) -> int | None:
        text = self._texts.get(path, "")
        if elements.POSITIVE.fullmatch(text):
            return int(text)
        if text:
            self._extras.append((path, text))
        return None

    def _context(self) -> tuple[str | None, str | None]:
        if text := self._texts.get(elements.CONTEXT):
            return elements.CONTEXTS.get(self._context_kind, self._context_kind), text
        text = self._texts.get(elements.CONTEXT_V3)
        return ("Nip", text) if text else (None, None)


_KNOWN: Final = frozenset(
    {
        *elements.SESSION,
        elements.AUTHORITY,
        elements.CONTEXT_V3,
        elements.TOKEN,
        elements.AUTH_DOCUMENT,
        elements.PAGE,
        elements.PAGES,
        elements.FIRST,
        elements.LAST,
        elements.TOTAL,
        elements.STRUCTURE,
        elements.FORM_CODE,
    }
)
