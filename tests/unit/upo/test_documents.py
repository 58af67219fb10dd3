"""Reading a whole UPO: header, every invoice, what is not known, and nothing kept in memory."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ksef_facade.errors import NotAUpo
from ksef_facade.upo import UpoEntry, read_upo

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "upo"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="../shared/data is absent: the official UPO samples are there"
)
SESSION = "20250925-SO-2F67776000-97273B191A-65"
NUMBER = "5265877635-20250826-0100001AF629-AF"
HASH = "jli86Kp2Kw7jppX59P8VmjWRcwLTvsPK3DcPEB87mNk="
DOCUMENT = (
    f"<Dokument><NipSprzedawcy>5265877635</NipSprzedawcy><NumerKSeFDokumentu>{NUMBER}"
    "</NumerKSeFDokumentu><NumerFaktury>FA/1 &amp; 2</NumerFaktury>"
    "<DataWystawieniaFaktury>2025-08-26Z</DataWystawieniaFaktury>"
    "<DataPrzeslaniaDokumentu>2025-08-26T11:10:27.710+02:00</DataPrzeslaniaDokumentu>"
    "<DataNadaniaNumeruKSeF>2025-08-26T09:10:28Z</DataNadaniaNumeruKSeF>"
    f"<SkrotDokumentu>{HASH}</SkrotDokumentu><TrybWysylki>Offline</TrybWysylki></Dokument>"
)
ENTRY = UpoEntry(
    seller_nip="5265877635",
    ksef_number=NUMBER,
    invoice_number="FA/1 & 2",
    issue_date=date(2025, 8, 26),
    sent_at=datetime(2025, 8, 26, 11, 10, 27, 710_000, timezone(timedelta(hours=2))),
    acquired_at=datetime(2025, 8, 26, 9, 10, 28, tzinfo=UTC),
    invoice_hash=HASH,
    mode="Offline",
)


def upo(
    documents: str = DOCUMENT, before: str = "", after: str = "", version: str = "v4-3"
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Potwierdzenie '
        f'xmlns="http://upo.schematy.mf.gov.pl/KSeF/{version}" wersjaSchemy="1-0">'
        "<NazwaPodmiotuPrzyjmujacego>Ministerstwo Finansów - środowisko testowe (TE)"
        f"</NazwaPodmiotuPrzyjmujacego><NumerReferencyjnySesji>{SESSION}</NumerReferencyjnySesji>"
        "<Uwierzytelnienie><IdKontekstu><Nip>5265877635</Nip></IdKontekstu>"
        "<NumerReferencyjnyTokenaKSeF>T</NumerReferencyjnyTokenaKSeF></Uwierzytelnienie>"
        "<OpisPotwierdzenia><Strona>2</Strona><LiczbaStron>3</LiczbaStron><ZakresDokumentowOd>11"
        "</ZakresDokumentowOd><ZakresDokumentowDo>20</ZakresDokumentowDo>"
        "<CalkowitaLiczbaDokumentow>25</CalkowitaLiczbaDokumentow></OpisPotwierdzenia>"
        "<NazwaStrukturyLogicznej>Schemat_FA(3)_v1-0E.xsd</NazwaStrukturyLogicznej>"
        f"<KodFormularza>FA (3)</KodFormularza>{before}{documents}{after}</Potwierdzenie>"
    ).encode()


def test_every_fact_of_a_page_is_read() -> None:
    document = read_upo(upo())
    assert document.version == "v4-3"
    assert document.environment_name == "test"
    assert document.session_reference == SESSION
    assert (document.context_kind, document.context_value) == ("Nip", "5265877635")
    assert (document.auth_token_reference, document.auth_document_hash) == ("T", None)
    numbers = (document.page, document.pages, document.first, document.last, document.total)
    assert numbers == (2, 3, 11, 20, 25)
    assert (document.structure_name, document.form_code) == ("Schemat_FA(3)_v1-0E.xsd", "FA (3)")
    assert document.document_count == 1
    assert document.is_session_page
    assert not document.signed
    assert list(document.documents()) == [ENTRY]
    assert list(document.documents()) == [ENTRY], "each call starts anew"


@pytest.mark.parametrize("version", ["v4-2", "v4-4", "v5-0"])
def test_other_versions_are_read(version: str) -> None:
    document = read_upo(upo(version=version))
    assert document.version == version
    assert list(document.documents()) == [ENTRY]


def test_one_walk_gives_everything() -> None:
    entries: list[UpoEntry] = []
    assert read_upo(upo(DOCUMENT * 3), on_entry=entries.append).document_count == 3
    assert entries == [ENTRY] * 3


@pytest.mark.parametrize(
    "change",
    [
        ("<TrybWysylki>", '<TrybWysylki a="1">'),
        ("<Dokument>", '<Dokument a="1">'),
        ("Offline<", "Offline<b/><"),
        (NUMBER, ""),
        ("FA/1 &amp; 2", "F" * 600),
        ("T11:10:27.710+02:00", "T11:10:27.710"),
    ],
)
def test_an_unusual_invoice_is_read_as_far_as_it_can_be(change: tuple[str, str]) -> None:
    [entry] = read_upo(upo(DOCUMENT.replace(*change))).documents()
    assert entry != ENTRY
    assert entry.invoice_hash == HASH


def test_what_is_not_known_is_kept() -> None:
    document = read_upo(
        upo(
            DOCUMENT.replace("<TrybWysylki>", '<Nowy waga="2"><A>x</A></Nowy><TrybWysylki>') * 2,
            before="<Przed>1</Przed>",
            after='<x:Po xmlns:x="urn:x">2</x:Po>',
        )
    )
    assert document.extras == (
        ("Przed", "1"),
        ("{urn:x}Po", "2"),
        ("@wersjaSchemy", "1-0"),
    )
    kept = (("Nowy/@waga", "2"), ("Nowy/A", "x"))
    assert [entry.extras for entry in document.documents()] == [kept, kept]


def test_what_cannot_be_read_is_kept_as_it_stands() -> None:
    broken = DOCUMENT.replace("2025-08-26Z", "26.08.2025").replace("T09:10:28Z", " noon")
    [entry] = read_upo(upo(broken)).documents()
    assert (entry.issue_date, entry.acquired_at) == (None, None)
    assert entry.extras == (
        ("DataWystawieniaFaktury", "26.08.2025"),
        ("DataNadaniaNumeruKSeF", "2025-08-26 noon"),
    )


def test_a_second_number_is_kept_beside_the_first() -> None:
    twice = DOCUMENT.replace(
        "<NumerFaktury>", "<NumerKSeFDokumentu>X</NumerKSeFDokumentu><NumerFaktury>"
    )
    [entry] = read_upo(upo(twice)).documents()
    assert entry.ksef_number == NUMBER
    assert entry.extras == (("NumerKSeFDokumentu", "X"),)


def test_a_comment_cuts_no_text() -> None:
    """A signature does not cover comments, so that they must not change what is read."""
    content = upo().replace(NUMBER.encode(), f"{NUMBER[:10]}<!-- x --><?y?>{NUMBER[10:]}".encode())
    assert list(read_upo(content).documents()) == [ENTRY]


def test_documents_elsewhere_are_none() -> None:
    inner = f"<Nowy>{DOCUMENT}</Nowy>"
    document = read_upo(upo(DOCUMENT + inner, after='<Dokument xmlns="urn:x">1</Dokument>'))
    assert document.document_count == 1
    assert list(document.documents()) == [ENTRY]
    assert ("{urn:x}Dokument", "1") in document.extras
    assert ("Nowy/Dokument/NumerKSeFDokumentu", NUMBER) in document.extras


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"<html></html>", "HTML page"),
        (b"<!DOCTYPE Potwierdzenie><Potwierdzenie/>", "DOCTYPE"),
        (b"<Potwierdzenie/>", "root element"),
        (b"<a/>", "root element"),
        (b"<a>" + b"<b/>" * 500_000 + b"</a>", "does not begin as a UPO"),
        (upo()[:-1], "not well-formed"),
        (upo("&x;"), "not well-formed"),
        (upo().replace(SESSION.encode(), b""), "has no NumerReferencyjnySesji"),
        (upo(after="<KodFormularza>FA (2)</KodFormularza>"), "more than one KodFormularza"),
    ],
)
def test_what_is_no_upo_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(NotAUpo, match=reason):
        read_upo(content)


def test_memory_does_not_grow_with_the_page(tmp_path: Path) -> None:
    path = tmp_path / "upo.xml"
    path.write_bytes(upo(DOCUMENT * 10_000))
    list(read_upo(upo()).documents())  # what the parser needs once is not counted
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_upo(path).documents())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 10_000
    assert peak < 1_000_000


@needs_samples
def test_a_signed_receipt_of_ksef_1_0() -> None:
    document = read_upo(SAMPLES / "v3-ksef1" / "upo-v3-signed-verifies.xml")
    assert document.signed
    [entry] = document.documents()
    assert entry.ksef_number == "2932110194-20231111-E3B49FA0E428-C4"
    assert entry.acquired_at is not None
    assert entry.seller_nip is None


@needs_samples
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("v4-*/*.xml")), ids=lambda path: path.name)
def test_official_samples_are_read_whole(path: Path) -> None:
    document = read_upo(path)
    entries = list(document.documents())
    assert len(entries) == document.document_count == (document.total or 1)
    assert not document.extras
    for entry in entries:
        assert not entry.extras
        assert entry.seller_nip == "5265877635"
        assert None not in (entry.ksef_number, entry.issue_date, entry.sent_at, entry.acquired_at)
        assert (entry.mode is None) == (document.version == "v4-2")
