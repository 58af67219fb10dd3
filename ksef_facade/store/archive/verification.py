"""Every file of an archive held against the ledger; what is damaged is marked to be fetched again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ksef_facade.models.archive import ArchiveFinding, ArchiveVerification
from ksef_facade.store.archive.files import INVOICES_NAME, MANIFEST_NAME
from ksef_facade.store.archive.receipts import Trust, check_receipt
from ksef_facade.store.archive.session_filing import digest
from ksef_facade.store.ledger.ledger import Ledger

_PAGE, _MANIFEST, _LIST, _OTHER = "page", "manifest", "list", "other"
_LARGEST_MANIFEST: Final = 64 << 20


def verify_archive(ledger: Ledger, trust: Trust | None = None) -> ArchiveVerification:
    """Read all files, compare size and hash, and write down what was found; with `trust`, verify the
    receipts too.

    Raises:
        ArchiveRefused: the ledger cannot be written.
        ConfigurationError: what is to be trusted cannot be used.
    """
    findings: list[ArchiveFinding] = []
    sessions = files = size = 0
    for row in ledger.file.select(
        "SELECT reference, folder, state, manifest_sha256, page_count FROM sessions"
        " WHERE manifest_sha256 IS NOT NULL ORDER BY reference"
    ):
        sessions += 1
        look = _Look(ledger, row["reference"], ledger.directory / row["folder"])
        look.at_pages()
        look.at_manifest(row["manifest_sha256"])
        if row["state"] == "complete" and look.pages != row["page_count"]:
            look.lacks(row["page_count"])
        look.write_down()
        files += look.files
        size += look.size
        findings += look.findings
        if trust is not None and look.pages and not look.findings:
            findings += [
                ArchiveFinding(session=row["reference"], file=None, message=sentence)
                for sentence in check_receipt(
                    ledger, row["reference"], ledger.directory / row["folder"], trust
                )
            ]
    return ArchiveVerification(
        directory=ledger.directory,
        sessions=sessions,
        files=files,
        size=size,
        findings=tuple(findings),
    )


class _Look:
    """One session's files."""

    def __init__(self, ledger: Ledger, reference: str, folder: Path) -> None:
        self._ledger = ledger
        self._reference = reference
        self._folder = folder
        self._kinds: set[str] = set()
        self._damaged: list[int] = []
        self.findings: list[ArchiveFinding] = []
        self.files = self.size = self.pages = 0

    def at_pages(self) -> None:
        """Look at the UPO pages that the ledger knows."""
        for page in self._ledger.page_rows(self._reference):
            path = self._ledger.directory / page.file
            self.pages += 1
            if not self._is_whole(path, page.size, page.sha256, _PAGE):
                self._damaged.append(page.position)

    def at_manifest(self, sha256: str) -> None:
        """Look at the manifest, and at what it names beside the pages."""
        path = self._folder / MANIFEST_NAME
        if not self._is_whole(path, None, sha256, _MANIFEST):
            # Nobody knows what the other files should be, so they are made anew with it.
            self._kinds.add(_LIST)
            return
        pages = {Path(page.file).name for page in self._ledger.page_rows(self._reference)}
        for entry in _entries(path):
            if entry["name"] not in pages:
                kind = _LIST if entry["name"] == INVOICES_NAME else _OTHER
                self._is_whole(self._folder / entry["name"], entry["size"], entry["sha256"], kind)

    def lacks(self, count: int) -> None:
        """Note that pages are missing from the ledger."""
        self._kinds.add(_PAGE)
        self._find(None, f"{self.pages} of {count} UPO pages are in the ledger")

    def write_down(self) -> None:
        """Keep the outcome, and mark the session for the next run if anything is damaged."""
        with self._ledger.file.transaction() as connection:
            connection.execute(
                "DELETE FROM checks WHERE session = ? AND name = 'file'", (self._reference,)
            )
            self._ledger.check(self._reference, "file", [one.message for one in self.findings])
            if not self.findings:
                return
            connection.executemany(
                "UPDATE receipts SET state = 'damaged' WHERE session = ? AND position = ?",
                [(self._reference, position) for position in self._damaged],
            )
            if _LIST in self._kinds:
                connection.execute(
                    "UPDATE sessions SET listed_for = NULL WHERE reference = ?", (self._reference,)
                )
            reason = "; ".join(one.message for one in self.findings)
            # Round 0: whatever round is under way looks at it.
            self._ledger.note(self._reference, "faulty", reason, round=0)

    def _is_whole(self, path: Path, size: int | None, sha256: str, kind: str) -> bool:
        self.files += 1
        try:
            found, hashed = digest(path)
        except OSError as error:
            self._kinds.add(kind)
            self._find(path, f"{path.name} cannot be read: {error.strerror or error}")
            return False
        self.size += found
        if hashed == sha256:
            return True
        self._kinds.add(kind)
        told = "" if size is None or size == found else f" ({found} bytes instead of {size})"
        self._find(path, f"{path.name} is not what was archived{told}")
        return False

    def _find(self, file: Path | None, message: str) -> None:
        self.findings.append(ArchiveFinding(session=self._reference, file=file, message=message))


def _entries(manifest: Path) -> Iterator[dict[str, Any]]:
    """The files that a manifest names; its hash was right, so it is one of ours."""
    yield from json.loads(manifest.read_bytes()[:_LARGEST_MANIFEST])["files"]
