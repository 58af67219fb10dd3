"""`ksef upo render`, `ksef upo get --format pdf` and `ksef session report`."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Ksef
from tests.cli.processes import environment
from tests.unit.upo.render.upo_texts import invoice_upo, session_page


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def saved(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "one.xml", tmp_path / "many.xml"]
    files[0].write_bytes(invoice_upo("FV/1 zażółć"))
    files[1].write_bytes(session_page(["FV/2", "FV/3"]))
    return files


def test_a_pdf_beside_the_file(offline_ksef: Ksef, saved: list[Path], tmp_path: Path) -> None:
    outcome = offline_ksef("upo", "render", saved[0])
    assert outcome.code == 0
    content = (tmp_path / "one.pdf").read_bytes()
    assert outcome.out == f"{tmp_path / 'one.pdf'}: {len(content):,} bytes\n"
    assert "FV/1 zażółć" in text_of(content)
    assert list(PdfReader(io.BytesIO(content)).attachments.values()) == [[saved[0].read_bytes()]]
    # The same again is no conflict, for the bytes are the same.
    assert offline_ksef("upo", "render", saved[0]).code == 0
    assert offline_ksef("upo", "render", saved[0], "--language", "en").code == 2
    assert offline_ksef("upo", "render", saved[0], "--language", "en", "--overwrite").code == 0
    assert "Page 1 of 1" in text_of((tmp_path / "one.pdf").read_bytes())


def test_several_files_into_one_document(
    offline_ksef: Ksef, saved: list[Path], tmp_path: Path
) -> None:
    document = offline_ksef(
        "upo", "render", *saved, "--to", tmp_path / "all.html", "--json"
    ).document
    assert document["path"] == str(tmp_path / "all.html")
    assert (document["format"], document["documents"]) == ("html", 2)
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert document["size"] == len(page.encode())
    assert "FV/1 zażółć" in page
    assert "FV/3" in page


def test_pdfa(offline_ksef: Ksef, saved: list[Path], tmp_path: Path) -> None:
    assert offline_ksef("upo", "render", saved[1], "--pdfa", "--to", tmp_path).code == 0
    assert b"<pdfaid:part>3</pdfaid:part>" in (tmp_path / "many.pdf").read_bytes()
    wrong = offline_ksef("upo", "render", saved[1], "--pdfa", "--format", "html")
    assert (wrong.code, wrong.err) == (
        2,
        "ksef: --pdfa makes a PDF; it does not go with --format html\n",
    )


def test_what_cannot_be_rendered_is_named(
    offline_ksef: Ksef, saved: list[Path], tmp_path: Path
) -> None:
    assert offline_ksef("upo", "render").code == 2
    page = tmp_path / "page.html"
    page.write_text("<html>firewall</html>")
    outcome = offline_ksef("upo", "render", *saved, page, "--to", tmp_path / "all.pdf")
    assert outcome.code == 6
    assert f"note: that is {page}" in outcome.err
    assert not (tmp_path / "all.pdf").exists()
    absent = offline_ksef("upo", "render", tmp_path / "absent.xml")
    assert (absent.code, "absent.xml" in absent.err) == (2, True)
    assert offline_ksef("upo", "render", saved[0], "--to", tmp_path / "no" / "x.pdf").code == 2


def first_invoice(ksef: Ksef, session: str) -> dict[str, str]:
    invoices = ksef("session", "invoices", session, "--json").document["invoices"]
    return next(invoice for invoice in invoices if invoice["ksef_number"])


@pytest.mark.parametrize("suffix", ["xml", "pdf"])
def test_upo_get_suggests_a_name(
    ksef: Ksef, finished_session: str, tmp_path: Path, suffix: str
) -> None:
    invoice = first_invoice(ksef, finished_session)
    number = invoice["ksef_number"]
    wanted = ("upo", "get", finished_session, "--ksef-number", number, "--format", suffix)
    document = ksef(*wanted, "--to", tmp_path, "--json").document
    path = tmp_path / f"{number}-upo.{suffix}"
    assert (document["path"], document["format"]) == (str(path), suffix)
    content = path.read_bytes()
    if suffix == "pdf":
        text = text_of(content)
        assert number in text
        assert invoice["invoice_hash"] in text
        ((content,),) = PdfReader(io.BytesIO(content)).attachments.values()
    assert len(content) == document["size"]


def test_upo_get_refuses_a_pdf_for_a_terminal(
    ksef: Ksef, finished_session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    invoice = "20250625-EE-319D7EE000-B67F415CDC-2C"
    outcome = ksef("upo", "get", finished_session, "--invoice", invoice, "--format", "pdf")
    assert outcome.code == 2
    assert "--to" in outcome.err


def test_session_report_as_a_table(ksef: Ksef, finished_session: str) -> None:
    outcome = ksef("session", "report", finished_session)
    assert outcome.code == 0
    number = first_invoice(ksef, finished_session)["ksef_number"]
    assert number in outcome.out
    assert finished_session in outcome.out
    assert len([line for line in outcome.out.splitlines() if line.endswith(("yes", "no"))]) == 7


@pytest.mark.parametrize("how", [["--json"], ["--format", "json"]])
def test_session_report_as_json(ksef: Ksef, finished_session: str, how: list[str]) -> None:
    document = ksef("session", "report", finished_session, *how).document
    assert document["reference_number"] == finished_session
    counts = [document[f"{name}_count"] for name in ("total", "successful", "failed")]
    assert counts == [7, 5, 2]
    assert [invoice["ordinal_number"] for invoice in document["invoices"]] == list(range(1, 8))
    receipts = [invoice["receipt"] for invoice in document["invoices"]]
    numbers = [invoice["ksef_number"] for invoice in document["invoices"]]
    assert receipts == [number and f"{number}-upo.xml" for number in numbers]
    assert {"code", "description", "acquisition_date"} <= set(document["invoices"][0])


def test_session_report_into_a_file(ksef: Ksef, finished_session: str, tmp_path: Path) -> None:
    page, data = tmp_path / "report.html", tmp_path / "report.json"
    assert ksef("session", "report", finished_session, "--to", page, "--language", "en").code == 0
    assert "KSeF session report" in page.read_text(encoding="utf-8")
    assert ksef("session", "report", finished_session, "--to", data).code == 0
    direct = ksef("session", "report", finished_session, "--json").document
    assert json.loads(data.read_text(encoding="utf-8")) == direct
    table = ksef("session", "report", finished_session, "--to", data, "--format", "table")
    assert table.code == 2
    html = ksef("session", "report", finished_session, "--format", "html")
    assert html.out.startswith("<!DOCTYPE html>")


def test_a_missing_extra_is_named(saved: list[Path]) -> None:
    code = "import sys; sys.modules['fpdf'] = None; from ksef_facade.cli.extras import run; run()"
    outcome = subprocess.run(
        [sys.executable, "-c", code, "upo", "render", str(saved[0])],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert outcome.returncode == 2
    assert "pip install 'ksef-facade[pdf]'" in outcome.stderr
