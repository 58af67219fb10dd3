"""UPO documents as a test wants them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[5] / "shared" / "data" / "upo"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="../shared/data is absent: the official UPO samples are there"
)
SAMPLE_NAMES = (
    "v4-3/upo-sesja-kontekst-id-nip.xml",
    "v4-3/upo-sesja-internal-id.xml",
    "v4-3/upo-sesja-id-zlozony-vat-ue.xml",
    "v4-3/upo-faktura-kontekst-id-nip.xml",
    "v4-3/upo-faktura-internal-id.xml",
    "v4-3/upo-faktura-id-zlozony-vat-ue.xml",
    "v4-2/upo-sample-v4-2.xml",
    "v3-ksef1/upo-v3-signed-verifies.xml",
)
SESSION = "20260925-SO-2F67776000-97273B191A-65"
PANGRAM = "zażółć gęślą jaźń"
HEAD_OF_PAGE = (
    "<OpisPotwierdzenia><Strona>1</Strona><LiczbaStron>1</LiczbaStron>"
    "<ZakresDokumentowOd>1</ZakresDokumentowOd><ZakresDokumentowDo>{count}</ZakresDokumentowDo>"
    "<CalkowitaLiczbaDokumentow>{count}</CalkowitaLiczbaDokumentow></OpisPotwierdzenia>"
)


def invoice_hash(number: int) -> str:
    """A hash as the documents have it."""
    return b64encode(hashlib.sha256(str(number).encode()).digest()).decode()


def ksef_number(number: int) -> str:
    """A number in the shape of a KSeF number."""
    return f"5265877635-20260916-{number:012X}-84"


def session_page(numbers: list[str], *, extra: str = "", authority: str = "") -> bytes:
    """A page of a session's UPO with an invoice of each number; `extra` is XML in each of them."""
    return _document(numbers, HEAD_OF_PAGE.format(count=len(numbers)), extra, authority)


def invoice_upo(number: str, *, extra: str = "", authority: str = "") -> bytes:
    """The UPO of one invoice."""
    return _document([number], "", extra, authority)


def _document(numbers: list[str], head: str, extra: str, authority: str) -> bytes:
    documents = "".join(
        "<Dokument><NipSprzedawcy>5265877635</NipSprzedawcy>"
        f"<NumerKSeFDokumentu>{ksef_number(place)}</NumerKSeFDokumentu>"
        f"<NumerFaktury>{escape(number)}</NumerFaktury>"
        "<DataWystawieniaFaktury>2026-09-16</DataWystawieniaFaktury>"
        f"<DataPrzeslaniaDokumentu>2026-09-16T11:29:41.{place % 1000:03}+02:00</DataPrzeslaniaDokumentu>"
        "<DataNadaniaNumeruKSeF>2026-09-16T11:30:41.824+02:00</DataNadaniaNumeruKSeF>"
        f"<SkrotDokumentu>{invoice_hash(place)}</SkrotDokumentu>"
        f"<TrybWysylki>Online</TrybWysylki>{extra}</Dokument>"
        for place, number in enumerate(numbers)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<Potwierdzenie xmlns="http://upo.schematy.mf.gov.pl/KSeF/v4-3">'
        f"<NazwaPodmiotuPrzyjmujacego>Ministerstwo Finansów{escape(authority)}"
        f"</NazwaPodmiotuPrzyjmujacego><NumerReferencyjnySesji>{SESSION}</NumerReferencyjnySesji>"
        "<Uwierzytelnienie><IdKontekstu><Nip>5265877635</Nip></IdKontekstu>"
        "<NumerReferencyjnyTokenaKSeF>20260819-EC-1ECDD12000-5EE71AE5E3-B7"
        f"</NumerReferencyjnyTokenaKSeF></Uwierzytelnienie>{head}"
        "<NazwaStrukturyLogicznej>Schemat_FA(3)_v1-0E.xsd</NazwaStrukturyLogicznej>"
        f"<KodFormularza>FA (3)</KodFormularza>{documents}</Potwierdzenie>"
    ).encode()


def texts(content: bytes) -> list[str]:
    """Every text of the elements of a UPO but the signature's, times as they are shown."""
    from lxml import etree

    root = etree.fromstring(content)
    found = []
    for element in root.iter(f"{{{etree.QName(root).namespace}}}*"):
        text = (element.text or "").strip()
        if text and not len(element):
            found += text.split("T", 1) if "T" in text and text[4:5] == "-" else [text]
    return [text.replace("+0", " +0") if text[2:3] == ":" else text for text in found]
