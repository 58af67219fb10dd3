"""The receipts of an archive as evidence: every check on the pages of a session, kept in the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from ksef_facade.answers.sessions import read_invoice_status, read_session_status
from ksef_facade.logins.contexts import Context
from ksef_facade.models.sessions import InvoiceStatus
from ksef_facade.store.archive.files import INVOICES_NAME, STATUS_NAME
from ksef_facade.store.ledger.ledger import Ledger

if TYPE_CHECKING:
    from ksef_facade.upo.signature.trust import PinsLike

# Others, like a simulator, put one of these into the authority's name all the same.
_MINISTRYS: Final = ("test", "demo", "prod")


@frozen(kw_only=True)
class Trust:
    """Whose signatures are trusted: by fingerprint, or by authority (PEM)."""

    pins: PinsLike = None
    ca_pem: bytes | str | PathLike[str] | None = None


def check_receipt(ledger: Ledger, reference: str, folder: Path, trust: Trust) -> list[str]:
    """Verify the pages of a session, whose files are as archived, and keep each verdict; gives a sentence
    for each that failed.

    Raises:
        ConfigurationError: the pins or authorities cannot be used.
        OSError: a file cannot be read.
    """
    from ksef_facade.upo.receipts import verify_receipt

    pages = ledger.page_rows(reference)
    kind, _, value = (ledger.fact("context") or "").partition(":")
    environment = ledger.fact("environment") or ""
    status = read_session_status(json.loads((folder / STATUS_NAME).read_bytes()), reference)
    report = verify_receipt(
        [ledger.directory / page.file for page in pages],
        status,
        _listed(folder / INVOICES_NAME),
        session_reference=reference,
        context=Context(kind, value),
        environment=environment if environment in _MINISTRYS else None,
        transport_hashes=[page.sha256 if page.hash_verified else None for page in pages],
        pins=trust.pins,
        ca_pem=trust.ca_pem,
    )
    failed = []
    with ledger.file.transaction():
        for verdict in report.verdicts:
            texts = verdict.details or (verdict.message,)
            ledger.check(reference, verdict.name, texts, outcome=verdict.outcome)
            if verdict.outcome == "failed":
                failed.append(f"{verdict.name}: {'; '.join(texts)}")
    return failed


def _listed(path: Path) -> Iterator[InvoiceStatus]:
    with path.open("rb") as file:
        for line in file:
            yield read_invoice_status(json.loads(line))
