"""The two codes on an invoice's visualisation: links to the Ministry's pages that verify it, as QR codes.

KOD I leads to the invoice, KOD II proves who issued it offline. Bytes in, links and pictures out; no
network. Names are loaded when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade.qr.coded_invoices import CodedInvoice
    from ksef_facade.qr.codes import QrCode, verification_codes
    from ksef_facade.qr.link_checks import (
        CertificateLink,
        CertificateLinkCheck,
        check_certificate_link,
    )
    from ksef_facade.qr.links import certificate_link, invoice_link

_HOMES = {
    "coded_invoices": ("CodedInvoice",),
    "codes": ("QrCode", "verification_codes"),
    "link_checks": ("CertificateLink", "CertificateLinkCheck", "check_certificate_link"),
    "links": ("certificate_link", "invoice_link"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CertificateLink",
    "CertificateLinkCheck",
    "CodedInvoice",
    "QrCode",
    "certificate_link",
    "check_certificate_link",
    "invoice_link",
    "verification_codes",
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
