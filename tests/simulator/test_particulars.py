"""What metadata read in invoices of every form."""

from __future__ import annotations

import pytest
from lxml import etree

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.sessions.forms import FA_3, FORMS
from ksef_facade.simulator.sessions.made_up import compose, particulars_of
from ksef_facade.simulator.sessions.particulars import Participant, Particulars, read_particulars
from tests.simulator.plain_client import Sender, sha256
from tests.simulator.queries import found, invoice

PEF, PEF_KOR = FORMS[2], FORMS[3]
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


def ubl(root: str, customization: str = "urn:cen.eu:en16931:2017") -> bytes:
    return f"""<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
      xmlns:a="{CAC}" xmlns:b="{CBC}"><b:CustomizationID>{customization}</b:CustomizationID>
      <b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
      <a:AccountingSupplierParty><a:Party>
        <a:PartyTaxScheme><b:CompanyID>PL5265877635</b:CompanyID></a:PartyTaxScheme>
        <a:PartyLegalEntity><b:RegistrationName>Młyn</b:RegistrationName></a:PartyLegalEntity>
      </a:Party></a:AccountingSupplierParty>
      <a:AccountingCustomerParty><a:Party>
        <a:PartyTaxScheme><b:CompanyID>SE4598375937</b:CompanyID></a:PartyTaxScheme>
        <a:PartyLegalEntity><b:CompanyID>1111111111</b:CompanyID></a:PartyLegalEntity>
      </a:Party></a:AccountingCustomerParty>
      <a:TaxTotal><b:TaxAmount currencyID="EUR">23.00</b:TaxAmount></a:TaxTotal>
      <a:TaxTotal><b:TaxAmount currencyID="PLN">98.90</b:TaxAmount></a:TaxTotal>
      <a:LegalMonetaryTotal><b:TaxExclusiveAmount>100</b:TaxExclusiveAmount>
        <b:TaxInclusiveAmount>123.00</b:TaxInclusiveAmount></a:LegalMonetaryTotal>
      </{root}>""".encode()


def of_fa(content: bytes) -> Particulars:
    return read_particulars(etree.fromstring(content), FA_3)


def test_peppol_invoice() -> None:
    assert read_particulars(etree.fromstring(ubl("Invoice")), PEF) == Particulars(
        type="VatPef",
        seller=Participant("Nip", "5265877635", "Młyn"),
        buyer=Participant("Nip", "1111111111"),
        currency="EUR",
        net=10000,
        vat=9890,
        gross=12300,
    )


def test_kinds_of_peppol_documents() -> None:
    special = ubl("Invoice", "urn:cen.eu:en16931:2017#extended#urn:fdc:www.efaktura.gov.pl:ver2.0")
    assert read_particulars(etree.fromstring(special), PEF).type == "VatPefSp"
    assert read_particulars(etree.fromstring(ubl("CreditNote")), PEF_KOR).type == "KorPef"


@pytest.mark.parametrize(
    ("written", "type_"),
    [
        ("KOR", "Kor"),
        ("ZAL", "Zal"),
        ("ROZ", "Roz"),
        ("UPR", "Upr"),
        ("KOR_ZAL", "KorZal"),
        ("KOR_ROZ", "KorRoz"),
    ],
)
def test_kinds_of_invoices(written: str, type_: str) -> None:
    assert of_fa(invoice("A/1", type=f">{written}<")).type == type_


def test_buyers() -> None:
    for identifier, buyer in (
        ("<KodKraju>US</KodKraju><NrID>9-9</NrID>", ("Other", "9-9")),
        ("<KodUE>DE</KodUE><NrVatUE>1</NrVatUE>", ("VatUe", "DE1")),
        ("<BrakID>1</BrakID>", ("None", None)),
    ):
        party = of_fa(invoice("A/1", buyer=identifier)).buyer
        assert (party.kind, party.value) == buyer


def test_amounts_of_several_rates() -> None:
    rates = "<P_14_1>23.00</P_14_1><P_13_2>10.10</P_13_2><P_14_2>0.81</P_14_2><P_13_7>5</P_13_7>"
    read = of_fa(invoice("A/1", vat=rates, gross="-138.91"))
    assert (read.net, read.vat, read.gross) == (11510, 2381, -13891)


@pytest.mark.parametrize("text", ["", "much", "NaN", "1e99", "Infinity"])
def test_amounts_that_are_none(text: str) -> None:
    assert of_fa(invoice("A/1", gross=text)).gross == 0


def test_seeded_invoices_are_what_their_metadata_say(simulator: Simulator, sender: Sender) -> None:
    simulator.seed_session("5265877635", accepted=12)
    for entry in found(sender):
        content = sender.get(f"/invoices/ksef/{entry['ksefNumber']}").content
        assert sha256(content) == entry["invoiceHash"]
        read = of_fa(content)
        assert read.gross / 100 == entry["grossAmount"]
        assert f"<P_2>{entry['invoiceNumber']}</P_2>".encode() in content
    for ordinal in range(12):
        written = compose("5265877635", "A/1", "2026-03-02", ordinal)
        assert of_fa(written) == particulars_of("5265877635", ordinal)
