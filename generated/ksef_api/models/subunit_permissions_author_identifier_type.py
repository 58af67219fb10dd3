from __future__ import annotations

from enum import StrEnum


class SubunitPermissionsAuthorIdentifierType(StrEnum):
    """Open: a text that is not listed becomes a member of its own, equal to that text."""

    FINGERPRINT = "Fingerprint"
    NIP = "Nip"
    PESEL = "Pesel"

    @classmethod
    def _missing_(cls, value: object) -> SubunitPermissionsAuthorIdentifierType | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member
