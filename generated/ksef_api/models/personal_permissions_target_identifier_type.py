from __future__ import annotations

from enum import StrEnum


class PersonalPermissionsTargetIdentifierType(StrEnum):
    """Open: a text that is not listed becomes a member of its own, equal to that text."""

    ALLPARTNERS = "AllPartners"
    INTERNALID = "InternalId"
    NIP = "Nip"

    @classmethod
    def _missing_(cls, value: object) -> PersonalPermissionsTargetIdentifierType | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member
