from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.peppol_provider import PeppolProvider


T = TypeVar("T", bound="QueryPeppolProvidersResponse")


@_attrs_define
class QueryPeppolProvidersResponse:
    """
    Attributes:
        has_more (bool | None | Unset):
        peppol_providers (list[PeppolProvider] | None | Unset):
    """

    has_more: bool | None | Unset = UNSET
    peppol_providers: list[PeppolProvider] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        has_more: bool | None | Unset
        if isinstance(self.has_more, Unset):
            has_more = UNSET
        else:
            has_more = self.has_more

        peppol_providers: list[dict[str, Any]] | None | Unset
        if isinstance(self.peppol_providers, Unset):
            peppol_providers = UNSET
        elif isinstance(self.peppol_providers, list):
            peppol_providers = []
            for peppol_providers_type_0_item_data in self.peppol_providers:
                peppol_providers_type_0_item = peppol_providers_type_0_item_data.to_dict()
                peppol_providers.append(peppol_providers_type_0_item)

        else:
            peppol_providers = self.peppol_providers

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if has_more is not UNSET:
            field_dict["hasMore"] = has_more
        if peppol_providers is not UNSET:
            field_dict["peppolProviders"] = peppol_providers

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.peppol_provider import PeppolProvider

        d = dict(src_dict)

        def _parse_has_more(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        has_more = _parse_has_more(d.pop("hasMore", UNSET))

        def _parse_peppol_providers(data: object) -> list[PeppolProvider] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                peppol_providers_type_0 = []
                _peppol_providers_type_0 = data
                for peppol_providers_type_0_item_data in _peppol_providers_type_0:
                    peppol_providers_type_0_item = PeppolProvider.from_dict(
                        peppol_providers_type_0_item_data
                    )

                    peppol_providers_type_0.append(peppol_providers_type_0_item)

                return peppol_providers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[PeppolProvider] | None | Unset, data)

        peppol_providers = _parse_peppol_providers(d.pop("peppolProviders", UNSET))

        query_peppol_providers_response = cls(
            has_more=has_more,
            peppol_providers=peppol_providers,
        )

        query_peppol_providers_response.additional_properties = d
        return query_peppol_providers_response

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
