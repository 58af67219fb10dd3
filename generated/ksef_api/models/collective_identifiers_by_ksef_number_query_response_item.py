from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="CollectiveIdentifiersByKsefNumberQueryResponseItem")


@_attrs_define
class CollectiveIdentifiersByKsefNumberQueryResponseItem:
    """
    Attributes:
        collective_identifier_number (None | str | Unset):
        created_in_current_context (bool | None | Unset):
        date_created (datetime.datetime | None | Unset):
    """

    collective_identifier_number: None | str | Unset = UNSET
    created_in_current_context: bool | None | Unset = UNSET
    date_created: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        collective_identifier_number: None | str | Unset
        if isinstance(self.collective_identifier_number, Unset):
            collective_identifier_number = UNSET
        else:
            collective_identifier_number = self.collective_identifier_number

        created_in_current_context: bool | None | Unset
        if isinstance(self.created_in_current_context, Unset):
            created_in_current_context = UNSET
        else:
            created_in_current_context = self.created_in_current_context

        date_created: None | str | Unset
        if isinstance(self.date_created, Unset):
            date_created = UNSET
        elif isinstance(self.date_created, datetime.datetime):
            date_created = self.date_created.isoformat()
        else:
            date_created = self.date_created

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if collective_identifier_number is not UNSET:
            field_dict["collectiveIdentifierNumber"] = collective_identifier_number
        if created_in_current_context is not UNSET:
            field_dict["createdInCurrentContext"] = created_in_current_context
        if date_created is not UNSET:
            field_dict["dateCreated"] = date_created

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_collective_identifier_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        collective_identifier_number = _parse_collective_identifier_number(
            d.pop("collectiveIdentifierNumber", UNSET)
        )

        def _parse_created_in_current_context(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        created_in_current_context = _parse_created_in_current_context(
            d.pop("createdInCurrentContext", UNSET)
        )

        def _parse_date_created(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                date_created_type_0 = datetime.datetime.fromisoformat(data)

                return date_created_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        date_created = _parse_date_created(d.pop("dateCreated", UNSET))

        collective_identifiers_by_ksef_number_query_response_item = cls(
            collective_identifier_number=collective_identifier_number,
            created_in_current_context=created_in_current_context,
            date_created=date_created,
        )

        collective_identifiers_by_ksef_number_query_response_item.additional_properties = d
        return collective_identifiers_by_ksef_number_query_response_item

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
