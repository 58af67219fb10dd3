"""`ksef archive`: what it says, its JSON documents, its exit codes, and that it needs no login to look."""

import csv
import json
from pathlib import Path

import pytest

from ksef_facade.models.archive import ArchivedInvoice
from ksef_facade.simulator import Simulator
from ksef_facade.store.archive.export import COLUMNS
from tests.cli.conftest import SELLER, Ksef
from tests.facade.contract_at_hand import limit_of

STATES = {
    "complete",
    "without_upo",
    "open",
    "waiting",
    "listed",
    "inaccessible",
    "faulty",
}
SYNC_KEYS = {
    "directory",
    "sessions",
    "pages_saved",
    "requests",
    "remaining",
    "stopped",
    "retry_after",
    "problems",
    "budget",
}
STATUS_KEYS = {
    "directory",
    "environment",
    "context",
    "covers_since",
    "walked_until",
    "sessions",
    "invoices",
    "proven",
    "unlinked",
    "pages",
    "size",
    "not_complete",
}


@pytest.fixture
def folder(ksef: Ksef, finished_session: str, tmp_path: Path) -> Path:
    """An archive with a session of five accepted and two rejected invoices, and whatever else."""
    folder = tmp_path / "archive"
    assert ksef("archive", "sync", "--to", folder).code == 0
    return folder


def test_a_sync_says_what_it_did_and_what_is_left(
    ksef: Ksef, finished_session: str, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "archive"
    first = ksef("archive", "sync", "--to", folder, "--json")
    assert first.code == 0
    assert set(first.document) == SYNC_KEYS
    assert set(first.document["sessions"]) == STATES
    assert first.document["sessions"]["complete"] >= 1
    names = ("sessionList", "sessionInvoiceList", "sessionMisc")
    history, lists, misc = (limit_of(name).per_hour for name in names)
    assert first.document["budget"]["sessionList"]["hour"] == history - 2
    again = ksef("archive", "sync", "--to", folder)
    assert again.code == 0
    assert again.out.startswith("nothing new\n0 UPO pages saved with 2 metered requests\n")
    # The run before counts too: KSeF does not know that it was another process.
    looked_at = sum(first.document["sessions"].values())
    left = f"sessionInvoiceList {lists - looked_at}, sessionMisc {misc - looked_at}"
    assert f"left this hour: sessionList {history - 4}, {left}\n" in again.out


def test_a_number_of_requests(ksef: Ksef, finished_session: str, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    stopped = ksef("archive", "sync", "--to", folder, "--max-requests", "3")
    assert stopped.code == 0
    assert "ended by --max-requests" in stopped.err
    assert "the same command goes on" in stopped.err
    assert ksef("archive", "sync", "--to", folder, "--json").document["stopped"] is None


def test_since_and_order(ksef: Ksef, finished_session: str, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    none = ksef(
        "archive", "sync", "--to", folder, "--since", "2099-01-01", "--oldest-first", "--json"
    )
    assert sum(none.document["sessions"].values()) == 0
    wide = ksef(
        "archive", "sync", "--to", folder, "--since", "2020-01-01", "--wait", "2m", "--json"
    )
    assert wide.document["sessions"]["complete"] >= 1


def test_an_answer_that_is_damaged_is_exit_code_6(
    ksef: Ksef, simulator: Simulator, finished_session: str, tmp_path: Path
) -> None:
    simulator.faults.add(
        "GET", "/sessions/{referenceNumber}/invoices", body="<html></html>", times=1
    )
    outcome = ksef("archive", "sync", "--to", tmp_path / "archive")
    assert outcome.code == 6
    assert "problem: " in outcome.out


def test_the_status_needs_no_login(offline_ksef: Ksef, folder: Path) -> None:
    shown = offline_ksef("archive", "status", folder, "--json")
    assert shown.code == 0
    assert set(shown.document) == STATUS_KEYS
    assert shown.document["context"] == f"Nip:{SELLER.tax_number}"
    assert shown.document["proven"] >= 5
    table = offline_ksef("archive", "status", folder).out
    assert "archive of      simulator, Nip:" in table
    assert "sessions since  all" in table


def test_a_check_of_all_files(offline_ksef: Ksef, ksef: Ksef, folder: Path) -> None:
    whole = offline_ksef("archive", "verify", folder)
    assert (whole.code, "all as archived" in whole.out) == (0, True)
    page = next(folder.rglob("*-upo-*.xml"))
    content = page.read_bytes()
    page.write_bytes(content[:-1])
    broken = offline_ksef("archive", "verify", folder, "--json")
    assert broken.code == 6
    (finding,) = broken.document["findings"]
    assert finding["file"] == page.relative_to(folder).as_posix()
    assert "ksef archive sync" in offline_ksef("archive", "verify", folder).err
    assert ksef("archive", "sync", "--to", folder).code == 0
    assert page.read_bytes() == content
    assert offline_ksef("archive", "verify", folder).code == 0


def test_a_check_of_the_receipts(
    offline_ksef: Ksef, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    assert offline_ksef("archive", "verify", folder, "--receipts").code == 0
    pinned = offline_ksef("archive", "verify", folder, "--receipts", "--pin", "00" * 32, "--json")
    assert pinned.code == 6
    assert {one["message"].split(":")[0] for one in pinned.document["findings"]} == {"trust"}


def test_invoices_are_found(offline_ksef: Ksef, folder: Path, finished_session: str) -> None:
    everything = offline_ksef("archive", "find", folder, "--nip", SELLER.tax_number, "--json")
    rows = [row for row in everything.document["invoices"] if row["session"] == finished_session]
    assert len(rows) == 5
    one = rows[0]
    for option, key in (
        ("--number", "invoice_number"),
        ("--ksef-number", "ksef_number"),
        ("--hash", "invoice_hash"),
    ):
        found = offline_ksef("archive", "find", folder, option, one[key], "--json")
        assert one in found.document["invoices"]
    day = one["issue_date"]
    on_the_day = ("--date-from", day, "--date-to", day)
    assert (
        one in offline_ksef("archive", "find", folder, *on_the_day, "--json").document["invoices"]
    )
    assert offline_ksef("archive", "find", folder, "--date-to", "2020-01-01").code == 1
    table = offline_ksef("archive", "find", folder, "--ksef-number", one["ksef_number"])
    assert one["ksef_number"] in table.out
    assert str(folder / one["upo_file"]) in table.out


def test_invoices_go_to_a_file(offline_ksef: Ksef, folder: Path, tmp_path: Path) -> None:
    table, document = tmp_path / "all.csv", tmp_path / "all.json"
    assert offline_ksef("archive", "export", folder, table).code == 0
    told = offline_ksef("archive", "export", folder, document, "--json").document
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS == tuple(vars_of(ArchivedInvoice))
    read = json.loads(document.read_text(encoding="utf-8"))["invoices"]
    assert (told["format"], told["invoices"]) == ("json", len(read))
    assert [row["reference"] for row in rows] == [row["reference"] for row in read]
    nobody = offline_ksef("archive", "export", folder, table, "--nip", "7980332920", "--json")
    assert nobody.document["invoices"] == 0


def vars_of(kind: type) -> list[str]:
    return list(kind.__annotations__)


def test_what_was_sent_is_linked(ksef: Ksef, invoice_files: list[Path], tmp_path: Path) -> None:
    journal, folder = tmp_path / "sent.sqlite3", tmp_path / "archive"
    assert ksef("archive", "sync", "--to", folder, "--since", "2099-01-01").code == 0
    assert ksef("send", *invoice_files, "--journal", journal).code == 0
    recorded = ksef("archive", "record", folder, "--journal", journal, "--json")
    assert recorded.document == {"invoices": 2, "linked": 2}
    assert ksef("archive", "sync", "--to", folder).code == 0
    found = ksef("archive", "find", folder, "--hash", invoice_files[0], "--json")
    (invoice,) = found.document["invoices"]
    assert (invoice["source"], invoice["recorded_from"]) == (str(invoice_files[0]), "journal")
    assert invoice["code"] == 200


WRONG = {
    "archive sync": "--to",
    "archive sync --to README.md": "README.md is a file; a folder is wanted",
    "archive sync --to out --since soon": "'soon' is not a date",
    "archive sync --to out --wait long": "'long' is not a duration",
    "archive status nowhere": "nowhere is no archive",
    "archive verify nowhere": "nowhere is no archive",
    "archive verify nowhere --pin 00": "--pin and --ca go with --receipts",
    "archive find nowhere": "say what to find",
    "archive find nowhere --number 1": "nowhere is no archive",
    "archive find nowhere --nip 1": "is not a NIP",
    "archive find nowhere --ksef-number 1": "is not a KSeF number",
    "archive find nowhere --hash invoice.xml": "'invoice.xml' is neither a file nor a SHA-256",
    "archive find nowhere --date-from soon": "'soon' is not a date",
    "archive find nowhere --date-from 2026-01-01T10:00": "is not a day",
    "archive export nowhere out.csv": "nowhere is no archive",
    "archive export nowhere out.csv --format xml": '"xml"',
    "archive record nowhere": "either --journal or --csv",
    "archive record nowhere --csv no.csv": "nowhere is no archive",
}


@pytest.mark.parametrize(("arguments", "sentence"), WRONG.items(), ids=str)
def test_bad_input(
    offline_ksef: Ksef,
    arguments: str,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("a file")
    outcome = offline_ksef(*arguments.split())
    assert outcome.code == 2
    assert sentence in outcome.err
