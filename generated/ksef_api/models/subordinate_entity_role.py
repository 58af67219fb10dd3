from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.subordinate_entity_role_type import SubordinateEntityRoleType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.subordinate_role_subordinate_entity_identifier import (
        SubordinateRoleSubordinateEntityIdentifier,
    )


T = TypeVar("T", bound="SubordinateEntityRole")


@_attrs_define
class SubordinateEntityRole:
    """
    Attributes:
        description (None | str | Unset):
        role (None | SubordinateEntityRoleType | Unset):
        start_date (datetime.datetime | None | Unset):
        subordinate_entity_identifier (None | SubordinateRoleSubordinateEntityIdentifier | Unset):
    """

    description: None | str | Unset = UNSET
    role: None | SubordinateEntityRoleType | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    subordinate_entity_identifier: None | SubordinateRoleSubordinateEntityIdentifier | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.subordinate_role_subordinate_entity_identifier import (
            SubordinateRoleSubordinateEntityIdentifier,
        )

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        role: None | str | Unset
        if isinstance(self.role, Unset):
            role = UNSET
        elif isinstance(self.role, SubordinateEntityRoleType):
            role = self.role.value
        else:
            role = self.role

        start_date: None | str | Unset
        if isinstance(self.start_date, Unset):
            start_date = UNSET
        elif isinstance(self.start_date, datetime.datetime):
            start_date = self.start_date.isoformat()
        else:
            start_date = self.start_date

        subordinate_entity_identifier: dict[str, Any] | None | Unset
        if isinstance(self.subordinate_entity_identifier, Unset):
            subordinate_entity_identifier = UNSET
        elif isinstance(
            self.subordinate_entity_identifier, SubordinateRoleSubordinateEntityIdentifier
        ):
            subordinate_entity_identifier = self.subordinate_entity_identifier.to_dict()
        else:
            subordinate_entity_identifier = self.subordinate_entity_identifier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if description is not UNSET:
            field_dict["description"] = description
        if role is not UNSET:
            field_dict["role"] = role
        if start_date is not UNSET:
            field_dict["startDate"] = start_date
        if subordinate_entity_identifier is not UNSET:
            field_dict["subordinateEntityIdentifier"] = subordinate_entity_identifier

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.subordinate_role_subordinate_entity_identifier import (
            SubordinateRoleSubordinateEntityIdentifier,
        )

        d = dict(src_dict)

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_role(data: object) -> None | SubordinateEntityRoleType | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                role_type_1 = SubordinateEntityRoleType(data)

                return role_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SubordinateEntityRoleType | Unset, data)

        role = _parse_role(d.pop("role", UNSET))

        def _parse_start_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                start_date_type_0 = datetime.datetime.fromisoformat(data)

                return start_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        start_date = _parse_start_date(d.pop("startDate", UNSET))

        def _parse_subordinate_entity_identifier(
            data: object,
        ) -> None | SubordinateRoleSubordinateEntityIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subordinate_entity_identifier_type_1 = (
                    SubordinateRoleSubordinateEntityIdentifier.from_dict(data)
                )

                return subordinate_entity_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SubordinateRoleSubordinateEntityIdentifier | Unset, data)

        subordinate_entity_identifier = _parse_subordinate_entity_identifier(
            d.pop("subordinateEntityIdentifier", UNSET)
        )

        subordinate_entity_role = cls(
            description=description,
            role=role,
            start_date=start_date,
            subordinate_entity_identifier=subordinate_entity_identifier,
        )

        subordinate_entity_role.additional_properties = d
        return subordinate_entity_role

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
