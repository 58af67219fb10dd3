from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.entity_subject_by_fingerprint_details_type import (
    EntitySubjectByFingerprintDetailsType,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="PermissionsSubjectEntityByFingerprintDetails")


@_attrs_define
class PermissionsSubjectEntityByFingerprintDetails:
    """
    Attributes:
        address (None | str | Unset):
        full_name (None | str | Unset):
        subject_details_type (EntitySubjectByFingerprintDetailsType | None | Unset):
    """

    address: None | str | Unset = UNSET
    full_name: None | str | Unset = UNSET
    subject_details_type: EntitySubjectByFingerprintDetailsType | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        address: None | str | Unset
        if isinstance(self.address, Unset):
            address = UNSET
        else:
            address = self.address

        full_name: None | str | Unset
        if isinstance(self.full_name, Unset):
            full_name = UNSET
        else:
            full_name = self.full_name

        subject_details_type: None | str | Unset
        if isinstance(self.subject_details_type, Unset):
            subject_details_type = UNSET
        elif isinstance(self.subject_details_type, EntitySubjectByFingerprintDetailsType):
            subject_details_type = self.subject_details_type.value
        else:
            subject_details_type = self.subject_details_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if address is not UNSET:
            field_dict["address"] = address
        if full_name is not UNSET:
            field_dict["fullName"] = full_name
        if subject_details_type is not UNSET:
            field_dict["subjectDetailsType"] = subject_details_type

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_address(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        address = _parse_address(d.pop("address", UNSET))

        def _parse_full_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        full_name = _parse_full_name(d.pop("fullName", UNSET))

        def _parse_subject_details_type(
            data: object,
        ) -> EntitySubjectByFingerprintDetailsType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                subject_details_type_type_1 = EntitySubjectByFingerprintDetailsType(data)

                return subject_details_type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntitySubjectByFingerprintDetailsType | None | Unset, data)

        subject_details_type = _parse_subject_details_type(d.pop("subjectDetailsType", UNSET))

        permissions_subject_entity_by_fingerprint_details = cls(
            address=address,
            full_name=full_name,
            subject_details_type=subject_details_type,
        )

        permissions_subject_entity_by_fingerprint_details.additional_properties = d
        return permissions_subject_entity_by_fingerprint_details

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
