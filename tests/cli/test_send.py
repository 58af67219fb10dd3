"""`ksef send`: what it says, its JSON document, its CSV, its exit codes, and going on after a crash."""

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ksef_facade.cli.results.sending import CSV_COLUMNS
from ksef_facade.simulator import Latencies, Simulator
from tests.cli.conftest import SELLER, Ksef
from tests.simulator.invoice_maker import make_invoice

DOCUMENT_KEYS = {"mode", "reason", "journal", "counts", "invoices", "sessions"}
INVOICE_KEYS = {
    "file",
    "outcome",
    "ksef_number",
    "session_reference",
    "invoice_reference",
    "invoice_hash",
    "status",
    "problems",
    "original_ksef_number",
    "original_session",
    "same_document",
    "earlier",
}
SESSION_KEYS = {"reference_number", "kind", "status", "receipt", "problem"}
OUTCOMES = {
    "accepted",
    "already_delivered",
    "duplicate",
    "rejected",
    "refused_locally",
    "unsettled",
    "planned",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good invoices."""
    folder = tmp_path / "invoices"
    folder.mkdir()
    today = datetime.now(UTC).date().isoformat()
    for number in range(3):
        content = make_invoice(SELLER.tax_number, issued=today)
        (folder / f"{number}.xml").write_bytes(content)
    return folder


def test_a_folder_with_receipts(ksef: Ksef, folder: Path, tmp_path: Path) -> None:
    sent = ksef("send", folder, "--upo-to", tmp_path / "upo", "--json")
    assert sent.code == 0
    document = sent.document
    assert set(document) == DOCUMENT_KEYS
    assert document["counts"] == {**dict.fromkeys(OUTCOMES, 0), "accepted": 3}
    assert [set(invoice) for invoice in document["invoices"]] == [INVOICE_KEYS] * 3
    assert [row["file"] for row in document["invoices"]] == sorted(map(str, folder.iterdir()))
    (session,) = document["sessions"]
    assert set(session) == SESSION_KEYS
    assert session["receipt"]["document_count"] == 3
    assert Path(document["journal"]).is_file()


def test_the_table_says_which_way_and_why(ksef: Ksef, folder: Path) -> None:
    sent = ksef("send", folder)
    assert sent.out.startswith("online: online, since 3 invoices go out within a minute")
    assert sent.out.count("accepted") == 4
    assert "\n3 accepted\n" in sent.out
    again = ksef("send", folder)
    assert again.code == 0
    assert "accepted (earlier)" in again.out
    assert again.out.startswith("none: nothing had to be sent")


def test_a_batch(ksef: Ksef, folder: Path) -> None:
    document = ksef("send", folder, "--mode", "batch", "--json").document
    assert (document["mode"], document["reason"]) == ("batch", "batch as asked for")
    assert [session["kind"] for session in document["sessions"]] == ["batch"]


def test_results_as_csv(ksef: Ksef, folder: Path, tmp_path: Path) -> None:
    (folder / "bad.xml").write_bytes(b"")
    target = tmp_path / "results.csv"
    target.write_text("an older one")
    assert ksef("send", folder, "--csv", target).code == 1
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == CSV_COLUMNS
    by_outcome = [row["outcome"] for row in rows]
    assert by_outcome == ["accepted"] * 3 + ["refused_locally"]
    assert (rows[0]["code"], rows[0]["description"], rows[0]["earlier"]) == (
        "200",
        "Sukces",
        "false",
    )
    assert "empty" in rows[3]["problems"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8 or UTF-16 there")
def test_a_file_whose_name_is_no_text_is_sent(ksef: Ksef, folder: Path, tmp_path: Path) -> None:
    """As programs from before UTF-8 write Polish letters."""
    name = os.fsdecode(b"faktura_\xbf.xml")
    (folder / "0.xml").rename(folder / name)
    for outcomes in (["accepted"] * 3, ["accepted"] * 3):
        sent = ksef("send", folder, "--json", "--csv", tmp_path / "results.csv")
        assert sent.code == 0
        assert [item["outcome"] for item in sent.document["invoices"]] == outcomes
        assert str(folder / name) in [item["file"] for item in sent.document["invoices"]]
    assert "faktura_\\udcbf.xml" in (tmp_path / "results.csv").read_text(encoding="utf-8")


def test_names_of_files_are_no_formulas_in_a_csv(
    ksef: Ksef, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever delivers invoices names them; a Polish spreadsheet parts cells by semicolons."""
    (folder / "=cmd.xml").write_bytes(b"")
    (folder / "a;=HYPERLINK(1);-2.xml").write_bytes(b"")
    monkeypatch.chdir(folder)
    target = tmp_path / "results.csv"
    assert ksef("send", "=cmd.xml", "a;=HYPERLINK(1);-2.xml", "--csv", target).code == 1
    with target.open(encoding="utf-8", newline="") as file:
        names = [row["file"] for row in csv.DictReader(file)]
    assert names == ["'=cmd.xml", "a;'=HYPERLINK(1);'-2.xml"]


def test_results_that_have_no_place_are_told_before_anything_is_sent(
    ksef: Ksef, folder: Path, simulator: Simulator, tmp_path: Path
) -> None:
    before = simulator.requests.counts
    for target in (tmp_path / "nowhere" / "results.csv", folder):
        outcome = ksef("send", folder, "--csv", target)
        assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert simulator.requests.counts == before


def test_a_dry_run_sends_nothing(ksef: Ksef, folder: Path, simulator: Simulator) -> None:
    before = len(simulator.accepted_invoices())
    outcome = ksef("send", folder, "--dry-run")
    assert outcome.code == 0
    assert outcome.out.count("would be sent") == 4
    assert len(simulator.accepted_invoices()) == before
    document = ksef("send", folder, "--dry-run", "--json").document
    assert (document["journal"], document["sessions"]) == (None, [])


def test_refused_by_a_check_or_by_ksef(ksef: Ksef, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<Faktura/>")
    checked = ksef("send", bad)
    assert checked.code == 1
    assert "not sent" in checked.out
    sent = ksef("send", bad, "--no-check")
    assert sent.code == 1
    assert "450" in sent.out


def test_a_rejected_one_is_sent_again_when_asked(
    ksef: Ksef, folder: Path, simulator: Simulator
) -> None:
    simulator.outcomes.decide("invoice", 410)
    one = folder / "0.xml"
    assert ksef("send", one).code == 1
    assert ksef("send", one).code == 1
    assert ksef("send", one, "--again").code == 0


def test_a_technical_correction_by_file(ksef: Ksef, folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.xml"
    wrong.write_bytes((folder / "0.xml").read_bytes().replace(b"<P_1>2", b"<P_1>3"))
    assert ksef("send", wrong, "--offline", "--no-check").code == 1
    sent = ksef("send", folder / "0.xml", "--correct", wrong, "--json")
    assert sent.code == 0
    assert "technical corrections" in sent.document["reason"]


def test_what_is_not_settled_in_time(ksef: Ksef, folder: Path, simulator: Simulator) -> None:
    simulator.settings.latencies = Latencies(session_done=30)
    try:
        first = ksef("send", folder, "--timeout", "0.2s")
        assert first.code == 4
        assert "not settled yet" in first.out
        assert "the same command again goes on" in first.err
        simulator.clock.advance(60)
        second = ksef("send", "--resume", "--json")
        assert second.code == 0
        assert second.document["counts"]["accepted"] == 3
    finally:
        simulator.settings.latencies = Latencies()
    assert ksef("send", "--resume", "--json").document["invoices"] == []


def test_journals_of_ones_own(ksef: Ksef, folder: Path, tmp_path: Path) -> None:
    journal = tmp_path / "my.sqlite3"
    assert ksef("send", folder, "--journal", journal, "--json").document["journal"] == str(journal)
    sent = ksef("send", folder, "--no-journal", "--json")
    assert (sent.code, sent.document["journal"]) == (0, None)
    assert sent.document["counts"]["already_delivered"] == 3


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("mode", ["online", "batch"])
def test_a_killed_command_is_finished_by_the_same_command(
    ksef: Ksef, folder: Path, simulator: Simulator, mode: str
) -> None:
    path = "/sessions/online/{referenceNumber}/invoices"
    if mode == "batch":
        path = "/sessions/batch/{referenceNumber}/close"
    # The answer never comes; what was asked for is done all the same.
    simulator.faults.add("POST", path, delay=30)
    before = len(simulator.accepted_invoices())
    simulator.requests.clear()
    command = [sys.executable, "-c", "from ksef_facade.cli.extras import run; run()"]
    with subprocess.Popen(
        [*command, "send", str(folder), "--mode", mode],
        env={**os.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + 60
        while f"POST {path}" not in simulator.requests.counts and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    again = ksef("send", folder, "--mode", mode, "--json")
    assert again.code == 0
    assert again.document["counts"]["accepted"] == 3
    assert len(simulator.accepted_invoices()) == before + 3
    assert len(again.document["sessions"]) == (1 if mode == "batch" else 2)


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_sent(
    ksef: Ksef, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, simulator: Simulator
) -> None:
    before = len(simulator.accepted_invoices())
    # Permissions do not stop whoever runs the tests as root.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    for option, target in (("--upo-to", tmp_path), ("--csv", tmp_path / "results.csv")):
        refused = ksef("send", folder, option, target)
        assert (refused.code, refused.out) == (2, "")
        assert "cannot be written" in refused.err
    assert len(simulator.accepted_invoices()) == before


@pytest.mark.parametrize(
    ("option", "advice"), [((), "the same command again"), (("--no-journal",), "ksef sessions and")]
)
def test_a_receipt_that_cannot_be_saved_is_told_with_what_became_of_the_invoices(
    ksef: Ksef,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    option: tuple[str, ...],
    advice: str,
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device", "page.xml")

    monkeypatch.setattr("ksef_facade._sync.receipts.pages.AtomicFile.commit", full)
    refused = ksef("send", folder, "--upo-to", tmp_path / "upo", *option)
    assert refused.code == 2
    assert "No space left on device" in refused.err
    assert f"note: the invoices are sent; {advice}" in refused.err
