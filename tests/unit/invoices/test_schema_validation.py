"""Invoices against the official schemas, offline; and libxml2's sentences in readable words."""

import threading
from pathlib import Path

import pytest

from ksef_facade import (
    ConfigurationError,
    FormCode,
    IntegrityFailure,
    InvoiceChecker,
    InvoiceProblem,
    InvoiceSchemas,
    check_invoice_file,
    installed_schemas,
)
from ksef_facade.invoices.schema_validation import MOST_PROBLEMS, readable
from ksef_facade.schemas.catalogue import SETS
from ksef_facade.schemas.store import SchemaStore
from tests.unit.invoices.documents import OFFICIAL, WHY_SKIPPED, fa

SAMPLES = OFFICIAL / "samples"
needs_official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason=WHY_SKIPPED)
FA_3_ROOT = "schemat_FA(3)_v1-0E.xsd"


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> InvoiceSchemas:
    store = SchemaStore(tmp_path_factory.mktemp("schemas"))
    store.add_from(OFFICIAL / "xsd")
    return InvoiceSchemas(store)


def broken(content: bytes, schemas: InvoiceSchemas) -> list[InvoiceProblem]:
    found = check_invoice_file(content, schema=schemas)
    return [problem for problem in found if problem.code == "schema"]


def example(number: int = 1) -> bytes:
    return (SAMPLES / "fa3-mf" / f"FA_3_Przyklad_{number:02}.xml").read_bytes()


@needs_official
def test_every_schema_compiles_without_a_network(schemas: InvoiceSchemas) -> None:
    for known in SETS:
        schemas.compile(known.form_code)
        assert schemas.has(known.form_code)


@needs_official
def test_all_official_invoices_are_valid(schemas: InvoiceSchemas) -> None:
    checker = InvoiceChecker(schema=schemas)
    files = [*SAMPLES.glob("fa3-mf/*.xml"), *SAMPLES.glob("fa3-scenarios/*.xml")]
    assert len(files) == 38
    for path in files:
        report = checker.check(path)
        assert report.schema_checked
        assert report.errors == (), path.name


@needs_official
@pytest.mark.parametrize(
    ("template", "form_code"),
    [
        ("templates-csharp/invoice-template-fa-2.xml", FormCode.FA_2),
        ("templates-csharp/invoice-template-fa-rr-1.xml", FormCode.FA_RR_1),
        ("templates-csharp/invoice-template-fa-3-pef.xml", FormCode.PEF_3),
        ("templates-csharp/invoice-template-fa-3-pef-with-attachment.xml", FormCode.PEF_3),
        ("templates-csharp/invoice-template-fa-3-pef-correction.xml", FormCode.PEF_KOR_3),
    ],
)
def test_official_templates_of_the_other_forms_are_valid_once_filled_in(
    template: str, form_code: FormCode, schemas: InvoiceSchemas
) -> None:
    content = (SAMPLES / template).read_bytes()
    for name in (b"nip", b"buyer_nip", b"supplier_nip"):
        content = content.replace(b"#" + name + b"#", b"5265877635")
    for name in (b"issue_date", b"due_date", b"invoicing_date"):
        content = content.replace(b"#" + name + b"#", b"2026-11-20")
    report = InvoiceChecker(schema=schemas, offline=True).check(content)
    assert report.facts is not None
    assert report.facts.form_code == form_code
    assert report.schema_checked
    assert report.errors == ()


@needs_official
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"<KodWaluty>PLN", b"<KodWaluty>pln", "KodWaluty is 'pln': write AED, AFN, "),
        (b"<P_15>", b"<P_15>x", "P_15 is 'x"),
        (b"<P_1>", b"<P_0/><P_1>", "P_0 does not belong at this place: P_1 belongs there"),
        (b"<KodWaluty>PLN</KodWaluty>", b"", "P_1 does not belong at this place: KodWaluty "),
        (b"<WariantFormularza>3", b"<WariantFormularza>2", "WariantFormularza is '2'"),
        (b' kodSystemowy="FA (3)"', b"", "KodFormularza: The attribute 'kodSystemowy' is required"),
    ],
)
def test_breaks_are_told_with_line_and_without_namespaces(
    old: bytes, new: bytes, sentence: str, schemas: InvoiceSchemas
) -> None:
    content = example().replace(old, new, 1)
    assert content != example()
    [problem, *_] = broken(content, schemas)
    assert problem.message.startswith(sentence)
    assert "{" not in problem.message
    element = b"<" + sentence.split(" ")[0].rstrip(":").encode()
    assert problem.line == content[: content.index(element)].count(b"\n") + 1


@needs_official
def test_many_breaks_are_counted(schemas: InvoiceSchemas) -> None:
    row = example()[example().index(b"<FaWiersz>") : example().index(b"</FaWiersz>") + 11]
    wrong = row.replace(b"<P_7>", b"<P_7X>").replace(b"</P_7>", b"</P_7X>")
    spoilt = example().replace(row, b"\n".join([wrong] * 50))
    found = broken(spoilt, schemas)
    assert len(found) == MOST_PROBLEMS + 1
    assert "more places" in found[-1].message


@needs_official
def test_a_document_is_held_against_its_schema_in_many_threads_at_once(
    schemas: InvoiceSchemas,
) -> None:
    good, bad = example(), example().replace(b"<P_15>", b"<P_15>x")
    expected = {good: broken(good, schemas), bad: broken(bad, schemas)}
    seen: list[bool] = []

    def work(content: bytes) -> None:
        seen.extend(broken(content, schemas) == expected[content] for _ in range(20))

    threads = [threading.Thread(target=work, args=(content,)) for content in (good, bad) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 160


@needs_official
def test_a_changed_schema_is_refused_not_used(tmp_path: Path) -> None:
    store = SchemaStore(tmp_path)
    store.add_from(OFFICIAL / "xsd" / "FA")
    part = tmp_path / "ElementarneTypyDanych_v10-0E.xsd"
    part.write_bytes(part.read_bytes().replace(b"TNrNIP", b"TNrXIP"))
    with pytest.raises(IntegrityFailure, match="Elementarne"):
        check_invoice_file(example(), schema=InvoiceSchemas(store))


def test_without_an_installed_schema_nothing_is_held_against_it(tmp_path: Path) -> None:
    schemas = InvoiceSchemas(SchemaStore(tmp_path))
    report = InvoiceChecker(schema=schemas, offline=True).check(fa())
    assert (report.schema_checked, report.problems) == (False, ())
    assert not schemas.has(FormCode.FA_3)
    with pytest.raises(ConfigurationError, match="ksef schemas install"):
        schemas.compile(FormCode.FA_3)
    with pytest.raises(ConfigurationError, match="no schema for X"):
        schemas.compile(FormCode("X", "1", "X"))


def test_one_value_for_one_folder(tmp_path: Path) -> None:
    assert installed_schemas(tmp_path) is installed_schemas(tmp_path)
    assert installed_schemas(tmp_path) is not installed_schemas(tmp_path / "other")


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (
            "Element '{http://a/}P_X': This element is not expected. "
            "Expected is one of ( {http://a/}A, {urn:b}B ).",
            "P_X does not belong at this place: A or B belongs there",
        ),
        (
            "Element '{http://a/}X': This element is not expected.",
            "X does not belong at this place: remove it",
        ),
        (
            "Element 'Fa': Missing child element(s). Expected is ( {http://a/}P_1 ).",
            "Fa is incomplete: P_1 belongs there",
        ),
        (
            "Element '{http://a/}A': [facet 'pattern'] The value 'a'b' is not accepted by the "
            "pattern '\\d{2}'.",
            "A is 'a'b', which has not the form '\\d{2}': correct it",
        ),
        (
            "Element '{http://a/}A', attribute 'b': [facet 'enumeration'] The value 'x' is not an "
            "element of the set {'1', '2', '3'}.",
            "A/@b is 'x': write 1, 2 or 3",
        ),
        (
            "Element 'A': 'x' is not a valid value of the atomic type 'xs:date'.",
            "A is 'x', which is not valid (date): correct it",
        ),
        (
            "Element 'A': [facet 'maxLength'] The value has a length of '9'; this exceeds the "
            "allowed maximum length of '3'.",
            "A: The value has a length of '9'; this exceeds the allowed maximum length of '3': "
            "correct it",
        ),
        ("Something new\nof libxml2 {http://a/}b", "Something new of libxml2 b"),
    ],
)
def test_sentences_of_libxml2(message: str, sentence: str) -> None:
    assert readable(message) == sentence


def test_long_sentences_are_cut() -> None:
    assert len(readable("Element 'A': " + "x" * 10_000)) == 300
    value = f"The value '{'x' * 9999}' is not accepted by the pattern 'y'."
    assert len(readable(f"Element 'A': [facet 'pattern'] {value}")) < 200
