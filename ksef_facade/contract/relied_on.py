"""Everything in the contract that the facade relies on.

A difference breaks the facade only where it touches something listed here. The list is kept by hand
and checked: `tests/facade/test_reliance.py` runs the facade and compares what it sends and reads
with what stands here.

A place in a body is written like `upo.pages[].referenceNumber`. What is sent comes with the values
at its limits, so that a narrowed enumeration, length or pattern can be tried on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ksef_facade.contract.document import Key
from ksef_facade.contract.reliance import Reliance, Values

SESSION = "20250925-SO-2F67776000-97273B191A-65"
BATCH_SESSION = "20250925-SB-2F67776000-97273B191A-65"
INVOICE = "20250625-EE-319D7EE000-B67F415CDC-2C"
UPO_PAGE = "20250901-EU-47FDBE3000-5961A5D232-BF"
LOGIN = "20251010-AU-19F5E39000-39B5B182BA-B8"
KSEF_NUMBER = "5265877635-20250626-010080DD2B5E-26"
SHA256_BASE64 = "X+wQflQVyRs1fImlI+xDPnWk1V37hys4O1lkx9iJbSA="
MOMENT = "2025-09-25T10:00:00+00:00"
PAGE_SIZES = (10,)
"""The smallest; of larger pages the facade asks for what the contract allows."""
CONTINUATION = "W3sidG9rZW4iOiIrUklEOn4="


def _status(prefix: str = "") -> tuple[str, ...]:
    return tuple(f"{prefix}status.{name}" for name in ("description", "details", "extensions"))


def _token(name: str) -> str:
    return f"{name}.validUntil"


_INVOICE_READS = (
    *_status(),
    "ordinalNumber",
    "invoiceNumber",
    "ksefNumber",
    "invoiceHash",
    "invoiceFileName",
    "invoicingDate",
    "acquisitionDate",
    "permanentStorageDate",
    "invoicingMode",
    "upoDownloadUrl",
    "upoDownloadUrlExpirationDate",
)
_INVOICE_LIST = Reliance(
    path=(SESSION,),
    always={"pageSize": PAGE_SIZES},
    sometimes={"x-continuation-token": (CONTINUATION,)},
    needs=(
        "invoices[].referenceNumber",
        "invoices[].status.code",
        "continuationToken",
    ),
    reads=tuple(f"invoices[].{name}" for name in _INVOICE_READS),
)
_UPO_MISSING = 21178
_UNKNOWN_KEY = 21470
_UNKNOWN_SESSION = 21173
_STATUS_FORBIDS = 21180


_FORM_AND_KEY: Mapping[str, Values] = {
    "formCode.systemCode": ("FA (3)",),
    "formCode.schemaVersion": ("1-0E",),
    "formCode.value": ("FA",),
    "encryption.encryptedSymmetricKey": (),
    "encryption.initializationVector": (),
}
# Where the list of public keys names them.
_KEY_NAME: Mapping[str, Values] = {"encryption.publicKeyId": (SHA256_BASE64,)}


def _upo(*path: str) -> Reliance:
    return Reliance(
        path=path, media="application/xml", headers=("x-ms-meta-hash",), codes=(_UPO_MISSING,)
    )


RELIANCE: Mapping[Key, Reliance] = MappingProxyType(
    {
        ("GET", "/security/public-key-certificates"): Reliance(
            needs=("[].certificate", "[].usage"),
            reads=("[].publicKeyId", "[].validFrom", "[].validTo"),
        ),
        ("POST", "/auth/challenge"): Reliance(
            needs=("challenge", "timestampMs"), reads=("timestamp",)
        ),
        ("POST", "/auth/ksef-token"): Reliance(
            body={
                "challenge": ("20250514-CR-226FB7B000-3ACF9BE4C0-10",),
                "contextIdentifier.type": ("Nip",),
                "contextIdentifier.value": ("5265877635",),
                "encryptedToken": (),
            },
            body_sometimes={
                "publicKeyId": (SHA256_BASE64,),
                "authorizationPolicy.allowedIps.ip4Addresses[]": ("192.0.2.1",),
                "authorizationPolicy.allowedIps.ip4Ranges[]": ("192.0.2.1-192.0.2.9",),
                "authorizationPolicy.allowedIps.ip4Masks[]": ("192.0.2.0/24",),
            },
            needs=("referenceNumber", "authenticationToken.token"),
            codes=(_UNKNOWN_KEY,),
        ),
        ("POST", "/auth/xades-signature"): Reliance(
            sometimes={"verifyCertificateChain": (True,)},
            needs=("referenceNumber", "authenticationToken.token"),
        ),
        ("GET", "/auth/sessions"): Reliance(
            always={"pageSize": PAGE_SIZES},
            sometimes={"x-continuation-token": (CONTINUATION,)},
            needs=("items[].referenceNumber", "items[].status.code", "continuationToken"),
            reads=(
                *_status("items[]."),
                "items[].isCurrent",
                "items[].authenticationMethod",
                "items[].authenticationMethodInfo.code",
                "items[].authenticationMethodInfo.displayName",
                "items[].startDate",
                "items[].lastTokenRefreshDate",
                "items[].refreshTokenValidUntil",
            ),
        ),
        ("DELETE", "/auth/sessions/{}"): Reliance(path=(LOGIN,), media=""),
        ("DELETE", "/auth/sessions/current"): Reliance(media=""),
        ("GET", "/auth/{}"): Reliance(path=(LOGIN,), needs=("status.code",), reads=_status()),
        ("POST", "/auth/token/redeem"): Reliance(
            needs=("accessToken.token", "refreshToken.token"),
            reads=(_token("accessToken"), _token("refreshToken")),
        ),
        ("POST", "/auth/token/refresh"): Reliance(
            needs=("accessToken.token",), reads=(_token("accessToken"),)
        ),
        ("POST", "/sessions/online"): Reliance(
            body=_FORM_AND_KEY,
            body_sometimes=_KEY_NAME,
            needs=("referenceNumber",),
            codes=(_UNKNOWN_KEY,),
        ),
        ("POST", "/sessions/online/{}/invoices"): Reliance(
            path=(SESSION,),
            body={
                "invoiceHash": (SHA256_BASE64,),
                "invoiceSize": (1,),
                "encryptedInvoiceHash": (SHA256_BASE64,),
                "encryptedInvoiceSize": (16,),
                "encryptedInvoiceContent": (),
                "offlineMode": (True, False),
            },
            body_sometimes={"hashOfCorrectedInvoice": (SHA256_BASE64,)},
            needs=("referenceNumber",),
            codes=(_UNKNOWN_SESSION,),
        ),
        ("POST", "/sessions/online/{}/close"): Reliance(
            path=(SESSION,), media="", codes=(_STATUS_FORBIDS,)
        ),
        ("POST", "/sessions/batch"): Reliance(
            body={
                **_FORM_AND_KEY,
                "batchFile.fileSize": (1,),
                "batchFile.fileHash": (SHA256_BASE64,),
                "batchFile.fileParts[].ordinalNumber": (1,),
                "batchFile.fileParts[].fileSize": (16,),
                "batchFile.fileParts[].fileHash": (SHA256_BASE64,),
                "offlineMode": (True, False),
            },
            body_sometimes={**_KEY_NAME, "batchFile.compressionType": ("TarGz",)},
            needs=(
                "referenceNumber",
                "partUploadRequests[].ordinalNumber",
                "partUploadRequests[].url",
            ),
            reads=("partUploadRequests[].method", "partUploadRequests[].headers"),
            codes=(_UNKNOWN_KEY,),
        ),
        ("POST", "/sessions/batch/{}/close"): Reliance(
            path=(BATCH_SESSION,), media="", codes=(_STATUS_FORBIDS,)
        ),
        ("GET", "/sessions"): Reliance(
            always={"sessionType": ("Online", "Batch"), "pageSize": PAGE_SIZES},
            sometimes={
                "referenceNumber": (SESSION,),
                "dateCreatedFrom": (MOMENT,),
                "dateCreatedTo": (MOMENT,),
                "dateClosedFrom": (MOMENT,),
                "dateClosedTo": (MOMENT,),
                "dateModifiedFrom": (MOMENT,),
                "dateModifiedTo": (MOMENT,),
                "statuses": ("InProgress", "Succeeded", "Failed", "Cancelled"),
                "x-continuation-token": (CONTINUATION,),
            },
            needs=(
                "sessions[].referenceNumber",
                "sessions[].status.code",
                "continuationToken",
            ),
            reads=(
                *_status("sessions[]."),
                "sessions[].dateCreated",
                "sessions[].dateUpdated",
                "sessions[].validUntil",
                "sessions[].totalInvoiceCount",
                "sessions[].successfulInvoiceCount",
                "sessions[].failedInvoiceCount",
            ),
        ),
        ("GET", "/sessions/{}"): Reliance(
            path=(SESSION,),
            needs=("status.code", "upo.pages[].referenceNumber"),
            reads=(
                *_status(),
                "upo.pages[].downloadUrl",
                "upo.pages[].downloadUrlExpirationDate",
                "dateCreated",
                "dateUpdated",
                "validUntil",
                "invoiceCount",
                "successfulInvoiceCount",
                "failedInvoiceCount",
            ),
        ),
        ("GET", "/sessions/{}/invoices"): _INVOICE_LIST,
        ("GET", "/sessions/{}/invoices/failed"): _INVOICE_LIST,
        ("GET", "/sessions/{}/invoices/{}"): Reliance(
            path=(SESSION, INVOICE),
            needs=("referenceNumber", "status.code"),
            reads=_INVOICE_READS,
        ),
        ("GET", "/sessions/{}/invoices/ksef/{}/upo"): _upo(SESSION, KSEF_NUMBER),
        ("GET", "/sessions/{}/invoices/{}/upo"): Reliance(
            path=(SESSION, INVOICE), media="application/xml", headers=("x-ms-meta-hash",)
        ),
        ("GET", "/sessions/{}/upo/{}"): _upo(SESSION, UPO_PAGE),
    }
)
"""By (METHOD, shape)."""

ERROR_NEEDS = ("exception.exceptionDetailList[].exceptionCode", "errors[].code")
"""Where the exception code stands in an error's body; the facade decides by it."""
ERROR_READS = (
    "exception.exceptionDetailList[].exceptionDescription",
    "exception.exceptionDetailList[].details",
    "exception.serviceCode",
    "status.description",
    "status.details",
    "errors[].description",
    "errors[].details",
    "title",
    "detail",
    "traceId",
    "reasonCode",
    "security.requiredAnyOfPermissions",
    "security.presentPermissions",
)
"""What else is read of an error's body, whichever of its shapes it has."""

ERRORS = Reliance(needs=ERROR_NEEDS, reads=ERROR_READS)
"""The bodies of errors, the same for every operation."""
