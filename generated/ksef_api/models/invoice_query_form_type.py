from __future__ import annotations

from enum import StrEnum


class InvoiceQueryFormType(StrEnum):
    """Open: a text that is not listed becomes a member of its own, equal to that text."""

    FA = "FA"
    FA_RR = "FA_RR"
    PEF = "PEF"

    @classmethod
    def _missing_(cls, value: object) -> InvoiceQueryFormType | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member
