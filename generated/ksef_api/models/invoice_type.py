from __future__ import annotations

from enum import StrEnum


class InvoiceType(StrEnum):
    """Open: a text that is not listed becomes a member of its own, equal to that text."""

    KOR = "Kor"
    KORPEF = "KorPef"
    KORROZ = "KorRoz"
    KORVATRR = "KorVatRr"
    KORZAL = "KorZal"
    ROZ = "Roz"
    UPR = "Upr"
    VAT = "Vat"
    VATPEF = "VatPef"
    VATPEFSP = "VatPefSp"
    VATRR = "VatRr"
    ZAL = "Zal"

    @classmethod
    def _missing_(cls, value: object) -> InvoiceType | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member
