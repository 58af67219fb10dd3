from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.part_upload_request import PartUploadRequest


T = TypeVar("T", bound="OpenBatchSessionResponse")


@_attrs_define
class OpenBatchSessionResponse:
    """
    Attributes:
        reference_number (str):
        part_upload_requests (list[PartUploadRequest] | None | Unset):
    """

    reference_number: str
    part_upload_requests: list[PartUploadRequest] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        reference_number = self.reference_number

        part_upload_requests: list[dict[str, Any]] | None | Unset
        if isinstance(self.part_upload_requests, Unset):
            part_upload_requests = UNSET
        elif isinstance(self.part_upload_requests, list):
            part_upload_requests = []
            for part_upload_requests_type_0_item_data in self.part_upload_requests:
                part_upload_requests_type_0_item = part_upload_requests_type_0_item_data.to_dict()
                part_upload_requests.append(part_upload_requests_type_0_item)

        else:
            part_upload_requests = self.part_upload_requests

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "referenceNumber": reference_number,
            }
        )
        if part_upload_requests is not UNSET:
            field_dict["partUploadRequests"] = part_upload_requests

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.part_upload_request import PartUploadRequest

        d = dict(src_dict)
        reference_number = d.pop("referenceNumber")

        def _parse_part_upload_requests(data: object) -> list[PartUploadRequest] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                part_upload_requests_type_0 = []
                _part_upload_requests_type_0 = data
                for part_upload_requests_type_0_item_data in _part_upload_requests_type_0:
                    part_upload_requests_type_0_item = PartUploadRequest.from_dict(
                        part_upload_requests_type_0_item_data
                    )

                    part_upload_requests_type_0.append(part_upload_requests_type_0_item)

                return part_upload_requests_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[PartUploadRequest] | None | Unset, data)

        part_upload_requests = _parse_part_upload_requests(d.pop("partUploadRequests", UNSET))

        open_batch_session_response = cls(
            reference_number=reference_number,
            part_upload_requests=part_upload_requests,
        )

        open_batch_session_response.additional_properties = d
        return open_batch_session_response

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
