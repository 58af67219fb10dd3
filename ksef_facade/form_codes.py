"""The invoice schemas a session can be opened for (contract schema `FormCode`, table of its
description).
"""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen


@frozen
class FormCode:
    """One invoice schema as KSeF names it; spaces are part of the name.

    The known ones are attributes: `FormCode.FA_3` and so on. Another one can be made from its three
    parts.
    """

    system_code: str
    schema_version: str
    value: str

    FA_2: ClassVar[FormCode]
    """VAT invoice, second version; test environment only."""
    FA_3: ClassVar[FormCode]
    """VAT invoice, third version: the one in force."""
    PEF_3: ClassVar[FormCode]
    """Peppol invoice; online sessions only."""
    PEF_KOR_3: ClassVar[FormCode]
    """Peppol correction; online sessions only."""
    FA_RR_1: ClassVar[FormCode]
    """Invoice of a flat-rate farmer."""

    def to_json(self) -> dict[str, str]:
        """The object of the contract."""
        return {
            "systemCode": self.system_code,
            "schemaVersion": self.schema_version,
            "value": self.value,
        }


FormCode.FA_2 = FormCode("FA (2)", "1-0E", "FA")
FormCode.FA_3 = FormCode("FA (3)", "1-0E", "FA")
FormCode.PEF_3 = FormCode("PEF (3)", "2-1", "PEF")
FormCode.PEF_KOR_3 = FormCode("PEF_KOR (3)", "2-1", "PEF")
FormCode.FA_RR_1 = FormCode("FA_RR (1)", "1-1E", "FA_RR")
