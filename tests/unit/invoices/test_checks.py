"""Every code of a problem: the break that leads to it, its severity, its place, and what does not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade import (
    ConfigurationError,
    FormCode,
    InvoiceChecker,
    InvoiceLimits,
    InvoiceProblem,
    check_invoice_file,
)
from ksef_facade.invoices.problems import CODES
from ksef_facade.logins.contexts import Context
from tests.unit.invoices.documents import (
    BUYER,
    FA_2,
    FA_3,
    FA_RR,
    OFFICIAL,
    OTHER,
    SELLER,
    WHY_SKIPPED,
    fa,
    fa_rr,
    ubl,
)

# Noon in Poland on the day that the documents are of.
NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
WRONG_CHECKSUM = "1234567890"


def check(content: bytes, **settings: Any) -> list[InvoiceProblem]:
    return list(check_invoice_file(content, **{"now": NOW, **settings}))


def codes(content: bytes, **settings: Any) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in check(content, **settings)]


def nip(value: str) -> Context:
    return Context("Nip", value)


def authorised(number: str) -> str:
    identity = f"<DaneIdentyfikacyjne><NIP>{number}</NIP></DaneIdentyfikacyjne>"
    return f"<PodmiotUpowazniony>{identity}<RolaPU>3</RolaPU></PodmiotUpowazniony>"


def third(inside: str) -> str:
    return f"<Podmiot3><DaneIdentyfikacyjne>{inside}</DaneIdentyfikacyjne></Podmiot3>"


@pytest.mark.parametrize("content", [fa(), fa_rr(), ubl(), ubl("CreditNote")])
def test_good_invoices(content: bytes) -> None:
    seller_is_who_logs_in = nip(BUYER if b"FakturaRR" in content else SELLER)
    assert check(content, context=seller_is_who_logs_in, environment="prod", mode="online") == []


BROKEN: list[tuple[str, bytes, dict[str, Any], int | None]] = [
    ("empty", b"", {}, None),
    ("bom", b"\xef\xbb\xbf" + fa(), {}, None),
    ("encoding", fa().replace(b"FV/1", b"\xa3"), {}, 12),
    ("encoding-declaration", fa(prolog='<?xml version="1.0" encoding="ISO-8859-2"?>'), {}, 1),
    ("xml-version", fa(prolog='<?xml version="1.1"?>'), {}, 1),
    ("doctype", fa(prolog="<!DOCTYPE Faktura>"), {}, 1),
    ("processing-instruction", fa(end="<?print now?>"), {}, 16),
    ("forbidden-character", fa(number="FV\x85\x9f1"), {}, 12),
    ("forbidden-character", fa(number="FV&#x9f;1"), {}, 12),
    ("not-well-formed", fa(end="<a></b>"), {}, 16),
    ("too-large", fa(end=" " * 1_000_000), {}, None),
    ("too-large", fa(end="<Zalacznik/>" + " " * 3_000_000), {}, None),
    ("too-large", fa(), {"limits": InvoiceLimits(without_attachment=100)}, None),
    ("unknown-namespace", fa(namespace="urn:x"), {}, 2),
    ("unknown-namespace", b"<html/>", {}, 1),
    ("unknown-namespace", f"<Invoice xmlns='{FA_3}'/>".encode(), {}, 1),
    ("form-code", fa(system_code="FA (2)"), {}, 4),
    ("form-code", fa(system_code="FA(3)"), {}, 4),
    ("form-code", fa(version="1-1E"), {}, 4),
    ("form-code", fa().replace(b">FA<", b">FB<"), {}, 4),
    ("form-code", fa(namespace=FA_2), {}, 4),
    ("session-form-code", fa(), {"form_code": FormCode.FA_RR_1}, 4),
    ("session-form-code", ubl(), {"form_code": FormCode.PEF_KOR_3}, None),
    ("form-not-accepted", fa(namespace=FA_2, system_code="FA (2)"), {"environment": "prod"}, 4),
    ("form-not-accepted", fa(namespace=FA_2, system_code="FA (2)"), {"environment": "demo"}, 4),
    ("missing-element", fa(number=""), {}, None),
    ("missing-element", fa(kind=" "), {}, None),
    ("missing-element", fa(issued=""), {}, None),
    ("missing-element", fa(seller=""), {}, None),
    ("missing-element", fa().replace(b"KodFormularza", b"Kod"), {}, None),
    ("missing-element", ubl().replace(b"PEF/3", b""), {}, None),
    ("number-too-long", fa(number="1" * 257), {}, 12),
    ("creation-time", fa(made="2025-08-31T23:59:59Z"), {}, 5),
    ("creation-time", fa(made="2025-09-01T00:30:00+01:00"), {}, 5),
    ("creation-time", fa(made="2050-01-02T00:00:00"), {}, 5),
    ("creation-time", fa(made="now"), {}, 5),
    ("issue-date", fa(issued="20.11.2026"), {}, 11),
    ("issue-date-future", fa(issued="2026-11-21"), {}, 11),
    ("invalid-nip", fa(seller="526-587-76-35"), {}, 7),
    ("invalid-nip", fa(buyer="PL1111111111"), {}, 8),
    ("invalid-nip", fa(buyer="0000000000"), {}, 8),
    ("invalid-nip", fa(parties=third("<IDWew>1234</IDWew>")), {}, 9),
    ("invalid-nip", ubl(seller="DE123456789"), {}, 14),
    ("nip-checksum", fa(seller=WRONG_CHECKSUM), {"environment": "prod"}, 7),
    ("nip-checksum", fa(parties=third(f"<IDWew>{WRONG_CHECKSUM}-12345</IDWew>")), {"environment": "prod"}, 9),
    ("nip-checksum", fa(parties=authorised(WRONG_CHECKSUM)), {"environment": "prod"}, 9),
    ("attachment-online", fa(end="<Zalacznik/>"), {"mode": "online"}, None),
    ("seller-context", fa(), {"context": nip(OTHER)}, 7),
    ("seller-context", ubl(), {"context": nip(OTHER)}, 14),
]  # fmt: skip


@pytest.mark.parametrize(("code", "content", "settings", "line"), BROKEN)
def test_each_break_is_one_error_with_its_place(
    code: str, content: bytes, settings: dict[str, Any], line: int | None
) -> None:
    [problem] = check(content, **settings)
    assert (problem.code, problem.severity, problem.line) == (code, "error", line)
    assert str(problem).endswith(problem.message)
    assert str(problem).startswith(problem.place)
    assert (f"line {line}" in problem.place) == (line is not None)
    # One sentence: what is wrong, then what to do or what is right.
    assert problem.message.count(": ") >= 1
    assert problem.message.count("\n") == 0
    assert len(problem.message) < 400


def test_every_code_is_documented_and_every_documented_code_can_happen() -> None:
    tested_elsewhere = {"duplicate-number", "issue-date-past", "same-bytes", "schema"}
    assert {code for code, *_ in BROKEN} | tested_elsewhere == set(CODES)


@pytest.mark.parametrize(
    ("content", "settings", "code"),
    [
        (fa(issued="2026-11-19"), {}, "issue-date-past"),
        (fa(seller=WRONG_CHECKSUM), {}, "nip-checksum"),
        (fa(seller=WRONG_CHECKSUM), {"environment": "demo"}, "nip-checksum"),
        # The context is a party, but the invoice does not say that this party issued it.
        (fa(), {"context": nip(BUYER)}, "seller-context"),
        (fa(parties=third(f"<NIP>{OTHER}</NIP>")), {"context": nip(OTHER)}, "seller-context"),
        (
            fa(parties=third(f"<IDWew>{OTHER}-12345</IDWew>")),
            {"context": Context("InternalId", f"{OTHER}-12345")},
            "seller-context",
        ),
    ],
)
def test_what_may_be_meant_is_a_warning(
    content: bytes, settings: dict[str, Any], code: str
) -> None:
    assert codes(content, **settings) == [(code, "warning")]


@pytest.mark.parametrize(
    ("content", "context"),
    [
        (fa(), nip(SELLER)),
        (fa(), Context("InternalId", f"{SELLER}-12345")),
        (fa(), Context("NipVatUe", f"{SELLER}-DE123456789")),
        (fa(self_invoicing="1"), nip(BUYER)),
        (fa(parties=authorised(OTHER)), nip(OTHER)),
        (fa_rr(), nip(BUYER)),
        (ubl(), Context("PeppolId", "PPL123456")),
        (ubl(type_code="389"), nip(BUYER)),
        # Reported as missing, not as another's.
        (fa(seller=""), nip(OTHER)),
    ],
)
def test_contexts_that_may_issue(content: bytes, context: Context) -> None:
    assert "seller-context" not in dict(codes(content, context=context))


@pytest.mark.parametrize(
    ("content", "settings"),
    [
        (fa(issued="2026-11-19"), {"offline": True}),
        # Half past eleven in the evening in UTC is the next day in Poland.
        (fa(issued="2026-11-21"), {"now": datetime(2026, 11, 20, 23, 30, tzinfo=UTC)}),
        (fa(made="2025-09-01T00:00:00"), {}),
        (fa(number="1" * 256), {}),
        (fa(namespace=FA_2, system_code="FA (2)"), {"environment": "test"}),
        (fa(end="<Zalacznik/>"), {"mode": "batch"}),
        (fa(end="<Zalacznik/>"), {"mode": "online", "corrects": True}),
        (fa(end="<Zalacznik/>" + " " * 1_000_000), {}),
        (fa(), {"form_code": FormCode.FA_3}),
    ],
)
def test_what_is_allowed(content: bytes, settings: dict[str, Any]) -> None:
    assert check(content, **settings) == []


def test_withdrawn_schemas_are_named() -> None:
    old = fa(namespace="http://crd.gov.pl/wzor/2026/02/17/14164/")
    assert "FA_RR (1) 1-0E, which KSeF takes no more" in check(old)[0].message


def test_several_problems_of_one_file_are_all_told() -> None:
    spoilt = b"\xef\xbb\xbf" + fa(seller="1", issued="2027-01-01", number="", end="<?pi?>")
    assert [code for code, _ in codes(spoilt)] == [
        "bom",
        "processing-instruction",
        "missing-element",
        "issue-date-future",
        "invalid-nip",
    ]


def test_a_file_is_named_and_checked_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "faktura.xml"
    path.write_bytes(fa(issued="2026-11-19"))
    report = InvoiceChecker(now=NOW).check(path)
    assert report.facts is not None
    assert report.facts.name == "faktura.xml"
    assert report.problems == tuple(check(fa(issued="2026-11-19")))
    assert report.warnings == report.problems
    assert report.errors == ()
    with pytest.raises(FileNotFoundError):
        check_invoice_file(tmp_path / "none.xml")


def test_a_file_over_the_limits_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)
    report = InvoiceChecker(now=NOW).check(path)
    assert [problem.code for problem in report.problems] == ["too-large"]
    assert "5,000,000,000" in report.problems[0].message
    assert report.facts is None


def test_now_needs_a_time_zone() -> None:
    with pytest.raises(ConfigurationError, match="time zone"):
        check_invoice_file(fa(), now=datetime(2026, 11, 20))


def test_without_now_it_is_the_present() -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert [p.code for p in check_invoice_file(fa(issued=tomorrow))] == ["issue-date-future"]


MAKERS: list[Callable[[], bytes]] = [fa, fa_rr, ubl]


@given(st.data())
def test_a_spoilt_invoice_gives_problems_and_never_raises(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(MAKERS))())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        content[start:end] = data.draw(st.binary(max_size=20))
    settings: dict[str, Any] = data.draw(
        st.fixed_dictionaries(
            {
                "environment": st.sampled_from(["test", "prod"]),
                "mode": st.sampled_from([None, "online", "batch"]),
                "context": st.sampled_from([None, nip(SELLER), nip(OTHER)]),
            }
        )
    )
    for problem in check(bytes(content), **settings):
        assert problem.code in CODES
        assert problem.message.isprintable()


@given(st.text(), st.sampled_from(["seller", "buyer", "made", "issued", "number", "kind"]))
def test_any_value_gives_printable_problems(value: str, where: str) -> None:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    try:
        content = fa(**{where: escaped})
    except UnicodeEncodeError:
        return
    for problem in check(content, context=nip(SELLER)):
        assert str(problem).isprintable()


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason=WHY_SKIPPED)
def test_the_ministrys_examples_pass() -> None:
    files = sorted((OFFICIAL / "samples" / "fa3-mf").glob("*.xml"))
    assert len(files) == 26
    for path in files:
        found = check_invoice_file(
            path, offline=True, now=NOW, environment="prod", context=nip("9999999999")
        )
        assert found == (), path.name


def test_the_namespace_of_fa_rr_is_no_fa() -> None:
    assert dict(codes(fa(namespace=FA_RR))).keys() >= {"form-code", "missing-element"}
