from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="BatchFilePartInfo")


@_attrs_define
class BatchFilePartInfo:
    """
    Attributes:
        file_hash (str):
        file_size (int):
        ordinal_number (int):
    """

    file_hash: str
    file_size: int
    ordinal_number: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        file_hash = self.file_hash

        file_size = self.file_size

        ordinal_number = self.ordinal_number

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "fileHash": file_hash,
                "fileSize": file_size,
                "ordinalNumber": ordinal_number,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        file_hash = d.pop("fileHash")

        file_size = d.pop("fileSize")

        ordinal_number = d.pop("ordinalNumber")

        batch_file_part_info = cls(
            file_hash=file_hash,
            file_size=file_size,
            ordinal_number=ordinal_number,
        )

        batch_file_part_info.additional_properties = d
        return batch_file_part_info

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
