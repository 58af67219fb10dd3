from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.authentication_method import AuthenticationMethod
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.authentication_method_info import AuthenticationMethodInfo
    from ..models.status_info import StatusInfo


T = TypeVar("T", bound="AuthenticationListItem")


@_attrs_define
class AuthenticationListItem:
    """
    Attributes:
        reference_number (str):
        authentication_method (AuthenticationMethod | None | Unset):
        authentication_method_info (AuthenticationMethodInfo | None | Unset):
        is_current (bool | None | Unset):
        is_token_redeemed (bool | None | Unset):
        last_token_refresh_date (datetime.datetime | None | Unset):
        refresh_token_valid_until (datetime.datetime | None | Unset):
        start_date (datetime.datetime | None | Unset):
        status (None | StatusInfo | Unset):
    """

    reference_number: str
    authentication_method: AuthenticationMethod | None | Unset = UNSET
    authentication_method_info: AuthenticationMethodInfo | None | Unset = UNSET
    is_current: bool | None | Unset = UNSET
    is_token_redeemed: bool | None | Unset = UNSET
    last_token_refresh_date: datetime.datetime | None | Unset = UNSET
    refresh_token_valid_until: datetime.datetime | None | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    status: None | StatusInfo | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.authentication_method_info import AuthenticationMethodInfo
        from ..models.status_info import StatusInfo

        reference_number = self.reference_number

        authentication_method: None | str | Unset
        if isinstance(self.authentication_method, Unset):
            authentication_method = UNSET
        elif isinstance(self.authentication_method, AuthenticationMethod):
            authentication_method = self.authentication_method.value
        else:
            authentication_method = self.authentication_method

        authentication_method_info: dict[str, Any] | None | Unset
        if isinstance(self.authentication_method_info, Unset):
            authentication_method_info = UNSET
        elif isinstance(self.authentication_method_info, AuthenticationMethodInfo):
            authentication_method_info = self.authentication_method_info.to_dict()
        else:
            authentication_method_info = self.authentication_method_info

        is_current: bool | None | Unset
        if isinstance(self.is_current, Unset):
            is_current = UNSET
        else:
            is_current = self.is_current

        is_token_redeemed: bool | None | Unset
        if isinstance(self.is_token_redeemed, Unset):
            is_token_redeemed = UNSET
        else:
            is_token_redeemed = self.is_token_redeemed

        last_token_refresh_date: None | str | Unset
        if isinstance(self.last_token_refresh_date, Unset):
            last_token_refresh_date = UNSET
        elif isinstance(self.last_token_refresh_date, datetime.datetime):
            last_token_refresh_date = self.last_token_refresh_date.isoformat()
        else:
            last_token_refresh_date = self.last_token_refresh_date

        refresh_token_valid_until: None | str | Unset
        if isinstance(self.refresh_token_valid_until, Unset):
            refresh_token_valid_until = UNSET
        elif isinstance(self.refresh_token_valid_until, datetime.datetime):
            refresh_token_valid_until = self.refresh_token_valid_until.isoformat()
        else:
            refresh_token_valid_until = self.refresh_token_valid_until

        start_date: None | str | Unset
        if isinstance(self.start_date, Unset):
            start_date = UNSET
        elif isinstance(self.start_date, datetime.datetime):
            start_date = self.start_date.isoformat()
        else:
            start_date = self.start_date

        status: dict[str, Any] | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, StatusInfo):
            status = self.status.to_dict()
        else:
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "referenceNumber": reference_number,
            }
        )
        if authentication_method is not UNSET:
            field_dict["authenticationMethod"] = authentication_method
        if authentication_method_info is not UNSET:
            field_dict["authenticationMethodInfo"] = authentication_method_info
        if is_current is not UNSET:
            field_dict["isCurrent"] = is_current
        if is_token_redeemed is not UNSET:
            field_dict["isTokenRedeemed"] = is_token_redeemed
        if last_token_refresh_date is not UNSET:
            field_dict["lastTokenRefreshDate"] = last_token_refresh_date
        if refresh_token_valid_until is not UNSET:
            field_dict["refreshTokenValidUntil"] = refresh_token_valid_until
        if start_date is not UNSET:
            field_dict["startDate"] = start_date
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.authentication_method_info import AuthenticationMethodInfo
        from ..models.status_info import StatusInfo

        d = dict(src_dict)
        reference_number = d.pop("referenceNumber")

        def _parse_authentication_method(data: object) -> AuthenticationMethod | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                authentication_method_type_1 = AuthenticationMethod(data)

                return authentication_method_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AuthenticationMethod | None | Unset, data)

        authentication_method = _parse_authentication_method(d.pop("authenticationMethod", UNSET))

        def _parse_authentication_method_info(
            data: object,
        ) -> AuthenticationMethodInfo | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                authentication_method_info_type_1 = AuthenticationMethodInfo.from_dict(data)

                return authentication_method_info_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AuthenticationMethodInfo | None | Unset, data)

        authentication_method_info = _parse_authentication_method_info(
            d.pop("authenticationMethodInfo", UNSET)
        )

        def _parse_is_current(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_current = _parse_is_current(d.pop("isCurrent", UNSET))

        def _parse_is_token_redeemed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_token_redeemed = _parse_is_token_redeemed(d.pop("isTokenRedeemed", UNSET))

        def _parse_last_token_refresh_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_token_refresh_date_type_0 = datetime.datetime.fromisoformat(data)

                return last_token_refresh_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        last_token_refresh_date = _parse_last_token_refresh_date(
            d.pop("lastTokenRefreshDate", UNSET)
        )

        def _parse_refresh_token_valid_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                refresh_token_valid_until_type_0 = datetime.datetime.fromisoformat(data)

                return refresh_token_valid_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        refresh_token_valid_until = _parse_refresh_token_valid_until(
            d.pop("refreshTokenValidUntil", UNSET)
        )

        def _parse_start_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                start_date_type_0 = datetime.datetime.fromisoformat(data)

                return start_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        start_date = _parse_start_date(d.pop("startDate", UNSET))

        def _parse_status(data: object) -> None | StatusInfo | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                status_type_1 = StatusInfo.from_dict(data)

                return status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | StatusInfo | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        authentication_list_item = cls(
            reference_number=reference_number,
            authentication_method=authentication_method,
            authentication_method_info=authentication_method_info,
            is_current=is_current,
            is_token_redeemed=is_token_redeemed,
            last_token_refresh_date=last_token_refresh_date,
            refresh_token_valid_until=refresh_token_valid_until,
            start_date=start_date,
            status=status,
        )

        authentication_list_item.additional_properties = d
        return authentication_list_item

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
