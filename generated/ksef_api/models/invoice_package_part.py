from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="InvoicePackagePart")


@_attrs_define
class InvoicePackagePart:
    """
    Attributes:
        encrypted_part_hash (None | str | Unset):
        encrypted_part_size (int | None | Unset):
        expiration_date (datetime.datetime | None | Unset):
        method (None | str | Unset):
        ordinal_number (int | None | Unset):
        part_hash (None | str | Unset):
        part_name (None | str | Unset):
        part_size (int | None | Unset):
        url (None | str | Unset):
    """

    encrypted_part_hash: None | str | Unset = UNSET
    encrypted_part_size: int | None | Unset = UNSET
    expiration_date: datetime.datetime | None | Unset = UNSET
    method: None | str | Unset = UNSET
    ordinal_number: int | None | Unset = UNSET
    part_hash: None | str | Unset = UNSET
    part_name: None | str | Unset = UNSET
    part_size: int | None | Unset = UNSET
    url: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        encrypted_part_hash: None | str | Unset
        if isinstance(self.encrypted_part_hash, Unset):
            encrypted_part_hash = UNSET
        else:
            encrypted_part_hash = self.encrypted_part_hash

        encrypted_part_size: int | None | Unset
        if isinstance(self.encrypted_part_size, Unset):
            encrypted_part_size = UNSET
        else:
            encrypted_part_size = self.encrypted_part_size

        expiration_date: None | str | Unset
        if isinstance(self.expiration_date, Unset):
            expiration_date = UNSET
        elif isinstance(self.expiration_date, datetime.datetime):
            expiration_date = self.expiration_date.isoformat()
        else:
            expiration_date = self.expiration_date

        method: None | str | Unset
        if isinstance(self.method, Unset):
            method = UNSET
        else:
            method = self.method

        ordinal_number: int | None | Unset
        if isinstance(self.ordinal_number, Unset):
            ordinal_number = UNSET
        else:
            ordinal_number = self.ordinal_number

        part_hash: None | str | Unset
        if isinstance(self.part_hash, Unset):
            part_hash = UNSET
        else:
            part_hash = self.part_hash

        part_name: None | str | Unset
        if isinstance(self.part_name, Unset):
            part_name = UNSET
        else:
            part_name = self.part_name

        part_size: int | None | Unset
        if isinstance(self.part_size, Unset):
            part_size = UNSET
        else:
            part_size = self.part_size

        url: None | str | Unset
        if isinstance(self.url, Unset):
            url = UNSET
        else:
            url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if encrypted_part_hash is not UNSET:
            field_dict["encryptedPartHash"] = encrypted_part_hash
        if encrypted_part_size is not UNSET:
            field_dict["encryptedPartSize"] = encrypted_part_size
        if expiration_date is not UNSET:
            field_dict["expirationDate"] = expiration_date
        if method is not UNSET:
            field_dict["method"] = method
        if ordinal_number is not UNSET:
            field_dict["ordinalNumber"] = ordinal_number
        if part_hash is not UNSET:
            field_dict["partHash"] = part_hash
        if part_name is not UNSET:
            field_dict["partName"] = part_name
        if part_size is not UNSET:
            field_dict["partSize"] = part_size
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_encrypted_part_hash(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        encrypted_part_hash = _parse_encrypted_part_hash(d.pop("encryptedPartHash", UNSET))

        def _parse_encrypted_part_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        encrypted_part_size = _parse_encrypted_part_size(d.pop("encryptedPartSize", UNSET))

        def _parse_expiration_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expiration_date_type_0 = datetime.datetime.fromisoformat(data)

                return expiration_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        expiration_date = _parse_expiration_date(d.pop("expirationDate", UNSET))

        def _parse_method(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        method = _parse_method(d.pop("method", UNSET))

        def _parse_ordinal_number(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        ordinal_number = _parse_ordinal_number(d.pop("ordinalNumber", UNSET))

        def _parse_part_hash(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        part_hash = _parse_part_hash(d.pop("partHash", UNSET))

        def _parse_part_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        part_name = _parse_part_name(d.pop("partName", UNSET))

        def _parse_part_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        part_size = _parse_part_size(d.pop("partSize", UNSET))

        def _parse_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        url = _parse_url(d.pop("url", UNSET))

        invoice_package_part = cls(
            encrypted_part_hash=encrypted_part_hash,
            encrypted_part_size=encrypted_part_size,
            expiration_date=expiration_date,
            method=method,
            ordinal_number=ordinal_number,
            part_hash=part_hash,
            part_name=part_name,
            part_size=part_size,
            url=url,
        )

        invoice_package_part.additional_properties = d
        return invoice_package_part

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
