"""Receipts as callers get them: a UPO in memory, a UPO on disk, and all pages of a session's UPO on
disk.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Literal

from attrs import field, frozen

from ksef_facade.models.sessions import SessionStatus

UpoSource = Literal["link", "refreshed-link", "api"]
"""How a document came: by the link first given, by a renewed one, or through the API."""


@frozen(kw_only=True)
class Upo:
    """One UPO document, byte for byte as it was served, with how it came.

    `sha256` is the Base64 SHA-256 of `content`; `hash_verified` tells whether a header of the
    answer (`x-ms-meta-hash`) confirmed it. `upo_reference` is `None` for the UPO of a single
    invoice.
    """

    session_reference: str
    content: bytes = field(repr=False)
    size: int
    sha256: str
    hash_verified: bool
    source: UpoSource
    upo_reference: str | None = None
    ksef_number: str | None = None
    """The number that the document proves, if it proves exactly one."""

    @property
    def suggested_name(self) -> str:
        """A file name made of references: `<KSeF number>-upo.xml`, or session and page for a
        session's page.
        """
        from ksef_facade.upo.names import invoice_file_name, page_file_name

        if self.upo_reference is not None or self.ksef_number is None:
            return page_file_name(self.session_reference, self.upo_reference or "")
        return invoice_file_name(self.ksef_number)

    def save(self, target: str | PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the document to a file, or under its suggested name into an existing folder; no
        request.

        Raises:
            FileConflict: a file with other bytes is there and `overwrite` is false.
            OSError: the place cannot be written.
        """
        from ksef_facade.store.files import AtomicFile

        path = Path(target)
        if path.is_dir():
            path /= self.suggested_name
        with AtomicFile(path, overwrite=overwrite) as file:
            file.write(self.content)
            return file.commit().path


@frozen(kw_only=True)
class SavedUpo:
    """One UPO document on disk. `size` is in bytes, `sha256` in Base64.

    `page` and `pages` are what the document says of itself; both are `None` for the UPO of one
    invoice.
    """

    path: Path
    session_reference: str
    upo_reference: str | None
    size: int
    sha256: str
    hash_verified: bool
    source: UpoSource
    document_count: int
    page: int | None = None
    pages: int | None = None


@frozen(kw_only=True)
class SavedReceipt:
    """All pages of a session's UPO on disk, and what does not fit together, if anything.

    `problems` holds one English sentence for each finding: a page missing or doubled, counts that
    differ.
    """

    session_reference: str
    directory: Path
    status: SessionStatus
    pages: tuple[SavedUpo, ...]
    problems: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every page is there and the counts agree."""
        return bool(self.pages) and not self.problems

    @property
    def document_count(self) -> int:
        """Invoices proven by the pages together."""
        return sum(page.document_count for page in self.pages)
