"""Whole answers of the service, and JSON of every sort made of the same words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from ksef_facade.answers.responses import Response

GOOD: dict[str, dict[str, Any]] = {
    "session": {
        "status": {"code": 200, "description": "opis", "details": ["a"]},
        "dateCreated": "2026-10-20T12:24:16+00:00",
        "dateUpdated": "2026-10-20T12:24:16+00:00",
        "validUntil": "2026-10-20T12:24:16+00:00",
        "invoiceCount": 3,
        "successfulInvoiceCount": 2,
        "failedInvoiceCount": 1,
    },
    "summary": {
        "referenceNumber": "20250925-SO-2F67776000-97273B191A-65",
        "status": {"code": 200, "description": "opis"},
        "dateCreated": "2026-10-20T12:24:16+00:00",
        "dateUpdated": "2026-10-20T12:24:16+00:00",
        "validUntil": "2026-10-20T12:24:16+00:00",
        "totalInvoiceCount": 3,
        "successfulInvoiceCount": 2,
        "failedInvoiceCount": 1,
    },
    "invoice": {
        "referenceNumber": "20250625-EE-319D7EE000-B67F415CDC-2C",
        "status": {"code": 200, "description": "opis"},
        "ordinalNumber": 1,
        "invoiceNumber": "FV/1",
        "ksefNumber": "5265877635-20250626-010080DD2B5E-26",
        "invoiceHash": "AAAA",
        "invoiceFileName": "a.xml",
        "invoicingMode": "Online",
        "permanentStorageDate": "2026-10-20T12:24:16+00:00",
        "invoicingDate": "2026-10-20T12:24:16+00:00",
        "acquisitionDate": "2026-10-20T12:24:16+00:00",
        "upoDownloadUrl": "/storage/1",
        "upoDownloadUrlExpirationDate": "2026-10-20T12:24:16+00:00",
    },
    "login": {
        "referenceNumber": "20251010-AU-19F5E39000-39B5B182BA-B8",
        "status": {"code": 200, "description": "opis"},
        "isCurrent": True,
        "startDate": "2026-10-20T12:24:16+00:00",
        "lastTokenRefreshDate": "2026-10-20T12:24:16+00:00",
        "refreshTokenValidUntil": "2026-10-20T12:24:16+00:00",
        "authenticationMethodInfo": {"code": "xades.seal", "displayName": "opis"},
    },
}
OTHERS: list[Any] = [
    {"exception": {"exceptionDetailList": [{"exceptionCode": 1, "exceptionDescription": "a"}]}},
    {"exception": {"serviceCode": "a"}, "details": []},
    {"title": "a", "detail": "b", "traceId": "c", "errors": [{"code": 1, "description": "a"}]},
    {"reasonCode": "a", "security": {"presentPermissions": [], "requiredAnyOfPermissions": []}},
    {"sessions": [], "invoices": [], "continuationToken": "a"},
    {"upo": {"pages": [{"downloadUrl": "a", "downloadUrlExpirationDate": "b"}]}},
    {"accessToken": {"token": "a", "validUntil": "b"}, "challenge": "a", "timestampMs": 1},
    {"certificate": "a", "publicKeyId": "b", "usage": [], "validFrom": "c", "validTo": "d"},
    {"ksef_handle": 1, "environment": "a", "base_url": "b", "context": "c", "session": "d"},
    {"invoice": None, "extensions": {}, "authenticationMethodInfo": {"displayName": "a"}},
]


def names(value: Any) -> Iterator[str]:
    """Every property's name in a value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(key, str):
            yield key
        if isinstance(inner, dict | list):
            yield from names(inner)


# The words that the readers look for, so that chance meets them.
WORDS = sorted({*names(GOOD), *names(OTHERS)} - set(GOOD))
TEXTS = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=[]), max_size=20),
    st.sampled_from(
        [
            "",
            "200",
            "20250925-SO-2F67776000-97273B191A-65",
            "2026-10-20T12:24:16.0154302+00:00",
            "2026-10-20T12:24:16",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59.9999999-14:00",
            "https://[::1/a",
            "\ud800",
            "9" * 5000,
        ]
    ),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.just(10**400), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), inner, max_size=6),
    ),
    max_leaves=25,
)


def answered(body: bytes, status: int = 200, **headers: str) -> Response:
    return Response(operation="GET /x", status_code=status, headers=headers, content=body)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()
