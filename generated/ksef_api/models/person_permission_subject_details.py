from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.person_permission_subject_details_type import PersonPermissionSubjectDetailsType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.person_by_fingerprint_with_identifier_details import (
        PersonByFingerprintWithIdentifierDetails,
    )
    from ..models.person_by_fingerprint_without_identifier_details import (
        PersonByFingerprintWithoutIdentifierDetails,
    )
    from ..models.person_details import PersonDetails


T = TypeVar("T", bound="PersonPermissionSubjectDetails")


@_attrs_define
class PersonPermissionSubjectDetails:
    """
    Attributes:
        subject_details_type (PersonPermissionSubjectDetailsType):
        person_by_fp_no_id (None | PersonByFingerprintWithoutIdentifierDetails | Unset):
        person_by_fp_with_id (None | PersonByFingerprintWithIdentifierDetails | Unset):
        person_by_id (None | PersonDetails | Unset):
    """

    subject_details_type: PersonPermissionSubjectDetailsType
    person_by_fp_no_id: None | PersonByFingerprintWithoutIdentifierDetails | Unset = UNSET
    person_by_fp_with_id: None | PersonByFingerprintWithIdentifierDetails | Unset = UNSET
    person_by_id: None | PersonDetails | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.person_by_fingerprint_with_identifier_details import (
            PersonByFingerprintWithIdentifierDetails,
        )
        from ..models.person_by_fingerprint_without_identifier_details import (
            PersonByFingerprintWithoutIdentifierDetails,
        )
        from ..models.person_details import PersonDetails

        subject_details_type = self.subject_details_type.value

        person_by_fp_no_id: dict[str, Any] | None | Unset
        if isinstance(self.person_by_fp_no_id, Unset):
            person_by_fp_no_id = UNSET
        elif isinstance(self.person_by_fp_no_id, PersonByFingerprintWithoutIdentifierDetails):
            person_by_fp_no_id = self.person_by_fp_no_id.to_dict()
        else:
            person_by_fp_no_id = self.person_by_fp_no_id

        person_by_fp_with_id: dict[str, Any] | None | Unset
        if isinstance(self.person_by_fp_with_id, Unset):
            person_by_fp_with_id = UNSET
        elif isinstance(self.person_by_fp_with_id, PersonByFingerprintWithIdentifierDetails):
            person_by_fp_with_id = self.person_by_fp_with_id.to_dict()
        else:
            person_by_fp_with_id = self.person_by_fp_with_id

        person_by_id: dict[str, Any] | None | Unset
        if isinstance(self.person_by_id, Unset):
            person_by_id = UNSET
        elif isinstance(self.person_by_id, PersonDetails):
            person_by_id = self.person_by_id.to_dict()
        else:
            person_by_id = self.person_by_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "subjectDetailsType": subject_details_type,
            }
        )
        if person_by_fp_no_id is not UNSET:
            field_dict["personByFpNoId"] = person_by_fp_no_id
        if person_by_fp_with_id is not UNSET:
            field_dict["personByFpWithId"] = person_by_fp_with_id
        if person_by_id is not UNSET:
            field_dict["personById"] = person_by_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.person_by_fingerprint_with_identifier_details import (
            PersonByFingerprintWithIdentifierDetails,
        )
        from ..models.person_by_fingerprint_without_identifier_details import (
            PersonByFingerprintWithoutIdentifierDetails,
        )
        from ..models.person_details import PersonDetails

        d = dict(src_dict)
        subject_details_type = PersonPermissionSubjectDetailsType(d.pop("subjectDetailsType"))

        def _parse_person_by_fp_no_id(
            data: object,
        ) -> None | PersonByFingerprintWithoutIdentifierDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                person_by_fp_no_id_type_1 = PersonByFingerprintWithoutIdentifierDetails.from_dict(
                    data
                )

                return person_by_fp_no_id_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonByFingerprintWithoutIdentifierDetails | Unset, data)

        person_by_fp_no_id = _parse_person_by_fp_no_id(d.pop("personByFpNoId", UNSET))

        def _parse_person_by_fp_with_id(
            data: object,
        ) -> None | PersonByFingerprintWithIdentifierDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                person_by_fp_with_id_type_1 = PersonByFingerprintWithIdentifierDetails.from_dict(
                    data
                )

                return person_by_fp_with_id_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonByFingerprintWithIdentifierDetails | Unset, data)

        person_by_fp_with_id = _parse_person_by_fp_with_id(d.pop("personByFpWithId", UNSET))

        def _parse_person_by_id(data: object) -> None | PersonDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                person_by_id_type_1 = PersonDetails.from_dict(data)

                return person_by_id_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PersonDetails | Unset, data)

        person_by_id = _parse_person_by_id(d.pop("personById", UNSET))

        person_permission_subject_details = cls(
            subject_details_type=subject_details_type,
            person_by_fp_no_id=person_by_fp_no_id,
            person_by_fp_with_id=person_by_fp_with_id,
            person_by_id=person_by_id,
        )

        person_permission_subject_details.additional_properties = d
        return person_permission_subject_details

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
