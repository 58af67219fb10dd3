from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.entity_permissions_context_identifier import EntityPermissionsContextIdentifier


T = TypeVar("T", bound="EntityPermissionsQueryRequest")


@_attrs_define
class EntityPermissionsQueryRequest:
    """
    Attributes:
        context_identifier (EntityPermissionsContextIdentifier | None | Unset):
    """

    context_identifier: EntityPermissionsContextIdentifier | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.entity_permissions_context_identifier import (
            EntityPermissionsContextIdentifier,
        )

        context_identifier: dict[str, Any] | None | Unset
        if isinstance(self.context_identifier, Unset):
            context_identifier = UNSET
        elif isinstance(self.context_identifier, EntityPermissionsContextIdentifier):
            context_identifier = self.context_identifier.to_dict()
        else:
            context_identifier = self.context_identifier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if context_identifier is not UNSET:
            field_dict["contextIdentifier"] = context_identifier

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entity_permissions_context_identifier import (
            EntityPermissionsContextIdentifier,
        )

        d = dict(src_dict)

        def _parse_context_identifier(
            data: object,
        ) -> EntityPermissionsContextIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                context_identifier_type_1 = EntityPermissionsContextIdentifier.from_dict(data)

                return context_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntityPermissionsContextIdentifier | None | Unset, data)

        context_identifier = _parse_context_identifier(d.pop("contextIdentifier", UNSET))

        entity_permissions_query_request = cls(
            context_identifier=context_identifier,
        )

        entity_permissions_query_request.additional_properties = d
        return entity_permissions_query_request

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
