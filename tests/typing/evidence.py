"""The public types of receipts as evidence, stated."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Literal, assert_type

from ksef_facade import InvoiceStatus, SessionStatus
from ksef_facade.upo import (
    Pins,
    ReceiptReport,
    Reconciliation,
    SignatureReport,
    UpoDocument,
    UpoEntry,
    UpoReport,
    Verdict,
    read_upo,
    reconcile,
    status_words,
    verify_receipt,
    verify_signature,
    verify_upo,
)


def reading(page: Path) -> None:
    document = read_upo(page)
    assert_type(document, UpoDocument)
    assert_type(document.session_reference, str)
    assert_type(document.environment_name, str | None)
    assert_type(document.extras, tuple[tuple[str, str], ...])
    assert_type(document.documents(), Iterator[UpoEntry])
    for entry in document.documents():
        assert_type(entry.ksef_number, str | None)
        assert_type(entry.issue_date, date | None)
        assert_type(entry.acquired_at, datetime | None)


def checking(
    page: bytes, session: SessionStatus, invoices: list[InvoiceStatus], sent: list[Path]
) -> None:
    report = verify_upo(page, pins=["00" * 32])
    assert_type(report, UpoReport)
    assert_type(report.outcome, Literal["ok", "warning", "failed"])
    assert_type(report.verdicts, tuple[Verdict, ...])
    assert_type(report.signature, SignatureReport | None)
    receipt = verify_receipt([page], session, invoices, sent, pins=Pins.load())
    assert_type(receipt, ReceiptReport)
    assert_type(receipt.reconciliation, Reconciliation | None)
    assert_type(reconcile(sent, invoices, None).agrees, bool)
    assert_type(verify_signature(page).trust, Literal["trusted", "untrusted", "unknown"])
    assert_type(status_words("invoice", 440, "pl"), str)
