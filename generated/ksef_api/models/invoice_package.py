from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.compression_type import CompressionType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invoice_package_part import InvoicePackagePart


T = TypeVar("T", bound="InvoicePackage")


@_attrs_define
class InvoicePackage:
    """
    Attributes:
        compression_type (CompressionType | None | Unset):
        invoice_count (int | None | Unset):
        is_truncated (bool | None | Unset):
        last_invoicing_date (datetime.datetime | None | Unset):
        last_issue_date (datetime.date | None | Unset):
        last_permanent_storage_date (datetime.datetime | None | Unset):
        parts (list[InvoicePackagePart] | None | Unset):
        permanent_storage_hwm_date (datetime.datetime | None | Unset):
        size (int | None | Unset):
    """

    compression_type: CompressionType | None | Unset = UNSET
    invoice_count: int | None | Unset = UNSET
    is_truncated: bool | None | Unset = UNSET
    last_invoicing_date: datetime.datetime | None | Unset = UNSET
    last_issue_date: datetime.date | None | Unset = UNSET
    last_permanent_storage_date: datetime.datetime | None | Unset = UNSET
    parts: list[InvoicePackagePart] | None | Unset = UNSET
    permanent_storage_hwm_date: datetime.datetime | None | Unset = UNSET
    size: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        compression_type: None | str | Unset
        if isinstance(self.compression_type, Unset):
            compression_type = UNSET
        elif isinstance(self.compression_type, CompressionType):
            compression_type = self.compression_type.value
        else:
            compression_type = self.compression_type

        invoice_count: int | None | Unset
        if isinstance(self.invoice_count, Unset):
            invoice_count = UNSET
        else:
            invoice_count = self.invoice_count

        is_truncated: bool | None | Unset
        if isinstance(self.is_truncated, Unset):
            is_truncated = UNSET
        else:
            is_truncated = self.is_truncated

        last_invoicing_date: None | str | Unset
        if isinstance(self.last_invoicing_date, Unset):
            last_invoicing_date = UNSET
        elif isinstance(self.last_invoicing_date, datetime.datetime):
            last_invoicing_date = self.last_invoicing_date.isoformat()
        else:
            last_invoicing_date = self.last_invoicing_date

        last_issue_date: None | str | Unset
        if isinstance(self.last_issue_date, Unset):
            last_issue_date = UNSET
        elif isinstance(self.last_issue_date, datetime.date):
            last_issue_date = self.last_issue_date.isoformat()
        else:
            last_issue_date = self.last_issue_date

        last_permanent_storage_date: None | str | Unset
        if isinstance(self.last_permanent_storage_date, Unset):
            last_permanent_storage_date = UNSET
        elif isinstance(self.last_permanent_storage_date, datetime.datetime):
            last_permanent_storage_date = self.last_permanent_storage_date.isoformat()
        else:
            last_permanent_storage_date = self.last_permanent_storage_date

        parts: list[dict[str, Any]] | None | Unset
        if isinstance(self.parts, Unset):
            parts = UNSET
        elif isinstance(self.parts, list):
            parts = []
            for parts_type_0_item_data in self.parts:
                parts_type_0_item = parts_type_0_item_data.to_dict()
                parts.append(parts_type_0_item)

        else:
            parts = self.parts

        permanent_storage_hwm_date: None | str | Unset
        if isinstance(self.permanent_storage_hwm_date, Unset):
            permanent_storage_hwm_date = UNSET
        elif isinstance(self.permanent_storage_hwm_date, datetime.datetime):
            permanent_storage_hwm_date = self.permanent_storage_hwm_date.isoformat()
        else:
            permanent_storage_hwm_date = self.permanent_storage_hwm_date

        size: int | None | Unset
        if isinstance(self.size, Unset):
            size = UNSET
        else:
            size = self.size

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if compression_type is not UNSET:
            field_dict["compressionType"] = compression_type
        if invoice_count is not UNSET:
            field_dict["invoiceCount"] = invoice_count
        if is_truncated is not UNSET:
            field_dict["isTruncated"] = is_truncated
        if last_invoicing_date is not UNSET:
            field_dict["lastInvoicingDate"] = last_invoicing_date
        if last_issue_date is not UNSET:
            field_dict["lastIssueDate"] = last_issue_date
        if last_permanent_storage_date is not UNSET:
            field_dict["lastPermanentStorageDate"] = last_permanent_storage_date
        if parts is not UNSET:
            field_dict["parts"] = parts
        if permanent_storage_hwm_date is not UNSET:
            field_dict["permanentStorageHwmDate"] = permanent_storage_hwm_date
        if size is not UNSET:
            field_dict["size"] = size

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.invoice_package_part import InvoicePackagePart

        d = dict(src_dict)

        def _parse_compression_type(data: object) -> CompressionType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                compression_type_type_1 = CompressionType(data)

                return compression_type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CompressionType | None | Unset, data)

        compression_type = _parse_compression_type(d.pop("compressionType", UNSET))

        def _parse_invoice_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        invoice_count = _parse_invoice_count(d.pop("invoiceCount", UNSET))

        def _parse_is_truncated(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_truncated = _parse_is_truncated(d.pop("isTruncated", UNSET))

        def _parse_last_invoicing_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_invoicing_date_type_0 = datetime.datetime.fromisoformat(data)

                return last_invoicing_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        last_invoicing_date = _parse_last_invoicing_date(d.pop("lastInvoicingDate", UNSET))

        def _parse_last_issue_date(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_issue_date_type_0 = datetime.date.fromisoformat(data)

                return last_issue_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        last_issue_date = _parse_last_issue_date(d.pop("lastIssueDate", UNSET))

        def _parse_last_permanent_storage_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_permanent_storage_date_type_0 = datetime.datetime.fromisoformat(data)

                return last_permanent_storage_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        last_permanent_storage_date = _parse_last_permanent_storage_date(
            d.pop("lastPermanentStorageDate", UNSET)
        )

        def _parse_parts(data: object) -> list[InvoicePackagePart] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                parts_type_0 = []
                _parts_type_0 = data
                for parts_type_0_item_data in _parts_type_0:
                    parts_type_0_item = InvoicePackagePart.from_dict(parts_type_0_item_data)

                    parts_type_0.append(parts_type_0_item)

                return parts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[InvoicePackagePart] | None | Unset, data)

        parts = _parse_parts(d.pop("parts", UNSET))

        def _parse_permanent_storage_hwm_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                permanent_storage_hwm_date_type_0 = datetime.datetime.fromisoformat(data)

                return permanent_storage_hwm_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        permanent_storage_hwm_date = _parse_permanent_storage_hwm_date(
            d.pop("permanentStorageHwmDate", UNSET)
        )

        def _parse_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        size = _parse_size(d.pop("size", UNSET))

        invoice_package = cls(
            compression_type=compression_type,
            invoice_count=invoice_count,
            is_truncated=is_truncated,
            last_invoicing_date=last_invoicing_date,
            last_issue_date=last_issue_date,
            last_permanent_storage_date=last_permanent_storage_date,
            parts=parts,
            permanent_storage_hwm_date=permanent_storage_hwm_date,
            size=size,
        )

        invoice_package.additional_properties = d
        return invoice_package

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
