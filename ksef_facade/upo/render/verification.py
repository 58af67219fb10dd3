"""The link under which KSeF shows whether it holds an invoice, and its QR code."""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64encode
from typing import Final

from ksef_facade.upo.entries import UpoEntry

# Documented hosts of the verification pages.
_HOSTS: Final = {
    "test": "qr-test.ksef.mf.gov.pl",
    "demo": "qr-demo.ksef.mf.gov.pl",
    "prod": "qr.ksef.mf.gov.pl",
}
_NIP: Final = re.compile(r"[0-9]{10}")
_SHA256_SIZE: Final = 32


def verification_link(entry: UpoEntry, environment_name: str | None) -> str | None:
    """`https://<host>/invoice/<NIP>/<DD-MM-YYYY>/<Base64URL of the hash>` (documented as KOD I).

    `None` where the document does not tell all of it: before v4-3 it names no environment.
    """
    host = _HOSTS.get(environment_name or "")
    if host is None or entry.issue_date is None or not _NIP.fullmatch(entry.seller_nip or ""):
        return None
    try:
        value = b64decode(entry.invoice_hash or "", validate=True)
    except ValueError:
        return None
    if len(value) != _SHA256_SIZE:
        return None
    code = urlsafe_b64encode(value).decode().rstrip("=")
    return f"https://{host}/invoice/{entry.seller_nip}/{entry.issue_date:%d-%m-%Y}/{code}"


def qr_rows(link: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the QR code (ISO/IEC 18004, error correction M), row by row, dark ones true.

    Raises:
        ImportError: the extra `pdf` is not installed.
    """
    import segno

    code = segno.make(link, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def qr_path(rows: tuple[tuple[bool, ...], ...]) -> str:
    """The dark modules as one SVG path, a module to a unit."""
    return "".join(
        f"M{start} {top}h{width}v1h-{width}z"
        for top, row in enumerate(rows)
        for start, width in runs(row)
    )


def runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark modules lie side by side: the first, and how many."""
    found = []
    start = None
    for place, dark in enumerate((*row, False)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            found.append((start, place - start))
            start = None
    return found
