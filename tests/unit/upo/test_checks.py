"""The official samples under every check, and what each check says by itself."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.errors import ConfigurationError
from ksef_facade.logins.contexts import Context
from ksef_facade.models.sessions import SessionStatus, StatusInfo
from ksef_facade.upo import Verdict, read_upo, verify_receipt, verify_upo

from .signers import SELLER, SESSION, canonical, seal, signed

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "upo"
SCHEMA = SAMPLES / "v4-3" / "upo-v4-3.xsd"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="../shared/data is absent: the official UPO samples are there"
)
UNSIGNED = canonical().encode()


@needs_samples
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("v4-3/*.xml")), ids=lambda path: path.name)
def test_the_official_samples_pass_but_are_not_signed(path: Path) -> None:
    digest = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
    report = verify_upo(path, transport_hash=digest, environment="test", schema=SCHEMA)
    assert {verdict.name: verdict.outcome for verdict in report.verdicts} == {
        "transport": "ok",
        "document": "ok",
        "schema": "ok",
        "pages": "ok",
        "semantics": "ok",
        "signature": "warning",
        "trust": "unknown",
    }
    assert report.outcome == "warning"
    assert not report.failed
    assert report.sha256 == digest


@needs_samples
def test_the_older_samples_are_of_another_version_than_the_schema() -> None:
    report = verify_upo(SAMPLES / "v4-2" / "upo-sample-v4-2.xml", schema=SCHEMA)
    assert report.verdict("schema").outcome == "skipped"
    assert not report.failed
    signed_one = verify_upo(SAMPLES / "v3-ksef1" / "upo-v3-signed-verifies.xml", schema=SCHEMA)
    assert signed_one.verdict("signature").outcome == "ok"
    assert not signed_one.failed


@needs_samples
def test_a_break_of_the_schema_is_a_warning_and_told_with_its_line() -> None:
    broken = UNSIGNED.replace(b"<TrybWysylki>Online</TrybWysylki>", b"", 1)
    verdict = verify_upo(broken, schema=SCHEMA).verdict("schema")
    assert verdict.outcome == "warning"
    assert verdict.message.startswith("line 1: ")
    assert "TrybWysylki" in verdict.message


@needs_samples
def test_the_schema_of_the_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KSEF_SCHEMAS", str(tmp_path))
    assert verify_upo(UNSIGNED).verdict("schema").outcome == "skipped"
    (tmp_path / SCHEMA.name).write_bytes(SCHEMA.read_bytes())
    assert verify_upo(signed()).verdict("schema").outcome == "ok"
    (tmp_path / SCHEMA.name).write_bytes(SCHEMA.read_bytes() + b" ")
    changed = verify_upo(signed()).verdict("schema")
    assert changed.outcome == "unknown"
    assert "was changed" in changed.message


def test_a_schema_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        verify_upo(UNSIGNED, schema=b"<a/>")


def test_what_is_no_upo_has_a_report_too() -> None:
    report = verify_upo(b"<html></html>", transport_hash="x")
    assert report.document is None
    assert [verdict.name for verdict in report.failed] == ["document"]
    assert report.verdict("transport").outcome == "unknown"
    with pytest.raises(LookupError):
        report.verdict("reconciliation")


def test_a_context_of_another_kind_is_a_warning() -> None:
    verdict = verify_upo(UNSIGNED, context=Context("InternalId", f"{SELLER}-12343")).verdict(
        "semantics"
    )
    assert verdict.outcome == "warning"


def test_who_says_whom_to_trust_demands_a_signature() -> None:
    assert verify_upo(UNSIGNED).verdict("signature").outcome == "warning"
    demanded = verify_upo(UNSIGNED, pins=[seal().fingerprint])
    assert demanded.verdict("signature").outcome == "failed"


def test_one_page_of_several_leaves_the_others_open() -> None:
    report = verify_upo(canonical((0, 1), 1, 2, 4).encode())
    assert report.verdict("pages").outcome == "unknown"


def test_receipts_of_single_invoices_are_counted() -> None:
    single = canonical((0,)).encode()
    start, end = single.index(b"<OpisPotwierdzenia>"), single.index(b"</OpisPotwierdzenia>") + 20
    invoice = single[:start] + single[end:]
    status = SessionStatus(
        reference_number=SESSION, status=StatusInfo(code=200), successful_invoice_count=2
    )
    assert not verify_receipt([invoice]).failed
    assert verify_receipt([invoice], status).verdict("pages").outcome == "failed"
    assert verify_receipt([]).verdict("pages").outcome == "failed"


def test_a_session_that_accepted_nothing_has_no_pages() -> None:
    failed = SessionStatus(reference_number=SESSION, status=StatusInfo(code=445))
    assert verify_receipt([], failed).verdict("pages").outcome == "ok"
    going = SessionStatus(reference_number=SESSION, status=StatusInfo(code=170))
    assert verify_receipt([], going).verdict("pages").outcome == "failed"


SNIPPETS = [b"<", b"&", b'"', b"<!--x-->", b"<?x?>", b"<a/>", b"</Dokument>", b"\0", b"\xff"]
SIGNED = signed()
READ = read_upo(SIGNED)
ENTRIES = list(READ.documents())


@given(st.data())
def test_whatever_is_changed_is_told_or_changes_nothing(data: st.DataObject) -> None:
    content = bytearray(SIGNED)
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["set", "cut", "put", "copy"])):
            case "set":
                content[place] = data.draw(st.integers(0, 255))
            case "cut":
                del content[place : place + data.draw(st.integers(1, 300))]
            case "put":
                content[place:place] = data.draw(st.sampled_from(SNIPPETS))
            case "copy":
                other = data.draw(st.integers(0, len(content) - 1))
                content[place:place] = content[other : other + 300]
    report = verify_upo(bytes(content), pins=[seal().fingerprint])
    if report.verdict("signature").outcome == "ok":
        assert report.document is not None
        assert evolve(report.document, source=b"") == evolve(READ, source=b"")
        assert list(report.document.documents()) == ENTRIES
    else:
        assert report.failed


def test_a_file_that_changes_meanwhile_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "upo.xml"
    path.write_bytes(SIGNED)

    def changing(*_: object) -> Verdict:
        path.write_bytes(SIGNED + b" ")
        return Verdict("schema", "ok", "")

    monkeypatch.setattr("ksef_facade.upo.checks.check_schema", changing)
    verdict = verify_upo(path).verdict("transport")
    assert verdict.outcome == "failed"
    assert "while it was being checked" in verdict.message


def test_many_findings_are_counted_and_the_first_ones_told() -> None:
    many = UNSIGNED.replace(b"</Potwierdzenie>", b"<Dokument/>" * 100 + b"</Potwierdzenie>")
    verdict = verify_upo(many).verdict("semantics")
    assert len(verdict.details) == 21
    assert verdict.details[-1].endswith("more")
