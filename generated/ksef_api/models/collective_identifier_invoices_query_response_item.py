from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.collective_identifier_invoices_query_response_item_payment import (
        CollectiveIdentifierInvoicesQueryResponseItemPayment,
    )


T = TypeVar("T", bound="CollectiveIdentifierInvoicesQueryResponseItem")


@_attrs_define
class CollectiveIdentifierInvoicesQueryResponseItem:
    """
    Attributes:
        collective_identifier_number (None | str | Unset):
        description (None | str | Unset):
        details_hidden (bool | None | Unset):
        ksef_number (None | str | Unset):
        payment (CollectiveIdentifierInvoicesQueryResponseItemPayment | None | Unset):
    """

    collective_identifier_number: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    details_hidden: bool | None | Unset = UNSET
    ksef_number: None | str | Unset = UNSET
    payment: CollectiveIdentifierInvoicesQueryResponseItemPayment | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.collective_identifier_invoices_query_response_item_payment import (
            CollectiveIdentifierInvoicesQueryResponseItemPayment,
        )

        collective_identifier_number: None | str | Unset
        if isinstance(self.collective_identifier_number, Unset):
            collective_identifier_number = UNSET
        else:
            collective_identifier_number = self.collective_identifier_number

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        details_hidden: bool | None | Unset
        if isinstance(self.details_hidden, Unset):
            details_hidden = UNSET
        else:
            details_hidden = self.details_hidden

        ksef_number: None | str | Unset
        if isinstance(self.ksef_number, Unset):
            ksef_number = UNSET
        else:
            ksef_number = self.ksef_number

        payment: dict[str, Any] | None | Unset
        if isinstance(self.payment, Unset):
            payment = UNSET
        elif isinstance(self.payment, CollectiveIdentifierInvoicesQueryResponseItemPayment):
            payment = self.payment.to_dict()
        else:
            payment = self.payment

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if collective_identifier_number is not UNSET:
            field_dict["collectiveIdentifierNumber"] = collective_identifier_number
        if description is not UNSET:
            field_dict["description"] = description
        if details_hidden is not UNSET:
            field_dict["detailsHidden"] = details_hidden
        if ksef_number is not UNSET:
            field_dict["ksefNumber"] = ksef_number
        if payment is not UNSET:
            field_dict["payment"] = payment

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.collective_identifier_invoices_query_response_item_payment import (
            CollectiveIdentifierInvoicesQueryResponseItemPayment,
        )

        d = dict(src_dict)

        def _parse_collective_identifier_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        collective_identifier_number = _parse_collective_identifier_number(
            d.pop("collectiveIdentifierNumber", UNSET)
        )

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_details_hidden(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        details_hidden = _parse_details_hidden(d.pop("detailsHidden", UNSET))

        def _parse_ksef_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ksef_number = _parse_ksef_number(d.pop("ksefNumber", UNSET))

        def _parse_payment(
            data: object,
        ) -> CollectiveIdentifierInvoicesQueryResponseItemPayment | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                payment_type_1 = CollectiveIdentifierInvoicesQueryResponseItemPayment.from_dict(
                    data
                )

                return payment_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CollectiveIdentifierInvoicesQueryResponseItemPayment | None | Unset, data)

        payment = _parse_payment(d.pop("payment", UNSET))

        collective_identifier_invoices_query_response_item = cls(
            collective_identifier_number=collective_identifier_number,
            description=description,
            details_hidden=details_hidden,
            ksef_number=ksef_number,
            payment=payment,
        )

        collective_identifier_invoices_query_response_item.additional_properties = d
        return collective_identifier_invoices_query_response_item

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
