"""File names of receipts: made of references only, so that they are unique and sort by session."""

from __future__ import annotations

from collections.abc import Sequence

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.models.sessions import UpoPageLink
from ksef_facade.store.files import safe_name


def page_file_name(session_reference: str, upo_reference: str) -> str:
    """`<session>-upo-<page>.xml`, e.g. `20250925-SO-...-65-upo-20250925-EU-...-C8.xml`.

    Raises:
        InvalidIdentifier: a reference cannot be part of a file name.
    """
    page = safe_name(upo_reference) if upo_reference else "page"
    return f"{safe_name(session_reference)}-upo-{page}.xml"


def page_file_names(session_reference: str, pages: Sequence[UpoPageLink]) -> list[str]:
    """A name for each page, all different: where references are missing, repeated or odd, their position
    in the list is part of the name.
    """
    names: list[str] = []
    for position, page in enumerate(pages, start=1):
        try:
            name = page_file_name(session_reference, page.reference_number)
        except InvalidIdentifier:
            name = page_file_name(session_reference, "")
        if name in names or not page.reference_number:
            name = f"{name.removesuffix('.xml')}-{position:04}.xml"
        names.append(name)
    return names


def invoice_file_name(ksef_number: str) -> str:
    """`<KSeF number>-upo.xml`.

    Raises:
        InvalidIdentifier: the number cannot be part of a file name.
    """
    return f"{safe_name(ksef_number)}-upo.xml"
