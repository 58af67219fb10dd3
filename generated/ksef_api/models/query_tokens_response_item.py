from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.authentication_token_status import AuthenticationTokenStatus
from ..models.token_permission_type import TokenPermissionType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.token_author_identifier_type_identifier import TokenAuthorIdentifierTypeIdentifier
    from ..models.token_context_identifier_type_identifier import (
        TokenContextIdentifierTypeIdentifier,
    )


T = TypeVar("T", bound="QueryTokensResponseItem")


@_attrs_define
class QueryTokensResponseItem:
    """
    Attributes:
        reference_number (str):
        author_identifier (None | TokenAuthorIdentifierTypeIdentifier | Unset):
        context_identifier (None | TokenContextIdentifierTypeIdentifier | Unset):
        date_created (datetime.datetime | None | Unset):
        description (None | str | Unset):
        last_use_date (datetime.datetime | None | Unset):
        requested_permissions (list[TokenPermissionType] | None | Unset):
        status (AuthenticationTokenStatus | None | Unset):
        status_details (list[str] | None | Unset):
    """

    reference_number: str
    author_identifier: None | TokenAuthorIdentifierTypeIdentifier | Unset = UNSET
    context_identifier: None | TokenContextIdentifierTypeIdentifier | Unset = UNSET
    date_created: datetime.datetime | None | Unset = UNSET
    description: None | str | Unset = UNSET
    last_use_date: datetime.datetime | None | Unset = UNSET
    requested_permissions: list[TokenPermissionType] | None | Unset = UNSET
    status: AuthenticationTokenStatus | None | Unset = UNSET
    status_details: list[str] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.token_author_identifier_type_identifier import (
            TokenAuthorIdentifierTypeIdentifier,
        )
        from ..models.token_context_identifier_type_identifier import (
            TokenContextIdentifierTypeIdentifier,
        )

        reference_number = self.reference_number

        author_identifier: dict[str, Any] | None | Unset
        if isinstance(self.author_identifier, Unset):
            author_identifier = UNSET
        elif isinstance(self.author_identifier, TokenAuthorIdentifierTypeIdentifier):
            author_identifier = self.author_identifier.to_dict()
        else:
            author_identifier = self.author_identifier

        context_identifier: dict[str, Any] | None | Unset
        if isinstance(self.context_identifier, Unset):
            context_identifier = UNSET
        elif isinstance(self.context_identifier, TokenContextIdentifierTypeIdentifier):
            context_identifier = self.context_identifier.to_dict()
        else:
            context_identifier = self.context_identifier

        date_created: None | str | Unset
        if isinstance(self.date_created, Unset):
            date_created = UNSET
        elif isinstance(self.date_created, datetime.datetime):
            date_created = self.date_created.isoformat()
        else:
            date_created = self.date_created

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        last_use_date: None | str | Unset
        if isinstance(self.last_use_date, Unset):
            last_use_date = UNSET
        elif isinstance(self.last_use_date, datetime.datetime):
            last_use_date = self.last_use_date.isoformat()
        else:
            last_use_date = self.last_use_date

        requested_permissions: list[str] | None | Unset
        if isinstance(self.requested_permissions, Unset):
            requested_permissions = UNSET
        elif isinstance(self.requested_permissions, list):
            requested_permissions = []
            for requested_permissions_type_0_item_data in self.requested_permissions:
                requested_permissions_type_0_item = requested_permissions_type_0_item_data.value
                requested_permissions.append(requested_permissions_type_0_item)

        else:
            requested_permissions = self.requested_permissions

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, AuthenticationTokenStatus):
            status = self.status.value
        else:
            status = self.status

        status_details: list[str] | None | Unset
        if isinstance(self.status_details, Unset):
            status_details = UNSET
        elif isinstance(self.status_details, list):
            status_details = self.status_details

        else:
            status_details = self.status_details

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "referenceNumber": reference_number,
            }
        )
        if author_identifier is not UNSET:
            field_dict["authorIdentifier"] = author_identifier
        if context_identifier is not UNSET:
            field_dict["contextIdentifier"] = context_identifier
        if date_created is not UNSET:
            field_dict["dateCreated"] = date_created
        if description is not UNSET:
            field_dict["description"] = description
        if last_use_date is not UNSET:
            field_dict["lastUseDate"] = last_use_date
        if requested_permissions is not UNSET:
            field_dict["requestedPermissions"] = requested_permissions
        if status is not UNSET:
            field_dict["status"] = status
        if status_details is not UNSET:
            field_dict["statusDetails"] = status_details

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.token_author_identifier_type_identifier import (
            TokenAuthorIdentifierTypeIdentifier,
        )
        from ..models.token_context_identifier_type_identifier import (
            TokenContextIdentifierTypeIdentifier,
        )

        d = dict(src_dict)
        reference_number = d.pop("referenceNumber")

        def _parse_author_identifier(
            data: object,
        ) -> None | TokenAuthorIdentifierTypeIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                author_identifier_type_1 = TokenAuthorIdentifierTypeIdentifier.from_dict(data)

                return author_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TokenAuthorIdentifierTypeIdentifier | Unset, data)

        author_identifier = _parse_author_identifier(d.pop("authorIdentifier", UNSET))

        def _parse_context_identifier(
            data: object,
        ) -> None | TokenContextIdentifierTypeIdentifier | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                context_identifier_type_1 = TokenContextIdentifierTypeIdentifier.from_dict(data)

                return context_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TokenContextIdentifierTypeIdentifier | Unset, data)

        context_identifier = _parse_context_identifier(d.pop("contextIdentifier", UNSET))

        def _parse_date_created(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                date_created_type_0 = datetime.datetime.fromisoformat(data)

                return date_created_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        date_created = _parse_date_created(d.pop("dateCreated", UNSET))

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_last_use_date(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_use_date_type_0 = datetime.datetime.fromisoformat(data)

                return last_use_date_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        last_use_date = _parse_last_use_date(d.pop("lastUseDate", UNSET))

        def _parse_requested_permissions(data: object) -> list[TokenPermissionType] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                requested_permissions_type_0 = []
                _requested_permissions_type_0 = data
                for requested_permissions_type_0_item_data in _requested_permissions_type_0:
                    requested_permissions_type_0_item = TokenPermissionType(
                        requested_permissions_type_0_item_data
                    )

                    requested_permissions_type_0.append(requested_permissions_type_0_item)

                return requested_permissions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[TokenPermissionType] | None | Unset, data)

        requested_permissions = _parse_requested_permissions(d.pop("requestedPermissions", UNSET))

        def _parse_status(data: object) -> AuthenticationTokenStatus | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_1 = AuthenticationTokenStatus(data)

                return status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AuthenticationTokenStatus | None | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_status_details(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                status_details_type_0 = cast(list[str], data)

                return status_details_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        status_details = _parse_status_details(d.pop("statusDetails", UNSET))

        query_tokens_response_item = cls(
            reference_number=reference_number,
            author_identifier=author_identifier,
            context_identifier=context_identifier,
            date_created=date_created,
            description=description,
            last_use_date=last_use_date,
            requested_permissions=requested_permissions,
            status=status,
            status_details=status_details,
        )

        query_tokens_response_item.additional_properties = d
        return query_tokens_response_item

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
