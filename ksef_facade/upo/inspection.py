"""Reading the facts of a UPO from its bytes, as a stream and without trusting them.

The document is never built in memory: a page may list 10,000 invoices, and what comes over a link
may be anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, cast

from ksef_facade.errors import NotAUpo
from ksef_facade.upo import elements
from ksef_facade.upo.facts import (
    UpoFacts,
    check_completeness,
    check_invoice,
    check_origin,
    check_page,
)
from ksef_facade.upo.walking import (
    looks_like_html,
    malformed,
    opened,
    refuse_what_is_no_xml,
)

__all__ = [
    "UpoFacts",
    "check_completeness",
    "check_invoice",
    "check_origin",
    "check_page",
    "inspect",
    "looks_like_html",
]

_DOCUMENT_NUMBER: Final = f"{elements.DOCUMENT}/{elements.KSEF_NUMBER}"

# Elements whose text is kept; everything else passes by.
_WANTED: Final = frozenset(
    {
        *elements.SESSION,
        elements.CONTEXT_V3,
        elements.AUTHORITY,
        elements.FORM_CODE,
        elements.PAGE,
        elements.PAGES,
        elements.FIRST,
        elements.LAST,
        elements.TOTAL,
    }
)

# Deepest element with a fact: root, Uwierzytelnienie, IdKontekstu, Nip.
_DEEPEST: Final = 4
_TOO_DEEP: Final = "/"

_CHUNK: Final = 1 << 16


def inspect(source: Path | bytes) -> UpoFacts:
    """Read what a UPO says of itself; it is compared with nothing, and no request is made.

    Any version is read whose namespace is `http://upo.schematy.mf.gov.pl/KSeF/v…`, and unknown
    elements are passed over. Memory does not grow with the document.

    Args:
        source: a file, or the bytes themselves.

    Raises:
        NotAUpo: it is empty, an HTML page, malformed XML, has a DOCTYPE or another root element, or
            lacks what every UPO has; the message says which.
        OSError: the file cannot be read.
    """
    from lxml import etree

    reader = _Reader()
    parser = etree.XMLParser(
        target=cast(Any, reader),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    with opened(source) as stream:
        chunk = stream.read(_CHUNK)
        refuse_what_is_no_xml(chunk)
        try:
            while chunk:
                parser.feed(chunk)
                chunk = stream.read(_CHUNK)
            parser.close()
        except etree.XMLSyntaxError as error:
            raise malformed(error) from None
    return reader.facts()


class _Reader:
    """Receives the parser's events; keeps the few texts that are facts, and counts documents."""

    def __init__(self) -> None:
        self._namespace = ""
        self._version = ""
        self._prefix = ""
        self._path: list[str] = []
        self._texts: dict[str, str] = {}
        self._pieces: list[str] | None = None
        self._context_kind = ""
        self._documents = 0
        self._signed = False

    def doctype(self, name: str, public_id: str | None, system_url: str | None) -> None:
        """Refuse: a UPO has none, and entities would be the way in for an attack."""
        raise NotAUpo("The document has a DOCTYPE, which no UPO has")

    def start(self, tag: str, attributes: Any) -> None:
        """An element begins."""
        if not self._path:
            self._begin(tag)
            self._path.append("")
            return
        # Elements of other namespaces, or of none, get braces, so that they never look like facts.
        name = tag.removeprefix(self._prefix) if tag.startswith(self._prefix) else f"{{}}{tag}"
        if len(self._path) == 1:
            path = name
        elif len(self._path) < _DEEPEST:
            path = f"{self._path[-1]}/{name}"
        else:
            path = _TOO_DEEP
        self._path.append(path)
        self._pieces = [] if self._is_wanted(path) else None
        if path == elements.DOCUMENT:
            self._documents += 1
        elif tag == elements.SIGNATURE and len(self._path) == 2:
            self._signed = True

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._pieces is not None and len(self._pieces) < elements.LONGEST_TEXT:
            self._pieces.append(text[: elements.LONGEST_TEXT])

    def end(self, tag: str) -> None:
        """An element ends."""
        path = self._path.pop()
        if self._pieces is None:
            return
        text = "".join(self._pieces)[: elements.LONGEST_TEXT].strip()
        self._pieces = None
        kept = path
        if path.startswith(elements.CONTEXT):
            # One of several elements, of which there is one: kept together, so that two are
            # noticed.
            self._context_kind, kept = path.removeprefix(elements.CONTEXT), elements.CONTEXT
        if kept in self._texts:
            raise NotAUpo(f"The document has more than one {kept.rstrip('/')}")
        self._texts[kept] = text

    def close(self) -> None:
        """The document ends."""

    def facts(self) -> UpoFacts:
        """What was read.

        Raises:
            NotAUpo: the session's reference is missing.
        """
        sessions = [self._texts[name] for name in elements.SESSION if self._texts.get(name)]
        if not sessions:
            raise NotAUpo(f"The document has no {elements.SESSION[0]}")
        kind, value = self._context()
        return UpoFacts(
            namespace=self._namespace,
            version=self._version,
            session_reference=sessions[0],
            authority=self._texts.get("NazwaPodmiotuPrzyjmujacego"),
            context_kind=kind,
            context_value=value,
            form_code=self._texts.get("KodFormularza"),
            page=self._number("Strona"),
            pages=self._number("LiczbaStron"),
            first=self._number("ZakresDokumentowOd"),
            last=self._number("ZakresDokumentowDo"),
            total=self._number("CalkowitaLiczbaDokumentow"),
            document_count=self._documents,
            single_ksef_number=self._texts.get(_DOCUMENT_NUMBER) if self._documents == 1 else None,
            signed=self._signed,
        )

    def _begin(self, tag: str) -> None:
        namespace, _, name = tag.removeprefix("{").rpartition("}")
        match = elements.NAMESPACE.fullmatch(namespace)
        if name != elements.ROOT or match is None:
            raise NotAUpo(f"The root element is {tag[:200]!a}, not {elements.ROOT} of a UPO")
        self._namespace, self._version = namespace, match[1]
        self._prefix = f"{{{namespace}}}"

    def _is_wanted(self, path: str) -> bool:
        if path == _DOCUMENT_NUMBER:
            return self._documents == 1
        return path in _WANTED or path.startswith(elements.CONTEXT)

    def _context(self) -> tuple[str | None, str | None]:
        if text := self._texts.get(elements.CONTEXT):
            return elements.CONTEXTS.get(self._context_kind, self._context_kind), text
        text = self._texts.get(elements.CONTEXT_V3)
        return ("Nip", text) if text else (None, None)

    def _number(self, name: str) -> int | None:
        text = self._texts.get(elements.DESCRIPTION + name, "")
        return int(text) if elements.POSITIVE.fullmatch(text) else None
