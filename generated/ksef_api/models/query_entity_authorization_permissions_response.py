from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.entity_authorization_grant import EntityAuthorizationGrant


T = TypeVar("T", bound="QueryEntityAuthorizationPermissionsResponse")


@_attrs_define
class QueryEntityAuthorizationPermissionsResponse:
    """
    Attributes:
        authorization_grants (list[EntityAuthorizationGrant] | None | Unset):
        has_more (bool | None | Unset):
    """

    authorization_grants: list[EntityAuthorizationGrant] | None | Unset = UNSET
    has_more: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        authorization_grants: list[dict[str, Any]] | None | Unset
        if isinstance(self.authorization_grants, Unset):
            authorization_grants = UNSET
        elif isinstance(self.authorization_grants, list):
            authorization_grants = []
            for authorization_grants_type_0_item_data in self.authorization_grants:
                authorization_grants_type_0_item = authorization_grants_type_0_item_data.to_dict()
                authorization_grants.append(authorization_grants_type_0_item)

        else:
            authorization_grants = self.authorization_grants

        has_more: bool | None | Unset
        if isinstance(self.has_more, Unset):
            has_more = UNSET
        else:
            has_more = self.has_more

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if authorization_grants is not UNSET:
            field_dict["authorizationGrants"] = authorization_grants
        if has_more is not UNSET:
            field_dict["hasMore"] = has_more

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entity_authorization_grant import EntityAuthorizationGrant

        d = dict(src_dict)

        def _parse_authorization_grants(
            data: object,
        ) -> list[EntityAuthorizationGrant] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                authorization_grants_type_0 = []
                _authorization_grants_type_0 = data
                for authorization_grants_type_0_item_data in _authorization_grants_type_0:
                    authorization_grants_type_0_item = EntityAuthorizationGrant.from_dict(
                        authorization_grants_type_0_item_data
                    )

                    authorization_grants_type_0.append(authorization_grants_type_0_item)

                return authorization_grants_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EntityAuthorizationGrant] | None | Unset, data)

        authorization_grants = _parse_authorization_grants(d.pop("authorizationGrants", UNSET))

        def _parse_has_more(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        has_more = _parse_has_more(d.pop("hasMore", UNSET))

        query_entity_authorization_permissions_response = cls(
            authorization_grants=authorization_grants,
            has_more=has_more,
        )

        query_entity_authorization_permissions_response.additional_properties = d
        return query_entity_authorization_permissions_response

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
