from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.entity_permission_item_scope import EntityPermissionItemScope
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.entity_permissions_context_identifier import EntityPermissionsContextIdentifier


T = TypeVar("T", bound="EntityPermissionItem")


@_attrs_define
class EntityPermissionItem:
    """
    Attributes:
        can_delegate (bool | None | Unset):
        context_identifier (EntityPermissionsContextIdentifier | None | Unset):
        description (None | str | Unset):
        id (None | str | Unset):
        permission_scope (EntityPermissionItemScope | None | Unset):
        start_date (datetime.datetime | None | Unset):
    """

    can_delegate: bool | None | Unset = UNSET
    context_identifier: EntityPermissionsContextIdentifier | None | Unset = UNSET
    description: None | str | Unset = UNSET
    id: None | str | Unset = UNSET
    permission_scope: EntityPermissionItemScope | None | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.entity_permissions_context_identifier import (
            EntityPermissionsContextIdentifier,
        )

        can_delegate: bool | None | Unset
        if isinstance(self.can_delegate, Unset):
            can_delegate = UNSET
        else:
            can_delegate = self.can_delegate

        context_identifier: dict[str, Any] | None | Unset
        if isinstance(self.context_identifier, Unset):
            context_identifier = UNSET
        elif isinstance(self.context_identifier, EntityPermissionsContextIdentifier):
            context_identifier = self.context_identifier.to_dict()
        else:
            context_identifier = self.context_identifier

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        permission_scope: None | str | Unset
        if isinstance(self.permission_scope, Unset):
            permission_scope = UNSET
        elif isinstance(self.permission_scope, EntityPermissionItemScope):
            permission_scope = self.permission_scope.value
        else:
            permission_scope = self.permission_scope

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
        if can_delegate is not UNSET:
            field_dict["canDelegate"] = can_delegate
        if context_identifier is not UNSET:
            field_dict["contextIdentifier"] = context_identifier
        if description is not UNSET:
            field_dict["description"] = description
        if id is not UNSET:
            field_dict["id"] = id
        if permission_scope is not UNSET:
            field_dict["permissionScope"] = permission_scope
        if start_date is not UNSET:
            field_dict["startDate"] = start_date

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entity_permissions_context_identifier import (
            EntityPermissionsContextIdentifier,
        )

        d = dict(src_dict)

        def _parse_can_delegate(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        can_delegate = _parse_can_delegate(d.pop("canDelegate", UNSET))

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

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_permission_scope(data: object) -> EntityPermissionItemScope | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                permission_scope_type_1 = EntityPermissionItemScope(data)

                return permission_scope_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntityPermissionItemScope | None | Unset, data)

        permission_scope = _parse_permission_scope(d.pop("permissionScope", UNSET))

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

        entity_permission_item = cls(
            can_delegate=can_delegate,
            context_identifier=context_identifier,
            description=description,
            id=id,
            permission_scope=permission_scope,
            start_date=start_date,
        )

        entity_permission_item.additional_properties = d
        return entity_permission_item

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
