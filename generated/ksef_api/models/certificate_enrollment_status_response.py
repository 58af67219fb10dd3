from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.status_info import StatusInfo


T = TypeVar("T", bound="CertificateEnrollmentStatusResponse")


@_attrs_define
class CertificateEnrollmentStatusResponse:
    """
    Attributes:
        certificate_serial_number (None | str | Unset):
        request_date (datetime.datetime | None | Unset):
        status (None | StatusInfo | Unset):
    """

    certificate_serial_number: None | str | Unset = UNSET
    request_date: datetime.datetime | None | Unset = UNSET
    status: None | StatusInfo | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.status_info import StatusInfo

        certificate_serial_number: None | str | Unset
        if isinstance(self.certificate_serial_number, Unset):
            certificate_serial_number = UNSET
        else:
            certificate_serial_number = self.certificate_serial_number

        request_date: None | str | Unset
        if isinstance(self.request_date, Unset):
            request_date = UNSET
        elif isinstance(self.request_date, datetime.datetime):
            request_date = self.request_date.isoformat()
        else:
            request_date = self.request_date

        status: dict[str, Any] | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, StatusInfo):
            status = self.status.to_dict()
        else:
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if certificate_serial_number is not UNSET:
            field_dict["certificateSerialNumber"] = certificate_serial_number
        if request_date is not UNSET:
            field_dict["requestDate"] = request_date
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.status_info import StatusInfo

        d = dict(src_dict)

        def _parse_certificate_serial_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        certificate_serial_number = _parse_certificate_serial_number(
            d.pop("certificateSerialNumber", UNSET)
        )

        def _parse_request_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                request_date_type_0 = datetime.datetime.fromisoformat(data)

                return request_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        request_date = _parse_request_date(d.pop("requestDate", UNSET))

        def _parse_status(data: object) -> None | StatusInfo | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                status_type_1 = StatusInfo.from_dict(data)

                return status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | StatusInfo | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        certificate_enrollment_status_response = cls(
            certificate_serial_number=certificate_serial_number,
            request_date=request_date,
            status=status,
        )

        certificate_enrollment_status_response.additional_properties = d
        return certificate_enrollment_status_response

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
