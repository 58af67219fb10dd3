"""Kinds of invoice documents that a session can be opened for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

#: How a document is laid out, and so where its fields are.
Layout = Literal["FA", "RR", "UBL"]


@frozen
class Form:
    """A form code (contract, FormCode) and the documents that carry it."""

    system_code: str
    schema_version: str
    value: str
    namespace: str
    layout: Layout
    batch: bool

    @property
    def structure(self) -> str:
        """Name of the logical structure as a UPO v4-3 prints it."""
        return f"Schemat_{self.system_code.replace(' ', '')}_v{self.schema_version}.xsd"


_CRD = "http://crd.gov.pl/wzor/"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"

#: Forms accepted on the TEST environment (documented table of form codes).
FORMS: tuple[Form, ...] = (
    Form("FA (2)", "1-0E", "FA", f"{_CRD}2023/06/29/12648/", "FA", True),
    Form("FA (3)", "1-0E", "FA", f"{_CRD}2025/06/25/13775/", "FA", True),
    Form("PEF (3)", "2-1", "PEF", f"{_UBL}Invoice-2", "UBL", False),
    Form("PEF_KOR (3)", "2-1", "PEF", f"{_UBL}CreditNote-2", "UBL", False),
    Form("FA_RR (1)", "1-1E", "FA_RR", f"{_CRD}2026/03/06/14189/", "RR", True),
)
FA_3 = FORMS[1]


def find_form(code: Mapping[str, str]) -> Form | None:
    """The form of a request's `formCode`; all three members must match exactly."""
    for form in FORMS:
        if (form.system_code, form.schema_version, form.value) == (
            code["systemCode"],
            code["schemaVersion"],
            code["value"],
        ):
            return form
    return None
