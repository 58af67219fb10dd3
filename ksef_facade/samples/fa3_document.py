"""An invoice as a value, and that value as an FA(3) document.

Only what a small shop needs: domestic sale at several rates, supply to another EU country at 0 %,
an advance payment, a correction. Element names, their order and codes are FA(3)'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from xml.etree import ElementTree

from attrs import frozen

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
SYSTEM = "ksef-facade demo"

# FA(3) `P_12` -> where its net sum and its tax go, and the rate in per cent; in the schema's order.
_RATES: dict[str, tuple[str, str | None, Decimal]] = {
    "23": ("P_13_1", "P_14_1", Decimal(23)),
    "8": ("P_13_2", "P_14_2", Decimal(8)),
    "5": ("P_13_3", "P_14_3", Decimal(5)),
    "0 WDT": ("P_13_6_2", None, Decimal(0)),
}
_CENT = Decimal("0.01")

Kind = Literal["VAT", "KOR", "ZAL"]


@frozen
class Party:
    """Seller or buyer; `tax_number` is a NIP in Poland, else the number after the country code."""

    tax_number: str
    name: str
    street: str
    city: str
    country: str = "PL"


@frozen
class Line:
    """One line: `price` is net, in the invoice's currency, for one `unit`; `rate` as in `P_12`."""

    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    rate: str = "23"

    @property
    def net(self) -> Decimal:
        """Net value, rounded to the cent."""
        return _rounded(self.quantity * self.price)


@frozen
class Correction:
    """What a correction mends: an invoice from before KSeF, its lines as they were, and why."""

    number: str
    issued: date
    lines: tuple[Line, ...]
    reason: str


@frozen(kw_only=True)
class Invoice:
    """An invoice; `correction` goes with kind KOR; the lines of kind ZAL are the order, paid up."""

    number: str
    issued: date
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    kind: Kind = "VAT"
    currency: str = "PLN"
    correction: Correction | None = None

    @property
    def totals(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Rate -> net and tax; of a correction, the difference that it makes."""
        totals = _totals(self.lines)
        if self.correction:
            for rate, (net, tax) in _totals(self.correction.lines).items():
                new_net, new_tax = totals.get(rate, (Decimal(0), Decimal(0)))
                totals[rate] = (new_net - net, new_tax - tax)
        return totals

    @property
    def gross(self) -> Decimal:
        """What is to be paid."""
        return sum((net + tax for net, tax in self.totals.values()), Decimal(0))

    def document(self, made: datetime) -> bytes:
        """The invoice as an FA(3) document in UTF-8 without BOM; `made` is an aware time."""
        root = ElementTree.Element("Faktura", xmlns=NAMESPACE)
        _head(root, made)
        _party(root, "Podmiot1", self.seller)
        buyer = _party(root, "Podmiot2", self.buyer)
        # Neither a unit of local government nor of a VAT group.
        _texts(buyer, JST="2", GV="2")
        _content(_child(root, "Fa"), self)
        ElementTree.indent(root)
        document: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return document


def _head(root: ElementTree.Element, made: datetime) -> None:
    head = _child(root, "Naglowek")
    _child(head, "KodFormularza", "FA", kodSystemowy="FA (3)", wersjaSchemy="1-0E")
    _texts(
        head,
        WariantFormularza="3",
        DataWytworzeniaFa=made.isoformat(timespec="seconds").replace("+00:00", "Z"),
        SystemInfo=SYSTEM,
    )


def _party(root: ElementTree.Element, name: str, party: Party) -> ElementTree.Element:
    element = _child(root, name)
    if name == "Podmiot1" and party.country != "PL":
        raise ValueError("a seller of another country is not provided for")
    identity = _child(element, "DaneIdentyfikacyjne")
    if party.country == "PL":
        _texts(identity, NIP=party.tax_number)
    else:
        _texts(identity, KodUE=party.country, NrVatUE=party.tax_number)
    _texts(identity, Nazwa=party.name)
    address = _child(element, "Adres")
    _texts(address, KodKraju=party.country, AdresL1=party.street, AdresL2=party.city)
    return element


def _content(content: ElementTree.Element, invoice: Invoice) -> None:
    _texts(content, KodWaluty=invoice.currency, P_1=invoice.issued.isoformat(), P_2=invoice.number)
    totals = invoice.totals
    for rate, (net_name, tax_name, _) in _RATES.items():
        if rate in totals:
            net, tax = totals[rate]
            _child(content, net_name, _amount(net))
            if tax_name:
                _child(content, tax_name, _amount(tax))
    _texts(content, P_15=_amount(invoice.gross))
    _annotations(content)
    _texts(content, RodzajFaktury=invoice.kind)
    if invoice.correction:
        _correction(content, invoice.correction)
        _lines(content, invoice.correction.lines, before=True)
    if invoice.kind == "ZAL":
        _payment(content, invoice)
        _order(content, invoice)
    else:
        _lines(content, invoice.lines)


def _annotations(content: ElementTree.Element) -> None:
    """None of the special procedures: in the schema 2 means no, and so does a name ending in N."""
    notes = _child(content, "Adnotacje")
    _texts(notes, P_16="2", P_17="2", P_18="2", P_18A="2")
    _texts(_child(notes, "Zwolnienie"), P_19N="1")
    _texts(_child(notes, "NoweSrodkiTransportu"), P_22N="1")
    _texts(notes, P_23="2")
    _texts(_child(notes, "PMarzy"), P_PMarzyN="1")


def _correction(content: ElementTree.Element, correction: Correction) -> None:
    # Type 2: it takes effect on the day of the correction.
    _texts(content, PrzyczynaKorekty=correction.reason, TypKorekty="2")
    _texts(
        _child(content, "DaneFaKorygowanej"),
        DataWystFaKorygowanej=correction.issued.isoformat(),
        NrFaKorygowanej=correction.number,
        NrKSeFN="1",
    )


def _lines(content: ElementTree.Element, lines: Iterable[Line], before: bool = False) -> None:
    for number, line in enumerate(lines, start=1):
        row = _child(content, "FaWiersz")
        _texts(
            row,
            NrWierszaFa=str(number),
            P_7=line.name,
            P_8A=line.unit,
            P_8B=_plain(line.quantity),
            P_9A=_plain(line.price),
            P_11=_amount(line.net),
            P_12=line.rate,
        )
        if before:
            _texts(row, StanPrzed="1")


def _payment(content: ElementTree.Element, invoice: Invoice) -> None:
    # Form 6 is a bank transfer.
    payment = _child(content, "Platnosc")
    _texts(payment, Zaplacono="1", DataZaplaty=invoice.issued.isoformat(), FormaPlatnosci="6")


def _order(content: ElementTree.Element, invoice: Invoice) -> None:
    order = _child(content, "Zamowienie")
    _texts(order, WartoscZamowienia=_amount(invoice.gross))
    for number, line in enumerate(invoice.lines, start=1):
        _texts(
            _child(order, "ZamowienieWiersz"),
            NrWierszaZam=str(number),
            P_7Z=line.name,
            P_8AZ=line.unit,
            P_8BZ=_plain(line.quantity),
            P_9AZ=_plain(line.price),
            P_11NettoZ=_amount(line.net),
            P_11VatZ=_amount(_tax(line.net, line.rate)),
            P_12Z=line.rate,
        )


def _totals(lines: Iterable[Line]) -> dict[str, tuple[Decimal, Decimal]]:
    nets: dict[str, Decimal] = {}
    for line in lines:
        nets[line.rate] = nets.get(line.rate, Decimal(0)) + line.net
    return {rate: (net, _tax(net, rate)) for rate, net in nets.items()}


def _tax(net: Decimal, rate: str) -> Decimal:
    return _rounded(net * _RATES[rate][2] / 100)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


def _amount(value: Decimal) -> str:
    return str(_rounded(value))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _child(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text
    return element


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        _child(parent, name, text)
