from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.eu_entity_administration_permissions_context_identifier import (
        EuEntityAdministrationPermissionsContextIdentifier,
    )
    from ..models.eu_entity_administration_permissions_subject_identifier import (
        EuEntityAdministrationPermissionsSubjectIdentifier,
    )
    from ..models.eu_entity_details import EuEntityDetails
    from ..models.eu_entity_permission_subject_details import EuEntityPermissionSubjectDetails


T = TypeVar("T", bound="EuEntityAdministrationPermissionsGrantRequest")


@_attrs_define
class EuEntityAdministrationPermissionsGrantRequest:
    """
    Attributes:
        context_identifier (EuEntityAdministrationPermissionsContextIdentifier):
        description (str):
        eu_entity_details (EuEntityDetails):
        eu_entity_name (str):
        subject_details (EuEntityPermissionSubjectDetails):
        subject_identifier (EuEntityAdministrationPermissionsSubjectIdentifier):
    """

    context_identifier: EuEntityAdministrationPermissionsContextIdentifier
    description: str
    eu_entity_details: EuEntityDetails
    eu_entity_name: str
    subject_details: EuEntityPermissionSubjectDetails
    subject_identifier: EuEntityAdministrationPermissionsSubjectIdentifier
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        context_identifier = self.context_identifier.to_dict()

        description = self.description

        eu_entity_details = self.eu_entity_details.to_dict()

        eu_entity_name = self.eu_entity_name

        subject_details = self.subject_details.to_dict()

        subject_identifier = self.subject_identifier.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contextIdentifier": context_identifier,
                "description": description,
                "euEntityDetails": eu_entity_details,
                "euEntityName": eu_entity_name,
                "subjectDetails": subject_details,
                "subjectIdentifier": subject_identifier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.eu_entity_administration_permissions_context_identifier import (
            EuEntityAdministrationPermissionsContextIdentifier,
        )
        from ..models.eu_entity_administration_permissions_subject_identifier import (
            EuEntityAdministrationPermissionsSubjectIdentifier,
        )
        from ..models.eu_entity_details import EuEntityDetails
        from ..models.eu_entity_permission_subject_details import EuEntityPermissionSubjectDetails

        d = dict(src_dict)
        context_identifier = EuEntityAdministrationPermissionsContextIdentifier.from_dict(
            d.pop("contextIdentifier")
        )

        description = d.pop("description")

        eu_entity_details = EuEntityDetails.from_dict(d.pop("euEntityDetails"))

        eu_entity_name = d.pop("euEntityName")

        subject_details = EuEntityPermissionSubjectDetails.from_dict(d.pop("subjectDetails"))

        subject_identifier = EuEntityAdministrationPermissionsSubjectIdentifier.from_dict(
            d.pop("subjectIdentifier")
        )

        eu_entity_administration_permissions_grant_request = cls(
            context_identifier=context_identifier,
            description=description,
            eu_entity_details=eu_entity_details,
            eu_entity_name=eu_entity_name,
            subject_details=subject_details,
            subject_identifier=subject_identifier,
        )

        eu_entity_administration_permissions_grant_request.additional_properties = d
        return eu_entity_administration_permissions_grant_request

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
