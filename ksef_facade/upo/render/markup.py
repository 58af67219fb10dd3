"""HTML made of elements: whatever is a plain text is escaped, there is no other way in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from ksef_facade.upo.render.visible import visible

_VOID: Final = frozenset({"meta", "br"})


class Html:
    """A piece of HTML; only this module makes one of a text."""

    __slots__ = ("_text",)

    def __init__(self, text: str, *, _made: object = None) -> None:
        if _made is not _SEAL:
            raise TypeError("make HTML with element() and text()")
        self._text = text

    def __str__(self) -> str:
        return self._text


_SEAL: Final = object()

Child = Html | str | None


def text(content: str) -> Html:
    """A text with every character that HTML would obey, or that would hide, made visible."""
    return Html(escape(visible(content)), _made=_SEAL)


def element(tag: str, /, *children: Child, **attributes: str | None) -> Html:
    """An element; children that are plain texts are escaped, and so are the attributes.

    An attribute `class_` is `class`; one of `None` is left out.
    """
    opening = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Html(f"<{tag}{opening}>", _made=_SEAL)
    return Html(f"<{tag}{opening}>{joined(children)}</{tag}>", _made=_SEAL)


def joined(children: Iterable[Child]) -> Html:
    """Several pieces after each other."""
    pieces = (
        str(child) if isinstance(child, Html) else str(text(child))
        for child in children
        if child is not None
    )
    return Html("".join(pieces), _made=_SEAL)


def page(language_tag: str, title: str, style: str, *body: Html) -> str:
    """A whole page that asks nobody for anything: its policy forbids it, whatever is in it.

    Args:
        language_tag: e.g. `pl-PL`.
        title: of the window.
        style: CSS of our own; it is not escaped, so it must not hold a foreign text.
        body: what the page shows.
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        Html(f"<style>{style}</style>", _made=_SEAL),
    )
    document = element("html", head, element("body", *body), lang=language_tag)
    return f"<!DOCTYPE html>\n{document}\n"
