from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.status_info import StatusInfo
    from ..models.upo_response import UpoResponse


T = TypeVar("T", bound="SessionStatusResponse")


@_attrs_define
class SessionStatusResponse:
    """
    Attributes:
        date_created (datetime.datetime | None | Unset):
        date_updated (datetime.datetime | None | Unset):
        failed_invoice_count (int | None | Unset):
        invoice_count (int | None | Unset):
        status (None | StatusInfo | Unset):
        successful_invoice_count (int | None | Unset):
        upo (None | Unset | UpoResponse):
        valid_until (datetime.datetime | None | Unset):
    """

    date_created: datetime.datetime | None | Unset = UNSET
    date_updated: datetime.datetime | None | Unset = UNSET
    failed_invoice_count: int | None | Unset = UNSET
    invoice_count: int | None | Unset = UNSET
    status: None | StatusInfo | Unset = UNSET
    successful_invoice_count: int | None | Unset = UNSET
    upo: None | Unset | UpoResponse = UNSET
    valid_until: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.status_info import StatusInfo
        from ..models.upo_response import UpoResponse

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

        invoice_count: int | None | Unset
        if isinstance(self.invoice_count, Unset):
            invoice_count = UNSET
        else:
            invoice_count = self.invoice_count

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

        upo: dict[str, Any] | None | Unset
        if isinstance(self.upo, Unset):
            upo = UNSET
        elif isinstance(self.upo, UpoResponse):
            upo = self.upo.to_dict()
        else:
            upo = self.upo

        valid_until: None | str | Unset
        if isinstance(self.valid_until, Unset):
            valid_until = UNSET
        elif isinstance(self.valid_until, datetime.datetime):
            valid_until = self.valid_until.isoformat()
        else:
            valid_until = self.valid_until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if date_created is not UNSET:
            field_dict["dateCreated"] = date_created
        if date_updated is not UNSET:
            field_dict["dateUpdated"] = date_updated
        if failed_invoice_count is not UNSET:
            field_dict["failedInvoiceCount"] = failed_invoice_count
        if invoice_count is not UNSET:
            field_dict["invoiceCount"] = invoice_count
        if status is not UNSET:
            field_dict["status"] = status
        if successful_invoice_count is not UNSET:
            field_dict["successfulInvoiceCount"] = successful_invoice_count
        if upo is not UNSET:
            field_dict["upo"] = upo
        if valid_until is not UNSET:
            field_dict["validUntil"] = valid_until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.status_info import StatusInfo
        from ..models.upo_response import UpoResponse

        d = dict(src_dict)

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

        def _parse_invoice_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        invoice_count = _parse_invoice_count(d.pop("invoiceCount", UNSET))

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

        def _parse_upo(data: object) -> None | Unset | UpoResponse:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                upo_type_1 = UpoResponse.from_dict(data)

                return upo_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UpoResponse, data)

        upo = _parse_upo(d.pop("upo", UNSET))

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

        session_status_response = cls(
            date_created=date_created,
            date_updated=date_updated,
            failed_invoice_count=failed_invoice_count,
            invoice_count=invoice_count,
            status=status,
            successful_invoice_count=successful_invoice_count,
            upo=upo,
            valid_until=valid_until,
        )

        session_status_response.additional_properties = d
        return session_status_response

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
