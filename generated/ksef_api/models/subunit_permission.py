from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.subunit_permission_scope import SubunitPermissionScope
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.permissions_subject_person_details import PermissionsSubjectPersonDetails
    from ..models.subunit_permissions_author_identifier import SubunitPermissionsAuthorIdentifier
    from ..models.subunit_permissions_authorized_identifier import (
        SubunitPermissionsAuthorizedIdentifier,
    )
    from ..models.subunit_permissions_subunit_identifier import SubunitPermissionsSubunitIdentifier


T = TypeVar("T", bound="SubunitPermission")


@_attrs_define
class SubunitPermission:
    """
    Attributes:
        author_identifier (None | SubunitPermissionsAuthorIdentifier | Unset):
        authorized_identifier (None | SubunitPermissionsAuthorizedIdentifier | Unset):
        description (None | str | Unset):
        id (None | str | Unset):
        permission_scope (None | SubunitPermissionScope | Unset):
        start_date (datetime.datetime | None | Unset):
        subject_person_details (None | PermissionsSubjectPersonDetails | Unset):
        subunit_identifier (None | SubunitPermissionsSubunitIdentifier | Unset):
        subunit_name (None | str | Unset):
    """

    author_identifier: None | SubunitPermissionsAuthorIdentifier | Unset = UNSET
    authorized_identifier: None | SubunitPermissionsAuthorizedIdentifier | Unset = UNSET
    description: None | str | Unset = UNSET
    id: None | str | Unset = UNSET
    permission_scope: None | SubunitPermissionScope | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    subject_person_details: None | PermissionsSubjectPersonDetails | Unset = UNSET
    subunit_identifier: None | SubunitPermissionsSubunitIdentifier | Unset = UNSET
    subunit_name: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.permissions_subject_person_details import PermissionsSubjectPersonDetails
        from ..models.subunit_permissions_author_identifier import (
            SubunitPermissionsAuthorIdentifier,
        )
        from ..models.subunit_permissions_authorized_identifier import (
            SubunitPermissionsAuthorizedIdentifier,
        )
        from ..models.subunit_permissions_subunit_identifier import (
            SubunitPermissionsSubunitIdentifier,
        )

        author_identifier: dict[str, Any] | None | Unset
        if isinstance(self.author_identifier, Unset):
            author_identifier = UNSET
        elif isinstance(self.author_identifier, SubunitPermissionsAuthorIdentifier):
            author_identifier = self.author_identifier.to_dict()
        else:
            author_identifier = self.author_identifier

        authorized_identifier: dict[str, Any] | None | Unset
        if isinstance(self.authorized_identifier, Unset):
            authorized_identifier = UNSET
        elif isinstance(self.authorized_identifier, SubunitPermissionsAuthorizedIdentifier):
            authorized_identifier = self.authorized_identifier.to_dict()
        else:
            authorized_identifier = self.authorized_identifier

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
        elif isinstance(self.permission_scope, SubunitPermissionScope):
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

        subject_person_details: dict[str, Any] | None | Unset
        if isinstance(self.subject_person_details, Unset):
            subject_person_details = UNSET
        elif isinstance(self.subject_person_details, PermissionsSubjectPersonDetails):
            subject_person_details = self.subject_person_details.to_dict()
        else:
            subject_person_details = self.subject_person_details

        subunit_identifier: dict[str, Any] | None | Unset
        if isinstance(self.subunit_identifier, Unset):
            subunit_identifier = UNSET
        elif isinstance(self.subunit_identifier, SubunitPermissionsSubunitIdentifier):
            subunit_identifier = self.subunit_identifier.to_dict()
        else:
            subunit_identifier = self.subunit_identifier

        subunit_name: None | str | Unset
        if isinstance(self.subunit_name, Unset):
            subunit_name = UNSET
        else:
            subunit_name = self.subunit_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if author_identifier is not UNSET:
            field_dict["authorIdentifier"] = author_identifier
        if authorized_identifier is not UNSET:
            field_dict["authorizedIdentifier"] = authorized_identifier
        if description is not UNSET:
            field_dict["description"] = description
        if id is not UNSET:
            field_dict["id"] = id
        if permission_scope is not UNSET:
            field_dict["permissionScope"] = permission_scope
        if start_date is not UNSET:
            field_dict["startDate"] = start_date
        if subject_person_details is not UNSET:
            field_dict["subjectPersonDetails"] = subject_person_details
        if subunit_identifier is not UNSET:
            field_dict["subunitIdentifier"] = subunit_identifier
        if subunit_name is not UNSET:
            field_dict["subunitName"] = subunit_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.permissions_subject_person_details import PermissionsSubjectPersonDetails
        from ..models.subunit_permissions_author_identifier import (
            SubunitPermissionsAuthorIdentifier,
        )
        from ..models.subunit_permissions_authorized_identifier import (
            SubunitPermissionsAuthorizedIdentifier,
        )
        from ..models.subunit_permissions_subunit_identifier import (
            SubunitPermissionsSubunitIdentifier,
        )

        d = dict(src_dict)

        def _parse_author_identifier(
            data: object,
        ) -> None | SubunitPermissionsAuthorIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                author_identifier_type_1 = SubunitPermissionsAuthorIdentifier.from_dict(data)

                return author_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SubunitPermissionsAuthorIdentifier | Unset, data)

        author_identifier = _parse_author_identifier(d.pop("authorIdentifier", UNSET))

        def _parse_authorized_identifier(
            data: object,
        ) -> None | SubunitPermissionsAuthorizedIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                authorized_identifier_type_1 = SubunitPermissionsAuthorizedIdentifier.from_dict(
                    data
                )

                return authorized_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SubunitPermissionsAuthorizedIdentifier | Unset, data)

        authorized_identifier = _parse_authorized_identifier(d.pop("authorizedIdentifier", UNSET))

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

        def _parse_permission_scope(data: object) -> None | SubunitPermissionScope | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                permission_scope_type_1 = SubunitPermissionScope(data)

                return permission_scope_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SubunitPermissionScope | Unset, data)

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

        def _parse_subunit_identifier(
            data: object,
        ) -> None | SubunitPermissionsSubunitIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subunit_identifier_type_1 = SubunitPermissionsSubunitIdentifier.from_dict(data)

                return subunit_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SubunitPermissionsSubunitIdentifier | Unset, data)

        subunit_identifier = _parse_subunit_identifier(d.pop("subunitIdentifier", UNSET))

        def _parse_subunit_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        subunit_name = _parse_subunit_name(d.pop("subunitName", UNSET))

        subunit_permission = cls(
            author_identifier=author_identifier,
            authorized_identifier=authorized_identifier,
            description=description,
            id=id,
            permission_scope=permission_scope,
            start_date=start_date,
            subject_person_details=subject_person_details,
            subunit_identifier=subunit_identifier,
            subunit_name=subunit_name,
        )

        subunit_permission.additional_properties = d
        return subunit_permission

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
