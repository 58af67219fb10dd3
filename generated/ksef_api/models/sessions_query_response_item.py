from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.status_info import StatusInfo


T = TypeVar("T", bound="SessionsQueryResponseItem")


@_attrs_define
class SessionsQueryResponseItem:
    """
    Attributes:
        reference_number (str):
        date_created (datetime.datetime | None | Unset):
        date_updated (datetime.datetime | None | Unset):
        failed_invoice_count (int | None | Unset):
        status (None | StatusInfo | Unset):
        successful_invoice_count (int | None | Unset):
        total_invoice_count (int | None | Unset):
        valid_until (datetime.datetime | None | Unset):
    """

    reference_number: str
    date_created: datetime.datetime | None | Unset = UNSET
    date_updated: datetime.datetime | None | Unset = UNSET
    failed_invoice_count: int | None | Unset = UNSET
    status: None | StatusInfo | Unset = UNSET
    successful_invoice_count: int | None | Unset = UNSET
    total_invoice_count: int | None | Unset = UNSET
    valid_until: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.status_info import StatusInfo

        reference_number = self.reference_number

        date_created: None | str | Unset
        if isinstance(self.date_created, Unset):
            date_created = UNSET
        elif isinstance(self.date_created, datetime.datetime):
            date_created = self.date_created.isoformat()
        else:
            date_created = self.date_created

        date_updated: None | str | Unset
        if isinstance(self.date_updated, Unset):
            date_updated = UNSET
        elif isinstance(self.date_updated, datetime.datetime):
            date_updated = self.date_updated.isoformat()
        else:
            date_updated = self.date_updated

        failed_invoice_count: int | None | Unset
        if isinstance(self.failed_invoice_count, Unset):
            failed_invoice_count = UNSET
        else:
            failed_invoice_count = self.failed_invoice_count

        status: dict[str, Any] | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, StatusInfo):
            status = self.status.to_dict()
        else:
            status = self.status

        successful_invoice_count: int | None | Unset
        if isinstance(self.successful_invoice_count, Unset):
            successful_invoice_count = UNSET
        else:
            successful_invoice_count = self.successful_invoice_count

        total_invoice_count: int | None | Unset
        if isinstance(self.total_invoice_count, Unset):
            total_invoice_count = UNSET
        else:
            total_invoice_count = self.total_invoice_count

        valid_until: None | str | Unset
        if isinstance(self.valid_until, Unset):
            valid_until = UNSET
        elif isinstance(self.valid_until, datetime.datetime):
            valid_until = self.valid_until.isoformat()
        else:
            valid_until = self.valid_until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "referenceNumber": reference_number,
            }
        )
        if date_created is not UNSET:
            field_dict["dateCreated"] = date_created
        if date_updated is not UNSET:
            field_dict["dateUpdated"] = date_updated
        if failed_invoice_count is not UNSET:
            field_dict["failedInvoiceCount"] = failed_invoice_count
        if status is not UNSET:
            field_dict["status"] = status
        if successful_invoice_count is not UNSET:
            field_dict["successfulInvoiceCount"] = successful_invoice_count
        if total_invoice_count is not UNSET:
            field_dict["totalInvoiceCount"] = total_invoice_count
        if valid_until is not UNSET:
            field_dict["validUntil"] = valid_until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.status_info import StatusInfo

        d = dict(src_dict)
        reference_number = d.pop("referenceNumber")

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

        def _parse_date_updated(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                date_updated_type_0 = datetime.datetime.fromisoformat(data)

                return date_updated_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        date_updated = _parse_date_updated(d.pop("dateUpdated", UNSET))

        def _parse_failed_invoice_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        failed_invoice_count = _parse_failed_invoice_count(d.pop("failedInvoiceCount", UNSET))

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

        def _parse_successful_invoice_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        successful_invoice_count = _parse_successful_invoice_count(
            d.pop("successfulInvoiceCount", UNSET)
        )

        def _parse_total_invoice_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        total_invoice_count = _parse_total_invoice_count(d.pop("totalInvoiceCount", UNSET))

        def _parse_valid_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                valid_until_type_0 = datetime.datetime.fromisoformat(data)

                return valid_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        valid_until = _parse_valid_until(d.pop("validUntil", UNSET))

        sessions_query_response_item = cls(
            reference_number=reference_number,
            date_created=date_created,
            date_updated=date_updated,
            failed_invoice_count=failed_invoice_count,
            status=status,
            successful_invoice_count=successful_invoice_count,
            total_invoice_count=total_invoice_count,
            valid_until=valid_until,
        )

        sessions_query_response_item.additional_properties = d
        return sessions_query_response_item

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
