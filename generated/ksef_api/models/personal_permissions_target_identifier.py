from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.personal_permissions_target_identifier_type import (
    PersonalPermissionsTargetIdentifierType,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="PersonalPermissionsTargetIdentifier")


@_attrs_define
class PersonalPermissionsTargetIdentifier:
    """
    Attributes:
        type_ (PersonalPermissionsTargetIdentifierType):
        value (None | str | Unset):
    """

    type_: PersonalPermissionsTargetIdentifierType
    value: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_.value

        value: None | str | Unset
        if isinstance(self.value, Unset):
            value = UNSET
        else:
            value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
            }
        )
        if value is not UNSET:
            field_dict["value"] = value

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        type_ = PersonalPermissionsTargetIdentifierType(d.pop("type"))

        def _parse_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        value = _parse_value(d.pop("value", UNSET))

        personal_permissions_target_identifier = cls(
            type_=type_,
            value=value,
        )

        personal_permissions_target_identifier.additional_properties = d
        return personal_permissions_target_identifier

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
