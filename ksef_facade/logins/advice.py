"""What a refused login means and what to do about it, by the service's codes.

Codes decide; the Polish details only make the advice more exact, so that a new wording of them costs
nothing but that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

LoginFailureReason: TypeAlias = Literal[
    "no-permission",
    "ended",
    "token",
    "certificate",
    "deceased",
    "blocked",
    "service",
    "cancelled",
    "challenge",
    "signature",
    "document",
    "public-key",
    "tokens",
    "timeout",
    "unknown",
]
"""Why a login failed, in one word; new reasons may be added."""

CANCELLED: Final = 550
"""Status code of a login that the service itself broke off: a new one may succeed (contract)."""

# Contract, table of the statuses of `GET /auth/{referenceNumber}`.
_STATUSES: Final[dict[int, tuple[LoginFailureReason, str]]] = {
    415: (
        "no-permission",
        "whoever logged in has no permission in this context: check the NIP, or have one granted",
    ),
    425: ("ended", "this login was ended by its user; log in again"),
    450: (
        "token",
        "the KSeF token is wrong, revoked, not active yet, or made for another context or environment",
    ),
    460: ("certificate", "the certificate was refused: check validity, revocation and issuer"),
    470: ("deceased", "the credentials belong to a deceased person"),
    480: (
        "blocked",
        "the service blocked this context for security reasons; contact its support",
    ),
    500: ("service", "the service failed; try again later"),
    CANCELLED: ("cancelled", "the service broke the login off; try again"),
}

# Contract, exception codes of the operations under `/auth`.
_EXCEPTIONS: Final[dict[int, tuple[LoginFailureReason, str]]] = {
    9101: ("document", "the service could not read the signed document"),
    9102: ("signature", "the service found no signature in the document"),
    9103: ("signature", "the document carries more signatures than the service takes"),
    9105: (
        "signature",
        "the service holds the signature to be wrong; is the certificate's key right?",
    ),
    21001: ("document", "the service could not read the request; log in again"),
    21111: ("challenge", "the challenge was used or is older than ten minutes; log in again"),
    21115: (
        "certificate",
        "the certificate is not one that this environment takes; self-signed ones work on TEST only",
    ),
    21117: ("document", "this kind of subject cannot log in to this kind of context"),
    21217: ("document", "the service could not read the document's characters"),
    21301: ("tokens", "the tokens of this login were got before, or it was ended; log in again"),
    21304: ("tokens", "the service does not know this login; log in again"),
    21308: ("deceased", "the credentials belong to a deceased person"),
    21401: ("document", "the service holds the document to break its schema; check the context"),
    21405: ("document", "the service did not take the request; its details say what is wrong"),
    21406: (
        "certificate",
        "the certificate does not name a NIP or PESEL; log in with subject 'fingerprint', for which "
        "a permission must have been granted to its fingerprint",
    ),
    21470: ("public-key", "the service changed its keys twice during this login; try again"),
}

# Contract, details of the statuses 450 and 460; the last one goes on with the context.
_DETAILS: Final = {
    "Nieprawidłowe wyzwanie autoryzacyjne": "the challenge was used or is too old; log in again",
    "Nieprawidłowy token": (
        "this KSeF token does not exist here: check that it was copied whole, and its environment"
    ),
    "Nieprawidłowy czas tokena": "the time encrypted with the token was wrong; log in again",
    "Token unieważniony": "this KSeF token was revoked; make a new one in KSeF",
    "Token nieaktywny": "this KSeF token is not active (yet); try again in a minute",
    "Nieprawidłowe szyfrowanie tokena": "the token was encrypted with a wrong key; log in again",
    "Nieprawidłowe kodowanie tokena": "the token holds other characters than KSeF made it of",
    "Token nie może być użyty w kontekście": (
        "this KSeF token was made for another context than the one named; check the NIP"
    ),
    "Nieważny certyfikat": "the certificate has expired or is not valid yet",
    "Błąd weryfikacji łańcucha certyfikatów": (
        "the certificate's issuer could not be checked just now; try again later"
    ),
    "Niezaufany łańcuch certyfikatów": (
        "KSeF does not trust the certificate's issuer; self-signed ones work on TEST only"
    ),
    "Certyfikat odwołany": "the certificate was revoked; use another",
    "Certyfikat zawieszony": "the certificate is suspended; its issuer can say why",
    "Niepoprawny certyfikat": "the certificate is not of a kind that KSeF takes",
}


def reason_for(
    status_code: int | None = None, exception_codes: Iterable[int] = ()
) -> LoginFailureReason:
    """Why a login failed, in one word: from its final status or from the codes of a 400 answer."""
    found = _found(status_code, exception_codes)
    return found[0] if found else "unknown"


def advice_for(
    status_code: int | None = None,
    exception_codes: Iterable[int] = (),
    details: Iterable[str] = (),
) -> str:
    """What to do about it, in one clause; empty where the codes are not known."""
    for detail in details:
        for known, advice in sorted(_DETAILS.items(), key=lambda entry: -len(entry[0])):
            if detail.strip().startswith(known):
                return advice
    found = _found(status_code, exception_codes)
    return found[1] if found else ""


def _found(
    status_code: int | None, exception_codes: Iterable[int]
) -> tuple[LoginFailureReason, str] | None:
    if status_code is not None:
        return _STATUSES.get(status_code)
    return next((_EXCEPTIONS[code] for code in exception_codes if code in _EXCEPTIONS), None)
