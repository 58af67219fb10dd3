"""The invoice schemas that KSeF takes, told apart by the namespace of the root element."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from attrs import frozen

from ksef_facade.form_codes import FormCode

Layout = Literal["FA", "RR", "UBL"]
"""How a document is laid out, and so where its fields are."""


@frozen(kw_only=True)
class InvoiceForm:
    """One schema: its form code (documented table of form codes), root element and layout.

    Attributes:
        made_from: earliest `DataWytworzeniaFa` (schema, element of that name), if it has one.
        test_only: whether only the TEST environment opens sessions for it (documented rule).
        sent_by_batch: whether batch sessions take it (documented rule).
    """

    form_code: FormCode
    namespace: str
    root: str
    layout: Layout
    made_from: str | None = None
    test_only: bool = False
    sent_by_batch: bool = True

    @property
    def name(self) -> str:
        """What people call it, e.g. `FA (3)`."""
        return self.form_code.system_code


_CRD: Final = "http://crd.gov.pl/wzor/"
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"

MADE_UNTIL: Final = "2050-01-01T23:59:59Z"
"""Latest `DataWytworzeniaFa` (schemas FA(2), FA(3), FA_RR(1))."""

FORMS: Final = (
    InvoiceForm(
        form_code=FormCode.FA_3,
        namespace=f"{_CRD}2025/06/25/13775/",
        root="Faktura",
        layout="FA",
        made_from="2025-09-01T00:00:00Z",
    ),
    InvoiceForm(
        form_code=FormCode.FA_2,
        namespace=f"{_CRD}2023/06/29/12648/",
        root="Faktura",
        layout="FA",
        made_from="2022-01-01T00:00:00Z",
        test_only=True,
    ),
    InvoiceForm(
        form_code=FormCode.FA_RR_1,
        namespace=f"{_CRD}2026/03/06/14189/",
        root="Faktura",
        layout="RR",
        made_from="2026-01-01T00:00:00Z",
    ),
    InvoiceForm(
        form_code=FormCode.PEF_3,
        namespace=f"{_UBL}Invoice-2",
        root="Invoice",
        layout="UBL",
        sent_by_batch=False,
    ),
    InvoiceForm(
        form_code=FormCode.PEF_KOR_3,
        namespace=f"{_UBL}CreditNote-2",
        root="CreditNote",
        layout="UBL",
        sent_by_batch=False,
    ),
)

_BY_NAMESPACE: Final[Mapping[str, InvoiceForm]] = MappingProxyType(
    {form.namespace: form for form in FORMS}
)

WITHDRAWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{_CRD}2021/11/29/11089/": "FA (1)",
        f"{_CRD}2026/02/17/14164/": "FA_RR (1) 1-0E",
    }
)
"""Namespaces of schemas that KSeF took once."""


def form_of(namespace: str, root: str) -> InvoiceForm | None:
    """The schema whose root element this is, or `None`."""
    form = _BY_NAMESPACE.get(namespace)
    return form if form is not None and form.root == root else None
