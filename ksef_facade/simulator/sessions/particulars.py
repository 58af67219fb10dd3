"""What metadata say of an invoice beyond what decides its acceptance: parties and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from .forms import Form

if TYPE_CHECKING:
    from lxml.etree import _Element

IdentifierKind = Literal["Nip", "InternalId", "VatUe", "Other", "None"]

#: `InvoiceType` by what the document says of itself (contract, InvoiceType; schemas FA(3) and
#: FA_RR(1), TRodzajFaktury).
TYPES: Mapping[str, str] = {
    "VAT": "Vat",
    "KOR": "Kor",
    "ZAL": "Zal",
    "ROZ": "Roz",
    "UPR": "Upr",
    "KOR_ZAL": "KorZal",
    "KOR_ROZ": "KorRoz",
    "VAT_RR": "VatRr",
    "KOR_VAT_RR": "KorVatRr",
    "CreditNote": "KorPef",
}
_PEF, _SPECIAL_PEF = "VatPef", "VatPefSp"
#: What the customization of a UBL document names when it uses the national extension. That this
#: makes it a specialised one is our reading: no source tells.
_NATIONAL_EXTENSION = "efaktura.gov.pl"
#: Role of a third party that describes its role in words (schema FA(3), RolaInna).
_OTHER_ROLE = 0
#: Bounds of the contract: names of parties, values of identifiers, letters of a currency.
_LONGEST_NAME, _LONGEST_VALUE, _CURRENCY_LETTERS = 512, 50, 3
_NATIONAL_CURRENCY = "PLN"
#: Amounts have 18 digits, two of them behind the point (schema FA(3), TKwotowy).
_LARGEST = Decimal(10) ** 16


@frozen
class Participant:
    """A party of an invoice."""

    kind: IdentifierKind
    value: str | None = None
    name: str | None = None
    #: Number of the role of a third or authorised party.
    role: int | None = None


@frozen
class Particulars:
    """Parties, amounts and marks of an invoice. Amounts are in hundredths."""

    type: str
    seller: Participant
    buyer: Participant
    currency: str
    net: int
    #: In PLN, where the invoice says so.
    vat: int
    gross: int
    is_self_invoiced: bool = False
    has_attachment: bool = False
    thirds: tuple[Participant, ...] = ()
    authorised: Participant | None = None


def read_particulars(root: _Element, form: Form) -> Particulars:
    """The particulars of an invoice that obeys its form.

    What is missing or cannot be read is zero, or nobody: the simulator does not hold invoices
    against their schemas.
    """
    return _of_ubl(root) if form.layout == "UBL" else _of_polish(root, form)


def _of_polish(root: _Element, form: Form) -> Particulars:
    body = root.find("{*}FakturaRR" if form.layout == "RR" else "{*}Fa")
    fields = {} if body is None else {_name(node): node.text or "" for node in _elements(body)}
    net, vat, gross = _amounts_of_rr(fields) if form.layout == "RR" else _amounts_of_fa(fields)
    seller, buyer = root.find("{*}Podmiot1"), root.find("{*}Podmiot2")
    authorised = root.find("{*}PodmiotUpowazniony")
    return Particulars(
        type=TYPES.get(fields.get("RodzajFaktury", "").strip(), "Vat"),
        seller=_participant(seller),
        buyer=_participant(buyer),
        currency=_currency(fields.get("KodWaluty")),
        net=net,
        vat=vat,
        gross=gross,
        is_self_invoiced=root.findtext("{*}Fa/{*}Adnotacje/{*}P_17", "").strip() == "1",
        has_attachment=root.find("{*}Zalacznik") is not None,
        thirds=tuple(_participant(node, "Rola") for node in root.findall("{*}Podmiot3")),
        authorised=None if authorised is None else _participant(authorised, "RolaPU"),
    )


def _amounts_of_fa(fields: Mapping[str, str]) -> tuple[int, int, int]:
    net = sum(_hundredths(text) for name, text in fields.items() if name.startswith("P_13_"))
    # Tax on an invoice in a foreign currency is stated in PLN too, rate by rate.
    vat = sum(
        _hundredths(fields.get(f"{name}W", text))
        for name, text in fields.items()
        if name.startswith("P_14_") and not name.endswith("W")
    )
    return net, vat, _hundredths(fields.get("P_15"))


def _amounts_of_rr(fields: Mapping[str, str]) -> tuple[int, int, int]:
    vat = fields.get("P_11_2W") or fields.get("P_11_2")
    return _hundredths(fields.get("P_11_1")), _hundredths(vat), _hundredths(fields.get("P_12_1"))


def _participant(node: _Element | None, role: str | None = None) -> Participant:
    if node is None:
        return Participant("None")
    identity = node.find("{*}DaneIdentyfikacyjne")
    found = {} if identity is None else {_name(one): one.text or "" for one in _elements(identity)}
    kind, value = _identifier(found)
    number = None if role is None else _role(node.findtext(f"{{*}}{role}"))
    return Participant(kind, value, _cut(found.get("Nazwa"), _LONGEST_NAME), number)


def _identifier(found: Mapping[str, str]) -> tuple[IdentifierKind, str | None]:
    for kind, value in (
        ("Nip", found.get("NIP")),
        ("InternalId", found.get("IDWew")),
        ("VatUe", f"{found.get('KodUE', '').strip()}{found.get('NrVatUE', '').strip()}"),
        ("Other", found.get("NrID")),
    ):
        text = _cut(value, _LONGEST_VALUE)
        if text is not None:
            return kind, text  # type: ignore[return-value]
    return "None", None


def _role(text: str | None) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 3 else _OTHER_ROLE


def _of_ubl(root: _Element) -> Particulars:
    type_ = TYPES.get(_name(root))
    if type_ is None:
        customization = root.findtext("{*}CustomizationID", "")
        type_ = _SPECIAL_PEF if _NATIONAL_EXTENSION in customization else _PEF
    seller = root.find("{*}AccountingSupplierParty/{*}Party")
    total = root.find("{*}LegalMonetaryTotal")
    sums = {} if total is None else {_name(node): node.text or "" for node in _elements(total)}
    gross = sums.get("TaxInclusiveAmount") or sums.get("PayableAmount")
    return Particulars(
        type=type_,
        seller=_party_of_ubl(seller),
        buyer=_party_of_ubl(root.find("{*}AccountingCustomerParty/{*}Party")),
        currency=_currency(root.findtext("{*}DocumentCurrencyCode")),
        net=_hundredths(sums.get("TaxExclusiveAmount")),
        vat=_tax_of_ubl(root),
        gross=_hundredths(gross),
        has_attachment=root.find(".//{*}EmbeddedDocumentBinaryObject") is not None,
    )


def _tax_of_ubl(root: _Element) -> int:
    totals = root.findall("{*}TaxTotal/{*}TaxAmount")
    national = [node for node in totals if node.get("currencyID") == _NATIONAL_CURRENCY]
    return _hundredths((national or totals)[0].text) if totals else 0


def _party_of_ubl(party: _Element | None) -> Participant:
    if party is None:
        return Participant("None")
    name = party.findtext("{*}PartyLegalEntity/{*}RegistrationName") or party.findtext(
        "{*}PartyName/{*}Name"
    )
    texts = [
        (party.findtext(path) or "").strip()
        for path in ("{*}PartyTaxScheme/{*}CompanyID", "{*}PartyLegalEntity/{*}CompanyID")
    ]
    kind, value = _identifier_of_ubl([text for text in texts if text])
    return Participant(kind, value, _cut(name, _LONGEST_NAME))


def _identifier_of_ubl(texts: list[str]) -> tuple[IdentifierKind, str | None]:
    from ..logins.credentials import is_tax_number

    for text in texts:
        if is_tax_number(text.removeprefix("PL")):
            return "Nip", text.removeprefix("PL")
    for text in texts:
        kind: IdentifierKind = "VatUe" if text[:2].isalpha() else "Other"
        return kind, _cut(text, _LONGEST_VALUE)
    return "None", None


def _elements(node: _Element) -> Iterator[_Element]:
    return node.iterchildren("*")


def _name(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _cut(text: str | None, longest: int) -> str | None:
    return (text or "").strip()[:longest] or None


def _currency(text: str | None) -> str:
    code = (text or "").strip()
    return code if len(code) == _CURRENCY_LETTERS else _NATIONAL_CURRENCY


def _hundredths(text: str | None) -> int:
    try:
        amount = Decimal((text or "0").strip())
    except InvalidOperation:
        return 0
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        return 0
    return int((amount * 100).to_integral_value())
