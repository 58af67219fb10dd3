from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.id_document import IdDocument


T = TypeVar("T", bound="PersonByFingerprintWithoutIdentifierDetails")


@_attrs_define
class PersonByFingerprintWithoutIdentifierDetails:
    """
    Attributes:
        birth_date (datetime.date):
        first_name (str):
        id_document (IdDocument):
        last_name (str):
    """

    birth_date: datetime.date
    first_name: str
    id_document: IdDocument
    last_name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        birth_date = self.birth_date.isoformat()

        first_name = self.first_name

        id_document = self.id_document.to_dict()

        last_name = self.last_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "birthDate": birth_date,
                "firstName": first_name,
                "idDocument": id_document,
                "lastName": last_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.id_document import IdDocument

        d = dict(src_dict)
        birth_date = datetime.date.fromisoformat(d.pop("birthDate"))

        first_name = d.pop("firstName")

        id_document = IdDocument.from_dict(d.pop("idDocument"))

        last_name = d.pop("lastName")

        person_by_fingerprint_without_identifier_details = cls(
            birth_date=birth_date,
            first_name=first_name,
            id_document=id_document,
            last_name=last_name,
        )

        person_by_fingerprint_without_identifier_details.additional_properties = d
        return person_by_fingerprint_without_identifier_details

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
