"""A UPO as one HTML page, which needs no other file and asks no server."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Final

from ksef_facade.errors import ExtraNeeded
from ksef_facade.qr.symbols import QUIET, Rows, qr_path, qr_rows
from ksef_facade.upo.documents import UpoDocument
from ksef_facade.upo.entries import UpoEntry
from ksef_facade.upo.render.content import (
    Fact,
    day,
    entry_facts,
    environment_words,
    extra_facts,
    head_facts,
    moment,
)
from ksef_facade.upo.render.markup import Html, element, joined, page
from ksef_facade.upo.render.metadata import LANGUAGE_TAGS
from ksef_facade.upo.render.sources import Source, read_all
from ksef_facade.upo.render.style import STYLE
from ksef_facade.upo.render.verification import verification_link
from ksef_facade.upo.render.wording import Language, checked, grouped, lines, say

_COLUMNS: Final = (
    "number",
    "ksef_number",
    "invoice_number",
    "seller_nip",
    "issue_date",
    "sent_at",
    "acquired_at",
    "mode",
)


def render_html(
    documents: Source | Iterable[Source],
    *,
    language: Language = "pl",
) -> str:
    """UPO documents as one HTML page for screen and paper; every element of the schema is in it.

    Whatever the documents say stands there as text. The page's own policy forbids requests and
    scripts. A QR code is in it where the extra `pdf` is installed; the link is there anyway.

    Args:
        documents: the bytes or paths of UPOs of any version, one or several, in their order.
        language: of the words around, `pl`, `en`, or `both`.

    Raises:
        NotAUpo: one of the documents is no UPO.
        OSError: a file cannot be read.
        ValueError: no document, or an unknown language.
    """
    wanted = checked(language)
    read = read_all(documents)
    sections = [_section(document, wanted) for document in read]
    title = f"UPO {read[0].session_reference}"
    return page(LANGUAGE_TAGS[wanted], title, STYLE, element("main", *sections))


def words(key: str, language: Language) -> Html:
    """A word with, below it, the same in the second language."""
    first, *further = lines(key, language)
    return joined([first, *(element("span", word, class_="second") for word in further)])


def heading(key: str, kind: str, environment: str | None, language: Language) -> Html:
    """The head of a page: whose document, what it is, of what, and from which environment."""
    return element(
        "header",
        element(
            "div",
            element("div", say("system", language), class_="system"),
            element("h1", words(key, language)),
        ),
        element(
            "div",
            element("span", environment, class_="environment") if environment else None,
            element("div", kind),
            class_="kind",
        ),
    )


def fact_list(facts: Iterable[Fact], strong: int = 0) -> Html:
    """Names and what is said of them; the first `strong` ones stand out."""
    rows = []
    for place, fact in enumerate(facts):
        first, *further = fact.labels
        rows.append(element("dt", first, *(element("span", f, class_="second") for f in further)))
        rows.append(element("dd", fact.text, class_="strong" if place < strong else None))
    return element("dl", *rows)


def table(name: str, head: Html, rows: Iterable[Html]) -> Html:
    """A table whose columns the style knows by its name; it scrolls where there is no room."""
    inside = element("table", element("thead", head), element("tbody", *rows), class_=name)
    return element("div", inside, class_="scroll")


def _section(document: UpoDocument, language: Language) -> Html:
    single = not document.is_session_page and document.document_count == 1
    kind = say("of_session" if document.is_session_page else "of_invoice", language)
    return element(
        "section",
        heading("title", kind, environment_words(document, language), language),
        *(_single if single else _table)(document, language),
        element("footer", *(element("div", note) for note in lines("note", language))),
        class_=None if single else "wide",
    )


def _single(document: UpoDocument, language: Language) -> list[Html]:
    entry = next(document.documents())
    who, what = head_facts(document, language)
    link = verification_link(entry, document.environment_name)
    facts = fact_list(entry_facts(entry, language), strong=2)
    code = [_code(link, language)] if link else []
    return [
        element("h2", say("invoice", language)),
        element("div", facts, *code, class_="with-code"),
        element("h2", say("receipt", language)),
        fact_list([*who, *what, *extra_facts(document.extras, language)]),
    ]


def _code(link: str, language: Language) -> Html:
    rows: Rows = ()
    with suppress(ExtraNeeded):
        rows = qr_rows(link)
    drawn = None
    if rows:
        side = len(rows) + 2 * QUIET
        view = f"{-QUIET} {-QUIET} {side} {side}"
        drawn = element("svg", element("path", d=qr_path(rows)), viewBox=view, role="img")
    inside = element("a", drawn, words("verify", language), href=link, rel="noreferrer")
    return element("div", inside, class_="code")


def _table(document: UpoDocument, language: Language) -> list[Html]:
    who, what = head_facts(document, language)
    head = element("tr", *(_title(key, language) for key in _COLUMNS))
    rows = [
        _row(number, entry, language) for number, entry in enumerate(document.documents(), start=1)
    ]
    text = f"{say('sum_here', language)}: {grouped(len(rows), language)}"
    if document.total is not None:
        text += f"; {say('sum_total', language)}: {grouped(document.total, language)}"
    return [
        element("div", fact_list(who), fact_list(what), class_="columns"),
        fact_list(extra_facts(document.extras, language)),
        table("upo", head, rows),
        element("p", text, class_="sum"),
    ]


def _title(key: str, language: Language) -> Html:
    below = None
    if key == "ksef_number":
        below = element("span", say("invoice_hash", language), class_="second")
    return element("th", words(key, language), below, class_="right" if key == "number" else None)


def _row(number: int, entry: UpoEntry, language: Language) -> Html:
    extras = (
        element("small", f"{fact.labels[0]}: {fact.text}")
        for fact in extra_facts(entry.extras, language)
    )
    return element(
        "tr",
        element("td", grouped(number, language), class_="right fixed"),
        element(
            "td",
            element("strong", entry.ksef_number or "—"),
            element("small", entry.invoice_hash or "—"),
            *extras,
        ),
        element("td", entry.invoice_number or "—"),
        element("td", entry.seller_nip or "—"),
        element("td", day(entry.issue_date), class_="fixed"),
        _moment_cell(entry.sent_at),
        _moment_cell(entry.acquired_at),
        element("td", entry.mode or "—"),
    )


def _moment_cell(value: datetime | None) -> Html:
    start, clock = moment(value)
    return element("td", start, element("small", clock) if clock else None, class_="fixed")
