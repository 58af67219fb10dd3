"""One `Dokument` of a UPO: an invoice that KSeF took, with its number and its hash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ksef_facade.upo.elements import LONGEST_TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element

# A list of an element's children, faster than `list` makes it.
_CHILDREN_OF: Final[Callable[[_Element], list[_Element]]] = itemgetter(slice(None))
# Characters of a date in ISO 8601; a time zone may follow (XML schema, type date).
_DATE_LENGTH: Final = 10


@frozen
class UpoEntry:
    """What a UPO proves of one invoice; a value is `None` where the document has none that can be
    read.

    Attributes:
        seller_nip: `NipSprzedawcy`; not in v3.
        ksef_number: `NumerKSeFDokumentu`, as it stands there.
        invoice_number: `NumerFaktury`, the seller's own.
        issue_date: `DataWystawieniaFaktury`; not in v3.
        sent_at: `DataPrzeslaniaDokumentu`, with its offset.
        acquired_at: `DataNadaniaNumeruKSeF` (v3: `DataPrzyjeciaDokumentu`), when the number was
            given.
        invoice_hash: `SkrotDokumentu`, Base64 SHA-256 of the invoice's XML.
        mode: `TrybWysylki`, "Online" or "Offline"; since v4-3.
        extras: what is not known, comes again or cannot be read, as (path, text).
    """

    seller_nip: str | None = None
    ksef_number: str | None = None
    invoice_number: str | None = None
    issue_date: date | None = None
    sent_at: datetime | None = None
    acquired_at: datetime | None = None
    invoice_hash: str | None = None
    mode: str | None = None
    extras: tuple[tuple[str, str], ...] = ()


KNOWN: Final = {
    "NipSprzedawcy": "seller_nip",
    "NumerKSeFDokumentu": "ksef_number",
    "NumerFaktury": "invoice_number",
    "DataWystawieniaFaktury": "issue_date",
    "DataPrzeslaniaDokumentu": "sent_at",
    "DataNadaniaNumeruKSeF": "acquired_at",
    "DataPrzyjeciaDokumentu": "acquired_at",
    "SkrotDokumentu": "invoice_hash",
    "TrybWysylki": "mode",
}
"""Element under `Dokument` -> attribute of `UpoEntry`, in the order of its attributes."""

# The elements of the schema of v4-3, in its order.
_USUAL: Final = tuple(name for name in KNOWN if name != "DataPrzyjeciaDokumentu")


def entry_reader(namespace: str) -> Callable[[_Element], UpoEntry]:
    """What reads a `Dokument` element of this namespace."""
    prefix = f"{{{namespace}}}"
    places = {prefix + element: _PLACES[name] for element, name in KNOWN.items()}
    start = len(prefix)
    make: Callable[..., UpoEntry] = UpoEntry
    usual = [prefix + element for element in _USUAL]

    def read(element: _Element) -> UpoEntry:
        # Nearly every invoice of every page is so, and pages are long; all others take their time.
        children = _CHILDREN_OF(element)
        texts: list[Any] = [child.text for child in children]
        if [child.tag for child in children] != usual or None in texts or element.keys():
            return read_slowly(element)
        for child in children:
            if len(child) or child.keys():
                return read_slowly(element)
        seller, number, name, issued, sent, acquired, digest, mode = texts
        try:
            day = date.fromisoformat(issued)
            first, second = datetime.fromisoformat(sent), datetime.fromisoformat(acquired)
        except ValueError:
            return read_slowly(element)
        seller, number, name = seller.strip(), number.strip(), name.strip()
        digest, mode = digest.strip(), mode.strip()
        if (
            seller
            and number
            and name
            and digest
            and mode
            and first.tzinfo is not None
            and second.tzinfo is not None
            and len(name) <= LONGEST_TEXT
        ):
            return UpoEntry(seller, number, name, day, first, second, digest, mode)
        return read_slowly(element)

    def read_slowly(element: _Element) -> UpoEntry:
        values: list[Any] = [None] * len(_ATTRIBUTES)
        extras: list[tuple[str, str]] = []
        for child in element:
            tag: str = child.tag
            place = places.get(tag)
            if place is None or values[place] is not None or len(child) or child.keys():
                extras += texts_of(child, prefix)
                continue
            text = (child.text or "").strip()[:LONGEST_TEXT]
            if reader := _READERS[place]:
                value = reader(text)
                if value is None:
                    extras.append((tag[start:], text))
                values[place] = value
            else:
                values[place] = text or None
        extras += [(f"@{name!s}", str(value)[:LONGEST_TEXT]) for name, value in element.items()]
        return make(*values, tuple(extras))

    return read


def texts_of(element: _Element, prefix: str, path: str = "") -> list[tuple[str, str]]:
    """Every text and attribute in an element, with the path to it."""
    here = f"{path}/{_name(element, prefix)}" if path else _name(element, prefix)
    found = [(f"{here}/@{name!s}", str(value)[:LONGEST_TEXT]) for name, value in element.items()]
    text = (element.text or "").strip()[:LONGEST_TEXT]
    if text or len(element) == 0:
        found.append((here, text))
    for child in element:
        found += texts_of(child, prefix, here)
    return found


def _name(element: _Element, prefix: str) -> str:
    return str(element.tag).removeprefix(prefix)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:_DATE_LENGTH])
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


_ATTRIBUTES: Final = tuple(dict.fromkeys(KNOWN.values()))
_PLACES: Final = {name: place for place, name in enumerate(_ATTRIBUTES)}
_READERS: Final[tuple[Callable[[str], Any] | None, ...]] = tuple(
    {"issue_date": _date, "sent_at": _moment, "acquired_at": _moment}.get(name)
    for name in _ATTRIBUTES
)
