"""What the checks send besides plain invoices is valid by the official schemas."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from ksef_facade.samples.fa3_document import Invoice, Line, Party
from ksef_facade.samples.invoices import random_nip
from tests.contract.other_documents import (
    filled,
    peppol_correction,
    peppol_invoice,
    with_attachment,
)

SCHEMAS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "xsd"
# The schema of FA(3) imports the Ministry's base types from here; the pack holds them in a folder.
BASE_TYPES = "http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/"
RANDOM = Random(7)
INVOICE = Invoice(
    number="CT/1 & 2",
    issued=date(2026, 11, 20),
    seller=Party(random_nip(RANDOM), "Palarnia & Syn", "ul. Łódzka 7", "20-128 Lublin"),
    buyer=Party(random_nip(RANDOM), "Kawiarnia", "Rynek 3", "31-042 Kraków"),
    lines=(Line("Kawa ziarnista 1 kg", "szt.", Decimal(2), Decimal("62.50")),),
)
PLAIN = INVOICE.document(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
DOCUMENTS = {
    "Peppol invoice": ("PEF/Schemat_PEF(3)_v2-1.xsd", peppol_invoice(INVOICE)),
    "with an embedded document": (
        "PEF/Schemat_PEF(3)_v2-1.xsd",
        peppol_invoice(INVOICE, with_attachment=True),
    ),
    "Peppol correction": ("PEF/Schemat_PEF_KOR(3)_v2-1.xsd", peppol_correction(INVOICE, "CT/0")),
    "with an attachment": ("FA/schemat_FA(3)_v1-0E.xsd", with_attachment(PLAIN)),
    "a large one": ("FA/schemat_FA(3)_v1-0E.xsd", with_attachment(PLAIN, size=1_000_100)),
}


class Offline(etree.Resolver):
    def resolve(self, url: str, public_id: str, context: object) -> object:
        if url.startswith(BASE_TYPES):
            base = SCHEMAS / "FA" / "bazowe" / url.removeprefix(BASE_TYPES)
            return self.resolve_filename(str(base), context)
        return None


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_it_passes_the_official_schema_and_can_fail_it(kind: str) -> None:
    name, content = DOCUMENTS[kind]
    if not (SCHEMAS / name).is_file():
        pytest.skip(f"the official schema is not beside the project (../shared/data/xsd/{name})")
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(Offline())
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))
    schema.assertValid(etree.fromstring(content))
    assert not schema.validate(etree.fromstring(content.replace(b"2026-11-20", b"yesterday")))


def test_it_is_as_large_as_asked_for() -> None:
    assert len(filled(PLAIN, 1_000_100)) == 1_000_100
    assert len(with_attachment(PLAIN, size=3_000_100)) == 3_000_100
