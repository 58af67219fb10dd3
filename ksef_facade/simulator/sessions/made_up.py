"""Invoices of seeded sessions: small, valid, and written out only when somebody reads them."""

from __future__ import annotations

from functools import lru_cache

from .particulars import Participant, Particulars

#: Whom seeded invoices are for. The tax number is one that the documentation uses.
BUYER = "1111111111"
_SELLER_NAME, _BUYER_NAME = "Młyn i Synowie sp. z o.o.", "Piekarnia Pod Kłosem"
#: Net amounts go round, from 100 to 900, taxed at the standard rate.
_AMOUNTS, _STEP, _RATE = 9, 100, 23


def compose(seller: str, number: str, issued: str, ordinal: int) -> bytes:
    """An invoice FA(3); the same bytes for the same arguments."""
    net = (ordinal % _AMOUNTS + 1) * _STEP
    vat = net * _RATE // 100
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/">
  <Naglowek>
    <KodFormularza kodSystemowy="FA (3)" wersjaSchemy="1-0E">FA</KodFormularza>
    <WariantFormularza>3</WariantFormularza>
    <DataWytworzeniaFa>{issued}T08:00:00Z</DataWytworzeniaFa>
    <SystemInfo>KSeF simulator</SystemInfo>
  </Naglowek>
  <Podmiot1>
    <DaneIdentyfikacyjne><NIP>{seller}</NIP><Nazwa>{_SELLER_NAME}</Nazwa></DaneIdentyfikacyjne>
    <Adres><KodKraju>PL</KodKraju><AdresL1>ul. Wodna 3, 80-001 Gdańsk</AdresL1></Adres>
  </Podmiot1>
  <Podmiot2>
    <DaneIdentyfikacyjne><NIP>{BUYER}</NIP><Nazwa>{_BUYER_NAME}</Nazwa></DaneIdentyfikacyjne>
    <Adres><KodKraju>PL</KodKraju><AdresL1>ul. Polna 1, 00-001 Warszawa</AdresL1></Adres>
    <JST>2</JST>
    <GV>2</GV>
  </Podmiot2>
  <Fa>
    <KodWaluty>PLN</KodWaluty>
    <P_1>{issued}</P_1>
    <P_2>{number}</P_2>
    <P_13_1>{net}.00</P_13_1>
    <P_14_1>{vat}.00</P_14_1>
    <P_15>{net + vat}.00</P_15>
    <Adnotacje>
      <P_16>2</P_16>
      <P_17>2</P_17>
      <P_18>2</P_18>
      <P_18A>2</P_18A>
      <Zwolnienie><P_19N>1</P_19N></Zwolnienie>
      <NoweSrodkiTransportu><P_22N>1</P_22N></NoweSrodkiTransportu>
      <P_23>2</P_23>
      <PMarzy><P_PMarzyN>1</P_PMarzyN></PMarzy>
    </Adnotacje>
    <RodzajFaktury>VAT</RodzajFaktury>
    <FaWiersz>
      <NrWierszaFa>1</NrWierszaFa>
      <P_7>Mąka pszenna</P_7>
      <P_8A>worek</P_8A>
      <P_8B>1</P_8B>
      <P_9A>{net}.00</P_9A>
      <P_11>{net}.00</P_11>
      <P_12>{_RATE}</P_12>
    </FaWiersz>
  </Fa>
</Faktura>
""".encode()


def particulars_of(seller: str, ordinal: int) -> Particulars:
    """What can be read in such an invoice."""
    return _particulars(seller, ordinal % _AMOUNTS)


@lru_cache(maxsize=_AMOUNTS * 64)
def _particulars(seller: str, turn: int) -> Particulars:
    # Shared, because sessions of a million invoices are seeded.
    net = (turn + 1) * _STEP * 100
    vat = net * _RATE // 100
    return Particulars(
        type="Vat",
        seller=Participant("Nip", seller, _SELLER_NAME),
        buyer=Participant("Nip", BUYER, _BUYER_NAME),
        currency="PLN",
        net=net,
        vat=vat,
        gross=net + vat,
    )
