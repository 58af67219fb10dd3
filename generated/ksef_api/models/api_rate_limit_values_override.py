from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ApiRateLimitValuesOverride")


@_attrs_define
class ApiRateLimitValuesOverride:
    """
    Attributes:
        per_hour (int):
        per_minute (int):
        per_second (int):
    """

    per_hour: int
    per_minute: int
    per_second: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        per_hour = self.per_hour

        per_minute = self.per_minute

        per_second = self.per_second

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "perHour": per_hour,
                "perMinute": per_minute,
                "perSecond": per_second,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        per_hour = d.pop("perHour")

        per_minute = d.pop("perMinute")

        per_second = d.pop("perSecond")

        api_rate_limit_values_override = cls(
            per_hour=per_hour,
            per_minute=per_minute,
            per_second=per_second,
        )

        api_rate_limit_values_override.additional_properties = d
        return api_rate_limit_values_override

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
