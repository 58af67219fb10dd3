"""What the simulator reads from an invoice, and the rules it must obey before it is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from lxml import etree

from .forms import Form
from .particulars import Particulars, read_particulars

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOM = b"\xef\xbb\xbf"
_PROLOG = re.compile(rb"^<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
#: Code points that XML 1.0 discourages and that KSeF refuses (documented rule): controls other
#: than NEL, the Arabic noncharacters, and the last two code points of planes 1 to 16.
_DISCOURAGED = re.compile(
    "[\x7f-\x84\x86-\x9f\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
#: The first bytes, in UTF-8, of all the code points above.
_LEADS = (b"\x7f", b"\xc2", b"\xef", b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")


class Invalid(Exception):
    """Raised with the sentence that goes into the details of status 450."""


@frozen
class Facts:
    """The fields that decide what happens to an invoice."""

    seller: str
    buyer: str | None
    kind: str
    number: str
    issued: str
    made: str | None
    has_attachment: bool
    #: Tax numbers of all parties, for the checksum rule.
    parties: tuple[str, ...]
    #: What metadata say of it besides.
    particulars: Particulars | None = None


def read(content: bytes, form: Form) -> Facts:
    """The facts of an invoice of a form.

    Raises Invalid for any broken rule of form: encoding, byte order mark, document type,
    processing instructions, discouraged characters, well-formedness, form code, missing fields.
    """
    root = _parse(content)
    _check_form(root, form)
    facts = _ubl_facts(root) if form.layout == "UBL" else _polish_facts(root, form)
    return evolve(facts, particulars=read_particulars(root, form))


def _parse(content: bytes) -> _Element:
    if content.startswith(_BOM):
        raise Invalid("Plik faktury nie może zaczynać się od znacznika BOM.")
    prolog = _PROLOG.match(content)
    if prolog is not None and prolog.group(1).upper() != b"UTF-8":
        raise Invalid("Kodowanie zadeklarowane w prologu musi być UTF-8.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("Plik faktury nie jest zakodowany w UTF-8.") from None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Invalid(f"Nieprawidłowy XML: {error.msg}") from None
    tree = root.getroottree()
    if tree.docinfo is not None and tree.docinfo.internalDTD is not None:
        raise Invalid("Deklaracja DOCTYPE jest niedozwolona.")
    if _may_have_instructions(content) and _has_instruction(root):
        raise Invalid("Instrukcje przetwarzania są niedozwolone.")
    if _has_discouraged(content, text, root):
        raise Invalid("Plik faktury zawiera niedozwolone znaki.")
    return root


# Searching every text of every invoice takes longer than all the rest, and most invoices have
# nothing to search for: a look at the bytes tells.


def _may_have_instructions(content: bytes) -> bool:
    return content.count(b"<?") > (1 if content.startswith(b"<?xml") else 0)


def _has_discouraged(content: bytes, text: str, root: _Element) -> bool:
    if any(lead in content for lead in _LEADS) and _DISCOURAGED.search(text):
        return True
    return b"&#" in content and any(map(_DISCOURAGED.search, _texts(root)))


def _has_instruction(root: _Element) -> bool:
    if any(True for _ in root.iter(etree.ProcessingInstruction)):
        return True
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    return any(isinstance(node, etree._ProcessingInstruction) for node in outside)


def _texts(root: _Element) -> Iterator[str]:
    # Character references hide forbidden characters from a search of the raw text.
    for element in root.iter():
        yield from (element.text or "", element.tail or "")
        if isinstance(element.tag, str):
            yield from (str(value) for value in element.attrib.values())


def _check_form(root: _Element, form: Form) -> None:
    namespace = etree.QName(root).namespace
    if namespace != form.namespace:
        raise Invalid(
            f"The root element is in the namespace '{namespace or ''}', "
            f"but the session accepts '{form.namespace}'."
        )
    if form.layout == "UBL":
        return
    code = root.find("{*}Naglowek/{*}KodFormularza")
    found = (None, None) if code is None else (code.get("kodSystemowy"), code.get("wersjaSchemy"))
    if found != (form.system_code, form.schema_version):
        raise Invalid("Kod formularza w fakturze jest inny niż zadeklarowany w sesji.")


def _text(root: _Element, path: str) -> str | None:
    found = root.findtext("/".join(f"{{*}}{step}" for step in path.split("/")))
    return found.strip() if found and found.strip() else None


def _required(root: _Element, path: str) -> str:
    value = _text(root, path)
    if value is None:
        name = path.rsplit("/", 1)[-1]
        raise Invalid(f"The required element '{name}' is missing or empty.")
    return value


#: Element of the invoice's own data, and in it the date of issue and the number (schemas FA(2),
#: FA(3) and FA_RR(1)).
_FIELDS = {"FA": ("Fa", "P_1", "P_2"), "RR": ("FakturaRR", "P_4B", "P_4C")}


def _polish_facts(root: _Element, form: Form) -> Facts:
    body, date, number = _FIELDS[form.layout]
    identity = "DaneIdentyfikacyjne/NIP"
    parties = [
        node.text.strip()
        for name in ("Podmiot1", "Podmiot2", "Podmiot3", "PodmiotUpowazniony")
        for node in root.findall(f"{{*}}{name}/{{*}}DaneIdentyfikacyjne/{{*}}NIP")
        if node.text
    ]
    return Facts(
        seller=_required(root, f"Podmiot1/{identity}"),
        buyer=_text(root, f"Podmiot2/{identity}"),
        kind=_required(root, f"{body}/RodzajFaktury"),
        number=_required(root, f"{body}/{number}"),
        issued=_required(root, f"{body}/{date}"),
        made=_text(root, "Naglowek/DataWytworzeniaFa"),
        has_attachment=root.find("{*}Zalacznik") is not None,
        parties=tuple(parties),
    )


def _ubl_facts(root: _Element) -> Facts:
    seller = _required(root, "AccountingSupplierParty/Party/PartyTaxScheme/CompanyID")
    buyer = _text(root, "AccountingCustomerParty/Party/PartyTaxScheme/CompanyID")
    return Facts(
        seller=seller.removeprefix("PL"),
        buyer=buyer.removeprefix("PL") if buyer else None,
        kind=etree.QName(root).localname,
        number=_required(root, "ID"),
        issued=_required(root, "IssueDate"),
        made=None,
        has_attachment=root.find(".//{*}EmbeddedDocumentBinaryObject") is not None,
        parties=(),
    )
