from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invoicing_mode import InvoicingMode
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invoice_status_info import InvoiceStatusInfo


T = TypeVar("T", bound="SessionInvoiceStatusResponse")


@_attrs_define
class SessionInvoiceStatusResponse:
    """
    Attributes:
        reference_number (str):
        acquisition_date (datetime.datetime | None | Unset):
        invoice_file_name (None | str | Unset):
        invoice_hash (None | str | Unset):
        invoice_number (None | str | Unset):
        invoicing_date (datetime.datetime | None | Unset):
        invoicing_mode (InvoicingMode | None | Unset):
        ksef_number (None | str | Unset):
        ordinal_number (int | None | Unset):
        permanent_storage_date (datetime.datetime | None | Unset):
        status (InvoiceStatusInfo | None | Unset):
        upo_download_url (None | str | Unset):
        upo_download_url_expiration_date (datetime.datetime | None | Unset):
    """

    reference_number: str
    acquisition_date: datetime.datetime | None | Unset = UNSET
    invoice_file_name: None | str | Unset = UNSET
    invoice_hash: None | str | Unset = UNSET
    invoice_number: None | str | Unset = UNSET
    invoicing_date: datetime.datetime | None | Unset = UNSET
    invoicing_mode: InvoicingMode | None | Unset = UNSET
    ksef_number: None | str | Unset = UNSET
    ordinal_number: int | None | Unset = UNSET
    permanent_storage_date: datetime.datetime | None | Unset = UNSET
    status: InvoiceStatusInfo | None | Unset = UNSET
    upo_download_url: None | str | Unset = UNSET
    upo_download_url_expiration_date: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.invoice_status_info import InvoiceStatusInfo

        reference_number = self.reference_number

        acquisition_date: None | str | Unset
        if isinstance(self.acquisition_date, Unset):
            acquisition_date = UNSET
        elif isinstance(self.acquisition_date, datetime.datetime):
            acquisition_date = self.acquisition_date.isoformat()
        else:
            acquisition_date = self.acquisition_date

        invoice_file_name: None | str | Unset
        if isinstance(self.invoice_file_name, Unset):
            invoice_file_name = UNSET
        else:
            invoice_file_name = self.invoice_file_name

        invoice_hash: None | str | Unset
        if isinstance(self.invoice_hash, Unset):
            invoice_hash = UNSET
        else:
            invoice_hash = self.invoice_hash

        invoice_number: None | str | Unset
        if isinstance(self.invoice_number, Unset):
            invoice_number = UNSET
        else:
            invoice_number = self.invoice_number

        invoicing_date: None | str | Unset
        if isinstance(self.invoicing_date, Unset):
            invoicing_date = UNSET
        elif isinstance(self.invoicing_date, datetime.datetime):
            invoicing_date = self.invoicing_date.isoformat()
        else:
            invoicing_date = self.invoicing_date

        invoicing_mode: None | str | Unset
        if isinstance(self.invoicing_mode, Unset):
            invoicing_mode = UNSET
        elif isinstance(self.invoicing_mode, InvoicingMode):
            invoicing_mode = self.invoicing_mode.value
        else:
            invoicing_mode = self.invoicing_mode

        ksef_number: None | str | Unset
        if isinstance(self.ksef_number, Unset):
            ksef_number = UNSET
        else:
            ksef_number = self.ksef_number

        ordinal_number: int | None | Unset
        if isinstance(self.ordinal_number, Unset):
            ordinal_number = UNSET
        else:
            ordinal_number = self.ordinal_number

        permanent_storage_date: None | str | Unset
        if isinstance(self.permanent_storage_date, Unset):
            permanent_storage_date = UNSET
        elif isinstance(self.permanent_storage_date, datetime.datetime):
            permanent_storage_date = self.permanent_storage_date.isoformat()
        else:
            permanent_storage_date = self.permanent_storage_date

        status: dict[str, Any] | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, InvoiceStatusInfo):
            status = self.status.to_dict()
        else:
            status = self.status

        upo_download_url: None | str | Unset
        if isinstance(self.upo_download_url, Unset):
            upo_download_url = UNSET
        else:
            upo_download_url = self.upo_download_url

        upo_download_url_expiration_date: None | str | Unset
        if isinstance(self.upo_download_url_expiration_date, Unset):
            upo_download_url_expiration_date = UNSET
        elif isinstance(self.upo_download_url_expiration_date, datetime.datetime):
            upo_download_url_expiration_date = self.upo_download_url_expiration_date.isoformat()
        else:
            upo_download_url_expiration_date = self.upo_download_url_expiration_date

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "referenceNumber": reference_number,
            }
        )
        if acquisition_date is not UNSET:
            field_dict["acquisitionDate"] = acquisition_date
        if invoice_file_name is not UNSET:
            field_dict["invoiceFileName"] = invoice_file_name
        if invoice_hash is not UNSET:
            field_dict["invoiceHash"] = invoice_hash
        if invoice_number is not UNSET:
            field_dict["invoiceNumber"] = invoice_number
        if invoicing_date is not UNSET:
            field_dict["invoicingDate"] = invoicing_date
        if invoicing_mode is not UNSET:
            field_dict["invoicingMode"] = invoicing_mode
        if ksef_number is not UNSET:
            field_dict["ksefNumber"] = ksef_number
        if ordinal_number is not UNSET:
            field_dict["ordinalNumber"] = ordinal_number
        if permanent_storage_date is not UNSET:
            field_dict["permanentStorageDate"] = permanent_storage_date
        if status is not UNSET:
            field_dict["status"] = status
        if upo_download_url is not UNSET:
            field_dict["upoDownloadUrl"] = upo_download_url
        if upo_download_url_expiration_date is not UNSET:
            field_dict["upoDownloadUrlExpirationDate"] = upo_download_url_expiration_date

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.invoice_status_info import InvoiceStatusInfo

        d = dict(src_dict)
        reference_number = d.pop("referenceNumber")

        def _parse_acquisition_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                acquisition_date_type_0 = datetime.datetime.fromisoformat(data)

                return acquisition_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        acquisition_date = _parse_acquisition_date(d.pop("acquisitionDate", UNSET))

        def _parse_invoice_file_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        invoice_file_name = _parse_invoice_file_name(d.pop("invoiceFileName", UNSET))

        def _parse_invoice_hash(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        invoice_hash = _parse_invoice_hash(d.pop("invoiceHash", UNSET))

        def _parse_invoice_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        invoice_number = _parse_invoice_number(d.pop("invoiceNumber", UNSET))

        def _parse_invoicing_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                invoicing_date_type_0 = datetime.datetime.fromisoformat(data)

                return invoicing_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        invoicing_date = _parse_invoicing_date(d.pop("invoicingDate", UNSET))

        def _parse_invoicing_mode(data: object) -> InvoicingMode | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                invoicing_mode_type_1 = InvoicingMode(data)

                return invoicing_mode_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoicingMode | None | Unset, data)

        invoicing_mode = _parse_invoicing_mode(d.pop("invoicingMode", UNSET))

        def _parse_ksef_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ksef_number = _parse_ksef_number(d.pop("ksefNumber", UNSET))

        def _parse_ordinal_number(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        ordinal_number = _parse_ordinal_number(d.pop("ordinalNumber", UNSET))

        def _parse_permanent_storage_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                permanent_storage_date_type_0 = datetime.datetime.fromisoformat(data)

                return permanent_storage_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        permanent_storage_date = _parse_permanent_storage_date(d.pop("permanentStorageDate", UNSET))

        def _parse_status(data: object) -> InvoiceStatusInfo | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                status_type_1 = InvoiceStatusInfo.from_dict(data)

                return status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceStatusInfo | None | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_upo_download_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        upo_download_url = _parse_upo_download_url(d.pop("upoDownloadUrl", UNSET))

        def _parse_upo_download_url_expiration_date(
            data: object,
        ) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                upo_download_url_expiration_date_type_0 = datetime.datetime.fromisoformat(data)

                return upo_download_url_expiration_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        upo_download_url_expiration_date = _parse_upo_download_url_expiration_date(
            d.pop("upoDownloadUrlExpirationDate", UNSET)
        )

        session_invoice_status_response = cls(
            reference_number=reference_number,
            acquisition_date=acquisition_date,
            invoice_file_name=invoice_file_name,
            invoice_hash=invoice_hash,
            invoice_number=invoice_number,
            invoicing_date=invoicing_date,
            invoicing_mode=invoicing_mode,
            ksef_number=ksef_number,
            ordinal_number=ordinal_number,
            permanent_storage_date=permanent_storage_date,
            status=status,
            upo_download_url=upo_download_url,
            upo_download_url_expiration_date=upo_download_url_expiration_date,
        )

        session_invoice_status_response.additional_properties = d
        return session_invoice_status_response

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
