from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invoice_type import InvoiceType
from ..models.invoicing_mode import InvoicingMode
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.form_code import FormCode
    from ..models.invoice_metadata_authorized_subject import InvoiceMetadataAuthorizedSubject
    from ..models.invoice_metadata_buyer import InvoiceMetadataBuyer
    from ..models.invoice_metadata_seller import InvoiceMetadataSeller
    from ..models.invoice_metadata_third_subject import InvoiceMetadataThirdSubject


T = TypeVar("T", bound="InvoiceMetadata")


@_attrs_define
class InvoiceMetadata:
    """
    Attributes:
        acquisition_date (datetime.datetime | None | Unset):
        authorized_subject (InvoiceMetadataAuthorizedSubject | None | Unset):
        buyer (InvoiceMetadataBuyer | None | Unset):
        currency (None | str | Unset):
        form_code (FormCode | None | Unset):
        gross_amount (float | None | Unset):
        has_attachment (bool | None | Unset):
        hash_of_corrected_invoice (None | str | Unset):
        invoice_hash (None | str | Unset):
        invoice_number (None | str | Unset):
        invoice_type (InvoiceType | None | Unset):
        invoicing_date (datetime.datetime | None | Unset):
        invoicing_mode (InvoicingMode | None | Unset):
        is_self_invoicing (bool | None | Unset):
        issue_date (datetime.date | None | Unset):
        ksef_number (None | str | Unset):
        net_amount (float | None | Unset):
        permanent_storage_date (datetime.datetime | None | Unset):
        seller (InvoiceMetadataSeller | None | Unset):
        third_subjects (list[InvoiceMetadataThirdSubject] | None | Unset):
        vat_amount (float | None | Unset):
    """

    acquisition_date: datetime.datetime | None | Unset = UNSET
    authorized_subject: InvoiceMetadataAuthorizedSubject | None | Unset = UNSET
    buyer: InvoiceMetadataBuyer | None | Unset = UNSET
    currency: None | str | Unset = UNSET
    form_code: FormCode | None | Unset = UNSET
    gross_amount: float | None | Unset = UNSET
    has_attachment: bool | None | Unset = UNSET
    hash_of_corrected_invoice: None | str | Unset = UNSET
    invoice_hash: None | str | Unset = UNSET
    invoice_number: None | str | Unset = UNSET
    invoice_type: InvoiceType | None | Unset = UNSET
    invoicing_date: datetime.datetime | None | Unset = UNSET
    invoicing_mode: InvoicingMode | None | Unset = UNSET
    is_self_invoicing: bool | None | Unset = UNSET
    issue_date: datetime.date | None | Unset = UNSET
    ksef_number: None | str | Unset = UNSET
    net_amount: float | None | Unset = UNSET
    permanent_storage_date: datetime.datetime | None | Unset = UNSET
    seller: InvoiceMetadataSeller | None | Unset = UNSET
    third_subjects: list[InvoiceMetadataThirdSubject] | None | Unset = UNSET
    vat_amount: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.form_code import FormCode
        from ..models.invoice_metadata_authorized_subject import InvoiceMetadataAuthorizedSubject
        from ..models.invoice_metadata_buyer import InvoiceMetadataBuyer
        from ..models.invoice_metadata_seller import InvoiceMetadataSeller

        acquisition_date: None | str | Unset
        if isinstance(self.acquisition_date, Unset):
            acquisition_date = UNSET
        elif isinstance(self.acquisition_date, datetime.datetime):
            acquisition_date = self.acquisition_date.isoformat()
        else:
            acquisition_date = self.acquisition_date

        authorized_subject: dict[str, Any] | None | Unset
        if isinstance(self.authorized_subject, Unset):
            authorized_subject = UNSET
        elif isinstance(self.authorized_subject, InvoiceMetadataAuthorizedSubject):
            authorized_subject = self.authorized_subject.to_dict()
        else:
            authorized_subject = self.authorized_subject

        buyer: dict[str, Any] | None | Unset
        if isinstance(self.buyer, Unset):
            buyer = UNSET
        elif isinstance(self.buyer, InvoiceMetadataBuyer):
            buyer = self.buyer.to_dict()
        else:
            buyer = self.buyer

        currency: None | str | Unset
        if isinstance(self.currency, Unset):
            currency = UNSET
        else:
            currency = self.currency

        form_code: dict[str, Any] | None | Unset
        if isinstance(self.form_code, Unset):
            form_code = UNSET
        elif isinstance(self.form_code, FormCode):
            form_code = self.form_code.to_dict()
        else:
            form_code = self.form_code

        gross_amount: float | None | Unset
        if isinstance(self.gross_amount, Unset):
            gross_amount = UNSET
        else:
            gross_amount = self.gross_amount

        has_attachment: bool | None | Unset
        if isinstance(self.has_attachment, Unset):
            has_attachment = UNSET
        else:
            has_attachment = self.has_attachment

        hash_of_corrected_invoice: None | str | Unset
        if isinstance(self.hash_of_corrected_invoice, Unset):
            hash_of_corrected_invoice = UNSET
        else:
            hash_of_corrected_invoice = self.hash_of_corrected_invoice

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

        invoice_type: None | str | Unset
        if isinstance(self.invoice_type, Unset):
            invoice_type = UNSET
        elif isinstance(self.invoice_type, InvoiceType):
            invoice_type = self.invoice_type.value
        else:
            invoice_type = self.invoice_type

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

        is_self_invoicing: bool | None | Unset
        if isinstance(self.is_self_invoicing, Unset):
            is_self_invoicing = UNSET
        else:
            is_self_invoicing = self.is_self_invoicing

        issue_date: None | str | Unset
        if isinstance(self.issue_date, Unset):
            issue_date = UNSET
        elif isinstance(self.issue_date, datetime.date):
            issue_date = self.issue_date.isoformat()
        else:
            issue_date = self.issue_date

        ksef_number: None | str | Unset
        if isinstance(self.ksef_number, Unset):
            ksef_number = UNSET
        else:
            ksef_number = self.ksef_number

        net_amount: float | None | Unset
        if isinstance(self.net_amount, Unset):
            net_amount = UNSET
        else:
            net_amount = self.net_amount

        permanent_storage_date: None | str | Unset
        if isinstance(self.permanent_storage_date, Unset):
            permanent_storage_date = UNSET
        elif isinstance(self.permanent_storage_date, datetime.datetime):
            permanent_storage_date = self.permanent_storage_date.isoformat()
        else:
            permanent_storage_date = self.permanent_storage_date

        seller: dict[str, Any] | None | Unset
        if isinstance(self.seller, Unset):
            seller = UNSET
        elif isinstance(self.seller, InvoiceMetadataSeller):
            seller = self.seller.to_dict()
        else:
            seller = self.seller

        third_subjects: list[dict[str, Any]] | None | Unset
        if isinstance(self.third_subjects, Unset):
            third_subjects = UNSET
        elif isinstance(self.third_subjects, list):
            third_subjects = []
            for third_subjects_type_0_item_data in self.third_subjects:
                third_subjects_type_0_item = third_subjects_type_0_item_data.to_dict()
                third_subjects.append(third_subjects_type_0_item)

        else:
            third_subjects = self.third_subjects

        vat_amount: float | None | Unset
        if isinstance(self.vat_amount, Unset):
            vat_amount = UNSET
        else:
            vat_amount = self.vat_amount

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if acquisition_date is not UNSET:
            field_dict["acquisitionDate"] = acquisition_date
        if authorized_subject is not UNSET:
            field_dict["authorizedSubject"] = authorized_subject
        if buyer is not UNSET:
            field_dict["buyer"] = buyer
        if currency is not UNSET:
            field_dict["currency"] = currency
        if form_code is not UNSET:
            field_dict["formCode"] = form_code
        if gross_amount is not UNSET:
            field_dict["grossAmount"] = gross_amount
        if has_attachment is not UNSET:
            field_dict["hasAttachment"] = has_attachment
        if hash_of_corrected_invoice is not UNSET:
            field_dict["hashOfCorrectedInvoice"] = hash_of_corrected_invoice
        if invoice_hash is not UNSET:
            field_dict["invoiceHash"] = invoice_hash
        if invoice_number is not UNSET:
            field_dict["invoiceNumber"] = invoice_number
        if invoice_type is not UNSET:
            field_dict["invoiceType"] = invoice_type
        if invoicing_date is not UNSET:
            field_dict["invoicingDate"] = invoicing_date
        if invoicing_mode is not UNSET:
            field_dict["invoicingMode"] = invoicing_mode
        if is_self_invoicing is not UNSET:
            field_dict["isSelfInvoicing"] = is_self_invoicing
        if issue_date is not UNSET:
            field_dict["issueDate"] = issue_date
        if ksef_number is not UNSET:
            field_dict["ksefNumber"] = ksef_number
        if net_amount is not UNSET:
            field_dict["netAmount"] = net_amount
        if permanent_storage_date is not UNSET:
            field_dict["permanentStorageDate"] = permanent_storage_date
        if seller is not UNSET:
            field_dict["seller"] = seller
        if third_subjects is not UNSET:
            field_dict["thirdSubjects"] = third_subjects
        if vat_amount is not UNSET:
            field_dict["vatAmount"] = vat_amount

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.form_code import FormCode
        from ..models.invoice_metadata_authorized_subject import InvoiceMetadataAuthorizedSubject
        from ..models.invoice_metadata_buyer import InvoiceMetadataBuyer
        from ..models.invoice_metadata_seller import InvoiceMetadataSeller
        from ..models.invoice_metadata_third_subject import InvoiceMetadataThirdSubject

        d = dict(src_dict)

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

        def _parse_authorized_subject(
            data: object,
        ) -> InvoiceMetadataAuthorizedSubject | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                authorized_subject_type_1 = InvoiceMetadataAuthorizedSubject.from_dict(data)

                return authorized_subject_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceMetadataAuthorizedSubject | None | Unset, data)

        authorized_subject = _parse_authorized_subject(d.pop("authorizedSubject", UNSET))

        def _parse_buyer(data: object) -> InvoiceMetadataBuyer | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                buyer_type_1 = InvoiceMetadataBuyer.from_dict(data)

                return buyer_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceMetadataBuyer | None | Unset, data)

        buyer = _parse_buyer(d.pop("buyer", UNSET))

        def _parse_currency(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        currency = _parse_currency(d.pop("currency", UNSET))

        def _parse_form_code(data: object) -> FormCode | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                form_code_type_1 = FormCode.from_dict(data)

                return form_code_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FormCode | None | Unset, data)

        form_code = _parse_form_code(d.pop("formCode", UNSET))

        def _parse_gross_amount(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        gross_amount = _parse_gross_amount(d.pop("grossAmount", UNSET))

        def _parse_has_attachment(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        has_attachment = _parse_has_attachment(d.pop("hasAttachment", UNSET))

        def _parse_hash_of_corrected_invoice(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        hash_of_corrected_invoice = _parse_hash_of_corrected_invoice(
            d.pop("hashOfCorrectedInvoice", UNSET)
        )

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

        def _parse_invoice_type(data: object) -> InvoiceType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                invoice_type_type_1 = InvoiceType(data)

                return invoice_type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceType | None | Unset, data)

        invoice_type = _parse_invoice_type(d.pop("invoiceType", UNSET))

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

        def _parse_is_self_invoicing(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_self_invoicing = _parse_is_self_invoicing(d.pop("isSelfInvoicing", UNSET))

        def _parse_issue_date(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                issue_date_type_0 = datetime.date.fromisoformat(data)

                return issue_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        issue_date = _parse_issue_date(d.pop("issueDate", UNSET))

        def _parse_ksef_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ksef_number = _parse_ksef_number(d.pop("ksefNumber", UNSET))

        def _parse_net_amount(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        net_amount = _parse_net_amount(d.pop("netAmount", UNSET))

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

        def _parse_seller(data: object) -> InvoiceMetadataSeller | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                seller_type_1 = InvoiceMetadataSeller.from_dict(data)

                return seller_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceMetadataSeller | None | Unset, data)

        seller = _parse_seller(d.pop("seller", UNSET))

        def _parse_third_subjects(data: object) -> list[InvoiceMetadataThirdSubject] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                third_subjects_type_0 = []
                _third_subjects_type_0 = data
                for third_subjects_type_0_item_data in _third_subjects_type_0:
                    third_subjects_type_0_item = InvoiceMetadataThirdSubject.from_dict(
                        third_subjects_type_0_item_data
                    )

                    third_subjects_type_0.append(third_subjects_type_0_item)

                return third_subjects_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[InvoiceMetadataThirdSubject] | None | Unset, data)

        third_subjects = _parse_third_subjects(d.pop("thirdSubjects", UNSET))

        def _parse_vat_amount(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        vat_amount = _parse_vat_amount(d.pop("vatAmount", UNSET))

        invoice_metadata = cls(
            acquisition_date=acquisition_date,
            authorized_subject=authorized_subject,
            buyer=buyer,
            currency=currency,
            form_code=form_code,
            gross_amount=gross_amount,
            has_attachment=has_attachment,
            hash_of_corrected_invoice=hash_of_corrected_invoice,
            invoice_hash=invoice_hash,
            invoice_number=invoice_number,
            invoice_type=invoice_type,
            invoicing_date=invoicing_date,
            invoicing_mode=invoicing_mode,
            is_self_invoicing=is_self_invoicing,
            issue_date=issue_date,
            ksef_number=ksef_number,
            net_amount=net_amount,
            permanent_storage_date=permanent_storage_date,
            seller=seller,
            third_subjects=third_subjects,
            vat_amount=vat_amount,
        )

        invoice_metadata.additional_properties = d
        return invoice_metadata

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
