"""Each command against a KSeF on this machine: what it says, its JSON document and its exit code."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from ksef_facade.simulator import Simulator
from tests.cli.conftest import SELLER, Ksef

# A well-formed reference with a right checksum that no session has.
UNKNOWN = "20250925-SO-2F67776000-97273B191A-65"

STATUS_KEYS = {"code", "description", "details", "extensions"}
SESSION_KEYS = {
    "reference_number",
    "status",
    "outcome",
    "is_terminal",
    "date_created",
    "date_updated",
    "valid_until",
    "invoice_count",
    "successful_invoice_count",
    "failed_invoice_count",
}
INVOICE_KEYS = {
    "ordinal_number",
    "reference_number",
    "invoice_number",
    "ksef_number",
    "status",
    "outcome",
    "is_terminal",
    "original_ksef_number",
    "original_session",
    "invoice_hash",
    "invoice_file_name",
    "invoicing_date",
    "acquisition_date",
    "permanent_storage_date",
}
RECEIPT_KEYS = {
    "session_reference",
    "directory",
    "complete",
    "problems",
    "document_count",
    "pages",
}
PAGE_KEYS = {
    "path",
    "upo_reference",
    "page",
    "pages",
    "document_count",
    "size",
    "sha256",
    "hash_verified",
    "source",
}
GOTTEN_KEYS = {
    "session_reference",
    "path",
    "format",
    "size",
    "sha256",
    "hash_verified",
    "source",
}


def test_sessions(ksef: Ksef, finished_session: str) -> None:
    document = ksef("sessions", "--json").document
    assert document["kind"] == "online"
    found = {session["reference_number"]: session for session in document["sessions"]}
    assert set(found[finished_session]) == SESSION_KEYS
    assert set(found[finished_session]["status"]) == STATUS_KEYS
    assert found[finished_session]["invoice_count"] == 7
    assert finished_session in ksef("sessions", "--status", "succeeded").out


def test_sessions_filtered_to_none(ksef: Ksef, finished_session: str) -> None:
    assert ksef("sessions", "--kind", "batch").out == "no such session\n"
    assert ksef("--json", "sessions", "--created-to", "2020-01-01").document["sessions"] == []


def test_session_status(ksef: Ksef, finished_session: str) -> None:
    outcome = ksef("session", "status", finished_session)
    assert outcome.code == 0
    assert "  accepted  5" in outcome.out
    document = ksef("session", "status", finished_session, "--json").document
    assert set(document) == SESSION_KEYS | {"upo_references"}
    assert (document["outcome"], len(document["upo_references"])) == ("succeeded", 3)


def test_a_reference_may_be_typed_carelessly(ksef: Ksef, finished_session: str) -> None:
    outcome = ksef("session", "status", f" {finished_session.lower()} ")
    assert (outcome.code, outcome.err) == (0, "")


def test_session_wait(ksef: Ksef, finished_session: str) -> None:
    document = ksef("--json", "session", "wait", finished_session).document
    assert set(document) == SESSION_KEYS | {"upo_references"}
    assert document["is_terminal"] is True


def test_session_invoices(ksef: Ksef, finished_session: str) -> None:
    document = ksef("session", "invoices", finished_session, "--json").document
    assert document["session_reference"] == finished_session
    assert document["failed_only"] is False
    assert [set(invoice) for invoice in document["invoices"]] == [INVOICE_KEYS] * 7
    failed = ksef("session", "invoices", finished_session, "--failed", "--json").document
    assert [invoice["ksef_number"] for invoice in failed["invoices"]] == [None, None]
    table = ksef("session", "invoices", finished_session).out
    assert all(i["ksef_number"] in table for i in document["invoices"] if i["ksef_number"])


def test_upo_save(ksef: Ksef, finished_session: str, tmp_path: Path) -> None:
    document = ksef("upo", "save", finished_session, "--to", tmp_path / "new", "--json").document
    assert set(document) == RECEIPT_KEYS
    assert (document["complete"], document["document_count"]) == (True, 5)
    assert [set(page) for page in document["pages"]] == [PAGE_KEYS] * 3
    for page in document["pages"]:
        content = Path(page["path"]).read_bytes()
        assert page["size"] == len(content)
        assert base64.b64decode(page["sha256"]) == hashlib.sha256(content).digest()
        assert page["hash_verified"] is True


def test_upo_save_leaves_a_file_with_other_content(
    ksef: Ksef, finished_session: str, tmp_path: Path
) -> None:
    saved = ksef("upo", "save", finished_session, "--to", tmp_path, "--json").document
    spoilt = Path(saved["pages"][0]["path"])
    spoilt.write_bytes(b"mine")
    outcome = ksef("upo", "save", finished_session, "--to", tmp_path)
    assert outcome.code == 2
    assert "--overwrite" in outcome.err
    assert spoilt.read_bytes() == b"mine"
    assert ksef("upo", "save", finished_session, "--to", tmp_path, "--overwrite").code == 0
    assert spoilt.read_bytes() != b"mine"


def test_upo_save_names_the_folder_that_cannot_be_made(
    ksef: Ksef, simulator: Simulator, finished_session: str, tmp_path: Path
) -> None:
    simulator.requests.clear()
    (tmp_path / "file").write_bytes(b"mine")
    taken = ksef("upo", "save", finished_session, "--to", tmp_path / "file")
    assert (taken.code, taken.err) == (2, f"ksef: {tmp_path}/file is a file; a folder is wanted\n")
    below = tmp_path / "file" / "new"
    impossible = ksef("upo", "save", finished_session, "--to", below)
    assert impossible.err == f"ksef: the folder {below} cannot be made: Not a directory\n"
    assert simulator.requests.counts == {}


def test_a_folder_in_the_place_of_a_receipt(
    ksef: Ksef, finished_session: str, tmp_path: Path
) -> None:
    saved = ksef("upo", "save", finished_session, "--to", tmp_path, "--json").document
    in_the_way = Path(saved["pages"][0]["path"])
    in_the_way.unlink()
    in_the_way.mkdir()
    for overwrite in ((), ("--overwrite",)):
        outcome = ksef("upo", "save", finished_session, "--to", tmp_path, *overwrite)
        assert outcome.code == 2
        assert outcome.err == f"ksef: {in_the_way} is not a file, so no file can take its place\n"


def test_upo_get(ksef: Ksef, finished_session: str, tmp_path: Path) -> None:
    listed = ksef("session", "invoices", finished_session, "--json").document["invoices"]
    invoice = next(i for i in listed if i["ksef_number"])
    by_number = ksef("upo", "get", finished_session, "--ksef-number", invoice["ksef_number"])
    assert by_number.out.startswith("<?xml")
    assert invoice["ksef_number"] in by_number.out
    target = tmp_path / "upo.xml"
    wanted = ("upo", "get", finished_session, "--invoice", invoice["reference_number"], "--json")
    to_file = ksef(*wanted, "--to", target).document
    assert set(to_file) == GOTTEN_KEYS
    assert to_file["size"] == len(target.read_bytes())
    printed = ksef(*wanted).document
    assert set(printed) == GOTTEN_KEYS | {"content_base64"}
    assert base64.b64decode(printed["content_base64"]) == target.read_bytes()


def test_upo_of_a_rejected_invoice(ksef: Ksef, finished_session: str) -> None:
    failed = ksef("session", "invoices", finished_session, "--failed", "--json").document
    reference = failed["invoices"][0]["reference_number"]
    outcome = ksef("upo", "get", finished_session, "--invoice", reference)
    assert outcome.code == 1
    assert outcome.out == ""


def test_an_unknown_session(ksef: Ksef) -> None:
    outcome = ksef("session", "status", UNKNOWN, "--json")
    assert outcome.code == 1
    assert outcome.document["error"]["codes"] == [21173]


def test_a_wrong_checksum_is_only_a_hint(ksef: Ksef, finished_session: str) -> None:
    last = "00" if finished_session[-2:] != "00" else "01"
    outcome = ksef("session", "status", finished_session[:-2] + last)
    assert outcome.code == 1
    assert outcome.err.startswith("hint: the last two digits")


def test_a_wrong_token(ksef: Ksef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "KSEF_TOKEN", f"20250101-EC-0000000000-0000000000-00|nip-{SELLER.tax_number}|ab"
    )
    outcome = ksef("sessions")
    assert outcome.code == 3
    assert "|ab" not in outcome.err


def test_nobody_listens(ksef: Ksef) -> None:
    outcome = ksef("sessions", "--base-url", "http://127.0.0.1:9/v2", "--env", "simulator")
    assert outcome.code == 5


def test_a_session_that_is_not_over(ksef: Ksef, simulator: Simulator) -> None:
    opened = open_session(simulator)
    outcome = ksef("session", "wait", opened, "--timeout", "0.1s", "--json")
    assert outcome.code == 4
    handle = json.loads(outcome.document["error"]["handle"])
    assert handle["session"] == opened


def test_what_fails_leaves_no_empty_folder(
    ksef: Ksef, simulator: Simulator, tmp_path: Path, finished_session: str
) -> None:
    opened = open_session(simulator)
    deep, kept = tmp_path / "receipts" / "2026", tmp_path / "kept"
    kept.mkdir()
    for folder in (deep, kept):
        outcome = ksef("upo", "save", opened, "--to", folder, "--timeout", "0.1s")
        assert outcome.code == 4
    assert list(tmp_path.iterdir()) == [kept]
    assert ksef("upo", "save", finished_session, "--to", deep).code == 0
    assert list(deep.iterdir())


def test_verbose_logs_requests_without_secrets(
    ksef: Ksef, finished_session: str, simulator: Simulator
) -> None:
    outcome = ksef("-v", "session", "status", finished_session)
    assert "GET /sessions/{referenceNumber} -> 200 in " in outcome.err
    assert "|" not in outcome.err
    assert "eyJ" not in outcome.err


def test_nothing_piped_carries_escapes(ksef: Ksef, finished_session: str) -> None:
    for command in (
        ("sessions",),
        ("session", "wait", finished_session),
        ("session", "invoices", finished_session),
    ):
        outcome = ksef(*command)
        assert "\x1b" not in outcome.out + outcome.err
        assert outcome.err == ""


def open_session(simulator: Simulator) -> str:
    """The reference of a session that is open and stays so."""
    from ksef_facade import Ksef, TokenAuth

    auth = TokenAuth(simulator.issue_token(SELLER.tax_number))
    with Ksef("simulator", base_url=simulator.base_url, auth=auth) as client:
        return str(client.open_online_session().open())


def test_a_session_of_which_nothing_was_accepted(ksef: Ksef, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<Faktura/>")
    sent = ksef("send", bad, "--no-check", "--upo-to", tmp_path / "upo", "--json")
    assert sent.code == 1
    (session,) = sent.document["sessions"]
    assert (session["receipt"], session["status"]["code"]) == (None, 445)
    reference = session["reference_number"]
    assert ksef("session", "status", reference).code == 0
    assert ksef("session", "wait", reference).code == 1
    assert ksef("upo", "save", reference, "--to", tmp_path / "upo").code == 1
    assert not (tmp_path / "upo").exists() or not any((tmp_path / "upo").iterdir())


def test_bytes_with_another_hash(
    ksef: Ksef, simulator: Simulator, finished_session: str, tmp_path: Path
) -> None:
    wrong = {"x-ms-meta-hash": base64.b64encode(bytes(32)).decode()}
    simulator.faults.add("*", "*", times=None, headers=wrong)
    try:
        outcome = ksef("upo", "save", finished_session, "--to", tmp_path, "--json")
    finally:
        simulator.faults.clear()
    assert outcome.code == 6
    assert outcome.document["error"]["type"] == "IntegrityFailure"
    assert list(tmp_path.iterdir()) == []


def test_a_failing_server(ksef: Ksef, simulator: Simulator, finished_session: str) -> None:
    simulator.faults.add("GET", "/sessions/{referenceNumber}", times=None, status=500)
    try:
        outcome = ksef("session", "status", finished_session, "--json")
    finally:
        simulator.faults.clear()
    assert outcome.code == 5
    assert outcome.document["error"]["status_code"] == 500


def test_a_warning_of_the_service_is_told_once(
    ksef: Ksef, simulator: Simulator, finished_session: str
) -> None:
    simulator.faults.add(
        "GET",
        "/sessions/{referenceNumber}",
        headers={"X-System-Warning": "[sig-001]: Something will change"},
    )
    outcome = ksef("session", "status", finished_session)
    assert outcome.code == 0
    assert outcome.err == "KSeF warns: [sig-001] Something will change\n"


def test_a_warning_that_comes_with_every_answer_is_told_once_too(
    ksef: Ksef, simulator: Simulator, finished_session: str, tmp_path: Path
) -> None:
    simulator.settings.system_warning = "[sig-002]: Everything will change"
    try:
        outcome = ksef("upo", "save", finished_session, "--to", tmp_path)
    finally:
        simulator.settings.system_warning = None
    assert outcome.code == 0
    assert outcome.err == "KSeF warns: [sig-002] Everything will change\n"


def test_a_nip_that_is_none(ksef: Ksef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KSEF_NIP", "1234567890")
    assert ksef("sessions").code == 2
