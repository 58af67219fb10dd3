from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.entity_authorization_permission_type import EntityAuthorizationPermissionType

if TYPE_CHECKING:
    from ..models.entity_authorization_permissions_subject_identifier import (
        EntityAuthorizationPermissionsSubjectIdentifier,
    )
    from ..models.entity_details import EntityDetails


T = TypeVar("T", bound="EntityAuthorizationPermissionsGrantRequest")


@_attrs_define
class EntityAuthorizationPermissionsGrantRequest:
    """
    Attributes:
        description (str):
        permission (EntityAuthorizationPermissionType):
        subject_details (EntityDetails):
        subject_identifier (EntityAuthorizationPermissionsSubjectIdentifier):
    """

    description: str
    permission: EntityAuthorizationPermissionType
    subject_details: EntityDetails
    subject_identifier: EntityAuthorizationPermissionsSubjectIdentifier
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        description = self.description

        permission = self.permission.value

        subject_details = self.subject_details.to_dict()

        subject_identifier = self.subject_identifier.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "description": description,
                "permission": permission,
                "subjectDetails": subject_details,
                "subjectIdentifier": subject_identifier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entity_authorization_permissions_subject_identifier import (
            EntityAuthorizationPermissionsSubjectIdentifier,
        )
        from ..models.entity_details import EntityDetails

        d = dict(src_dict)
        description = d.pop("description")

        permission = EntityAuthorizationPermissionType(d.pop("permission"))

        subject_details = EntityDetails.from_dict(d.pop("subjectDetails"))

        subject_identifier = EntityAuthorizationPermissionsSubjectIdentifier.from_dict(
            d.pop("subjectIdentifier")
        )

        entity_authorization_permissions_grant_request = cls(
            description=description,
            permission=permission,
            subject_details=subject_details,
            subject_identifier=subject_identifier,
        )

        entity_authorization_permissions_grant_request.additional_properties = d
        return entity_authorization_permissions_grant_request

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
