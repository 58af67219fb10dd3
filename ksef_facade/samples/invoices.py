"""Invoices of a coffee roastery that does not exist, for `ksef demo` and for trying things out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from attrs import evolve

from ksef_facade.samples.fa3_document import Correction, Invoice, Line, Party

# Documented rule: the first nine digits, weighted, modulo 11 give the tenth; 10 makes no NIP.
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_NO_NIP = 10
# Any number will do; a fixed one makes every run of the demo show the same companies.
DEMO_SEED = 2026


def random_nip(random: Random) -> str:
    """A NIP with a right checksum that fits the contract's pattern; the same for the same seed."""
    while True:
        digits = [random.randint(1, 9) for _ in _NIP_WEIGHTS]
        check = sum(digit * weight for digit, weight in zip(digits, _NIP_WEIGHTS, strict=True)) % 11
        if check != _NO_NIP:
            return "".join(map(str, [*digits, check]))


def seller(random: Random) -> Party:
    """The roastery, with a NIP made from `random`."""
    name = "Palarnia Kawy Żółty Młynek sp. z o.o."
    return Party(random_nip(random), name, "ul. Łódzka 7", "20-128 Lublin")


def demo_invoices(seller: Party, issued: date, random: Random) -> list[Invoice]:
    """Six invoices: two sales, an advance, a supply to Germany, a correction, a repeated number.

    The last one has the number of the first, so that KSeF rejects it as a duplicate (status 440).
    """
    month = issued.strftime("%Y/%m")
    cafe = _company(random, "Kawiarnia Pod Zegarem Anna Wąs", "Rynek 3", "24-120 Kazimierz Dolny")
    office = _company(random, "Biuro Podróży Ścieżka S.A.", "ul. Polna 12", "00-622 Warszawa")
    hotel = _company(random, "Hotel Jaśmin sp. z o.o.", "ul. Zdrojowa 5", "57-540 Lądek-Zdrój")
    dealer = Party(
        "811234567", "Kaffeehaus Sonnenschein GmbH", "Lindenweg 9", "01067 Dresden", "DE"
    )
    sidamo = "Kawa ziarnista Etiopia Sidamo 1 kg"
    santos = "Kawa ziarnista Brazylia Santos 1 kg"

    first = Invoice(
        number=f"FV/{month}/001",
        issued=issued,
        seller=seller,
        buyer=cafe,
        lines=(
            Line(sidamo, "szt.", Decimal(24), Decimal("62.50")),
            Line("Młynek żarnowy, ostrzenie żaren", "usł.", Decimal(1), Decimal("180.00")),
        ),
    )
    return [
        first,
        evolve(
            first,
            number=f"FV/{month}/002",
            buyer=office,
            lines=(
                Line("Kawa mielona na wyjazd 250 g", "szt.", Decimal(40), Decimal("17.89")),
                Line("Przerwa kawowa dla 25 osób", "usł.", Decimal(1), Decimal("612.00"), "8"),
                Line("Rogale drożdżowe", "szt.", Decimal(50), Decimal("3.33"), "5"),
            ),
        ),
        evolve(
            first,
            number=f"ZAL/{month}/001",
            buyer=hotel,
            kind="ZAL",
            lines=(Line("Ekspres ciśnieniowy dwugrupowy", "szt.", Decimal(1), Decimal("8943.09")),),
        ),
        evolve(
            first,
            number=f"WDT/{month}/001",
            buyer=dealer,
            currency="EUR",
            lines=(Line(sidamo, "szt.", Decimal(120), Decimal("13.80"), "0 WDT"),),
        ),
        evolve(
            first,
            number=f"KOR/{month}/001",
            kind="KOR",
            lines=(Line(santos, "szt.", Decimal(8), Decimal("48.00")),),
            correction=Correction(
                number="17/2025",
                issued=issued - timedelta(days=400),
                reason="Zwrot dwóch uszkodzonych opakowań",
                lines=(Line(santos, "szt.", Decimal(10), Decimal("48.00")),),
            ),
        ),
        evolve(
            first,
            buyer=office,
            lines=(Line("Filtry papierowe, 100 sztuk", "op.", Decimal(6), Decimal("11.20")),),
        ),
    ]


def _company(random: Random, name: str, street: str, city: str) -> Party:
    return Party(random_nip(random), name, street, city)
