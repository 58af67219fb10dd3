from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.token_info import TokenInfo


T = TypeVar("T", bound="AuthenticationTokenRefreshResponse")


@_attrs_define
class AuthenticationTokenRefreshResponse:
    """
    Attributes:
        access_token (None | TokenInfo | Unset):
    """

    access_token: None | TokenInfo | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.token_info import TokenInfo

        access_token: dict[str, Any] | None | Unset
        if isinstance(self.access_token, Unset):
            access_token = UNSET
        elif isinstance(self.access_token, TokenInfo):
            access_token = self.access_token.to_dict()
        else:
            access_token = self.access_token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if access_token is not UNSET:
            field_dict["accessToken"] = access_token

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.token_info import TokenInfo

        d = dict(src_dict)

        def _parse_access_token(data: object) -> None | TokenInfo | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                access_token_type_1 = TokenInfo.from_dict(data)

                return access_token_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TokenInfo | Unset, data)

        access_token = _parse_access_token(d.pop("accessToken", UNSET))

        authentication_token_refresh_response = cls(
            access_token=access_token,
        )

        authentication_token_refresh_response.additional_properties = d
        return authentication_token_refresh_response

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
