from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.batch_file_info import BatchFileInfo
    from ..models.encryption_info import EncryptionInfo
    from ..models.form_code import FormCode


T = TypeVar("T", bound="OpenBatchSessionRequest")


@_attrs_define
class OpenBatchSessionRequest:
    """
    Attributes:
        batch_file (BatchFileInfo):
        encryption (EncryptionInfo):
        form_code (FormCode):
        offline_mode (bool | Unset):  Default: False.
    """

    batch_file: BatchFileInfo
    encryption: EncryptionInfo
    form_code: FormCode
    offline_mode: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        batch_file = self.batch_file.to_dict()

        encryption = self.encryption.to_dict()

        form_code = self.form_code.to_dict()

        offline_mode = self.offline_mode

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "batchFile": batch_file,
                "encryption": encryption,
                "formCode": form_code,
            }
        )
        if offline_mode is not UNSET:
            field_dict["offlineMode"] = offline_mode

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.batch_file_info import BatchFileInfo
        from ..models.encryption_info import EncryptionInfo
        from ..models.form_code import FormCode

        d = dict(src_dict)
        batch_file = BatchFileInfo.from_dict(d.pop("batchFile"))

        encryption = EncryptionInfo.from_dict(d.pop("encryption"))

        form_code = FormCode.from_dict(d.pop("formCode"))

        offline_mode = d.pop("offlineMode", UNSET)

        open_batch_session_request = cls(
            batch_file=batch_file,
            encryption=encryption,
            form_code=form_code,
            offline_mode=offline_mode,
        )

        open_batch_session_request.additional_properties = d
        return open_batch_session_request

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
