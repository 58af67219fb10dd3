"""Whether built pages show themselves without asking any other host for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_STYLE = re.compile(
    r"""(?:url\(\s*["']?|@import\s+["'])((?:[a-z][a-z0-9+.-]*:)?//[^"')\s]*)""", re.IGNORECASE
)
# Attributes that a browser follows by itself; links that people follow are no business of ours.
_LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_ONLY_TOLD = frozenset({"alternate", "canonical", "license", "next", "prev"})
# What makes the theme's own script ask elsewhere: diagrams come from a CDN, counts of stars from a forge.
_BAIT = frozenset({"mermaid"})


def requests_elsewhere(site: Path) -> Iterator[str]:
    """A sentence for each request that a page or a style sheet would make to another host."""
    for path in sorted(site.rglob("*")):
        if path.suffix not in (".html", ".css", ".svg"):
            continue
        text = path.read_text(encoding="utf-8")
        shown = path.relative_to(site).as_posix()
        if path.suffix == ".css":
            found = _STYLE.findall(text)
        else:
            reader = _Reader()
            reader.feed(text)
            found = reader.found
        yield from (f"{shown} would ask for {address}" for address in found)


class _Reader(HTMLParser):
    """Collects what a page would load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        given = {name: value or "" for name, value in attrs}
        self._is_style = tag == "style"
        self.found += _STYLE.findall(given.get("style", ""))
        told = tag == "link" and set(given.get("rel", "").lower().split()) <= _ONLY_TOLD
        for name in () if told else _LOADED.get(tag, ()):
            for address in re.split(r",\s+", given.get(name, "")):
                if _ELSEWHERE.match(address):
                    self.found.append(address)
        for word in _BAIT.intersection(given.get("class", "").split()):
            self.found.append(f"what draws class {word!r}")
        if given.get("data-md-component") == "source":
            self.found.append("the facts of a repository")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._is_style = False

    def handle_data(self, data: str) -> None:
        """Look at the text of a style sheet in the page."""
        if self._is_style:
            self.found += _STYLE.findall(data)
