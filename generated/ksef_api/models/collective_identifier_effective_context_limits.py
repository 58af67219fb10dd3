from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="CollectiveIdentifierEffectiveContextLimits")


@_attrs_define
class CollectiveIdentifierEffectiveContextLimits:
    """
    Attributes:
        max_invoices (int | None | Unset):
    """

    max_invoices: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        max_invoices: int | None | Unset
        if isinstance(self.max_invoices, Unset):
            max_invoices = UNSET
        else:
            max_invoices = self.max_invoices

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if max_invoices is not UNSET:
            field_dict["maxInvoices"] = max_invoices

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_max_invoices(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_invoices = _parse_max_invoices(d.pop("maxInvoices", UNSET))

        collective_identifier_effective_context_limits = cls(
            max_invoices=max_invoices,
        )

        collective_identifier_effective_context_limits.additional_properties = d
        return collective_identifier_effective_context_limits

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
