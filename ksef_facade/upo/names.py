"""File names of receipts: made of references only, so that they are unique and sort by session."""

from __future__ import annotations

from ksef_facade.store.files import safe_name


def page_file_name(session_reference: str, upo_reference: str) -> str:
    """`<session>-upo-<page>.xml`, e.g. `20250925-SO-...-65-upo-20250925-EU-...-C8.xml`.

    Raises:
        InvalidIdentifier: a reference cannot be part of a file name.
    """
    page = safe_name(upo_reference) if upo_reference else "page"
    return f"{safe_name(session_reference)}-upo-{page}.xml"


def invoice_file_name(ksef_number: str) -> str:
    """`<KSeF number>-upo.xml`.

    Raises:
        InvalidIdentifier: the number cannot be part of a file name.
    """
    return f"{safe_name(ksef_number)}-upo.xml"
