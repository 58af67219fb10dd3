"""What is written for a session once the answers are there: its files, and its rows in the ledger.

Files come first and the ledger follows, so that whatever the ledger says is on disk. Done again after
a kill, each step gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ksef_facade.answers.sessions import read_invoice_status
from ksef_facade.models.archive import ArchiveState
from ksef_facade.models.sessions import FIRST_FAILURE_CODE, SessionStatus
from ksef_facade.store.archive.files import (
    INVOICES_NAME,
    STATUS_NAME,
    ManifestFile,
    write_invoices,
    write_manifest,
    write_status,
)
from ksef_facade.store.ledger.file import time_text
from ksef_facade.store.ledger.invoices import keep_list, keep_proofs
from ksef_facade.store.ledger.ledger import Ledger
from ksef_facade.store.ledger.rows import kept_rows
from ksef_facade.upo.documents import read_upo
from ksef_facade.upo.inspection import UpoFacts, inspect

_READ_SIZE: Final = 1 << 20
_STATUS_CAME: Final = "GET /sessions/{referenceNumber}, without links"
_INVOICES_CAME: Final = "GET /sessions/{referenceNumber}/invoices, without links"


def listing_key(status: SessionStatus) -> str:
    """What an invoice list depends on: when it is the same, the list is."""
    return "|".join(
        str(part)
        for part in (
            status.status.code,
            time_text(status.date_updated),
            status.invoice_count,
            status.successful_invoice_count,
            status.failed_invoice_count,
        )
    )


def outcome(
    status: SessionStatus, accepted: int | None, problems: Sequence[str]
) -> tuple[ArchiveState, str | None]:
    """The state of a session in the archive, and why it is not complete."""
    if not status.is_terminal:
        return "open", f"not final yet: {status.status}"
    if status.upo_pages:
        return ("faulty", "; ".join(problems)) if problems else ("complete", None)
    if status.status.code >= FIRST_FAILURE_CODE:
        return "without_upo", f"it ended with {status.status}"
    if accepted == 0:
        return "without_upo", "no invoice was accepted"
    return "waiting", "its UPO is not there yet"


def file_invoices(ledger: Ledger, reference: str, folder: Path, key: str) -> None:
    """Write `invoices.jsonl` from the pages that were kept, and take them over into the ledger."""
    write_invoices(folder, kept_rows(ledger.file, reference))
    rows = [read_invoice_status(raw) for raw in kept_rows(ledger.file, reference)]
    # A row without a reference cannot be told from others; the file has it all the same.
    keep_list(ledger, reference, (row for row in rows if row.reference_number), key)


def prove_invoices(ledger: Ledger, reference: str) -> list[UpoFacts]:
    """Read the session's pages from disk: what they say of themselves, and which invoices they prove."""
    facts = []
    with ledger.file.transaction():
        for row in ledger.page_rows(reference):
            path = ledger.directory / row.file
            facts.append(inspect(path))
            keep_proofs(ledger.file, reference, row.upo_reference, read_upo(path).documents())
    return facts


def file_session(
    ledger: Ledger, status: SessionStatus, folder: Path, state: ArchiveState, reason: str | None
) -> None:
    """Write `status.json` and `manifest.json`, and that the session is archived."""
    reference = status.reference_number
    saved = write_status(folder, dict(status.raw))
    size, sha256 = digest(folder / INVOICES_NAME)
    files = [
        ManifestFile(name=STATUS_NAME, size=saved.size, sha256=saved.sha256, came=_STATUS_CAME),
        ManifestFile(name=INVOICES_NAME, size=size, sha256=sha256, came=_INVOICES_CAME),
    ]
    files += [
        ManifestFile(
            name=Path(row.file).name,
            size=row.size,
            sha256=row.sha256,
            came=row.source,
            page={
                "upo_reference": row.upo_reference,
                "page": row.page,
                "pages": row.pages,
                "document_count": row.document_count,
                "hash_verified": row.hash_verified,
            },
        )
        for row in ledger.page_rows(reference)
    ]
    facts = {
        "session": reference,
        "kind": ledger.session(reference)["kind"],
        "environment": ledger.fact("environment"),
        "context": ledger.fact("context"),
        "state": state,
        "reason": reason,
    }
    manifest = write_manifest(folder, facts, files)
    with ledger.file.transaction() as connection:
        if status.upo_pages:
            ledger.check(reference, "pages", () if reason is None else (reason,))
        connection.execute("DELETE FROM checks WHERE session = ? AND name = 'file'", (reference,))
        connection.execute(
            "UPDATE sessions SET manifest_sha256 = ? WHERE reference = ?",
            (manifest.sha256, reference),
        )
        ledger.note(reference, state, reason)


def digest(path: Path) -> tuple[int, str]:
    """Size and Base64 SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_READ_SIZE):
            found.update(chunk)
            size += len(chunk)
    return size, base64.b64encode(found.digest()).decode()
