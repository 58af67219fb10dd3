from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.collective_identifier_invoice_payment import CollectiveIdentifierInvoicePayment


T = TypeVar("T", bound="CollectiveIdentifierInvoice")


@_attrs_define
class CollectiveIdentifierInvoice:
    """
    Attributes:
        ksef_number (str):
        description (None | str | Unset):
        payment (CollectiveIdentifierInvoicePayment | None | Unset):
    """

    ksef_number: str
    description: None | str | Unset = UNSET
    payment: CollectiveIdentifierInvoicePayment | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.collective_identifier_invoice_payment import (
            CollectiveIdentifierInvoicePayment,
        )

        ksef_number = self.ksef_number

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        payment: dict[str, Any] | None | Unset
        if isinstance(self.payment, Unset):
            payment = UNSET
        elif isinstance(self.payment, CollectiveIdentifierInvoicePayment):
            payment = self.payment.to_dict()
        else:
            payment = self.payment

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "ksefNumber": ksef_number,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if payment is not UNSET:
            field_dict["payment"] = payment

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.collective_identifier_invoice_payment import (
            CollectiveIdentifierInvoicePayment,
        )

        d = dict(src_dict)
        ksef_number = d.pop("ksefNumber")

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_payment(data: object) -> CollectiveIdentifierInvoicePayment | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                payment_type_1 = CollectiveIdentifierInvoicePayment.from_dict(data)

                return payment_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CollectiveIdentifierInvoicePayment | None | Unset, data)

        payment = _parse_payment(d.pop("payment", UNSET))

        collective_identifier_invoice = cls(
            ksef_number=ksef_number,
            description=description,
            payment=payment,
        )

        collective_identifier_invoice.additional_properties = d
        return collective_identifier_invoice

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
