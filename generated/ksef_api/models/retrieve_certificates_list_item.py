from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ksef_certificate_type import KsefCertificateType
from ..types import UNSET, Unset

T = TypeVar("T", bound="RetrieveCertificatesListItem")


@_attrs_define
class RetrieveCertificatesListItem:
    """
    Attributes:
        certificate (None | str | Unset):
        certificate_name (None | str | Unset):
        certificate_serial_number (None | str | Unset):
        certificate_type (KsefCertificateType | None | Unset):
    """

    certificate: None | str | Unset = UNSET
    certificate_name: None | str | Unset = UNSET
    certificate_serial_number: None | str | Unset = UNSET
    certificate_type: KsefCertificateType | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        certificate: None | str | Unset
        if isinstance(self.certificate, Unset):
            certificate = UNSET
        else:
            certificate = self.certificate

        certificate_name: None | str | Unset
        if isinstance(self.certificate_name, Unset):
            certificate_name = UNSET
        else:
            certificate_name = self.certificate_name

        certificate_serial_number: None | str | Unset
        if isinstance(self.certificate_serial_number, Unset):
            certificate_serial_number = UNSET
        else:
            certificate_serial_number = self.certificate_serial_number

        certificate_type: None | str | Unset
        if isinstance(self.certificate_type, Unset):
            certificate_type = UNSET
        elif isinstance(self.certificate_type, KsefCertificateType):
            certificate_type = self.certificate_type.value
        else:
            certificate_type = self.certificate_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if certificate is not UNSET:
            field_dict["certificate"] = certificate
        if certificate_name is not UNSET:
            field_dict["certificateName"] = certificate_name
        if certificate_serial_number is not UNSET:
            field_dict["certificateSerialNumber"] = certificate_serial_number
        if certificate_type is not UNSET:
            field_dict["certificateType"] = certificate_type

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_certificate(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        certificate = _parse_certificate(d.pop("certificate", UNSET))

        def _parse_certificate_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        certificate_name = _parse_certificate_name(d.pop("certificateName", UNSET))

        def _parse_certificate_serial_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        certificate_serial_number = _parse_certificate_serial_number(
            d.pop("certificateSerialNumber", UNSET)
        )

        def _parse_certificate_type(data: object) -> KsefCertificateType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                certificate_type_type_1 = KsefCertificateType(data)

                return certificate_type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KsefCertificateType | None | Unset, data)

        certificate_type = _parse_certificate_type(d.pop("certificateType", UNSET))

        retrieve_certificates_list_item = cls(
            certificate=certificate,
            certificate_name=certificate_name,
            certificate_serial_number=certificate_serial_number,
            certificate_type=certificate_type,
        )

        retrieve_certificates_list_item.additional_properties = d
        return retrieve_certificates_list_item

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
