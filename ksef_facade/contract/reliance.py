"""What the facade relies on in the contract: operations, what it sends, and what it reads.

A difference breaks the facade only where it touches something listed here. The list is kept by hand
and checked: `tests/facade/test_reliance.py` runs the facade and compares what it sends and reads
with what stands here.

A place in a body is written like `upo.pages[].referenceNumber`. What is sent comes with the values
at its limits, so that a narrowed enumeration, length or pattern can be tried on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from ksef_facade.contract.document import Key

Values = tuple[str | int | bool, ...]

SESSION = "20250925-SO-2F67776000-97273B191A-65"
INVOICE = "20250625-EE-319D7EE000-B67F415CDC-2C"
UPO_PAGE = "20250901-EU-47FDBE3000-5961A5D232-BF"
LOGIN = "20251010-AU-19F5E39000-39B5B182BA-B8"
KSEF_NUMBER = "5265877635-20250626-010080DD2B5E-26"
SHA256_BASE64 = "X+wQflQVyRs1fImlI+xDPnWk1V37hys4O1lkx9iJbSA="
MOMENT = "2025-09-25T10:00:00+00:00"
PAGE_SIZES = (10, 1000)

_NOTHING: Mapping[str, Values] = MappingProxyType({})


@frozen(kw_only=True)
class Reliance:
    """What the facade relies on in one operation."""

    path: Values = ()
    """A value for each path parameter, in their order."""
    always: Mapping[str, Values] = field(default=_NOTHING)
    """Query parameters and headers that go with every request; headers in lower case."""
    sometimes: Mapping[str, Values] = field(default=_NOTHING)
    """Those that go along when the caller asks for them."""
    body: Mapping[str, Values] = field(default=_NOTHING)
    """Properties of the request's body; all of them always go along."""
    needs: tuple[str, ...] = ()
    """What it cannot do without in the answer: identifiers, codes, tokens, the lists themselves."""
    reads: tuple[str, ...] = ()
    """What it passes on where it is there, and reads as absent where it is not."""
    headers: tuple[str, ...] = ()
    """Headers of the answer that it looks at, in lower case."""
    media: str = "application/json"
    """What the answer is."""
    codes: tuple[int, ...] = ()
    """Exception codes of a 400 that it acts upon."""

    @property
    def _path(self) -> dict[str, Values]:
        return {f"{{{position}}}": (value,) for position, value in enumerate(self.path)}

    def sends(self, place: str) -> bool:
        """Whether a parameter or a property of the body, or something inside it, is sent.

        Path parameters are called by their position: `{0}`.
        """
        if place in self._path:
            return True
        sent = (*self.always, *self.sometimes, *self.body)
        return any(item == place or item.startswith((f"{place}.", f"{place}[")) for item in sent)

    def values(self, place: str) -> Values:
        """The values at the limits of what is sent there."""
        for sent in (self._path, self.always, self.sometimes, self.body):
            if place in sent:
                return sent[place]
        return ()

    def needs_in_answer(self, place: str) -> bool:
        """Whether the answer without that place, or something inside it, is of no use."""
        return _holds(self.needs, place)

    def reads_in_answer(self, place: str) -> bool:
        """Whether that place of the answer is read at all."""
        return _holds(self.needs, place) or _holds(self.reads, place)


def _holds(listed: tuple[str, ...], place: str) -> bool:
    return any(item == place or item.startswith((f"{place}.", f"{place}[")) for item in listed)


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
    sometimes={"x-continuation-token": ("W3sidG9rZW4iOiIrUklEOn4=",)},
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
        ("POST", "/auth/challenge"): Reliance(needs=("challenge", "timestampMs")),
        ("POST", "/auth/ksef-token"): Reliance(
            body={
                "challenge": ("20250514-CR-226FB7B000-3ACF9BE4C0-10",),
                "contextIdentifier.type": ("Nip",),
                "contextIdentifier.value": ("5265877635",),
                "encryptedToken": (),
                "publicKeyId": (SHA256_BASE64,),
            },
            needs=("referenceNumber", "authenticationToken.token"),
            codes=(_UNKNOWN_KEY,),
        ),
        ("GET", "/auth/{}"): Reliance(path=(LOGIN,), needs=("status.code",), reads=_status()),
        ("POST", "/auth/token/redeem"): Reliance(
            needs=("accessToken.token", "refreshToken.token"),
            reads=(_token("accessToken"), _token("refreshToken")),
        ),
        ("POST", "/auth/token/refresh"): Reliance(
            needs=("accessToken.token",), reads=(_token("accessToken"),)
        ),
        ("POST", "/sessions/online"): Reliance(
            body={
                "formCode.systemCode": ("FA (3)",),
                "formCode.schemaVersion": ("1-0E",),
                "formCode.value": ("FA",),
                "encryption.encryptedSymmetricKey": (),
                "encryption.initializationVector": (),
                "encryption.publicKeyId": (SHA256_BASE64,),
            },
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
            needs=("referenceNumber",),
            codes=(_UNKNOWN_SESSION,),
        ),
        ("POST", "/sessions/online/{}/close"): Reliance(
            path=(SESSION,), media="", codes=(_STATUS_FORBIDS,)
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
                "x-continuation-token": ("W3sidG9rZW4iOiIrUklEOn4=",),
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
        ("GET", "/sessions/{}/invoices/{}/upo"): _upo(SESSION, INVOICE),
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
