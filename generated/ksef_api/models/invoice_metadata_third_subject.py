from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invoice_metadata_third_subject_identifier import (
        InvoiceMetadataThirdSubjectIdentifier,
    )


T = TypeVar("T", bound="InvoiceMetadataThirdSubject")


@_attrs_define
class InvoiceMetadataThirdSubject:
    """
    Attributes:
        identifier (InvoiceMetadataThirdSubjectIdentifier | None | Unset):
        name (None | str | Unset):
        role (int | None | Unset):
    """

    identifier: InvoiceMetadataThirdSubjectIdentifier | None | Unset = UNSET
    name: None | str | Unset = UNSET
    role: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.invoice_metadata_third_subject_identifier import (
            InvoiceMetadataThirdSubjectIdentifier,
        )

        identifier: dict[str, Any] | None | Unset
        if isinstance(self.identifier, Unset):
            identifier = UNSET
        elif isinstance(self.identifier, InvoiceMetadataThirdSubjectIdentifier):
            identifier = self.identifier.to_dict()
        else:
            identifier = self.identifier

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        role: int | None | Unset
        if isinstance(self.role, Unset):
            role = UNSET
        else:
            role = self.role

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if identifier is not UNSET:
            field_dict["identifier"] = identifier
        if name is not UNSET:
            field_dict["name"] = name
        if role is not UNSET:
            field_dict["role"] = role

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.invoice_metadata_third_subject_identifier import (
            InvoiceMetadataThirdSubjectIdentifier,
        )

        d = dict(src_dict)

        def _parse_identifier(data: object) -> InvoiceMetadataThirdSubjectIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                identifier_type_1 = InvoiceMetadataThirdSubjectIdentifier.from_dict(data)

                return identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceMetadataThirdSubjectIdentifier | None | Unset, data)

        identifier = _parse_identifier(d.pop("identifier", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_role(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        role = _parse_role(d.pop("role", UNSET))

        invoice_metadata_third_subject = cls(
            identifier=identifier,
            name=name,
            role=role,
        )

        invoice_metadata_third_subject.additional_properties = d
        return invoice_metadata_third_subject

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
