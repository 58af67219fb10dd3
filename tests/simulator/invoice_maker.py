"""FA(3) invoices for tests of the simulator, each with its own number."""

from __future__ import annotations

from itertools import count
from xml.sax.saxutils import escape

_NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
_numbers = count(1)


def make_invoice(
    seller: str,
    *,
    number: str | None = None,
    issued: str = "2026-01-15",
    kind: str = "VAT",
    namespace: str = _NAMESPACE,
    system_code: str = "FA (3)",
    before_root: str = "",
    extra: str = "",
    encoding: str = "UTF-8",
) -> bytes:
    """A small invoice of a seller; the keyword arguments spoil it in one place."""
    text = f"""<?xml version="1.0" encoding="{encoding}"?>
{before_root}<Faktura xmlns="{namespace}">
  <Naglowek>
    <KodFormularza kodSystemowy="{system_code}" wersjaSchemy="1-0E">FA</KodFormularza>
    <WariantFormularza>3</WariantFormularza>
    <DataWytworzeniaFa>2026-01-15T10:00:00Z</DataWytworzeniaFa>
  </Naglowek>
  <Podmiot1>
    <DaneIdentyfikacyjne><NIP>{seller}</NIP><Nazwa>Młyn i Synowie</Nazwa></DaneIdentyfikacyjne>
    <Adres><KodKraju>PL</KodKraju><AdresL1>ul. Wodna 3, Gdańsk</AdresL1></Adres>
  </Podmiot1>
  <Podmiot2>
    <DaneIdentyfikacyjne><NIP>1111111111</NIP><Nazwa>Piekarnia</Nazwa></DaneIdentyfikacyjne>
    <JST>2</JST><GV>2</GV>
  </Podmiot2>
  <Fa>
    <KodWaluty>PLN</KodWaluty>
    <P_1>{issued}</P_1>
    <P_2>{escape(number or f"T/{next(_numbers)}")}</P_2>
    <P_13_1>100.00</P_13_1><P_14_1>23.00</P_14_1><P_15>123.00</P_15>
    <RodzajFaktury>{kind}</RodzajFaktury>
  </Fa>{extra}
</Faktura>"""
    return text.encode(encoding)
