from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.effective_api_rate_limit_values import EffectiveApiRateLimitValues


T = TypeVar("T", bound="EffectiveApiRateLimits")


@_attrs_define
class EffectiveApiRateLimits:
    """
    Attributes:
        anonymous (EffectiveApiRateLimitValues | None | Unset):
        batch_session (EffectiveApiRateLimitValues | None | Unset):
        batch_session_close (EffectiveApiRateLimitValues | None | Unset):
        collective_identifier (EffectiveApiRateLimitValues | None | Unset):
        global_ (EffectiveApiRateLimitValues | None | Unset):
        invoice_download (EffectiveApiRateLimitValues | None | Unset):
        invoice_export (EffectiveApiRateLimitValues | None | Unset):
        invoice_export_status (EffectiveApiRateLimitValues | None | Unset):
        invoice_metadata (EffectiveApiRateLimitValues | None | Unset):
        invoice_send (EffectiveApiRateLimitValues | None | Unset):
        invoice_status (EffectiveApiRateLimitValues | None | Unset):
        online_session (EffectiveApiRateLimitValues | None | Unset):
        online_session_close (EffectiveApiRateLimitValues | None | Unset):
        other (EffectiveApiRateLimitValues | None | Unset):
        session_invoice_list (EffectiveApiRateLimitValues | None | Unset):
        session_list (EffectiveApiRateLimitValues | None | Unset):
        session_misc (EffectiveApiRateLimitValues | None | Unset):
    """

    anonymous: EffectiveApiRateLimitValues | None | Unset = UNSET
    batch_session: EffectiveApiRateLimitValues | None | Unset = UNSET
    batch_session_close: EffectiveApiRateLimitValues | None | Unset = UNSET
    collective_identifier: EffectiveApiRateLimitValues | None | Unset = UNSET
    global_: EffectiveApiRateLimitValues | None | Unset = UNSET
    invoice_download: EffectiveApiRateLimitValues | None | Unset = UNSET
    invoice_export: EffectiveApiRateLimitValues | None | Unset = UNSET
    invoice_export_status: EffectiveApiRateLimitValues | None | Unset = UNSET
    invoice_metadata: EffectiveApiRateLimitValues | None | Unset = UNSET
    invoice_send: EffectiveApiRateLimitValues | None | Unset = UNSET
    invoice_status: EffectiveApiRateLimitValues | None | Unset = UNSET
    online_session: EffectiveApiRateLimitValues | None | Unset = UNSET
    online_session_close: EffectiveApiRateLimitValues | None | Unset = UNSET
    other: EffectiveApiRateLimitValues | None | Unset = UNSET
    session_invoice_list: EffectiveApiRateLimitValues | None | Unset = UNSET
    session_list: EffectiveApiRateLimitValues | None | Unset = UNSET
    session_misc: EffectiveApiRateLimitValues | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.effective_api_rate_limit_values import EffectiveApiRateLimitValues

        anonymous: dict[str, Any] | None | Unset
        if isinstance(self.anonymous, Unset):
            anonymous = UNSET
        elif isinstance(self.anonymous, EffectiveApiRateLimitValues):
            anonymous = self.anonymous.to_dict()
        else:
            anonymous = self.anonymous

        batch_session: dict[str, Any] | None | Unset
        if isinstance(self.batch_session, Unset):
            batch_session = UNSET
        elif isinstance(self.batch_session, EffectiveApiRateLimitValues):
            batch_session = self.batch_session.to_dict()
        else:
            batch_session = self.batch_session

        batch_session_close: dict[str, Any] | None | Unset
        if isinstance(self.batch_session_close, Unset):
            batch_session_close = UNSET
        elif isinstance(self.batch_session_close, EffectiveApiRateLimitValues):
            batch_session_close = self.batch_session_close.to_dict()
        else:
            batch_session_close = self.batch_session_close

        collective_identifier: dict[str, Any] | None | Unset
        if isinstance(self.collective_identifier, Unset):
            collective_identifier = UNSET
        elif isinstance(self.collective_identifier, EffectiveApiRateLimitValues):
            collective_identifier = self.collective_identifier.to_dict()
        else:
            collective_identifier = self.collective_identifier

        global_: dict[str, Any] | None | Unset
        if isinstance(self.global_, Unset):
            global_ = UNSET
        elif isinstance(self.global_, EffectiveApiRateLimitValues):
            global_ = self.global_.to_dict()
        else:
            global_ = self.global_

        invoice_download: dict[str, Any] | None | Unset
        if isinstance(self.invoice_download, Unset):
            invoice_download = UNSET
        elif isinstance(self.invoice_download, EffectiveApiRateLimitValues):
            invoice_download = self.invoice_download.to_dict()
        else:
            invoice_download = self.invoice_download

        invoice_export: dict[str, Any] | None | Unset
        if isinstance(self.invoice_export, Unset):
            invoice_export = UNSET
        elif isinstance(self.invoice_export, EffectiveApiRateLimitValues):
            invoice_export = self.invoice_export.to_dict()
        else:
            invoice_export = self.invoice_export

        invoice_export_status: dict[str, Any] | None | Unset
        if isinstance(self.invoice_export_status, Unset):
            invoice_export_status = UNSET
        elif isinstance(self.invoice_export_status, EffectiveApiRateLimitValues):
            invoice_export_status = self.invoice_export_status.to_dict()
        else:
            invoice_export_status = self.invoice_export_status

        invoice_metadata: dict[str, Any] | None | Unset
        if isinstance(self.invoice_metadata, Unset):
            invoice_metadata = UNSET
        elif isinstance(self.invoice_metadata, EffectiveApiRateLimitValues):
            invoice_metadata = self.invoice_metadata.to_dict()
        else:
            invoice_metadata = self.invoice_metadata

        invoice_send: dict[str, Any] | None | Unset
        if isinstance(self.invoice_send, Unset):
            invoice_send = UNSET
        elif isinstance(self.invoice_send, EffectiveApiRateLimitValues):
            invoice_send = self.invoice_send.to_dict()
        else:
            invoice_send = self.invoice_send

        invoice_status: dict[str, Any] | None | Unset
        if isinstance(self.invoice_status, Unset):
            invoice_status = UNSET
        elif isinstance(self.invoice_status, EffectiveApiRateLimitValues):
            invoice_status = self.invoice_status.to_dict()
        else:
            invoice_status = self.invoice_status

        online_session: dict[str, Any] | None | Unset
        if isinstance(self.online_session, Unset):
            online_session = UNSET
        elif isinstance(self.online_session, EffectiveApiRateLimitValues):
            online_session = self.online_session.to_dict()
        else:
            online_session = self.online_session

        online_session_close: dict[str, Any] | None | Unset
        if isinstance(self.online_session_close, Unset):
            online_session_close = UNSET
        elif isinstance(self.online_session_close, EffectiveApiRateLimitValues):
            online_session_close = self.online_session_close.to_dict()
        else:
            online_session_close = self.online_session_close

        other: dict[str, Any] | None | Unset
        if isinstance(self.other, Unset):
            other = UNSET
        elif isinstance(self.other, EffectiveApiRateLimitValues):
            other = self.other.to_dict()
        else:
            other = self.other

        session_invoice_list: dict[str, Any] | None | Unset
        if isinstance(self.session_invoice_list, Unset):
            session_invoice_list = UNSET
        elif isinstance(self.session_invoice_list, EffectiveApiRateLimitValues):
            session_invoice_list = self.session_invoice_list.to_dict()
        else:
            session_invoice_list = self.session_invoice_list

        session_list: dict[str, Any] | None | Unset
        if isinstance(self.session_list, Unset):
            session_list = UNSET
        elif isinstance(self.session_list, EffectiveApiRateLimitValues):
            session_list = self.session_list.to_dict()
        else:
            session_list = self.session_list

        session_misc: dict[str, Any] | None | Unset
        if isinstance(self.session_misc, Unset):
            session_misc = UNSET
        elif isinstance(self.session_misc, EffectiveApiRateLimitValues):
            session_misc = self.session_misc.to_dict()
        else:
            session_misc = self.session_misc

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if anonymous is not UNSET:
            field_dict["anonymous"] = anonymous
        if batch_session is not UNSET:
            field_dict["batchSession"] = batch_session
        if batch_session_close is not UNSET:
            field_dict["batchSessionClose"] = batch_session_close
        if collective_identifier is not UNSET:
            field_dict["collectiveIdentifier"] = collective_identifier
        if global_ is not UNSET:
            field_dict["global"] = global_
        if invoice_download is not UNSET:
            field_dict["invoiceDownload"] = invoice_download
        if invoice_export is not UNSET:
            field_dict["invoiceExport"] = invoice_export
        if invoice_export_status is not UNSET:
            field_dict["invoiceExportStatus"] = invoice_export_status
        if invoice_metadata is not UNSET:
            field_dict["invoiceMetadata"] = invoice_metadata
        if invoice_send is not UNSET:
            field_dict["invoiceSend"] = invoice_send
        if invoice_status is not UNSET:
            field_dict["invoiceStatus"] = invoice_status
        if online_session is not UNSET:
            field_dict["onlineSession"] = online_session
        if online_session_close is not UNSET:
            field_dict["onlineSessionClose"] = online_session_close
        if other is not UNSET:
            field_dict["other"] = other
        if session_invoice_list is not UNSET:
            field_dict["sessionInvoiceList"] = session_invoice_list
        if session_list is not UNSET:
            field_dict["sessionList"] = session_list
        if session_misc is not UNSET:
            field_dict["sessionMisc"] = session_misc

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.effective_api_rate_limit_values import EffectiveApiRateLimitValues

        d = dict(src_dict)

        def _parse_anonymous(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                anonymous_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return anonymous_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        anonymous = _parse_anonymous(d.pop("anonymous", UNSET))

        def _parse_batch_session(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                batch_session_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return batch_session_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        batch_session = _parse_batch_session(d.pop("batchSession", UNSET))

        def _parse_batch_session_close(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                batch_session_close_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return batch_session_close_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        batch_session_close = _parse_batch_session_close(d.pop("batchSessionClose", UNSET))

        def _parse_collective_identifier(
            data: object,
        ) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                collective_identifier_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return collective_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        collective_identifier = _parse_collective_identifier(d.pop("collectiveIdentifier", UNSET))

        def _parse_global_(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                global_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return global_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        global_ = _parse_global_(d.pop("global", UNSET))

        def _parse_invoice_download(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                invoice_download_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return invoice_download_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        invoice_download = _parse_invoice_download(d.pop("invoiceDownload", UNSET))

        def _parse_invoice_export(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                invoice_export_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return invoice_export_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        invoice_export = _parse_invoice_export(d.pop("invoiceExport", UNSET))

        def _parse_invoice_export_status(
            data: object,
        ) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                invoice_export_status_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return invoice_export_status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        invoice_export_status = _parse_invoice_export_status(d.pop("invoiceExportStatus", UNSET))

        def _parse_invoice_metadata(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                invoice_metadata_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return invoice_metadata_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        invoice_metadata = _parse_invoice_metadata(d.pop("invoiceMetadata", UNSET))

        def _parse_invoice_send(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                invoice_send_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return invoice_send_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        invoice_send = _parse_invoice_send(d.pop("invoiceSend", UNSET))

        def _parse_invoice_status(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                invoice_status_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return invoice_status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        invoice_status = _parse_invoice_status(d.pop("invoiceStatus", UNSET))

        def _parse_online_session(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                online_session_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return online_session_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        online_session = _parse_online_session(d.pop("onlineSession", UNSET))

        def _parse_online_session_close(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                online_session_close_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return online_session_close_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        online_session_close = _parse_online_session_close(d.pop("onlineSessionClose", UNSET))

        def _parse_other(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                other_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return other_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        other = _parse_other(d.pop("other", UNSET))

        def _parse_session_invoice_list(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                session_invoice_list_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return session_invoice_list_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        session_invoice_list = _parse_session_invoice_list(d.pop("sessionInvoiceList", UNSET))

        def _parse_session_list(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                session_list_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return session_list_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        session_list = _parse_session_list(d.pop("sessionList", UNSET))

        def _parse_session_misc(data: object) -> EffectiveApiRateLimitValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                session_misc_type_1 = EffectiveApiRateLimitValues.from_dict(data)

                return session_misc_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EffectiveApiRateLimitValues | None | Unset, data)

        session_misc = _parse_session_misc(d.pop("sessionMisc", UNSET))

        effective_api_rate_limits = cls(
            anonymous=anonymous,
            batch_session=batch_session,
            batch_session_close=batch_session_close,
            collective_identifier=collective_identifier,
            global_=global_,
            invoice_download=invoice_download,
            invoice_export=invoice_export,
            invoice_export_status=invoice_export_status,
            invoice_metadata=invoice_metadata,
            invoice_send=invoice_send,
            invoice_status=invoice_status,
            online_session=online_session,
            online_session_close=online_session_close,
            other=other,
            session_invoice_list=session_invoice_list,
            session_list=session_list,
            session_misc=session_misc,
        )

        effective_api_rate_limits.additional_properties = d
        return effective_api_rate_limits

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
