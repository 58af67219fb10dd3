"""`ksef upo verify`: what it takes, what it tells, and its exit code."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ksef_facade.simulator import Simulator
from ksef_facade.upo import Pins
from tests.cli.conftest import Ksef


@pytest.fixture
def receipts(simulator: Simulator, finished_session: str, tmp_path: Path) -> Path:
    """The three pages of a session with five accepted invoices."""
    folder = tmp_path / "receipts"
    folder.mkdir()
    for page in (1, 2, 3):
        content = simulator.upo_bytes(finished_session, page)
        (folder / f"{page}.xml").write_bytes(content)
    return folder


def test_pages_of_a_session_are_verified_together(
    offline_ksef: Ksef, simulator: Simulator, receipts: Path, finished_session: str
) -> None:
    pin = hashlib.sha256(simulator.upo_certificate).hexdigest()
    outcome = offline_ksef("upo", "verify", receipts, "--session", finished_session, "--pin", pin)
    assert outcome.code == 0
    assert "3 files, 1 receipt, 0 with failed checks" in outcome.out
    assert f"fingerprint  {pin}" in outcome.out
    document = offline_ksef("upo", "verify", receipts, "--pin", pin, "--json").document
    assert document["outcome"] == "ok"
    [receipt] = document["receipts"]
    assert {verdict["name"]: verdict["outcome"] for verdict in receipt["verdicts"]} == {
        "transport": "skipped",
        "document": "ok",
        "schema": "skipped",
        "pages": "ok",
        "semantics": "ok",
        "reconciliation": "skipped",
        "signature": "ok",
        "trust": "ok",
    }
    assert receipt["files"][0]["signature"]["trust"] == "trusted"


def test_what_is_wrong_ends_with_6(offline_ksef: Ksef, receipts: Path) -> None:
    (receipts / "2.xml").unlink()
    missing = offline_ksef("upo", "verify", receipts)
    assert missing.code == 6
    assert "1 of 3 pages are missing: 2" in missing.out
    first = receipts / "1.xml"
    first.write_bytes(first.read_bytes().replace(b"Online", b"Offline"))
    broken = offline_ksef("upo", "verify", first, "--json")
    assert broken.code == 6
    verdicts = broken.document["receipts"][0]["verdicts"]
    assert [one["name"] for one in verdicts if one["outcome"] == "failed"] == ["pages", "signature"]
    (receipts / "page.xml").write_bytes(b"<html></html>")
    assert "HTML page" in offline_ksef("upo", "verify", receipts / "page.xml").out


def test_another_signer_is_not_trusted(offline_ksef: Ksef, receipts: Path) -> None:
    outcome = offline_ksef("upo", "verify", receipts, "--pin", "00" * 32)
    assert outcome.code == 6
    assert "none of those that are pinned" in outcome.out


def test_the_session_is_asked_and_what_was_sent_compared(
    ksef: Ksef, simulator: Simulator, receipts: Path, finished_session: str, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    for position, invoice in enumerate(simulator.invoices_of(finished_session)):
        content = simulator.invoice_bytes(finished_session, invoice.reference)
        if content is not None:
            (sent / f"{position}.xml").write_bytes(content)
    asked = ksef("upo", "verify", receipts, "--session", finished_session, "--ask", "--json")
    assert asked.code == 0
    compared = asked.document["reconciliation"]
    assert compared["agrees"]
    assert compared["compared"] == ["listed", "proven"]
    assert sum(bool(row["findings"]) for row in compared["invoices"]) == 2, "the rejected ones"
    (sent / "more.xml").write_bytes(b"<x/>")
    more = ksef("upo", "verify", receipts, "--sent", sent)
    assert more.code == 6
    assert "no UPO proves it" in more.out
    assert more.out.endswith(
        " 1 receipt, 0 with failed checks, and what was compared does not agree\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name at least one receipt"),
        (("x.xml", "--ask"), "give --session too"),
        (("x.xml", "--sent", "nowhere"), "is not a folder"),
        (("x.xml", "--pin", "abc"), "is not a fingerprint"),
        (("x.xml",), "No such file"),
    ],
)
def test_what_cannot_be_verified_is_a_mistake_of_usage(
    offline_ksef: Ksef, arguments: tuple[str, ...], words: str
) -> None:
    outcome = offline_ksef("upo", "verify", *arguments)
    assert outcome.code == 2
    assert words in outcome.err


@pytest.mark.parametrize("option", ["--ca", "--schema"])
def test_a_file_that_is_no_certificate_or_schema_is_named(
    offline_ksef: Ksef, receipts: Path, tmp_path: Path, option: str
) -> None:
    (tmp_path / "wrong.txt").write_text("something else")
    refused = offline_ksef("upo", "verify", receipts, option, tmp_path / "wrong.txt")
    assert refused.code == 2
    assert "wrong.txt" in refused.err
    assert "http" not in refused.err


def test_pins_are_read_from_the_users_data(
    offline_ksef: Ksef, simulator: Simulator, receipts: Path
) -> None:
    unknown = offline_ksef("upo", "verify", receipts)
    assert unknown.code == 0
    assert "nothing was given to know the signer by" in unknown.out
    pin = hashlib.sha256(simulator.upo_certificate).hexdigest()
    Pins().with_pin(pin, "test").save()
    known = offline_ksef("upo", "verify", receipts)
    assert known.code == 0
    assert "the signer is known" in known.out
    assert offline_ksef("upo", "verify", receipts, "--env", "prod").code == 6
