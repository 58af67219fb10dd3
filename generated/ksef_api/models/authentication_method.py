from __future__ import annotations

from enum import StrEnum


class AuthenticationMethod(StrEnum):
    """Open: a text that is not listed becomes a member of its own, equal to that text."""

    INTERNALCERTIFICATE = "InternalCertificate"
    PEPPOLSIGNATURE = "PeppolSignature"
    PERSONALSIGNATURE = "PersonalSignature"
    QUALIFIEDSEAL = "QualifiedSeal"
    QUALIFIEDSIGNATURE = "QualifiedSignature"
    TOKEN = "Token"
    TRUSTEDPROFILE = "TrustedProfile"

    @classmethod
    def _missing_(cls, value: object) -> AuthenticationMethod | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member
