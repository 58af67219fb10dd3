from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.entity_role_type import EntityRoleType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.entity_roles_parent_entity_identifier import EntityRolesParentEntityIdentifier


T = TypeVar("T", bound="EntityRole")


@_attrs_define
class EntityRole:
    """
    Attributes:
        description (None | str | Unset):
        parent_entity_identifier (EntityRolesParentEntityIdentifier | None | Unset):
        role (EntityRoleType | None | Unset):
        start_date (datetime.datetime | None | Unset):
    """

    description: None | str | Unset = UNSET
    parent_entity_identifier: EntityRolesParentEntityIdentifier | None | Unset = UNSET
    role: EntityRoleType | None | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.entity_roles_parent_entity_identifier import EntityRolesParentEntityIdentifier

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        parent_entity_identifier: dict[str, Any] | None | Unset
        if isinstance(self.parent_entity_identifier, Unset):
            parent_entity_identifier = UNSET
        elif isinstance(self.parent_entity_identifier, EntityRolesParentEntityIdentifier):
            parent_entity_identifier = self.parent_entity_identifier.to_dict()
        else:
            parent_entity_identifier = self.parent_entity_identifier

        role: None | str | Unset
        if isinstance(self.role, Unset):
            role = UNSET
        elif isinstance(self.role, EntityRoleType):
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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if description is not UNSET:
            field_dict["description"] = description
        if parent_entity_identifier is not UNSET:
            field_dict["parentEntityIdentifier"] = parent_entity_identifier
        if role is not UNSET:
            field_dict["role"] = role
        if start_date is not UNSET:
            field_dict["startDate"] = start_date

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entity_roles_parent_entity_identifier import EntityRolesParentEntityIdentifier

        d = dict(src_dict)

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_parent_entity_identifier(
            data: object,
        ) -> EntityRolesParentEntityIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                parent_entity_identifier_type_1 = EntityRolesParentEntityIdentifier.from_dict(data)

                return parent_entity_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntityRolesParentEntityIdentifier | None | Unset, data)

        parent_entity_identifier = _parse_parent_entity_identifier(
            d.pop("parentEntityIdentifier", UNSET)
        )

        def _parse_role(data: object) -> EntityRoleType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                role_type_1 = EntityRoleType(data)

                return role_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntityRoleType | None | Unset, data)

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

        entity_role = cls(
            description=description,
            parent_entity_identifier=parent_entity_identifier,
            role=role,
            start_date=start_date,
        )

        entity_role.additional_properties = d
        return entity_role

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
