"""The pages as they are written, and what is looked for in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
#: README and every page, by path from the project's root.
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]+))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def fences(text: str, language: str) -> Iterator[str]:
    """What stands in blocks of a language."""
    yield from (content for named, content in _FENCE.findall(text) if named == language)


def links(text: str) -> list[tuple[str, str]]:
    """Links within the project: path as it stands, and anchor."""
    return _LINK.findall(_FENCE.sub("", text))


def anchors(text: str) -> set[str]:
    """The anchors that forges and the site make of headings."""
    words = (re.sub(r"[^\w\s-]", "", title).strip().lower() for title in _HEADING.findall(text))
    return {re.sub(r"\s", "-", word) for word in words}


def first_cells(text: str) -> set[str]:
    """What stands as code in the first column of the page's tables."""
    cells = re.findall(r"^\| (`[^|]*`) \|", text, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
