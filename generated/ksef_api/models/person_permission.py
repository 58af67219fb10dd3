from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.permission_state import PermissionState
from ..models.person_permission_scope import PersonPermissionScope
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.permissions_subject_entity_details import PermissionsSubjectEntityDetails
    from ..models.permissions_subject_person_details import PermissionsSubjectPersonDetails
    from ..models.person_permissions_author_identifier import PersonPermissionsAuthorIdentifier
    from ..models.person_permissions_authorized_identifier import (
        PersonPermissionsAuthorizedIdentifier,
    )
    from ..models.person_permissions_context_identifier import PersonPermissionsContextIdentifier
    from ..models.person_permissions_target_identifier import PersonPermissionsTargetIdentifier


T = TypeVar("T", bound="PersonPermission")


@_attrs_define
class PersonPermission:
    """
    Attributes:
        author_identifier (None | PersonPermissionsAuthorIdentifier | Unset):
        authorized_identifier (None | PersonPermissionsAuthorizedIdentifier | Unset):
        can_delegate (bool | None | Unset):
        context_identifier (None | PersonPermissionsContextIdentifier | Unset):
        description (None | str | Unset):
        id (None | str | Unset):
        permission_scope (None | PersonPermissionScope | Unset):
        permission_state (None | PermissionState | Unset):
        start_date (datetime.datetime | None | Unset):
        subject_entity_details (None | PermissionsSubjectEntityDetails | Unset):
        subject_person_details (None | PermissionsSubjectPersonDetails | Unset):
        target_identifier (None | PersonPermissionsTargetIdentifier | Unset):
    """

    author_identifier: None | PersonPermissionsAuthorIdentifier | Unset = UNSET
    authorized_identifier: None | PersonPermissionsAuthorizedIdentifier | Unset = UNSET
    can_delegate: bool | None | Unset = UNSET
    context_identifier: None | PersonPermissionsContextIdentifier | Unset = UNSET
    description: None | str | Unset = UNSET
    id: None | str | Unset = UNSET
    permission_scope: None | PersonPermissionScope | Unset = UNSET
    permission_state: None | PermissionState | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    subject_entity_details: None | PermissionsSubjectEntityDetails | Unset = UNSET
    subject_person_details: None | PermissionsSubjectPersonDetails | Unset = UNSET
    target_identifier: None | PersonPermissionsTargetIdentifier | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.permissions_subject_entity_details import PermissionsSubjectEntityDetails
        from ..models.permissions_subject_person_details import PermissionsSubjectPersonDetails
        from ..models.person_permissions_author_identifier import PersonPermissionsAuthorIdentifier
        from ..models.person_permissions_authorized_identifier import (
            PersonPermissionsAuthorizedIdentifier,
        )
        from ..models.person_permissions_context_identifier import (
            PersonPermissionsContextIdentifier,
        )
        from ..models.person_permissions_target_identifier import PersonPermissionsTargetIdentifier

        author_identifier: dict[str, Any] | None | Unset
        if isinstance(self.author_identifier, Unset):
            author_identifier = UNSET
        elif isinstance(self.author_identifier, PersonPermissionsAuthorIdentifier):
            author_identifier = self.author_identifier.to_dict()
        else:
            author_identifier = self.author_identifier

        authorized_identifier: dict[str, Any] | None | Unset
        if isinstance(self.authorized_identifier, Unset):
            authorized_identifier = UNSET
        elif isinstance(self.authorized_identifier, PersonPermissionsAuthorizedIdentifier):
            authorized_identifier = self.authorized_identifier.to_dict()
        else:
            authorized_identifier = self.authorized_identifier

        can_delegate: bool | None | Unset
        if isinstance(self.can_delegate, Unset):
            can_delegate = UNSET
        else:
            can_delegate = self.can_delegate

        context_identifier: dict[str, Any] | None | Unset
        if isinstance(self.context_identifier, Unset):
            context_identifier = UNSET
        elif isinstance(self.context_identifier, PersonPermissionsContextIdentifier):
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
        elif isinstance(self.permission_scope, PersonPermissionScope):
            permission_scope = self.permission_scope.value
        else:
            permission_scope = self.permission_scope

        permission_state: None | str | Unset
        if isinstance(self.permission_state, Unset):
            permission_state = UNSET
        elif isinstance(self.permission_state, PermissionState):
            permission_state = self.permission_state.value
        else:
            permission_state = self.permission_state

        start_date: None | str | Unset
        if isinstance(self.start_date, Unset):
            start_date = UNSET
        elif isinstance(self.start_date, datetime.datetime):
            start_date = self.start_date.isoformat()
        else:
            start_date = self.start_date

        subject_entity_details: dict[str, Any] | None | Unset
        if isinstance(self.subject_entity_details, Unset):
            subject_entity_details = UNSET
        elif isinstance(self.subject_entity_details, PermissionsSubjectEntityDetails):
            subject_entity_details = self.subject_entity_details.to_dict()
        else:
            subject_entity_details = self.subject_entity_details

        subject_person_details: dict[str, Any] | None | Unset
        if isinstance(self.subject_person_details, Unset):
            subject_person_details = UNSET
        elif isinstance(self.subject_person_details, PermissionsSubjectPersonDetails):
            subject_person_details = self.subject_person_details.to_dict()
        else:
            subject_person_details = self.subject_person_details

        target_identifier: dict[str, Any] | None | Unset
        if isinstance(self.target_identifier, Unset):
            target_identifier = UNSET
        elif isinstance(self.target_identifier, PersonPermissionsTargetIdentifier):
            target_identifier = self.target_identifier.to_dict()
        else:
            target_identifier = self.target_identifier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if author_identifier is not UNSET:
            field_dict["authorIdentifier"] = author_identifier
        if authorized_identifier is not UNSET:
            field_dict["authorizedIdentifier"] = authorized_identifier
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
        if permission_state is not UNSET:
            field_dict["permissionState"] = permission_state
        if start_date is not UNSET:
            field_dict["startDate"] = start_date
        if subject_entity_details is not UNSET:
            field_dict["subjectEntityDetails"] = subject_entity_details
        if subject_person_details is not UNSET:
            field_dict["subjectPersonDetails"] = subject_person_details
        if target_identifier is not UNSET:
            field_dict["targetIdentifier"] = target_identifier

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.permissions_subject_entity_details import PermissionsSubjectEntityDetails
        from ..models.permissions_subject_person_details import PermissionsSubjectPersonDetails
        from ..models.person_permissions_author_identifier import PersonPermissionsAuthorIdentifier
        from ..models.person_permissions_authorized_identifier import (
            PersonPermissionsAuthorizedIdentifier,
        )
        from ..models.person_permissions_context_identifier import (
            PersonPermissionsContextIdentifier,
        )
        from ..models.person_permissions_target_identifier import PersonPermissionsTargetIdentifier

        d = dict(src_dict)

        def _parse_author_identifier(
            data: object,
        ) -> None | PersonPermissionsAuthorIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                author_identifier_type_1 = PersonPermissionsAuthorIdentifier.from_dict(data)

                return author_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonPermissionsAuthorIdentifier | Unset, data)

        author_identifier = _parse_author_identifier(d.pop("authorIdentifier", UNSET))

        def _parse_authorized_identifier(
            data: object,
        ) -> None | PersonPermissionsAuthorizedIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                authorized_identifier_type_1 = PersonPermissionsAuthorizedIdentifier.from_dict(data)

                return authorized_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonPermissionsAuthorizedIdentifier | Unset, data)

        authorized_identifier = _parse_authorized_identifier(d.pop("authorizedIdentifier", UNSET))

        def _parse_can_delegate(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        can_delegate = _parse_can_delegate(d.pop("canDelegate", UNSET))

        def _parse_context_identifier(
            data: object,
        ) -> None | PersonPermissionsContextIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                context_identifier_type_1 = PersonPermissionsContextIdentifier.from_dict(data)

                return context_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonPermissionsContextIdentifier | Unset, data)

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

        def _parse_permission_scope(data: object) -> None | PersonPermissionScope | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                permission_scope_type_1 = PersonPermissionScope(data)

                return permission_scope_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonPermissionScope | Unset, data)

        permission_scope = _parse_permission_scope(d.pop("permissionScope", UNSET))

        def _parse_permission_state(data: object) -> None | PermissionState | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                permission_state_type_1 = PermissionState(data)

                return permission_state_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PermissionState | Unset, data)

        permission_state = _parse_permission_state(d.pop("permissionState", UNSET))

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

        def _parse_subject_entity_details(
            data: object,
        ) -> None | PermissionsSubjectEntityDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subject_entity_details_type_1 = PermissionsSubjectEntityDetails.from_dict(data)

                return subject_entity_details_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PermissionsSubjectEntityDetails | Unset, data)

        subject_entity_details = _parse_subject_entity_details(d.pop("subjectEntityDetails", UNSET))

        def _parse_subject_person_details(
            data: object,
        ) -> None | PermissionsSubjectPersonDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subject_person_details_type_1 = PermissionsSubjectPersonDetails.from_dict(data)

                return subject_person_details_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PermissionsSubjectPersonDetails | Unset, data)

        subject_person_details = _parse_subject_person_details(d.pop("subjectPersonDetails", UNSET))

        def _parse_target_identifier(
            data: object,
        ) -> None | PersonPermissionsTargetIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                target_identifier_type_1 = PersonPermissionsTargetIdentifier.from_dict(data)

                return target_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonPermissionsTargetIdentifier | Unset, data)

        target_identifier = _parse_target_identifier(d.pop("targetIdentifier", UNSET))

        person_permission = cls(
            author_identifier=author_identifier,
            authorized_identifier=authorized_identifier,
            can_delegate=can_delegate,
            context_identifier=context_identifier,
            description=description,
            id=id,
            permission_scope=permission_scope,
            permission_state=permission_state,
            start_date=start_date,
            subject_entity_details=subject_entity_details,
            subject_person_details=subject_person_details,
            target_identifier=target_identifier,
        )

        person_permission.additional_properties = d
        return person_permission

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
