from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.person_identifier import PersonIdentifier


T = TypeVar("T", bound="PersonByFingerprintWithIdentifierDetails")


@_attrs_define
class PersonByFingerprintWithIdentifierDetails:
    """
    Attributes:
        first_name (str):
        identifier (PersonIdentifier):
        last_name (str):
    """

    first_name: str
    identifier: PersonIdentifier
    last_name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        first_name = self.first_name

        identifier = self.identifier.to_dict()

        last_name = self.last_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "firstName": first_name,
                "identifier": identifier,
                "lastName": last_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.person_identifier import PersonIdentifier

        d = dict(src_dict)
        first_name = d.pop("firstName")

        identifier = PersonIdentifier.from_dict(d.pop("identifier"))

        last_name = d.pop("lastName")

        person_by_fingerprint_with_identifier_details = cls(
            first_name=first_name,
            identifier=identifier,
            last_name=last_name,
        )

        person_by_fingerprint_with_identifier_details.additional_properties = d
        return person_by_fingerprint_with_identifier_details

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
