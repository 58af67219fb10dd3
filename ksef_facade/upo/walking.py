"""Walking through a UPO as a stream, without trusting it; what was passed is forgotten."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
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
        for element, is_document in self._children():
            if is_document:
                yield element

    def others(self) -> Iterator[_Element]:
        """Every other child of the root, complete, in order.

        Raises:
            NotAUpo: as `documents`.
        """
        for element, is_document in self._children():
            if not is_document:
                yield element

    def _children(self) -> Iterator[tuple[_Element, bool]]:
        from lxml import etree

        parser: Any = etree.XMLPullParser(
            events=("start", "end"),
            tag=(f"{{*}}{elements.ROOT}", f"{{*}}{elements.DOCUMENT}"),
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        root: _Element | None = None
        with opened(self._source) as stream:
            chunk = stream.read(_CHUNK)
            refuse_what_is_no_xml(chunk)
            fed = 0
            while True:
                failure: Exception | None = None
                try:
                    if chunk:
                        parser.feed(chunk)
                    else:
                        end = parser.close()
                        if root is None:
                            self._begin(end)
                except etree.XMLSyntaxError as error:
                    failure = error
                for event, element in parser.read_events():
                    if root is None:
                        self._begin(element)
                        root = element
                    elif event == "end" and element.getparent() is root:
                        if element.tag != self.prefix + elements.DOCUMENT:
                            continue
                        yield from self._before(element, root)
                        self.count += 1
                        yield element, True
                        root.remove(element)
                    elif event == "end" and element is root:
                        yield from self._rest(root)
                if failure is not None:
                    raise malformed(failure) from None
                fed += len(chunk)
                if root is None and fed > _PROLOGUE:
                    raise NotAUpo("The document does not begin as a UPO does")
                if not chunk:
                    return
                chunk = stream.read(_CHUNK)

    def _before(self, element: _Element, root: _Element) -> Iterator[tuple[_Element, bool]]:
        """What stands between the document before and this one."""
        while (first := root[0]) is not element:
            yield first, False
            root.remove(first)

    def _rest(self, root: _Element) -> Iterator[tuple[_Element, bool]]:
        while len(root):
            first = root[0]
            yield first, False
            root.remove(first)

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
