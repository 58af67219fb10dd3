from __future__ import annotations

from enum import StrEnum


class InvoiceQuerySubjectType(StrEnum):
    """Open: a text that is not listed becomes a member of its own, equal to that text."""

    SUBJECT1 = "Subject1"
    SUBJECT2 = "Subject2"
    SUBJECT3 = "Subject3"
    SUBJECTAUTHORIZED = "SubjectAuthorized"

    @classmethod
    def _missing_(cls, value: object) -> InvoiceQuerySubjectType | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member
