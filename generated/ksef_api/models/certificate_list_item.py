from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.certificate_list_item_status import CertificateListItemStatus
from ..models.ksef_certificate_type import KsefCertificateType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.certificate_subject_identifier import CertificateSubjectIdentifier


T = TypeVar("T", bound="CertificateListItem")


@_attrs_define
class CertificateListItem:
    """
    Attributes:
        certificate_serial_number (None | str | Unset):
        common_name (None | str | Unset):
        last_use_date (datetime.datetime | None | Unset):
        name (None | str | Unset):
        request_date (datetime.datetime | None | Unset):
        status (CertificateListItemStatus | None | Unset):
        subject_identifier (CertificateSubjectIdentifier | None | Unset):
        type_ (KsefCertificateType | None | Unset):
        valid_from (datetime.datetime | None | Unset):
        valid_to (datetime.datetime | None | Unset):
    """

    certificate_serial_number: None | str | Unset = UNSET
    common_name: None | str | Unset = UNSET
    last_use_date: datetime.datetime | None | Unset = UNSET
    name: None | str | Unset = UNSET
    request_date: datetime.datetime | None | Unset = UNSET
    status: CertificateListItemStatus | None | Unset = UNSET
    subject_identifier: CertificateSubjectIdentifier | None | Unset = UNSET
    type_: KsefCertificateType | None | Unset = UNSET
    valid_from: datetime.datetime | None | Unset = UNSET
    valid_to: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.certificate_subject_identifier import CertificateSubjectIdentifier

        certificate_serial_number: None | str | Unset
        if isinstance(self.certificate_serial_number, Unset):
            certificate_serial_number = UNSET
        else:
            certificate_serial_number = self.certificate_serial_number

        common_name: None | str | Unset
        if isinstance(self.common_name, Unset):
            common_name = UNSET
        else:
            common_name = self.common_name

        last_use_date: None | str | Unset
        if isinstance(self.last_use_date, Unset):
            last_use_date = UNSET
        elif isinstance(self.last_use_date, datetime.datetime):
            last_use_date = self.last_use_date.isoformat()
        else:
            last_use_date = self.last_use_date

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        request_date: None | str | Unset
        if isinstance(self.request_date, Unset):
            request_date = UNSET
        elif isinstance(self.request_date, datetime.datetime):
            request_date = self.request_date.isoformat()
        else:
            request_date = self.request_date

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, CertificateListItemStatus):
            status = self.status.value
        else:
            status = self.status

        subject_identifier: dict[str, Any] | None | Unset
        if isinstance(self.subject_identifier, Unset):
            subject_identifier = UNSET
        elif isinstance(self.subject_identifier, CertificateSubjectIdentifier):
            subject_identifier = self.subject_identifier.to_dict()
        else:
            subject_identifier = self.subject_identifier

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, KsefCertificateType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        valid_from: None | str | Unset
        if isinstance(self.valid_from, Unset):
            valid_from = UNSET
        elif isinstance(self.valid_from, datetime.datetime):
            valid_from = self.valid_from.isoformat()
        else:
            valid_from = self.valid_from

        valid_to: None | str | Unset
        if isinstance(self.valid_to, Unset):
            valid_to = UNSET
        elif isinstance(self.valid_to, datetime.datetime):
            valid_to = self.valid_to.isoformat()
        else:
            valid_to = self.valid_to

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if certificate_serial_number is not UNSET:
            field_dict["certificateSerialNumber"] = certificate_serial_number
        if common_name is not UNSET:
            field_dict["commonName"] = common_name
        if last_use_date is not UNSET:
            field_dict["lastUseDate"] = last_use_date
        if name is not UNSET:
            field_dict["name"] = name
        if request_date is not UNSET:
            field_dict["requestDate"] = request_date
        if status is not UNSET:
            field_dict["status"] = status
        if subject_identifier is not UNSET:
            field_dict["subjectIdentifier"] = subject_identifier
        if type_ is not UNSET:
            field_dict["type"] = type_
        if valid_from is not UNSET:
            field_dict["validFrom"] = valid_from
        if valid_to is not UNSET:
            field_dict["validTo"] = valid_to

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.certificate_subject_identifier import CertificateSubjectIdentifier

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

        def _parse_common_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        common_name = _parse_common_name(d.pop("commonName", UNSET))

        def _parse_last_use_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_use_date_type_0 = datetime.datetime.fromisoformat(data)

                return last_use_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        last_use_date = _parse_last_use_date(d.pop("lastUseDate", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))

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

        def _parse_status(data: object) -> CertificateListItemStatus | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_1 = CertificateListItemStatus(data)

                return status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CertificateListItemStatus | None | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_subject_identifier(data: object) -> CertificateSubjectIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subject_identifier_type_1 = CertificateSubjectIdentifier.from_dict(data)

                return subject_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CertificateSubjectIdentifier | None | Unset, data)

        subject_identifier = _parse_subject_identifier(d.pop("subjectIdentifier", UNSET))

        def _parse_type_(data: object) -> KsefCertificateType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_1 = KsefCertificateType(data)

                return type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KsefCertificateType | None | Unset, data)

        type_ = _parse_type_(d.pop("type", UNSET))

        def _parse_valid_from(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                valid_from_type_0 = datetime.datetime.fromisoformat(data)

                return valid_from_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        valid_from = _parse_valid_from(d.pop("validFrom", UNSET))

        def _parse_valid_to(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                valid_to_type_0 = datetime.datetime.fromisoformat(data)

                return valid_to_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        valid_to = _parse_valid_to(d.pop("validTo", UNSET))

        certificate_list_item = cls(
            certificate_serial_number=certificate_serial_number,
            common_name=common_name,
            last_use_date=last_use_date,
            name=name,
            request_date=request_date,
            status=status,
            subject_identifier=subject_identifier,
            type_=type_,
            valid_from=valid_from,
            valid_to=valid_to,
        )

        certificate_list_item.additional_properties = d
        return certificate_list_item

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
