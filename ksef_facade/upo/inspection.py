"""Reading the facts of a UPO from its bytes, as a stream and without trusting them.

The document is never built in memory: a page may list 10,000 invoices, and what comes over a link
may be anything.
"""

from __future__ import annotations

import io
import os
import re
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Any, Final, cast

from ksef_facade.errors import NotAUpo
from ksef_facade.upo.facts import (
    UpoFacts,
    check_completeness,
    check_invoice,
    check_origin,
    check_page,
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

# Every UPO namespace of KSeF so far has this form; the versions after v4-3 are expected to keep it.
_NAMESPACE: Final = re.compile(r"http://upo\.schematy\.mf\.gov\.pl/KSeF/(v[0-9]+(?:-[0-9]+)*)")
_ROOT: Final = "Potwierdzenie"
_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"

# Element of the session's reference, since v4 and in v3.
_SESSION: Final = ("NumerReferencyjnySesji", "NumerReferencyjny")

# Kinds of context under IdKontekst, by the contract's names; v3 has a tax number only.
_CONTEXTS: Final = {
    "Nip": "Nip",
    "IdWewnetrzny": "InternalId",
    "IdZlozonyVatUE": "NipVatUe",
    "IdDostawcyUslugPeppol": "PeppolId",
}
_CONTEXT: Final = "Uwierzytelnienie/IdKontekstu/"
_CONTEXT_V3: Final = "IdentyfikatorPodatkowyPodmiotu"
_DESCRIPTION: Final = "OpisPotwierdzenia/"
_DOCUMENT: Final = "Dokument"
_KSEF_NUMBER: Final = "Dokument/NumerKSeFDokumentu"

# Elements whose text is kept; everything else passes by.
_WANTED: Final = frozenset(
    {
        *_SESSION,
        _CONTEXT_V3,
        "NazwaPodmiotuPrzyjmujacego",
        "KodFormularza",
        *(
            _DESCRIPTION + name
            for name in (
                "Strona",
                "LiczbaStron",
                "ZakresDokumentowOd",
                "ZakresDokumentowDo",
                "CalkowitaLiczbaDokumentow",
            )
        ),
    }
)

# Deepest element with a fact: root, Uwierzytelnienie, IdKontekstu, Nip.
_DEEPEST: Final = 4
_TOO_DEEP: Final = "/"

# The schema's longest text has 256 characters; what is longer is not kept whole.
_LONGEST_TEXT: Final = 512

# The schema's positive numbers; more digits mean nothing here and cost time to convert.
_NUMBER: Final = re.compile(r"\+?0*[1-9][0-9]{0,8}")

_CHUNK: Final = 1 << 16
_HTML_PREFIX: Final = 2048
_HTML: Final = re.compile(rb"<!doctype\s+html|<(?:html|head|body|script|iframe|meta)[\s/>]", re.I)


def looks_like_html(prefix: bytes) -> bool:
    """Whether a body that begins with `prefix` is a web page, e.g. a firewall's.

    KSeF's firewall was observed to answer with status 200 and a page instead of a UPO.
    """
    return _HTML.search(prefix[:_HTML_PREFIX]) is not None


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
    with _opened(source) as stream:
        chunk = stream.read(_CHUNK)
        if not chunk.strip():
            raise NotAUpo("The document is empty")
        if looks_like_html(chunk):
            raise NotAUpo("The document is an HTML page, not a UPO: a firewall or proxy answered")
        try:
            while chunk:
                parser.feed(chunk)
                chunk = stream.read(_CHUNK)
            parser.close()
        except etree.XMLSyntaxError as error:
            text = "".join(c if c.isprintable() else "?" for c in str(error.msg)[:200])
            raise NotAUpo(f"The document is not well-formed XML: {text}") from None
    return reader.facts()


def _opened(source: Path | bytes) -> AbstractContextManager[IO[bytes]]:
    if isinstance(source, bytes | bytearray | memoryview):
        return nullcontext(io.BytesIO(source))
    return open(os.fspath(source), "rb")


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
        if path == _DOCUMENT:
            self._documents += 1
        elif tag == _SIGNATURE and len(self._path) == 2:
            self._signed = True

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._pieces is not None and len(self._pieces) < _LONGEST_TEXT:
            self._pieces.append(text[:_LONGEST_TEXT])

    def end(self, tag: str) -> None:
        """An element ends."""
        path = self._path.pop()
        if self._pieces is None:
            return
        text = "".join(self._pieces)[:_LONGEST_TEXT].strip()
        self._pieces = None
        kept = path
        if path.startswith(_CONTEXT):
            # One of several elements, of which there is one: kept together, so that two are
            # noticed.
            self._context_kind, kept = path.removeprefix(_CONTEXT), _CONTEXT
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
        sessions = [self._texts[name] for name in _SESSION if self._texts.get(name)]
        if not sessions:
            raise NotAUpo(f"The document has no {_SESSION[0]}")
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
            single_ksef_number=self._texts.get(_KSEF_NUMBER) if self._documents == 1 else None,
            signed=self._signed,
        )

    def _begin(self, tag: str) -> None:
        namespace, _, name = tag.removeprefix("{").rpartition("}")
        match = _NAMESPACE.fullmatch(namespace)
        if name != _ROOT or match is None:
            raise NotAUpo(f"The root element is {tag[:200]!a}, not {_ROOT} of a UPO")
        self._namespace, self._version = namespace, match[1]
        self._prefix = f"{{{namespace}}}"

    def _is_wanted(self, path: str) -> bool:
        if path == _KSEF_NUMBER:
            return self._documents == 1
        return path in _WANTED or path.startswith(_CONTEXT)

    def _context(self) -> tuple[str | None, str | None]:
        if text := self._texts.get(_CONTEXT):
            return _CONTEXTS.get(self._context_kind, self._context_kind), text
        text = self._texts.get(_CONTEXT_V3)
        return ("Nip", text) if text else (None, None)

    def _number(self, name: str) -> int | None:
        text = self._texts.get(_DESCRIPTION + name, "")
        return int(text) if _NUMBER.fullmatch(text) else None
