"""Reading a UPO: the official samples, every version, and everything that is no UPO."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.errors import IntegrityFailure, NotAUpo
from ksef_facade.upo.inspection import UpoFacts, inspect, looks_like_html

SESSION = "20250925-SO-2F67776000-97273B191A-65"
NAMESPACE = "http://upo.schematy.mf.gov.pl/KSeF/v4-3"
AUTHORITY = "Ministerstwo Finansów"
SIGNATURE = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>'
)


def document(number: str = "5265877635-20250826-0100001AF629-AF") -> str:
    return (
        "<Dokument><NipSprzedawcy>5265877635</NipSprzedawcy>"
        f"<NumerKSeFDokumentu>{number}</NumerKSeFDokumentu><NumerFaktury>1</NumerFaktury></Dokument>"
    )


def upo(
    *,
    namespace: str = NAMESPACE,
    session: str = f"<NumerReferencyjnySesji>{SESSION}</NumerReferencyjnySesji>",
    authority: str = AUTHORITY,
    context: str = "<Nip>5265877635</Nip>",
    description: str = "",
    documents: str = document(),
    end: str = "",
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Potwierdzenie xmlns="{namespace}">'
        f"<NazwaPodmiotuPrzyjmujacego>{authority}</NazwaPodmiotuPrzyjmujacego>{session}"
        f"<Uwierzytelnienie><IdKontekstu>{context}</IdKontekstu></Uwierzytelnienie>"
        f"{description}<KodFormularza>FA (3)</KodFormularza>{documents}{end}</Potwierdzenie>"
    ).encode()


def description(page: str = "1", pages: str = "1", total: str = "1") -> str:
    return (
        f"<OpisPotwierdzenia><Strona>{page}</Strona><LiczbaStron>{pages}</LiczbaStron>"
        "<ZakresDokumentowOd>1</ZakresDokumentowOd><ZakresDokumentowDo>1</ZakresDokumentowDo>"
        f"<CalkowitaLiczbaDokumentow>{total}</CalkowitaLiczbaDokumentow></OpisPotwierdzenia>"
    )


@pytest.mark.parametrize("version", ["v3", "v4-1", "v4-2", "v4-3", "v4-10", "v5-0"])
def test_versions_not_known_yet_are_read(version: str) -> None:
    facts = inspect(upo(namespace=f"http://upo.schematy.mf.gov.pl/KSeF/{version}"))
    assert facts.version == version
    assert facts.session_reference == SESSION
    known = version in ("v4-3", "v4-10", "v5-0")
    assert facts.environment_name == ("prod" if known else None)


@pytest.mark.parametrize(
    ("authority", "environment"),
    [
        (AUTHORITY, "prod"),
        (f"{AUTHORITY} - środowisko testowe (TE)", "test"),
        (f"{AUTHORITY} - środowisko przedprodukcyjne (TR)", "demo"),
        (f"{AUTHORITY} - symulator (SYM)", "SYM"),
        ("", None),
    ],
)
def test_the_authority_tells_the_environment(authority: str, environment: str | None) -> None:
    assert inspect(upo(authority=authority)).environment_name == environment


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ("Nip", "Nip"),
        ("IdWewnetrzny", "InternalId"),
        ("IdZlozonyVatUE", "NipVatUe"),
        ("IdDostawcyUslugPeppol", "PeppolId"),
        ("IdNowy", "IdNowy"),
    ],
)
def test_the_context_has_the_contracts_name(element: str, kind: str) -> None:
    facts = inspect(upo(context=f"<{element}>\n  value\n</{element}>"))
    assert (facts.context_kind, facts.context_value) == (kind, "value")


def test_no_context_is_no_reason_to_refuse() -> None:
    facts = inspect(upo(context=""))
    assert (facts.context_kind, facts.context_value) == (None, None)


def test_prefixes_comments_and_unknown_elements_change_nothing() -> None:
    plain = inspect(upo(description=description()))
    changed = upo(description=description()).decode()
    for name in ("Potwierdzenie", "Dokument", "NumerKSeFDokumentu", "Strona", "Nip"):
        changed = changed.replace(f"<{name}>", f"<{name}><!-- x --><?y z?>")
    changed = changed.replace("</Potwierdzenie>", "<Nowy><Strona>7</Strona></Nowy></Potwierdzenie>")
    assert inspect(changed.encode()) == plain
    prefixed = upo(description=description()).decode().replace("xmlns=", "xmlns:u=")
    prefixed = prefixed.replace("</", "\0").replace("<?", "\1").replace("<", "<u:")
    prefixed = prefixed.replace("\0", "</u:").replace("\1", "<?")
    assert inspect(prefixed.encode()) == plain


def test_other_encodings_are_read() -> None:
    text = upo(authority="Ministerstwo Finansów").decode().replace("utf-8", "utf-16")
    assert inspect(text.encode("utf-16")) == inspect(upo())
    assert inspect(b"\xef\xbb\xbf" + upo()) == inspect(upo())


def test_only_a_signature_of_the_receipt_itself_counts() -> None:
    assert inspect(upo(end=SIGNATURE)).signed
    assert not inspect(upo(documents=document() + f"<Nowy>{SIGNATURE}</Nowy>")).signed


def test_elements_of_other_namespaces_are_no_facts() -> None:
    other = '<Strona xmlns="urn:x">9</Strona>'
    extra = (
        '<x:Dokument xmlns:x="urn:x"/><Dokument xmlns=""/>'
        f'<x:OpisPotwierdzenia xmlns:x="urn:x">{other}</x:OpisPotwierdzenia>'
        f"<Nowy>{document()}{description('9')}</Nowy>"
    )
    facts = inspect(upo(end=extra))
    assert (facts.document_count, facts.page) == (1, None)


def test_the_number_is_told_only_of_a_single_document() -> None:
    first, second = "5265877635-20250826-0100001AF629-AF", "5265877635-20250916-0200A0D6723E-C2"
    facts = inspect(upo(documents=document(first) + document(second), description=description()))
    assert (facts.document_count, facts.single_ksef_number) == (2, None)
    assert inspect(upo(documents=document(second))).single_ksef_number == second
    assert inspect(upo(documents="")).document_count == 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        (" 7\n", 7),
        ("+7", 7),
        ("007", 7),
        ("0", None),
        ("-1", None),
        ("x", None),
        ("", None),
    ],
)
def test_a_number_that_is_none_is_left_out(text: str, number: int | None) -> None:
    assert inspect(upo(description=description(page=text))).page == number


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"<html><body>Incapsula incident</body></html>", "is an HTML page"),
        (b"\n<!DOCTYPE html>\n<html lang=pl></html>", "is an HTML page"),
        (b"<!DOCTYPE Potwierdzenie><Potwierdzenie/>", "has a DOCTYPE"),
        (b'{"status": {"code": 429}}', "is not well-formed XML"),
        (b"%PDF-1.7", "is not well-formed XML"),
        (upo()[:-1], "is not well-formed XML"),
        (upo() + b"<more/>", "is not well-formed XML"),
        (upo(documents="&amount;"), "is not well-formed XML"),
        (b"<Potwierdzenie/>", "root element is 'Potwierdzenie'"),
        (b'<Potwierdzenie xmlns="urn:x"/>', "root element is '{urn:x}Potwierdzenie'"),
        (upo().replace(b"Potwierdzenie", b"Faktura"), r"KSeF/v4-3}Faktura'"),
        (upo(namespace=NAMESPACE + "/x"), "root element is"),
        (upo(session=""), "has no NumerReferencyjnySesji"),
        (upo(session="<NumerReferencyjnySesji/>"), "has no NumerReferencyjnySesji"),
        (
            upo(end=f"<NumerReferencyjnySesji>{SESSION}</NumerReferencyjnySesji>"),
            "has more than one NumerReferencyjnySesji",
        ),
        (upo(description=description() * 2), "has more than one OpisPotwierdzenia/Strona"),
        (
            upo(context="<Nip>1</Nip><IdWewnetrzny>2</IdWewnetrzny>"),
            "more than one Uwierzytelnienie/IdKontekstu",
        ),
    ],
)
def test_what_is_no_upo_is_refused_with_the_reason(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(content)
    for source in (content, path):
        with pytest.raises(NotAUpo) as refusal:
            inspect(source)
        assert reason in str(refusal.value)
        assert len(str(refusal.value)) < 400
    assert issubclass(NotAUpo, IntegrityFailure)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "subset",
    [
        '[<!ENTITY x SYSTEM "file:///etc/passwd">]',
        '[<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]',
        'SYSTEM "http://localhost:9/x.dtd"',
    ],
)
def test_a_doctype_is_refused_before_it_can_do_anything(subset: str, encoding: str) -> None:
    text = upo(authority="&x;").decode().replace("utf-8", encoding)
    text = text.replace("?>", f"?><!DOCTYPE Potwierdzenie {subset}>", 1)
    with pytest.raises(NotAUpo, match="has a DOCTYPE"):
        inspect(text.encode(encoding))


def test_endless_nesting_and_endless_texts_are_refused_or_cut() -> None:
    deep = "<a>" * 100_000
    with pytest.raises(NotAUpo, match="not well-formed XML"):
        inspect(upo(end=deep))
    authority = inspect(upo(authority="M" * 100_000)).authority
    assert authority is not None
    assert len(authority) <= 512


def test_memory_does_not_grow_with_the_document(tmp_path: Path) -> None:
    inspect(upo())  # what the parser needs once is not counted
    path = tmp_path / "upo.xml"
    count = 10_000
    path.write_bytes(upo(description=description(total=str(count)), documents=document() * count))
    tracemalloc.start()
    try:
        facts = inspect(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert facts.document_count == facts.total == count
    assert peak < 1_000_000


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused_as_no_upo(content: bytes) -> None:
    with pytest.raises(NotAUpo):
        inspect(content)


@given(st.data())
def test_a_damaged_upo_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(upo(description=description()))
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(content) - 1))
        content[position] = data.draw(st.integers(0, 255))
    outcome: UpoFacts | NotAUpo
    try:
        outcome = inspect(bytes(content))
    except NotAUpo as refusal:
        outcome = refusal
    if isinstance(outcome, UpoFacts):
        assert outcome.session_reference
        assert outcome.namespace.endswith(outcome.version)
    else:
        assert str(outcome).isprintable()


@pytest.mark.parametrize(
    "prefix",
    [
        b"<html>",
        b"\xef\xbb\xbf \r\n<HTML lang='pl'>",
        b"<!doctype HTML>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
        b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
        b"<!-- firewall --><head><title>Request rejected</title>",
        b"<script src=/x></script>",
    ],
)
def test_web_pages_are_recognised(prefix: bytes) -> None:
    assert looks_like_html(prefix)


@pytest.mark.parametrize(
    "prefix",
    [
        b"",
        b"{}",
        b"<?xml",
        b"<Error><Code>AuthenticationFailed</Code></Error>",
        upo(),
        b"<htmlish>",
    ],
)
def test_other_bodies_are_no_web_pages(prefix: bytes) -> None:
    assert not looks_like_html(prefix)


def test_importing_costs_no_lxml() -> None:
    code = "import sys, ksef_facade.upo.inspection; sys.exit('lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
