from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="OnlineSessionEffectiveContextLimits")


@_attrs_define
class OnlineSessionEffectiveContextLimits:
    """
    Attributes:
        max_invoice_size_in_mb (int | None | Unset):
        max_invoice_with_attachment_size_in_mb (int | None | Unset):
        max_invoices (int | None | Unset):
    """

    max_invoice_size_in_mb: int | None | Unset = UNSET
    max_invoice_with_attachment_size_in_mb: int | None | Unset = UNSET
    max_invoices: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        max_invoice_size_in_mb: int | None | Unset
        if isinstance(self.max_invoice_size_in_mb, Unset):
            max_invoice_size_in_mb = UNSET
        else:
            max_invoice_size_in_mb = self.max_invoice_size_in_mb

        max_invoice_with_attachment_size_in_mb: int | None | Unset
        if isinstance(self.max_invoice_with_attachment_size_in_mb, Unset):
            max_invoice_with_attachment_size_in_mb = UNSET
        else:
            max_invoice_with_attachment_size_in_mb = self.max_invoice_with_attachment_size_in_mb

        max_invoices: int | None | Unset
        if isinstance(self.max_invoices, Unset):
            max_invoices = UNSET
        else:
            max_invoices = self.max_invoices

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if max_invoice_size_in_mb is not UNSET:
            field_dict["maxInvoiceSizeInMB"] = max_invoice_size_in_mb
        if max_invoice_with_attachment_size_in_mb is not UNSET:
            field_dict["maxInvoiceWithAttachmentSizeInMB"] = max_invoice_with_attachment_size_in_mb
        if max_invoices is not UNSET:
            field_dict["maxInvoices"] = max_invoices

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_max_invoice_size_in_mb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_invoice_size_in_mb = _parse_max_invoice_size_in_mb(d.pop("maxInvoiceSizeInMB", UNSET))

        def _parse_max_invoice_with_attachment_size_in_mb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_invoice_with_attachment_size_in_mb = _parse_max_invoice_with_attachment_size_in_mb(
            d.pop("maxInvoiceWithAttachmentSizeInMB", UNSET)
        )

        def _parse_max_invoices(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_invoices = _parse_max_invoices(d.pop("maxInvoices", UNSET))

        online_session_effective_context_limits = cls(
            max_invoice_size_in_mb=max_invoice_size_in_mb,
            max_invoice_with_attachment_size_in_mb=max_invoice_with_attachment_size_in_mb,
            max_invoices=max_invoices,
        )

        online_session_effective_context_limits.additional_properties = d
        return online_session_effective_context_limits

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
