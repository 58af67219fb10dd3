"""Walking through a UPO as a stream, without trusting it; what was passed is forgotten."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from ksef_facade.errors import NotAUpo
from ksef_facade.upo import elements

if TYPE_CHECKING:
    from lxml.etree import _Element

UpoSource = bytes | Path
"""The bytes of a document, or the file with them."""

_CHUNK: Final = 1 << 16
# Before this many bytes the root element of a UPO has begun; none has a prologue of a megabyte.
_PROLOGUE: Final = 1 << 20
_LONGEST_ERROR: Final = 200
_HTML_PREFIX: Final = 2048
_HTML: Final = re.compile(rb"<!doctype\s+html|<(?:html|head|body|script|iframe|meta)[\s/>]", re.I)


def looks_like_html(prefix: bytes) -> bool:
    """Whether a body that begins with `prefix` is a web page, e.g. a firewall's.

    KSeF's firewall was observed to answer with status 200 and a page instead of a UPO.
    """
    return _HTML.search(prefix[:_HTML_PREFIX]) is not None


def opened(source: UpoSource) -> AbstractContextManager[IO[bytes]]:
    """The source as a stream."""
    if isinstance(source, bytes | bytearray | memoryview):
        return nullcontext(io.BytesIO(source))
    return open(os.fspath(source), "rb")


def refuse_what_is_no_xml(start: bytes) -> None:
    """Refuse a document by its first bytes.

    Raises:
        NotAUpo: it is empty or a web page.
    """
    if not start.strip():
        raise NotAUpo("The document is empty")
    if looks_like_html(start):
        raise NotAUpo("The document is an HTML page, not a UPO: a firewall or proxy answered")


def malformed(error: Exception) -> NotAUpo:
    """The error for what the XML parser refused, in its words."""
    words = str(getattr(error, "msg", error))[:_LONGEST_ERROR]
    text = "".join(c if c.isprintable() else "?" for c in words)
    return NotAUpo(f"The document is not well-formed XML: {text}")


class Walker:
    """One walk through one document.

    Comments and processing instructions are dropped, so that no text is cut in two by one.

    Attributes:
        namespace: namespace of the root, once the walk has begun.
        version: its last part.
        prefix: the namespace in braces, as tags begin with it.
        root_attributes: attributes of the root.
        count: `Dokument` elements passed.
    """

    def __init__(self, source: UpoSource) -> None:
        """Take the source; nothing is read yet."""
        self._source = source
        self.namespace = ""
        self.version = ""
        self.prefix = ""
        self.root_attributes: dict[str, str] = {}
        self.count = 0

    def documents(self) -> Iterator[_Element]:
        """Every `Dokument` of the root, complete, in order; gone when the next one is asked for.

        Raises:
            NotAUpo: it is not a UPO; told when the walk comes to the place.
        """
        for root, events in self._steps():
            tag = self.prefix + elements.DOCUMENT
            for _, element in events:
                if element.getparent() is not root or element.tag != tag:
                    continue
                self.count += 1
                yield element
                while element.getprevious() is not None:
                    root.remove(root[0])
                root.remove(element)

    def others(self, on_document: Callable[[_Element], object] | None = None) -> Iterator[_Element]:
        """Every other child of the root, complete, in order.

        Args:
            on_document: takes each `Dokument` on the way, as `documents` yields them.

        Raises:
            NotAUpo: as `documents`.
        """
        last: _Element | None = None
        for root, events in self._steps():
            last, tag = root, self.prefix + elements.DOCUMENT
            for _, element in events:
                if element.getparent() is not root or element.tag != tag:
                    continue
                self.count += 1
                if on_document is not None:
                    on_document(element)
                while element.getprevious() is not None:
                    yield root[0]
                    root.remove(root[0])
                root.remove(element)
        if last is not None:
            yield from last

    def _steps(self) -> Iterator[tuple[_Element, Iterable[tuple[str, _Element]]]]:
        """Piece by piece the root, and every element named `Dokument` that has ended since."""
        from lxml import etree

        parser: Any = etree.XMLPullParser(
            events=("end",),
            tag=f"{{*}}{elements.DOCUMENT}",
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        root: _Element | None = None
        fed = 0
        with opened(self._source) as stream:
            chunk = stream.read(_CHUNK)
            refuse_what_is_no_xml(chunk)
            while chunk:
                try:
                    parser.feed(chunk)
                except etree.XMLSyntaxError as error:
                    self._begin_if_any(root, parser)
                    raise malformed(error) from None
                fed += len(chunk)
                events = parser.read_events()
                if root is None:
                    ended = list(events)
                    if ended:
                        root = ended[0][1].getroottree().getroot()
                        self._begin(root)
                        yield root, ended
                    elif fed > _PROLOGUE:
                        raise NotAUpo("The document does not begin as a UPO does")
                else:
                    yield root, events
                chunk = stream.read(_CHUNK)
            try:
                end: _Element = parser.close()
            except etree.XMLSyntaxError as error:
                raise malformed(error) from None
            if root is None:
                self._begin(end)
            yield end, ()

    def _begin_if_any(self, root: _Element | None, parser: Any) -> None:
        """Tell what is wrong with the root rather than what follows from it, if it has begun."""
        if root is None:
            for _, element in parser.read_events():
                self._begin(element.getroottree().getroot())
                return

    def _begin(self, root: _Element) -> None:
        docinfo: Any = root.getroottree().docinfo
        if docinfo.doctype:
            raise NotAUpo("The document has a DOCTYPE, which no UPO has")
        tag = str(root.tag)
        namespace, _, name = tag.removeprefix("{").rpartition("}")
        match = elements.NAMESPACE.fullmatch(namespace)
        if name != elements.ROOT or match is None or root.getparent() is not None:
            raise NotAUpo(f"The root element is {tag[:200]!a}, not {elements.ROOT} of a UPO")
        self.namespace, self.version = namespace, match[1]
        self.prefix = f"{{{namespace}}}"
        self.root_attributes = {
            str(key): str(value)[: elements.LONGEST_TEXT] for key, value in root.items()
        }
