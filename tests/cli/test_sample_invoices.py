"""The demo's invoices are what a shop would send: right sums, valid by the official schema."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from ksef_facade import identifiers
from ksef_facade.samples.fa3_document import NAMESPACE, Invoice
from ksef_facade.samples.invoices import DEMO_SEED, demo_invoices, random_nip, seller

SCHEMAS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "xsd" / "FA"
# The schema imports the Ministry's base types from here; the pack holds them in one folder.
BASE_TYPES = "http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/"
MADE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


class Offline(etree.Resolver):
    def resolve(self, url: str, public_id: str, context: object) -> object:
        if url.startswith(BASE_TYPES):
            return self.resolve_filename(
                str(SCHEMAS / "bazowe" / url.removeprefix(BASE_TYPES)), context
            )
        return None


@pytest.fixture(scope="module")
def fa3_schema() -> etree.XMLSchema:
    found = [
        path
        for path in sorted(SCHEMAS.glob("**/*.xsd"))
        if f'targetNamespace="{NAMESPACE}"' in path.read_text(encoding="utf-8")
    ]
    if not found:
        pytest.skip("the official FA(3) schema is not beside the project (../shared/data/xsd)")
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(Offline())
    return etree.XMLSchema(etree.parse(str(found[0]), parser))


def invoices() -> list[Invoice]:
    random = Random(DEMO_SEED)
    return demo_invoices(seller(random), date(2026, 11, 20), random)


@pytest.mark.parametrize("position", range(6))
def test_passes_the_official_schema(fa3_schema: etree.XMLSchema, position: int) -> None:
    document = etree.fromstring(invoices()[position].document(MADE))
    fa3_schema.assertValid(document)


def test_the_schema_check_can_fail(fa3_schema: etree.XMLSchema) -> None:
    document = invoices()[0].document(MADE).replace(b"<P_15>", b"<P_15>PLN ")
    assert not fa3_schema.validate(etree.fromstring(document))


def test_kinds_and_numbers() -> None:
    made = invoices()
    assert [invoice.kind for invoice in made] == ["VAT", "VAT", "ZAL", "VAT", "KOR", "VAT"]
    numbers = [invoice.number for invoice in made]
    assert len(set(numbers)) == 5
    assert numbers[0] == numbers[-1]


def test_totals_are_summed_by_rate() -> None:
    mixed = invoices()[1]
    assert mixed.totals == {
        "23": (Decimal("715.60"), Decimal("164.59")),
        "8": (Decimal("612.00"), Decimal("48.96")),
        "5": (Decimal("166.50"), Decimal("8.33")),
    }
    assert mixed.gross == Decimal("1715.98")


def test_a_correction_states_the_difference() -> None:
    correction = invoices()[4]
    assert correction.totals == {"23": (Decimal("-96.00"), Decimal("-22.08"))}
    assert correction.gross == Decimal("-118.08")


def test_document_is_utf8_without_bom_or_processing_instructions() -> None:
    document = invoices()[0].document(MADE)
    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<Faktura ")
    assert document.count(b"<?") == 1
    assert "Żółty Młynek".encode() in document


def test_the_same_seed_makes_the_same_companies() -> None:
    assert [invoice.buyer for invoice in invoices()] == [invoice.buyer for invoice in invoices()]


def test_random_nips_are_valid_and_differ() -> None:
    random = Random(1)
    made = [random_nip(random) for _ in range(500)]
    assert len(set(made)) == 500
    assert [identifiers.Nip.parse(nip) for nip in made] == made
