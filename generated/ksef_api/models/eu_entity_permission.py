from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.eu_entity_permissions_query_permission_type import (
    EuEntityPermissionsQueryPermissionType,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.eu_entity_permissions_author_identifier import EuEntityPermissionsAuthorIdentifier
    from ..models.permissions_eu_entity_details import PermissionsEuEntityDetails
    from ..models.permissions_subject_entity_by_fingerprint_details import (
        PermissionsSubjectEntityByFingerprintDetails,
    )
    from ..models.permissions_subject_person_by_fingerprint_details import (
        PermissionsSubjectPersonByFingerprintDetails,
    )


T = TypeVar("T", bound="EuEntityPermission")


@_attrs_define
class EuEntityPermission:
    """
    Attributes:
        author_identifier (EuEntityPermissionsAuthorIdentifier | None | Unset):
        authorized_fingerprint_identifier (None | str | Unset):
        description (None | str | Unset):
        eu_entity_details (None | PermissionsEuEntityDetails | Unset):
        eu_entity_name (None | str | Unset):
        id (None | str | Unset):
        permission_scope (EuEntityPermissionsQueryPermissionType | None | Unset):
        start_date (datetime.datetime | None | Unset):
        subject_entity_details (None | PermissionsSubjectEntityByFingerprintDetails | Unset):
        subject_person_details (None | PermissionsSubjectPersonByFingerprintDetails | Unset):
        vat_ue_identifier (None | str | Unset):
    """

    author_identifier: EuEntityPermissionsAuthorIdentifier | None | Unset = UNSET
    authorized_fingerprint_identifier: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    eu_entity_details: None | PermissionsEuEntityDetails | Unset = UNSET
    eu_entity_name: None | str | Unset = UNSET
    id: None | str | Unset = UNSET
    permission_scope: EuEntityPermissionsQueryPermissionType | None | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    subject_entity_details: None | PermissionsSubjectEntityByFingerprintDetails | Unset = UNSET
    subject_person_details: None | PermissionsSubjectPersonByFingerprintDetails | Unset = UNSET
    vat_ue_identifier: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.eu_entity_permissions_author_identifier import (
            EuEntityPermissionsAuthorIdentifier,
        )
        from ..models.permissions_eu_entity_details import PermissionsEuEntityDetails
        from ..models.permissions_subject_entity_by_fingerprint_details import (
            PermissionsSubjectEntityByFingerprintDetails,
        )
        from ..models.permissions_subject_person_by_fingerprint_details import (
            PermissionsSubjectPersonByFingerprintDetails,
        )

        author_identifier: dict[str, Any] | None | Unset
        if isinstance(self.author_identifier, Unset):
            author_identifier = UNSET
        elif isinstance(self.author_identifier, EuEntityPermissionsAuthorIdentifier):
            author_identifier = self.author_identifier.to_dict()
        else:
            author_identifier = self.author_identifier

        authorized_fingerprint_identifier: None | str | Unset
        if isinstance(self.authorized_fingerprint_identifier, Unset):
            authorized_fingerprint_identifier = UNSET
        else:
            authorized_fingerprint_identifier = self.authorized_fingerprint_identifier

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        eu_entity_details: dict[str, Any] | None | Unset
        if isinstance(self.eu_entity_details, Unset):
            eu_entity_details = UNSET
        elif isinstance(self.eu_entity_details, PermissionsEuEntityDetails):
            eu_entity_details = self.eu_entity_details.to_dict()
        else:
            eu_entity_details = self.eu_entity_details

        eu_entity_name: None | str | Unset
        if isinstance(self.eu_entity_name, Unset):
            eu_entity_name = UNSET
        else:
            eu_entity_name = self.eu_entity_name

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        permission_scope: None | str | Unset
        if isinstance(self.permission_scope, Unset):
            permission_scope = UNSET
        elif isinstance(self.permission_scope, EuEntityPermissionsQueryPermissionType):
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

        subject_entity_details: dict[str, Any] | None | Unset
        if isinstance(self.subject_entity_details, Unset):
            subject_entity_details = UNSET
        elif isinstance(self.subject_entity_details, PermissionsSubjectEntityByFingerprintDetails):
            subject_entity_details = self.subject_entity_details.to_dict()
        else:
            subject_entity_details = self.subject_entity_details

        subject_person_details: dict[str, Any] | None | Unset
        if isinstance(self.subject_person_details, Unset):
            subject_person_details = UNSET
        elif isinstance(self.subject_person_details, PermissionsSubjectPersonByFingerprintDetails):
            subject_person_details = self.subject_person_details.to_dict()
        else:
            subject_person_details = self.subject_person_details

        vat_ue_identifier: None | str | Unset
        if isinstance(self.vat_ue_identifier, Unset):
            vat_ue_identifier = UNSET
        else:
            vat_ue_identifier = self.vat_ue_identifier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if author_identifier is not UNSET:
            field_dict["authorIdentifier"] = author_identifier
        if authorized_fingerprint_identifier is not UNSET:
            field_dict["authorizedFingerprintIdentifier"] = authorized_fingerprint_identifier
        if description is not UNSET:
            field_dict["description"] = description
        if eu_entity_details is not UNSET:
            field_dict["euEntityDetails"] = eu_entity_details
        if eu_entity_name is not UNSET:
            field_dict["euEntityName"] = eu_entity_name
        if id is not UNSET:
            field_dict["id"] = id
        if permission_scope is not UNSET:
            field_dict["permissionScope"] = permission_scope
        if start_date is not UNSET:
            field_dict["startDate"] = start_date
        if subject_entity_details is not UNSET:
            field_dict["subjectEntityDetails"] = subject_entity_details
        if subject_person_details is not UNSET:
            field_dict["subjectPersonDetails"] = subject_person_details
        if vat_ue_identifier is not UNSET:
            field_dict["vatUeIdentifier"] = vat_ue_identifier

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.eu_entity_permissions_author_identifier import (
            EuEntityPermissionsAuthorIdentifier,
        )
        from ..models.permissions_eu_entity_details import PermissionsEuEntityDetails
        from ..models.permissions_subject_entity_by_fingerprint_details import (
            PermissionsSubjectEntityByFingerprintDetails,
        )
        from ..models.permissions_subject_person_by_fingerprint_details import (
            PermissionsSubjectPersonByFingerprintDetails,
        )

        d = dict(src_dict)

        def _parse_author_identifier(
            data: object,
        ) -> EuEntityPermissionsAuthorIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                author_identifier_type_1 = EuEntityPermissionsAuthorIdentifier.from_dict(data)

                return author_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EuEntityPermissionsAuthorIdentifier | None | Unset, data)

        author_identifier = _parse_author_identifier(d.pop("authorIdentifier", UNSET))

        def _parse_authorized_fingerprint_identifier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        authorized_fingerprint_identifier = _parse_authorized_fingerprint_identifier(
            d.pop("authorizedFingerprintIdentifier", UNSET)
        )

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_eu_entity_details(data: object) -> None | PermissionsEuEntityDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                eu_entity_details_type_1 = PermissionsEuEntityDetails.from_dict(data)

                return eu_entity_details_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PermissionsEuEntityDetails | Unset, data)

        eu_entity_details = _parse_eu_entity_details(d.pop("euEntityDetails", UNSET))

        def _parse_eu_entity_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        eu_entity_name = _parse_eu_entity_name(d.pop("euEntityName", UNSET))

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_permission_scope(
            data: object,
        ) -> EuEntityPermissionsQueryPermissionType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                permission_scope_type_1 = EuEntityPermissionsQueryPermissionType(data)

                return permission_scope_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EuEntityPermissionsQueryPermissionType | None | Unset, data)

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

        def _parse_subject_entity_details(
            data: object,
        ) -> None | PermissionsSubjectEntityByFingerprintDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subject_entity_details_type_1 = (
                    PermissionsSubjectEntityByFingerprintDetails.from_dict(data)
                )

                return subject_entity_details_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PermissionsSubjectEntityByFingerprintDetails | Unset, data)

        subject_entity_details = _parse_subject_entity_details(d.pop("subjectEntityDetails", UNSET))

        def _parse_subject_person_details(
            data: object,
        ) -> None | PermissionsSubjectPersonByFingerprintDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subject_person_details_type_1 = (
                    PermissionsSubjectPersonByFingerprintDetails.from_dict(data)
                )

                return subject_person_details_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PermissionsSubjectPersonByFingerprintDetails | Unset, data)

        subject_person_details = _parse_subject_person_details(d.pop("subjectPersonDetails", UNSET))

        def _parse_vat_ue_identifier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        vat_ue_identifier = _parse_vat_ue_identifier(d.pop("vatUeIdentifier", UNSET))

        eu_entity_permission = cls(
            author_identifier=author_identifier,
            authorized_fingerprint_identifier=authorized_fingerprint_identifier,
            description=description,
            eu_entity_details=eu_entity_details,
            eu_entity_name=eu_entity_name,
            id=id,
            permission_scope=permission_scope,
            start_date=start_date,
            subject_entity_details=subject_entity_details,
            subject_person_details=subject_person_details,
            vat_ue_identifier=vat_ue_identifier,
        )

        eu_entity_permission.additional_properties = d
        return eu_entity_permission

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
