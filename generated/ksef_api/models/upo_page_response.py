from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="UpoPageResponse")


@_attrs_define
class UpoPageResponse:
    """
    Attributes:
        reference_number (str):
        download_url (None | str | Unset):
        download_url_expiration_date (datetime.datetime | None | Unset):
    """

    reference_number: str
    download_url: None | str | Unset = UNSET
    download_url_expiration_date: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        reference_number = self.reference_number

        download_url: None | str | Unset
        if isinstance(self.download_url, Unset):
            download_url = UNSET
        else:
            download_url = self.download_url

        download_url_expiration_date: None | str | Unset
        if isinstance(self.download_url_expiration_date, Unset):
            download_url_expiration_date = UNSET
        elif isinstance(self.download_url_expiration_date, datetime.datetime):
            download_url_expiration_date = self.download_url_expiration_date.isoformat()
        else:
            download_url_expiration_date = self.download_url_expiration_date

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "referenceNumber": reference_number,
            }
        )
        if download_url is not UNSET:
            field_dict["downloadUrl"] = download_url
        if download_url_expiration_date is not UNSET:
            field_dict["downloadUrlExpirationDate"] = download_url_expiration_date

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        reference_number = d.pop("referenceNumber")

        def _parse_download_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        download_url = _parse_download_url(d.pop("downloadUrl", UNSET))

        def _parse_download_url_expiration_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                download_url_expiration_date_type_0 = datetime.datetime.fromisoformat(data)

                return download_url_expiration_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        download_url_expiration_date = _parse_download_url_expiration_date(
            d.pop("downloadUrlExpirationDate", UNSET)
        )

        upo_page_response = cls(
            reference_number=reference_number,
            download_url=download_url,
            download_url_expiration_date=download_url_expiration_date,
        )

        upo_page_response.additional_properties = d
        return upo_page_response

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
