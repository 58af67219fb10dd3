"""`ksef check`: what it finds, how it tells it, and its exit code."""

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from ksef_facade.samples.invoices import demo_invoices
from tests.cli.conftest import SELLER, Ksef

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "xsd"


@pytest.fixture
def invoice(tmp_path: Path) -> Path:
    path = tmp_path / "good.xml"
    now = datetime.now(UTC)
    path.write_bytes(demo_invoices(SELLER, now.date(), Random(7))[0].document(now))
    return path


def test_a_good_invoice(offline_ksef: Ksef, invoice: Path) -> None:
    outcome = offline_ksef("check", invoice, "--offline")
    assert outcome.code == 0
    assert outcome.out == "1 of 1 may be sent; 0 errors, 0 warnings\n"
    assert "ksef schemas install" in outcome.err
    assert offline_ksef("check", invoice, "--offline", "--schema", "none").err == ""


def test_errors_end_with_1_and_warnings_with_0(offline_ksef: Ksef, invoice: Path) -> None:
    good = invoice.read_bytes()
    today = good[good.index(b"<P_1>") + 5 :][:10]
    invoice.write_bytes(good.replace(b"<P_1>" + today, b"<P_1>2026-01-02"))
    warned = offline_ksef("check", invoice)
    assert warned.code == 0
    assert "issue-date-past" in warned.out
    assert "warning: P_1 is 2026-01-02" in warned.out
    invoice.write_bytes(b"\xef\xbb\xbf" + good)
    refused = offline_ksef("check", invoice)
    assert refused.code == 1
    assert "byte order mark" in refused.out


def test_the_json_document(offline_ksef: Ksef, invoice: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"<a>\xff</a>")
    outcome = offline_ksef("check", invoice, broken, "--offline", "--json")
    assert outcome.code == 1
    document = outcome.document
    assert (document["errors"], document["warnings"]) == (1, 0)
    good, bad = document["files"]
    assert (
        set(good)
        == set(bad)
        == {
            "file",
            "form_code",
            "seller_nip",
            "number",
            "kind",
            "issue_date",
            "has_attachment",
            "size",
            "invoice_hash",
            "schema_checked",
            "may_be_sent",
            "problems",
        }
    )
    assert good["seller_nip"] == SELLER.tax_number
    assert good["form_code"]["systemCode"] == "FA (3)"
    assert date.fromisoformat(good["issue_date"])
    assert good["may_be_sent"]
    assert not bad["may_be_sent"]
    assert bad["problems"] == [
        {
            "code": "encoding",
            "severity": "error",
            "message": "the byte 0xFF at offset 3 is not UTF-8: save the file as UTF-8",
            "line": 1,
            "column": 4,
            "offset": 3,
        }
    ]


def test_a_folder_and_duplicates_in_it(offline_ksef: Ksef, invoice: Path) -> None:
    (invoice.parent / "again.XML").write_bytes(invoice.read_bytes())
    (invoice.parent / "note.txt").write_text("no invoice")
    outcome = offline_ksef("check", invoice.parent, "--offline", "--json")
    assert [Path(file["file"]).name for file in outcome.document["files"]] == [
        "again.XML",
        "good.xml",
    ]
    [problem] = outcome.document["files"][1]["problems"]
    assert problem["code"] == "same-bytes"
    assert "again.XML" in problem["message"]


def test_who_logs_in_is_compared(
    offline_ksef: Ksef, invoice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offline_ksef("check", invoice, "--offline", "--nip", SELLER.tax_number).code == 0
    assert offline_ksef("check", invoice, "--offline", "--nip", "5555555555").code == 1
    assert offline_ksef("check", invoice, "--nip", "5555555556").code == 2
    monkeypatch.setenv("KSEF_NIP", "5555555555")
    outcome = offline_ksef("check", invoice, "--offline")
    assert (outcome.code, "seller-context" in outcome.out) == (1, True)


def test_the_environment_decides_how_grave_a_checksum_is(offline_ksef: Ksef, invoice: Path) -> None:
    number = SELLER.tax_number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    invoice.write_bytes(invoice.read_bytes().replace(number.encode(), wrong.encode()))
    assert offline_ksef("check", invoice, "--offline").code == 0
    assert offline_ksef("--env", "prod", "check", invoice, "--offline").code == 1


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="../shared/data is absent")
def test_the_official_schema_where_it_is_installed(offline_ksef: Ksef, invoice: Path) -> None:
    assert offline_ksef("check", invoice, "--schema", "required").code == 2
    offline_ksef("schemas", "install", "--from", OFFICIAL)
    good = offline_ksef("check", invoice, "--offline", "--schema", "required", "--json")
    assert good.code == 0
    assert good.document["files"][0]["schema_checked"]
    invoice.write_bytes(invoice.read_bytes().replace(b"<KodWaluty>PLN", b"<KodWaluty>ZLO"))
    bad = offline_ksef("check", invoice, "--offline")
    assert bad.code == 1
    assert "KodWaluty is 'ZLO'" in bad.out


@pytest.mark.parametrize("arguments", [[], ["none.xml"], ["empty"]])
def test_usage(arguments: list[str], offline_ksef: Ksef, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    outcome = offline_ksef("check", *(tmp_path / name for name in arguments))
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("ksef: ")


def test_a_folder_is_what_send_would_take_of_it(offline_ksef: Ksef, invoice: Path) -> None:
    # What macOS leaves beside every file on a foreign disk, and a folder with an unlucky name.
    (invoice.parent / "._good.xml").write_bytes(b"\0")
    (invoice.parent / "old.xml").mkdir()
    outcome = offline_ksef("check", invoice.parent, "--offline", "--json")
    assert outcome.code == 0
    assert [file["file"] for file in outcome.document["files"]] == [str(invoice)]
