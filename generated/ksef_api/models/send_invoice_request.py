from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="SendInvoiceRequest")


@_attrs_define
class SendInvoiceRequest:
    """
    Attributes:
        encrypted_invoice_content (str):
        encrypted_invoice_hash (str):
        encrypted_invoice_size (int):
        invoice_hash (str):
        invoice_size (int):
        hash_of_corrected_invoice (None | str | Unset):
        offline_mode (bool | Unset):  Default: False.
    """

    encrypted_invoice_content: str
    encrypted_invoice_hash: str
    encrypted_invoice_size: int
    invoice_hash: str
    invoice_size: int
    hash_of_corrected_invoice: None | str | Unset = UNSET
    offline_mode: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        encrypted_invoice_content = self.encrypted_invoice_content

        encrypted_invoice_hash = self.encrypted_invoice_hash

        encrypted_invoice_size = self.encrypted_invoice_size

        invoice_hash = self.invoice_hash

        invoice_size = self.invoice_size

        hash_of_corrected_invoice: None | str | Unset
        if isinstance(self.hash_of_corrected_invoice, Unset):
            hash_of_corrected_invoice = UNSET
        else:
            hash_of_corrected_invoice = self.hash_of_corrected_invoice

        offline_mode = self.offline_mode

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "encryptedInvoiceContent": encrypted_invoice_content,
                "encryptedInvoiceHash": encrypted_invoice_hash,
                "encryptedInvoiceSize": encrypted_invoice_size,
                "invoiceHash": invoice_hash,
                "invoiceSize": invoice_size,
            }
        )
        if hash_of_corrected_invoice is not UNSET:
            field_dict["hashOfCorrectedInvoice"] = hash_of_corrected_invoice
        if offline_mode is not UNSET:
            field_dict["offlineMode"] = offline_mode

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        encrypted_invoice_content = d.pop("encryptedInvoiceContent")

        encrypted_invoice_hash = d.pop("encryptedInvoiceHash")

        encrypted_invoice_size = d.pop("encryptedInvoiceSize")

        invoice_hash = d.pop("invoiceHash")

        invoice_size = d.pop("invoiceSize")

        def _parse_hash_of_corrected_invoice(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        hash_of_corrected_invoice = _parse_hash_of_corrected_invoice(
            d.pop("hashOfCorrectedInvoice", UNSET)
        )

        offline_mode = d.pop("offlineMode", UNSET)

        send_invoice_request = cls(
            encrypted_invoice_content=encrypted_invoice_content,
            encrypted_invoice_hash=encrypted_invoice_hash,
            encrypted_invoice_size=encrypted_invoice_size,
            invoice_hash=invoice_hash,
            invoice_size=invoice_size,
            hash_of_corrected_invoice=hash_of_corrected_invoice,
            offline_mode=offline_mode,
        )

        send_invoice_request.additional_properties = d
        return send_invoice_request

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
