from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PersonCreateRequest")


@_attrs_define
class PersonCreateRequest:
    """
    Attributes:
        description (str):
        is_bailiff (bool):
        nip (str):
        pesel (str):
        created_date (datetime.datetime | None | Unset):
        is_deceased (bool | Unset):
    """

    description: str
    is_bailiff: bool
    nip: str
    pesel: str
    created_date: datetime.datetime | None | Unset = UNSET
    is_deceased: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        description = self.description

        is_bailiff = self.is_bailiff

        nip = self.nip

        pesel = self.pesel

        created_date: None | str | Unset
        if isinstance(self.created_date, Unset):
            created_date = UNSET
        elif isinstance(self.created_date, datetime.datetime):
            created_date = self.created_date.isoformat()
        else:
            created_date = self.created_date

        is_deceased = self.is_deceased

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "description": description,
                "isBailiff": is_bailiff,
                "nip": nip,
                "pesel": pesel,
            }
        )
        if created_date is not UNSET:
            field_dict["createdDate"] = created_date
        if is_deceased is not UNSET:
            field_dict["isDeceased"] = is_deceased

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        description = d.pop("description")

        is_bailiff = d.pop("isBailiff")

        nip = d.pop("nip")

        pesel = d.pop("pesel")

        def _parse_created_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                created_date_type_0 = datetime.datetime.fromisoformat(data)

                return created_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        created_date = _parse_created_date(d.pop("createdDate", UNSET))

        is_deceased = d.pop("isDeceased", UNSET)

        person_create_request = cls(
            description=description,
            is_bailiff=is_bailiff,
            nip=nip,
            pesel=pesel,
            created_date=created_date,
            is_deceased=is_deceased,
        )

        person_create_request.additional_properties = d
        return person_create_request

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
