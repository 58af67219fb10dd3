"""The official samples, and a genuinely signed receipt of KSeF 1.0, read as facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksef_facade.upo.inspection import UpoFacts, inspect

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "upo"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="../shared/data is absent: the official UPO samples are there"
)

NAMESPACE = "http://upo.schematy.mf.gov.pl/KSeF/v4-3"
AUTHORITY = "Ministerstwo Finansów"
ZLOZONY = ("NipVatUe", "5265877635-ATU12345678")
INTERNAL = ("InternalId", "5265877635-12345")
NIP = ("Nip", "5265877635")
REFERENCE_A = "36950822-93-9D5A28BFDA-47C899773E-5C"
REFERENCE_B = "58550905-BD-D0587DA4A3-4AE171EDED-46"
LATER_INVOICE = "5265877635-20250916-0200A0D6723E-C2"


@needs_samples
@pytest.mark.parametrize(
    ("name", "session", "context"),
    [
        ("upo-sesja-kontekst-id-nip.xml", REFERENCE_A, NIP),
        ("upo-sesja-internal-id.xml", REFERENCE_B, INTERNAL),
        ("upo-sesja-id-zlozony-vat-ue.xml", REFERENCE_A, ZLOZONY),
    ],
)
def test_official_session_samples(name: str, session: str, context: tuple[str, str]) -> None:
    facts = inspect(SAMPLES / "v4-3" / name)
    assert facts == UpoFacts(
        namespace=NAMESPACE,
        version="v4-3",
        session_reference=session,
        authority="Ministerstwo Finansów - środowisko testowe (TE)",
        context_kind=context[0],
        context_value=context[1],
        form_code="FA (3)",
        page=1,
        pages=1,
        first=1,
        last=2,
        total=2,
        document_count=2,
    )
    assert facts.environment_name == "test"
    assert facts.is_session_page


@needs_samples
@pytest.mark.parametrize(
    ("name", "session", "context", "number"),
    [
        ("upo-faktura-kontekst-id-nip.xml", REFERENCE_A, NIP, LATER_INVOICE),
        (
            "upo-faktura-internal-id.xml",
            REFERENCE_B,
            INTERNAL,
            "5265877635-20250916-02000009FF3E-FB",
        ),
        ("upo-faktura-id-zlozony-vat-ue.xml", REFERENCE_A, ZLOZONY, LATER_INVOICE),
    ],
)
def test_official_invoice_samples(
    name: str, session: str, context: tuple[str, str], number: str
) -> None:
    facts = inspect(SAMPLES / "v4-3" / name)
    assert facts.session_reference == session
    assert (facts.context_kind, facts.context_value) == context
    assert (facts.document_count, facts.single_ksef_number) == (1, number)
    assert (facts.page, facts.pages, facts.first, facts.last, facts.total) == (None,) * 5
    assert not facts.is_session_page
    assert not facts.signed


@needs_samples
def test_an_older_sample_does_not_tell_its_environment() -> None:
    facts = inspect(SAMPLES / "v4-2" / "upo-sample-v4-2.xml")
    assert facts.version == "v4-2"
    assert facts.authority == AUTHORITY
    assert facts.environment_name is None
    assert facts.single_ksef_number == LATER_INVOICE


@needs_samples
@pytest.mark.parametrize("name", ["upo-v3-signed-verifies.xml", "upo-v3-signed-shape-only.xml"])
def test_a_signed_receipt_of_ksef_1_0_is_read(name: str) -> None:
    facts = inspect(SAMPLES / "v3-ksef1" / name)
    assert facts.version == "v3"
    assert facts.signed
    assert facts.session_reference == "20231111-SE-E8DDA726E2-F87F056923-EC"
    assert (facts.context_kind, facts.context_value) == ("Nip", "2932110194")
    assert facts.single_ksef_number == "2932110194-20231111-E3B49FA0E428-C4"


@needs_samples
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.xml")), ids=lambda path: path.name)
def test_a_file_and_its_bytes_say_the_same(path: Path) -> None:
    assert inspect(path) == inspect(path.read_bytes())
