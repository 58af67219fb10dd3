"""The UPO, KSeF's official receipt: bytes in, facts out, no network.

A UPO is evidence as it came, byte for byte: nothing here changes or writes one. Names are loaded when
they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade.upo.checks import UpoReport, verify_upo
    from ksef_facade.upo.documents import UpoDocument, read_upo
    from ksef_facade.upo.entries import UpoEntry
    from ksef_facade.upo.receipts import ReceiptReport, verify_receipt
    from ksef_facade.upo.reconciliation import reconcile
    from ksef_facade.upo.reconciliation_rows import Finding, Reconciliation, ReconciliationRow
    from ksef_facade.upo.render import render_html, render_pdf
    from ksef_facade.upo.signature.checking import SignatureReport, verify_signature
    from ksef_facade.upo.signature.trust import Pins
    from ksef_facade.upo.status_texts import status_words
    from ksef_facade.upo.verdicts import Verdict

_HOMES = {
    "checks": ("UpoReport", "verify_upo"),
    "documents": ("UpoDocument", "read_upo"),
    "entries": ("UpoEntry",),
    "receipts": ("ReceiptReport", "verify_receipt"),
    "reconciliation": ("reconcile",),
    "reconciliation_rows": ("Finding", "Reconciliation", "ReconciliationRow"),
    "render": ("render_html", "render_pdf"),
    "signature.checking": ("SignatureReport", "verify_signature"),
    "status_texts": ("status_words",),
    "signature.trust": ("Pins",),
    "verdicts": ("Verdict",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Finding",
    "Pins",
    "ReceiptReport",
    "Reconciliation",
    "ReconciliationRow",
    "SignatureReport",
    "UpoDocument",
    "UpoEntry",
    "UpoReport",
    "Verdict",
    "read_upo",
    "reconcile",
    "render_html",
    "render_pdf",
    "status_words",
    "verify_receipt",
    "verify_signature",
    "verify_upo",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module it is defined in."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names too, before they are loaded."""
    return sorted({*globals(), *__all__})
