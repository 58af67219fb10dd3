"""Reading an invoice: its facts, and what keeps it from being read.

The parser loads nothing, expands nothing and never sees a DOCTYPE. Memory is that of one document
tree, about 14 times the file, and files are bounded by the limits of KSeF (3 MB).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ksef_facade.errors import UnreadableInvoice
from ksef_facade.invoices.facts import InvoiceFacts, Party, hash_of
from ksef_facade.invoices.forms import InvoiceForm, form_of
from ksef_facade.invoices.problems import InvoiceProblem
from ksef_facade.invoices.text_rules import scan

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOM: Final = b"\xef\xbb\xbf"
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Where libxml2 repeats the place that the problem has already.
_PLACE: Final = re.compile(r", line [0-9]+, column [0-9]+\Z")
_LONGEST_REASON: Final = 200

_IDENTITY: Final = "DaneIdentyfikacyjne"
# The parties of FA and FA_RR whose tax numbers KSeF checks (documented rule).
_PARTIES: Final = ("Podmiot1", "Podmiot2", "Podmiot3", "PodmiotUpowazniony")
# Element with the invoice's own data; in it the date of issue and the number (schemas FA, FA_RR).
_BODIES: Final = {"FA": ("Fa", "P_1", "P_2"), "RR": ("FakturaRR", "P_4B", "P_4C")}
_YES: Final = "1"

_VAT_SCHEME: Final = "VAT"
_COUNTRY: Final = "PL"
# UNTDID 1001, which UBL takes its type codes from: self-billed invoice, self-billed credit note.
_SELF_BILLED: Final = frozenset({"389", "261"})


@frozen
class Reading:
    """One file, read once: its facts and document, if it could be read, and what was found."""

    problems: tuple[InvoiceProblem, ...]
    facts: InvoiceFacts | None = None
    root: _Element | None = field(default=None, repr=False)


def read_invoice(content: bytes, name: str = "") -> InvoiceFacts:
    """What an invoice of any schema that KSeF takes says of itself; no request is made.

    An unknown schema gives facts without a form. What KSeF refuses but can be read around (a byte
    order mark, a processing instruction) is no hindrance: see `check_invoice_file`.

    Raises:
        UnreadableInvoice: it is empty, not UTF-8, not well-formed XML, or has a DOCTYPE.
    """
    found = read(content, name)
    if found.facts is None:
        raise UnreadableInvoice(str(found.problems[-1]))
    return found.facts


def read(content: bytes, name: str = "") -> Reading:
    """Read a file by all rules that need no setting; never raises for what is in it."""
    from lxml import etree

    text = scan(content)
    if not text.readable:
        return Reading(text.problems)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(content.removeprefix(_BOM), parser)
    except etree.XMLSyntaxError as error:
        return Reading((*text.problems, _not_well_formed(error.msg, error.position)))
    if root.getroottree().docinfo.internalDTD is not None:
        # The text was looked through for one; should it ever have missed one, this does not.
        problem = InvoiceProblem(code="doctype", message="the file has a DOCTYPE: remove it")
        return Reading((*text.problems, problem))
    return Reading(text.problems, _facts(root, content, name), root)


def _not_well_formed(reason: str | None, position: tuple[int, int]) -> InvoiceProblem:
    text = _PLACE.sub("", reason or "no reason given")
    plain = "".join(c if c.isprintable() else "?" for c in text[:_LONGEST_REASON]).rstrip(". ")
    line, column = position
    return InvoiceProblem(
        code="not-well-formed",
        message=f"the file is not well-formed XML ({plain}): write it with an XML library",
        line=line or None,
        column=column or None,
    )


def _facts(root: _Element, content: bytes, name: str) -> InvoiceFacts:
    from lxml import etree

    qualified = etree.QName(root)
    namespace, local = qualified.namespace or "", qualified.localname
    form = form_of(namespace, local)
    document = _Document(root)
    document.lines[local] = _line(root)
    facts = InvoiceFacts(
        name=name,
        size=len(content),
        sha256=hash_of(content),
        namespace=namespace,
        root=local,
        form=form,
        lines=document.lines,
    )
    if form is None:
        return facts
    return (_ubl if form.layout == "UBL" else _polish)(document, facts, form)


class _Document:
    """Texts of a document by path; remembers the line of what was found, by its last name."""

    def __init__(self, root: _Element) -> None:
        self.root = root
        self.lines: dict[str, int] = {}

    def all(self, path: str) -> Iterator[tuple[str, _Element]]:
        """Every element with a text at a path of local names, in the order of the document."""
        for element in self.root.iterfind(_wanted(path)):
            if text := _collapsed(element):
                yield text, element

    def first(self, path: str) -> _Element | None:
        """The first element at a path; its line is remembered."""
        element = self.root.find(_wanted(path))
        if element is not None:
            self.lines[path.rpartition("/")[2]] = _line(element)
        return element

    def text(self, path: str) -> str | None:
        """The first text at a path; its line is remembered."""
        for text, element in self.all(path):
            self.lines[path.rpartition("/")[2]] = _line(element)
            return text
        return None


def _wanted(path: str) -> str:
    # The schemas alone decide which namespace is right; UBL has three in one document.
    return "/".join(f"{{*}}{step}" for step in path.split("/"))


def _collapsed(element: _Element) -> str:
    """The text as the schemas read it: blanks at the ends dropped, those within made one."""
    # In XML only these four are blanks; Python would split at others too.
    return " ".join(re.split(r"[ \t\r\n]+", "".join(map(str, element.itertext())))).strip(" ")


def _line(element: _Element) -> int:
    # The stubs give no type to it.
    line: Any = element.sourceline
    return int(line or 0)


def _polish(document: _Document, facts: InvoiceFacts, form: InvoiceForm) -> InvoiceFacts:
    from attrs import evolve

    body, issued, number = _BODIES[form.layout]
    code = document.first("Naglowek/KodFormularza")
    declared = None
    if code is not None:
        declared = (code.get("kodSystemowy", ""), code.get("wersjaSchemy", ""), _collapsed(code))
    issued_text = document.text(f"{body}/{issued}")
    return evolve(
        facts,
        declared_form=declared,
        parties=tuple(_parties(document)),
        buyer_nip=document.text(f"Podmiot2/{_IDENTITY}/NIP"),
        # Last of the tax numbers, so that the line of NIP is the seller's.
        seller_nip=document.text(f"Podmiot1/{_IDENTITY}/NIP"),
        kind=document.text(f"{body}/RodzajFaktury"),
        number=document.text(f"{body}/{number}"),
        issue_date=_date(issued_text),
        issue_date_text=issued_text,
        made=document.text("Naglowek/DataWytworzeniaFa"),
        is_self_invoicing=document.text(f"{body}/Adnotacje/P_17") == _YES,
        has_attachment=document.first("Zalacznik") is not None,
    )


def _parties(document: _Document) -> Iterator[Party]:
    for name in _PARTIES:
        for number, element in document.all(f"{name}/{_IDENTITY}/NIP"):
            yield Party(name, number, _line(element))
        for number, element in document.all(f"{name}/{_IDENTITY}/IDWew"):
            yield Party(name, number, _line(element), is_internal_id=True)


def _ubl(document: _Document, facts: InvoiceFacts, form: InvoiceForm) -> InvoiceFacts:
    from attrs import evolve

    seller, line = _ubl_party(document, "AccountingSupplierParty")
    buyer, _ = _ubl_party(document, "AccountingCustomerParty")
    if seller:
        document.lines["CompanyID"] = line
    issued = document.text("IssueDate")
    type_code = document.text(f"{form.root}TypeCode")
    embedded = next(document.root.iter("{*}EmbeddedDocumentBinaryObject"), None)
    return evolve(
        facts,
        seller_nip=seller,
        buyer_nip=buyer,
        parties=(Party("AccountingSupplierParty", seller, line),) if seller else (),
        kind=form.root,
        number=document.text("ID"),
        issue_date=_date(issued),
        issue_date_text=issued,
        is_self_invoicing=type_code in _SELF_BILLED,
        has_attachment=embedded is not None,
    )


def _ubl_party(document: _Document, name: str) -> tuple[str | None, int]:
    """A party's number for VAT without the country's prefix, and its line."""
    for scheme in document.root.iterfind(f"{{*}}{name}/{{*}}Party/{{*}}PartyTaxScheme"):
        company = scheme.find("{*}CompanyID")
        kind = scheme.find("{*}TaxScheme/{*}ID")
        if company is None or (kind is not None and _collapsed(kind) != _VAT_SCHEME):
            continue
        if number := _collapsed(company).removeprefix(_COUNTRY):
            return number, _line(company)
    return None, 0


def _date(text: str | None) -> date | None:
    # The standard library also reads week dates and dates without hyphens; the schemas do not.
    if text is None or not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
