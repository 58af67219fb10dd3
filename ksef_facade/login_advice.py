"""What the codes of a refused login mean for the caller (contract, table of `GET
/auth/{referenceNumber}`).
"""

from __future__ import annotations

_ADVICE = {
    415: "whoever logged in has no permission in this context: check the NIP, or have one granted",
    425: "this login was ended by its user; log in again",
    450: "the KSeF token is wrong, revoked, not active yet, or made for another context or environment",
    460: "the certificate was refused: check validity, revocation and issuer",
    470: "the credentials belong to a deceased person",
    480: "the service blocked this context for security reasons; contact its support",
    500: "the service failed; try again later",
    550: "the service cancelled the login; try again",
}


def advice_for(code: int) -> str:
    """What to do about a login's final code, in one clause; empty for a code that is not known."""
    return _ADVICE.get(code, "")
