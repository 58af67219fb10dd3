"""What the properties of KSeF's answers mean, whatever a contract says of their types."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from scripts.replay import asked
from scripts.replay.payloads import Known
from scripts.replay.published import Key
from tests.facade.scripted import INVOICE, NUMBER, PAGE_1, PAGE_2, SESSION, public_key, upo

BASE_PATH = "/v2"
HOST = "https://api-test.ksef.mf.gov.pl"
LOGIN = "20251010-AU-19F5E39000-39B5B182BA-B8"
BATCH_SESSION = "20250626-SB-213D593000-4DE10D80A5-E9"
PAGES = (PAGE_1, PAGE_2)
_DATE = re.compile(r"^(date|valid)[A-Z]|(Date|DateTime|Until)$")
ERROR_CODE = 21405
"""An exception code that no feature goes by."""


def reference(kind: str, number: int) -> str:
    """A reference number of its own for each number."""
    return f"20250925-{kind}-2F67776000-{number:010X}-65"


def upo_of(name: str) -> bytes:
    """The UPO document that a link or the API has under a name: a page's reference, or another."""
    if name in PAGES:
        return upo(page=PAGES.index(name) + 1, pages=len(PAGES), total=len(PAGES))
    return upo(page=None)


def link(name: str, form: str = "absolute") -> str:
    """A pre-signed link."""
    return f"{HOST if form == 'absolute' else ''}/storage/01/{name}?sig=%2BUW%2Fv%3D%3D"


def meaning(key: Key, now: datetime, code: int, *, first_row: int = 0) -> Known:
    """Values of the properties in the answers of an operation."""
    fixed = {
        "challenge": "20250514-CR-226FB7B000-3ACF9BE4C0-10",
        "timestamp": now.isoformat(),
        "timestampMs": int(now.timestamp() * 1000),
        "exceptionCode": ERROR_CODE,
        "ksefNumber": NUMBER,
        "reasonCode": "missing-permissions",
        "downloadUrlExpirationDate": (now + timedelta(days=3)).isoformat(),
        "validUntil": (now + timedelta(minutes=15)).isoformat(),
    }
    counts = {
        "invoiceCount": 2,
        "totalInvoiceCount": 2,
        "successfulInvoiceCount": 2,
        "failedInvoiceCount": 0,
    }
    own = public_key() if key == asked.PUBLIC_KEYS else {}
    rows = {
        "usage": own.get("usage"),
        "certificate": own.get("certificate"),
        "certificateId": own.get("certificateId"),
        "publicKeyId": own.get("publicKeyId"),
        "validFrom": own.get("validFrom"),
        "validTo": own.get("validTo"),
    }

    if key == asked.OPEN_BATCH:
        fixed["method"] = "PUT"

    def known(path: tuple[str, ...]) -> Any:
        name = path[-1] if path else ""
        if name not in fixed and name not in rows and _DATE.search(name):
            return now.isoformat()
        row = next((int(part) for part in path if part.isdigit()), 0)
        if name == "code":
            return ERROR_CODE if "errors" in path else code
        if name == "token" or path in (("accessToken",), ("authenticationToken",)):
            return f"token-{int(now.timestamp())}"
        if name == "ordinalNumber":
            return first_row + row + 1
        if name == "referenceNumber":
            return _reference(key, path, first_row + row)
        if path[-2:] == ("refreshToken", "validUntil"):
            return (now + timedelta(days=7)).isoformat()
        if name == "downloadUrl":
            return link(PAGES[row % 2], "absolute" if row == 0 else "relative")
        if name == "url" and key == asked.OPEN_BATCH:
            return link(f"part-{row + 1}")
        if name == "upoDownloadUrl":
            return link("invoice")
        if name == "pages":
            return len(PAGES)
        for table in (fixed, counts, rows):
            if table.get(name) is not None:
                return table[name]
        return None

    return known


def _reference(key: Key, path: tuple[str, ...], row: int) -> str:
    if "pages" in path:
        return PAGES[row % 2]
    if key == asked.HISTORY:
        return reference("SO", row)
    if key == asked.LOGINS:
        return reference("AU", row)
    if key in (asked.INVOICES, asked.FAILED):
        return reference("EE", row)
    return _NAMED.get(key, INVOICE)


_NAMED = {
    asked.TOKEN_LOGIN: LOGIN,
    asked.XADES_LOGIN: LOGIN,
    asked.OPEN: SESSION,
    asked.OPEN_BATCH: BATCH_SESSION,
}
