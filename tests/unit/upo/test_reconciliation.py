"""What was sent, what the session lists and what the UPO proves: every way to differ, in words."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ksef_facade.models.sessions import InvoiceStatus, StatusInfo
from ksef_facade.simulator import Simulator
from ksef_facade.upo import UpoEntry, read_upo, reconcile, status_words

from .signers import HASHES, NUMBERS


def listed(position: int, **changes: Any) -> InvoiceStatus:
    status = InvoiceStatus(
        reference_number=f"20250925-EE-{position}",
        status=StatusInfo(code=200),
        invoice_number=f"FA/{position + 1}",
        ksef_number=NUMBERS[position],
        invoice_hash=HASHES[position],
        invoicing_mode="Online",
    )
    return evolve(status, **changes)


def proven(position: int, **changes: Any) -> UpoEntry:
    entry = UpoEntry(
        seller_nip="5265877635",
        ksef_number=NUMBERS[position],
        invoice_number=f"FA/{position + 1}",
        invoice_hash=HASHES[position],
        mode="Online",
    )
    return evolve(entry, **changes)


def test_three_sides_that_agree() -> None:
    result = reconcile(HASHES, [listed(p) for p in range(4)], [proven(p) for p in (3, 1, 0, 2)])
    assert result.agrees
    assert result.compared == ("sent", "listed", "proven")
    assert [row.ksef_number for row in result.rows] == list(NUMBERS)
    assert all(row.sent and row.listed and row.proven for row in result.rows)
    assert not result.explained


def test_files_and_bytes_are_hashed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<a/>")
    digest = base64.b64encode(hashlib.sha256(b"<a/>").digest()).decode()
    entry = proven(0, invoice_hash=digest)
    for item in (path, str(path), b"<a/>", digest):
        result = reconcile([item], None, [entry])
        assert result.agrees
        [row] = result.rows
        assert row.sent == (
            str(path) if isinstance(item, Path | str) and item != digest else digest
        )


def test_what_was_sent_and_is_nowhere_is_missing() -> None:
    result = reconcile(HASHES[:2], [listed(0)], [proven(0)])
    [row] = result.missing
    assert (row.sent, row.listed, row.proven) == (HASHES[1], None, None)
    assert row.findings[0].message == f"{HASHES[1]} was sent, and the session does not list it"
    [unproven] = reconcile(HASHES[:2], None, [proven(0)]).missing
    assert unproven.findings[0].message.endswith("no UPO proves it")


def test_what_was_accepted_and_is_not_proven_is_missing() -> None:
    [row] = reconcile(None, [listed(0), listed(1)], [proven(0)]).missing
    assert row.ksef_number == NUMBERS[1]
    assert row.findings[0].message_pl == "przyjęta w sesji, ale nie ma jej w UPO"


def test_what_nobody_sent_or_lists_is_unexpected() -> None:
    unsent = reconcile(HASHES[:1], [listed(0), listed(1)], [proven(0), proven(1)])
    assert [row.ksef_number for row in unsent.unexpected] == [NUMBERS[1]]
    unlisted = reconcile(None, [listed(0)], [proven(0), proven(1)])
    [row] = unlisted.unexpected
    assert row.listed is None
    assert "which the session does not list" in row.findings[0].message


def test_doubled_ones_are_named_on_every_side() -> None:
    sent = reconcile([HASHES[0], HASHES[0]], [listed(0)], [proven(0)])
    session = reconcile(None, [listed(0), listed(0)], [proven(0)])
    upo = reconcile(None, [listed(0)], [proven(0), proven(0)])
    for result in (sent, session, upo):
        assert result.doubled
        assert not result.agrees


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"ksef_number": NUMBERS[3]}, "the KSeF number"),
        ({"invoice_hash": HASHES[3]}, "the hash"),
        ({"invoice_number": "X"}, "the invoice's number"),
        ({"mode": "Offline"}, "the mode"),
    ],
)
def test_sides_that_disagree_say_on_what(change: dict[str, str], word: str) -> None:
    result = reconcile(None, [listed(0)], [proven(0, **change)])
    [row] = result.mismatched
    assert f"{word} is" in row.findings[0].message
    assert len(result.rows) == 1


def test_rejected_ones_are_explained_and_no_disagreement() -> None:
    rejected = listed(0, status=StatusInfo(code=450), ksef_number=None)
    duplicate = listed(
        1,
        status=StatusInfo(
            code=440,
            extensions={"originalKsefNumber": NUMBERS[3], "originalSessionReferenceNumber": "S"},
        ),
        ksef_number=None,
    )
    waiting = listed(2, status=StatusInfo(code=150), ksef_number=None)
    result = reconcile(HASHES[:3], [rejected, duplicate, waiting], [])
    assert result.agrees
    kinds = [row.findings[0].kind for row in result.explained]
    assert kinds == ["rejected", "duplicate", "pending"]
    second = result.explained[1].findings[0]
    assert second.message.endswith(
        f"440, a duplicate: this invoice has a KSeF number already: {NUMBERS[3]} in session S"
    )
    assert second.message_pl.startswith("440, duplikat: ")
    assert second.message_pl.endswith(f"{NUMBERS[3]} w sesji S")


def test_a_duplicate_of_an_invoice_in_the_same_session_leaves_its_proof_alone() -> None:
    again = listed(0, reference_number="again", status=StatusInfo(code=440), ksef_number=None)
    for order in ([listed(0), again], [again, listed(0)]):
        result = reconcile(HASHES[:1], order, [proven(0)])
        assert result.agrees
        assert sum(row.proven is not None for row in result.rows) == 1


def test_a_rejected_one_that_is_proven_is_mismatched() -> None:
    rejected = listed(0, status=StatusInfo(code=450), ksef_number=None)
    [row] = reconcile(None, [rejected], [proven(0)]).mismatched
    assert row.proven is not None


def test_a_session_of_the_simulator_agrees() -> None:
    with Simulator(seed=3) as simulator:
        reference = simulator.seed_session("5265877635", "batch", 5, 2, 2)
        pages = [read_upo(simulator.upo_bytes(reference, page)) for page in (1, 2, 3)]
        accepted = simulator.accepted_invoices()
    entries = [entry for page in pages for entry in page.documents()]
    assert len(entries) == 5
    numbers = [invoice.ksef_number for invoice in accepted]
    assert [entry.ksef_number for entry in entries] == numbers
    assert reconcile(None, None, entries).agrees


@pytest.mark.parametrize("kind", ["session", "invoice"])
@pytest.mark.parametrize("code", [100, 150, 200, 405, 415, 430, 435, 440, 500, 550])
def test_codes_have_words_in_both_languages(kind: Any, code: int) -> None:
    polish, english = (status_words(kind, code, language) for language in ("pl", "en"))
    assert polish != english
    assert not (polish + english).endswith(".")


def test_codes_of_tomorrow_are_explained_by_their_range() -> None:
    assert status_words("invoice", 0) == "unknown code"
    assert status_words("invoice", 199) == "an unlisted code, in progress"
    assert status_words("session", 299) == "an unlisted code, success"
    assert status_words("session", 499, "pl") == "odrzucenie"
