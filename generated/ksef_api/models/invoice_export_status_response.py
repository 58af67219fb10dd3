from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invoice_package import InvoicePackage
    from ..models.status_info import StatusInfo


T = TypeVar("T", bound="InvoiceExportStatusResponse")


@_attrs_define
class InvoiceExportStatusResponse:
    """
    Attributes:
        completed_date (datetime.datetime | None | Unset):
        package (InvoicePackage | None | Unset):
        package_expiration_date (datetime.datetime | None | Unset):
        status (None | StatusInfo | Unset):
    """

    completed_date: datetime.datetime | None | Unset = UNSET
    package: InvoicePackage | None | Unset = UNSET
    package_expiration_date: datetime.datetime | None | Unset = UNSET
    status: None | StatusInfo | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.invoice_package import InvoicePackage
        from ..models.status_info import StatusInfo

        completed_date: None | str | Unset
        if isinstance(self.completed_date, Unset):
            completed_date = UNSET
        elif isinstance(self.completed_date, datetime.datetime):
            completed_date = self.completed_date.isoformat()
        else:
            completed_date = self.completed_date

        package: dict[str, Any] | None | Unset
        if isinstance(self.package, Unset):
            package = UNSET
        elif isinstance(self.package, InvoicePackage):
            package = self.package.to_dict()
        else:
            package = self.package

        package_expiration_date: None | str | Unset
        if isinstance(self.package_expiration_date, Unset):
            package_expiration_date = UNSET
        elif isinstance(self.package_expiration_date, datetime.datetime):
            package_expiration_date = self.package_expiration_date.isoformat()
        else:
            package_expiration_date = self.package_expiration_date

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
        if completed_date is not UNSET:
            field_dict["completedDate"] = completed_date
        if package is not UNSET:
            field_dict["package"] = package
        if package_expiration_date is not UNSET:
            field_dict["packageExpirationDate"] = package_expiration_date
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.invoice_package import InvoicePackage
        from ..models.status_info import StatusInfo

        d = dict(src_dict)

        def _parse_completed_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                completed_date_type_0 = datetime.datetime.fromisoformat(data)

                return completed_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        completed_date = _parse_completed_date(d.pop("completedDate", UNSET))

        def _parse_package(data: object) -> InvoicePackage | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                package_type_1 = InvoicePackage.from_dict(data)

                return package_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoicePackage | None | Unset, data)

        package = _parse_package(d.pop("package", UNSET))

        def _parse_package_expiration_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                package_expiration_date_type_0 = datetime.datetime.fromisoformat(data)

                return package_expiration_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        package_expiration_date = _parse_package_expiration_date(
            d.pop("packageExpirationDate", UNSET)
        )

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

        invoice_export_status_response = cls(
            completed_date=completed_date,
            package=package,
            package_expiration_date=package_expiration_date,
            status=status,
        )

        invoice_export_status_response.additional_properties = d
        return invoice_export_status_response

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
