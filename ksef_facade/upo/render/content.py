"""What is shown of a UPO, in whichever form: every element of the schema, in its order, as texts."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import date, datetime
from typing import Final

from attrs import frozen

from ksef_facade.upo.documents import UpoDocument
from ksef_facade.upo.elements import CONTEXTS
from ksef_facade.upo.entries import UpoEntry
from ksef_facade.upo.render.wording import Language, grouped, lines, say
from ksef_facade.upo.walking import opened

MOST_EXTRAS: Final = 24
"""Unknown elements that are shown of a head or an invoice; a document may have any number."""

KNOWN_CONTEXTS: Final = frozenset(CONTEXTS.values())
_NOT_TOLD: Final = "—"
_BLOCK: Final = 1 << 20
# Digits of microseconds that a time in milliseconds does not need.
_TO_MILLISECONDS: Final = 1000


@frozen
class Fact:
    """A name in each language wanted, and what the document says there."""

    labels: tuple[str, ...]
    text: str


def head_facts(document: UpoDocument, language: Language) -> tuple[list[Fact], list[Fact]]:
    """What the document says of itself, in two columns: who, and what. What no known version has is
    told by `extra_facts`.
    """

    def fact(key: str, text: str) -> Fact:
        return Fact(lines(key, language), text)

    def number(value: int | None) -> str:
        return _NOT_TOLD if value is None else grouped(value, language)

    who = [
        fact("authority", document.authority or _NOT_TOLD),
        fact("session", document.session_reference),
        _context(document, language),
    ]
    if document.auth_token_reference:
        who.append(fact("token", document.auth_token_reference))
    if document.auth_document_hash:
        who.append(fact("auth_hash", document.auth_document_hash))
    who.append(fact("digest", digest(document)))
    what = []
    if document.is_session_page:
        what.append(fact("page", f"{number(document.page)} / {number(document.pages)}"))
        what.append(fact("range", f"{number(document.first)} – {number(document.last)}"))
        what.append(fact("total", number(document.total)))
    if document.is_session_page or document.document_count != 1:
        what.append(fact("here", number(document.document_count)))
    what += [
        fact("structure", document.structure_name or _NOT_TOLD),
        fact("form_code", document.form_code or _NOT_TOLD),
        fact("version", document.version),
        fact("signature", say("signed" if document.signed else "unsigned", language)),
    ]
    return who, what


def entry_facts(entry: UpoEntry, language: Language) -> list[Fact]:
    """What the document proves of one invoice, element by element."""
    told = [
        Fact(lines("invoice_number", language), entry.invoice_number or _NOT_TOLD),
        Fact(lines("ksef_number", language), entry.ksef_number or _NOT_TOLD),
        Fact(lines("seller_nip", language), entry.seller_nip or _NOT_TOLD),
        Fact(lines("issue_date", language), day(entry.issue_date)),
        Fact(lines("sent_at", language), " ".join(moment(entry.sent_at))),
        Fact(lines("acquired_at", language), " ".join(moment(entry.acquired_at))),
        Fact(lines("invoice_hash", language), entry.invoice_hash or _NOT_TOLD),
        Fact(lines("mode", language), entry.mode or _NOT_TOLD),
    ]
    return told + extra_facts(entry.extras, language)


def extra_facts(extras: tuple[tuple[str, str], ...], language: Language) -> list[Fact]:
    """Elements that no known version has, each under its own path."""
    shown = [Fact((path,), text) for path, text in extras[:MOST_EXTRAS]]
    if len(extras) > MOST_EXTRAS:
        shown.append(Fact((f"+ {len(extras) - MOST_EXTRAS}",), say("more", language)))
    return shown


def moment(value: datetime | None) -> tuple[str, str]:
    """A time as it stands in the document, offset included: the day, and the time of the day."""
    if value is None:
        return _NOT_TOLD, ""
    whole = value.isoformat(sep=" ", timespec="auto")
    if value.microsecond and value.microsecond % _TO_MILLISECONDS == 0:
        whole = value.isoformat(sep=" ", timespec="milliseconds")
    start, _, rest = whole.partition(" ")
    clock, sign, offset = rest.partition("+") if "+" in rest else rest.partition("-")
    return start, f"{clock} {sign}{offset}" if sign else clock


def day(value: date | None) -> str:
    """A date as it stands in the document."""
    return _NOT_TOLD if value is None else value.isoformat()


def digest(document: UpoDocument) -> str:
    """Base64 SHA-256 of the document's bytes, as KSeF states it in `x-ms-meta-hash`."""
    running = hashlib.sha256()
    with opened(document.source) as stream:
        while block := stream.read(_BLOCK):
            running.update(block)
    return b64encode(running.digest()).decode()


def environment_words(document: UpoDocument, language: Language) -> str | None:
    """What says that a document is not from production; `None` for production and where unknown."""
    name = document.environment_name
    return say(name, language) if name in ("test", "demo") else None


def _context(document: UpoDocument, language: Language) -> Fact:
    kind = document.context_kind or ""
    labels = lines(kind if kind in KNOWN_CONTEXTS else "context", language)
    if kind and kind not in KNOWN_CONTEXTS:
        labels = (*labels, kind)
    return Fact(labels, document.context_value or _NOT_TOLD)
