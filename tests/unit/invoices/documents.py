"""Invoices for the checks: a good one of every form, to be spoilt in one place."""

from pathlib import Path

OFFICIAL = Path(__file__).resolve().parents[4] / "shared" / "data"
WHY_SKIPPED = "the Ministry's files are not beside the project (../shared/data)"

SELLER = "5265877635"
BUYER = "1111111111"
OTHER = "5555555555"
TODAY = "2026-11-20"

FA_3 = "http://crd.gov.pl/wzor/2025/06/25/13775/"
FA_2 = "http://crd.gov.pl/wzor/2023/06/29/12648/"
FA_RR = "http://crd.gov.pl/wzor/2026/03/06/14189/"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


def fa(
    *,
    namespace: str = FA_3,
    system_code: str = "FA (3)",
    version: str = "1-0E",
    prolog: str = '<?xml version="1.0" encoding="UTF-8"?>\n',
    seller: str = SELLER,
    buyer: str = BUYER,
    made: str = "2026-11-20T10:00:00Z",
    issued: str = TODAY,
    number: str = "FV/1",
    kind: str = "VAT",
    self_invoicing: str = "2",
    parties: str = "",
    end: str = "",
) -> bytes:
    """An FA document; it has what the checks read, not all that the schema wants."""
    return f"""{prolog}<Faktura xmlns="{namespace}">
  <Naglowek>
    <KodFormularza kodSystemowy="{system_code}" wersjaSchemy="{version}">FA</KodFormularza>
    <DataWytworzeniaFa>{made}</DataWytworzeniaFa>
  </Naglowek>
  <Podmiot1><DaneIdentyfikacyjne><NIP>{seller}</NIP></DaneIdentyfikacyjne></Podmiot1>
  <Podmiot2><DaneIdentyfikacyjne><NIP>{buyer}</NIP></DaneIdentyfikacyjne></Podmiot2>
  {parties}
  <Fa>
    <P_1>{issued}</P_1>
    <P_2>{number}</P_2>
    <Adnotacje><P_17>{self_invoicing}</P_17></Adnotacje>
    <RodzajFaktury>{kind}</RodzajFaktury>
  </Fa>
  {end}
</Faktura>
""".encode()


def fa_rr(seller: str = SELLER, buyer: str = BUYER) -> bytes:
    """An invoice of a flat-rate farmer, which the buyer issues."""
    return f"""<Faktura xmlns="{FA_RR}">
  <Naglowek>
    <KodFormularza kodSystemowy="FA_RR (1)" wersjaSchemy="1-1E">FA_RR</KodFormularza>
    <DataWytworzeniaFa>2026-11-20T10:00:00Z</DataWytworzeniaFa>
  </Naglowek>
  <Podmiot1><DaneIdentyfikacyjne><NIP>{seller}</NIP></DaneIdentyfikacyjne></Podmiot1>
  <Podmiot2><DaneIdentyfikacyjne><NIP>{buyer}</NIP></DaneIdentyfikacyjne></Podmiot2>
  <FakturaRR>
    <P_4B>{TODAY}</P_4B><P_4C>RR/7</P_4C><RodzajFaktury>VAT_RR</RodzajFaktury>
  </FakturaRR>
</Faktura>
""".encode()


def ubl(root: str = "Invoice", *, seller: str = f"PL{SELLER}", type_code: str = "380") -> bytes:
    """A Peppol invoice or credit note, with an embedded document."""
    return f"""<{root} xmlns="{UBL}{root}-2"
  xmlns:cac="{UBL}CommonAggregateComponents-2" xmlns:cbc="{UBL}CommonBasicComponents-2">
  <cbc:ID>PEF/3</cbc:ID>
  <cbc:IssueDate>{TODAY}</cbc:IssueDate>
  <cbc:{root}TypeCode>{type_code}</cbc:{root}TypeCode>
  <cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>
    <cbc:EmbeddedDocumentBinaryObject>AAAA</cbc:EmbeddedDocumentBinaryObject>
  </cac:Attachment></cac:AdditionalDocumentReference>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyTaxScheme>
      <cbc:CompanyID>4711</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme>
    </cac:PartyTaxScheme>
    <cac:PartyTaxScheme>
      <cbc:CompanyID>{seller}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
    </cac:PartyTaxScheme>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party><cac:PartyTaxScheme>
    <cbc:CompanyID>PL{BUYER}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
  </cac:PartyTaxScheme></cac:Party></cac:AccountingCustomerParty>
</{root}>
""".encode()
