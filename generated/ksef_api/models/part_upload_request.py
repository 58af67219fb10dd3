from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.part_upload_request_headers_type_0 import PartUploadRequestHeadersType0


T = TypeVar("T", bound="PartUploadRequest")


@_attrs_define
class PartUploadRequest:
    """
    Attributes:
        headers (None | PartUploadRequestHeadersType0 | Unset):
        method (None | str | Unset):
        ordinal_number (int | None | Unset):
        url (None | str | Unset):
    """

    headers: None | PartUploadRequestHeadersType0 | Unset = UNSET
    method: None | str | Unset = UNSET
    ordinal_number: int | None | Unset = UNSET
    url: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.part_upload_request_headers_type_0 import PartUploadRequestHeadersType0

        headers: dict[str, Any] | None | Unset
        if isinstance(self.headers, Unset):
            headers = UNSET
        elif isinstance(self.headers, PartUploadRequestHeadersType0):
            headers = self.headers.to_dict()
        else:
            headers = self.headers

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

        url: None | str | Unset
        if isinstance(self.url, Unset):
            url = UNSET
        else:
            url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if headers is not UNSET:
            field_dict["headers"] = headers
        if method is not UNSET:
            field_dict["method"] = method
        if ordinal_number is not UNSET:
            field_dict["ordinalNumber"] = ordinal_number
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.part_upload_request_headers_type_0 import PartUploadRequestHeadersType0

        d = dict(src_dict)

        def _parse_headers(data: object) -> None | PartUploadRequestHeadersType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                headers_type_0 = PartUploadRequestHeadersType0.from_dict(data)

                return headers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PartUploadRequestHeadersType0 | Unset, data)

        headers = _parse_headers(d.pop("headers", UNSET))

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

        def _parse_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        url = _parse_url(d.pop("url", UNSET))

        part_upload_request = cls(
            headers=headers,
            method=method,
            ordinal_number=ordinal_number,
            url=url,
        )

        part_upload_request.additional_properties = d
        return part_upload_request

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
