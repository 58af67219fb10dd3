"""Documents beside plain FA(3): invoices and corrections in UBL as Peppol carries them, and attachments."""

from xml.sax.saxutils import escape

PEF = {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"}
PEF_KOR = {"systemCode": "PEF_KOR (3)", "schemaVersion": "2-1", "value": "PEF"}
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_NATIONAL = f"{_BILLING}#extended#urn:fdc:www.efaktura.gov.pl:ver2.0"
# One pixel, as a picture.
_PICTURE = "R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def _party(role, name, nip):
    return f"""<cac:{role}><cac:Party>
<cbc:EndpointID schemeID="9945">{nip}</cbc:EndpointID>
<cac:PartyName><cbc:Name>{escape(name)}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>Rynek 3</cbc:StreetName><cbc:CityName>Lublin</cbc:CityName>
<cbc:PostalZone>20-128</cbc:PostalZone>
<cac:Country><cbc:IdentificationCode>PL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>PL{nip}</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>{escape(name)}</cbc:RegistrationName>
<cbc:CompanyID>{nip}</cbc:CompanyID></cac:PartyLegalEntity>
</cac:Party></cac:{role}>"""


_RATE = """<cbc:ID>S</cbc:ID><cbc:Percent>23</cbc:Percent>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"""
_SUMS = f"""<cac:TaxTotal><cbc:TaxAmount currencyID="PLN">23.00</cbc:TaxAmount>
<cac:TaxSubtotal><cbc:TaxableAmount currencyID="PLN">100.00</cbc:TaxableAmount>
<cbc:TaxAmount currencyID="PLN">23.00</cbc:TaxAmount>
<cac:TaxCategory>{_RATE}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="PLN">100.00</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="PLN">100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="PLN">123.00</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="PLN">123.00</cbc:PayableAmount></cac:LegalMonetaryTotal>"""


def _line(kind, quantity):
    return f"""<cac:{kind}><cbc:ID>1</cbc:ID>
<cbc:{quantity} unitCode="C62">2</cbc:{quantity}>
<cbc:LineExtensionAmount currencyID="PLN">100.00</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Kawa ziarnista 1 kg</cbc:Name>
<cac:ClassifiedTaxCategory>{_RATE}</cac:ClassifiedTaxCategory></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="PLN">50.00</cbc:PriceAmount></cac:Price></cac:{kind}>"""


def _embedded(picture):
    return f"""<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID>
<cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="image/gif" filename="dot.gif">{picture}
</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"""


def _document(root, customization, profile, invoice, middle, line):
    seller, buyer = invoice.seller, invoice.buyer
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{_UBL}{root}-2" xmlns:cac="{_UBL}CommonAggregateComponents-2"
 xmlns:cbc="{_UBL}CommonBasicComponents-2">
<cbc:CustomizationID>{customization}</cbc:CustomizationID><cbc:ProfileID>{profile}</cbc:ProfileID>
<cbc:ID>{escape(invoice.number)}</cbc:ID><cbc:IssueDate>{invoice.issued}</cbc:IssueDate>
{middle}
{_party("AccountingSupplierParty", seller.name, seller.tax_number)}
{_party("AccountingCustomerParty", buyer.name, buyer.tax_number)}
{_SUMS}
{line}
</{root}>""".encode()


def peppol_invoice(invoice, *, with_attachment=False):
    """An invoice in UBL with the parties, the number and the date of a plain one."""
    middle = f"""<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>PLN</cbc:DocumentCurrencyCode>
<cbc:BuyerReference>contract test</cbc:BuyerReference>
{_embedded(_PICTURE) if with_attachment else ""}"""
    profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
    line = _line("InvoiceLine", "InvoicedQuantity")
    return _document("Invoice", _BILLING, profile, invoice, middle, line)


def peppol_correction(invoice, corrected):
    """A correcting invoice in UBL; `corrected` is the number that the seller gave the other one."""
    middle = f"""<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>
<cbc:DocumentCurrencyCode>PLN</cbc:DocumentCurrencyCode>
<cbc:BuyerReference>contract test</cbc:BuyerReference>
<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{escape(corrected)}</cbc:ID>
<cbc:IssueDate>{invoice.issued}</cbc:IssueDate>
</cac:InvoiceDocumentReference></cac:BillingReference>"""
    profile = "urn:fdc:www.efaktura.gov.pl:ver2.0:corr_inv:ver4.0"
    line = _line("CreditNoteLine", "CreditedQuantity")
    return _document("CreditNote", _NATIONAL, profile, invoice, middle, line)


def with_attachment(document, *, size=0):
    """The same invoice in FA(3) with an attachment, filled up to a size in bytes."""
    block = b"""<Zalacznik><BlokDanych><ZNaglowek>Pomiary</ZNaglowek>
<MetaDane><ZKlucz>licznik</ZKlucz><ZWartosc>17</ZWartosc></MetaDane>
<Tekst><Akapit>Stan na koniec miesi\xc4\x85ca.</Akapit></Tekst></BlokDanych></Zalacznik>"""
    return filled(document.replace(b"</Faktura>", block + b"</Faktura>"), size)


def filled(document, size):
    """The same invoice in FA(3), made as long as wanted by a comment in it."""
    comment = b"<!--%s-->" % (b"x" * (size - len(document) - len("<!---->")))
    return document.replace(b"</Faktura>", comment + b"</Faktura>") if size else document
