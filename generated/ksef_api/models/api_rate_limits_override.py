from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.api_rate_limit_values_override import ApiRateLimitValuesOverride


T = TypeVar("T", bound="ApiRateLimitsOverride")


@_attrs_define
class ApiRateLimitsOverride:
    """
    Attributes:
        batch_session (ApiRateLimitValuesOverride):
        collective_identifier (ApiRateLimitValuesOverride):
        invoice_download (ApiRateLimitValuesOverride):
        invoice_export (ApiRateLimitValuesOverride):
        invoice_export_status (ApiRateLimitValuesOverride):
        invoice_metadata (ApiRateLimitValuesOverride):
        invoice_send (ApiRateLimitValuesOverride):
        invoice_status (ApiRateLimitValuesOverride):
        online_session (ApiRateLimitValuesOverride):
        other (ApiRateLimitValuesOverride):
        session_invoice_list (ApiRateLimitValuesOverride):
        session_list (ApiRateLimitValuesOverride):
        session_misc (ApiRateLimitValuesOverride):
    """

    batch_session: ApiRateLimitValuesOverride
    collective_identifier: ApiRateLimitValuesOverride
    invoice_download: ApiRateLimitValuesOverride
    invoice_export: ApiRateLimitValuesOverride
    invoice_export_status: ApiRateLimitValuesOverride
    invoice_metadata: ApiRateLimitValuesOverride
    invoice_send: ApiRateLimitValuesOverride
    invoice_status: ApiRateLimitValuesOverride
    online_session: ApiRateLimitValuesOverride
    other: ApiRateLimitValuesOverride
    session_invoice_list: ApiRateLimitValuesOverride
    session_list: ApiRateLimitValuesOverride
    session_misc: ApiRateLimitValuesOverride
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        batch_session = self.batch_session.to_dict()

        collective_identifier = self.collective_identifier.to_dict()

        invoice_download = self.invoice_download.to_dict()

        invoice_export = self.invoice_export.to_dict()

        invoice_export_status = self.invoice_export_status.to_dict()

        invoice_metadata = self.invoice_metadata.to_dict()

        invoice_send = self.invoice_send.to_dict()

        invoice_status = self.invoice_status.to_dict()

        online_session = self.online_session.to_dict()

        other = self.other.to_dict()

        session_invoice_list = self.session_invoice_list.to_dict()

        session_list = self.session_list.to_dict()

        session_misc = self.session_misc.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "batchSession": batch_session,
                "collectiveIdentifier": collective_identifier,
                "invoiceDownload": invoice_download,
                "invoiceExport": invoice_export,
                "invoiceExportStatus": invoice_export_status,
                "invoiceMetadata": invoice_metadata,
                "invoiceSend": invoice_send,
                "invoiceStatus": invoice_status,
                "onlineSession": online_session,
                "other": other,
                "sessionInvoiceList": session_invoice_list,
                "sessionList": session_list,
                "sessionMisc": session_misc,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.api_rate_limit_values_override import ApiRateLimitValuesOverride

        d = dict(src_dict)
        batch_session = ApiRateLimitValuesOverride.from_dict(d.pop("batchSession"))

        collective_identifier = ApiRateLimitValuesOverride.from_dict(d.pop("collectiveIdentifier"))

        invoice_download = ApiRateLimitValuesOverride.from_dict(d.pop("invoiceDownload"))

        invoice_export = ApiRateLimitValuesOverride.from_dict(d.pop("invoiceExport"))

        invoice_export_status = ApiRateLimitValuesOverride.from_dict(d.pop("invoiceExportStatus"))

        invoice_metadata = ApiRateLimitValuesOverride.from_dict(d.pop("invoiceMetadata"))

        invoice_send = ApiRateLimitValuesOverride.from_dict(d.pop("invoiceSend"))

        invoice_status = ApiRateLimitValuesOverride.from_dict(d.pop("invoiceStatus"))

        online_session = ApiRateLimitValuesOverride.from_dict(d.pop("onlineSession"))

        other = ApiRateLimitValuesOverride.from_dict(d.pop("other"))

        session_invoice_list = ApiRateLimitValuesOverride.from_dict(d.pop("sessionInvoiceList"))

        session_list = ApiRateLimitValuesOverride.from_dict(d.pop("sessionList"))

        session_misc = ApiRateLimitValuesOverride.from_dict(d.pop("sessionMisc"))

        api_rate_limits_override = cls(
            batch_session=batch_session,
            collective_identifier=collective_identifier,
            invoice_download=invoice_download,
            invoice_export=invoice_export,
            invoice_export_status=invoice_export_status,
            invoice_metadata=invoice_metadata,
            invoice_send=invoice_send,
            invoice_status=invoice_status,
            online_session=online_session,
            other=other,
            session_invoice_list=session_invoice_list,
            session_list=session_list,
            session_misc=session_misc,
        )

        api_rate_limits_override.additional_properties = d
        return api_rate_limits_override

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
