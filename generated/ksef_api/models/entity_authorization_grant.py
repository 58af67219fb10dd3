from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invoice_permission_type import InvoicePermissionType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.entity_authorizations_author_identifier import (
        EntityAuthorizationsAuthorIdentifier,
    )
    from ..models.entity_authorizations_authorized_entity_identifier import (
        EntityAuthorizationsAuthorizedEntityIdentifier,
    )
    from ..models.entity_authorizations_authorizing_entity_identifier import (
        EntityAuthorizationsAuthorizingEntityIdentifier,
    )
    from ..models.permissions_subject_entity_by_identifier_details import (
        PermissionsSubjectEntityByIdentifierDetails,
    )


T = TypeVar("T", bound="EntityAuthorizationGrant")


@_attrs_define
class EntityAuthorizationGrant:
    """
    Attributes:
        author_identifier (EntityAuthorizationsAuthorIdentifier | None | Unset):
        authorization_scope (InvoicePermissionType | None | Unset):
        authorized_entity_identifier (EntityAuthorizationsAuthorizedEntityIdentifier | None | Unset):
        authorizing_entity_identifier (EntityAuthorizationsAuthorizingEntityIdentifier | None | Unset):
        description (None | str | Unset):
        id (None | str | Unset):
        start_date (datetime.datetime | None | Unset):
        subject_entity_details (None | PermissionsSubjectEntityByIdentifierDetails | Unset):
    """

    author_identifier: EntityAuthorizationsAuthorIdentifier | None | Unset = UNSET
    authorization_scope: InvoicePermissionType | None | Unset = UNSET
    authorized_entity_identifier: EntityAuthorizationsAuthorizedEntityIdentifier | None | Unset = (
        UNSET
    )
    authorizing_entity_identifier: (
        EntityAuthorizationsAuthorizingEntityIdentifier | None | Unset
    ) = UNSET
    description: None | str | Unset = UNSET
    id: None | str | Unset = UNSET
    start_date: datetime.datetime | None | Unset = UNSET
    subject_entity_details: None | PermissionsSubjectEntityByIdentifierDetails | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.entity_authorizations_author_identifier import (
            EntityAuthorizationsAuthorIdentifier,
        )
        from ..models.entity_authorizations_authorized_entity_identifier import (
            EntityAuthorizationsAuthorizedEntityIdentifier,
        )
        from ..models.entity_authorizations_authorizing_entity_identifier import (
            EntityAuthorizationsAuthorizingEntityIdentifier,
        )
        from ..models.permissions_subject_entity_by_identifier_details import (
            PermissionsSubjectEntityByIdentifierDetails,
        )

        author_identifier: dict[str, Any] | None | Unset
        if isinstance(self.author_identifier, Unset):
            author_identifier = UNSET
        elif isinstance(self.author_identifier, EntityAuthorizationsAuthorIdentifier):
            author_identifier = self.author_identifier.to_dict()
        else:
            author_identifier = self.author_identifier

        authorization_scope: None | str | Unset
        if isinstance(self.authorization_scope, Unset):
            authorization_scope = UNSET
        elif isinstance(self.authorization_scope, InvoicePermissionType):
            authorization_scope = self.authorization_scope.value
        else:
            authorization_scope = self.authorization_scope

        authorized_entity_identifier: dict[str, Any] | None | Unset
        if isinstance(self.authorized_entity_identifier, Unset):
            authorized_entity_identifier = UNSET
        elif isinstance(
            self.authorized_entity_identifier, EntityAuthorizationsAuthorizedEntityIdentifier
        ):
            authorized_entity_identifier = self.authorized_entity_identifier.to_dict()
        else:
            authorized_entity_identifier = self.authorized_entity_identifier

        authorizing_entity_identifier: dict[str, Any] | None | Unset
        if isinstance(self.authorizing_entity_identifier, Unset):
            authorizing_entity_identifier = UNSET
        elif isinstance(
            self.authorizing_entity_identifier, EntityAuthorizationsAuthorizingEntityIdentifier
        ):
            authorizing_entity_identifier = self.authorizing_entity_identifier.to_dict()
        else:
            authorizing_entity_identifier = self.authorizing_entity_identifier

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        start_date: None | str | Unset
        if isinstance(self.start_date, Unset):
            start_date = UNSET
        elif isinstance(self.start_date, datetime.datetime):
            start_date = self.start_date.isoformat()
        else:
            start_date = self.start_date

        subject_entity_details: dict[str, Any] | None | Unset
        if isinstance(self.subject_entity_details, Unset):
            subject_entity_details = UNSET
        elif isinstance(self.subject_entity_details, PermissionsSubjectEntityByIdentifierDetails):
            subject_entity_details = self.subject_entity_details.to_dict()
        else:
            subject_entity_details = self.subject_entity_details

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if author_identifier is not UNSET:
            field_dict["authorIdentifier"] = author_identifier
        if authorization_scope is not UNSET:
            field_dict["authorizationScope"] = authorization_scope
        if authorized_entity_identifier is not UNSET:
            field_dict["authorizedEntityIdentifier"] = authorized_entity_identifier
        if authorizing_entity_identifier is not UNSET:
            field_dict["authorizingEntityIdentifier"] = authorizing_entity_identifier
        if description is not UNSET:
            field_dict["description"] = description
        if id is not UNSET:
            field_dict["id"] = id
        if start_date is not UNSET:
            field_dict["startDate"] = start_date
        if subject_entity_details is not UNSET:
            field_dict["subjectEntityDetails"] = subject_entity_details

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entity_authorizations_author_identifier import (
            EntityAuthorizationsAuthorIdentifier,
        )
        from ..models.entity_authorizations_authorized_entity_identifier import (
            EntityAuthorizationsAuthorizedEntityIdentifier,
        )
        from ..models.entity_authorizations_authorizing_entity_identifier import (
            EntityAuthorizationsAuthorizingEntityIdentifier,
        )
        from ..models.permissions_subject_entity_by_identifier_details import (
            PermissionsSubjectEntityByIdentifierDetails,
        )

        d = dict(src_dict)

        def _parse_author_identifier(
            data: object,
        ) -> EntityAuthorizationsAuthorIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                author_identifier_type_1 = EntityAuthorizationsAuthorIdentifier.from_dict(data)

                return author_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntityAuthorizationsAuthorIdentifier | None | Unset, data)

        author_identifier = _parse_author_identifier(d.pop("authorIdentifier", UNSET))

        def _parse_authorization_scope(data: object) -> InvoicePermissionType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                authorization_scope_type_1 = InvoicePermissionType(data)

                return authorization_scope_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoicePermissionType | None | Unset, data)

        authorization_scope = _parse_authorization_scope(d.pop("authorizationScope", UNSET))

        def _parse_authorized_entity_identifier(
            data: object,
        ) -> EntityAuthorizationsAuthorizedEntityIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                authorized_entity_identifier_type_1 = (
                    EntityAuthorizationsAuthorizedEntityIdentifier.from_dict(data)
                )

                return authorized_entity_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntityAuthorizationsAuthorizedEntityIdentifier | None | Unset, data)

        authorized_entity_identifier = _parse_authorized_entity_identifier(
            d.pop("authorizedEntityIdentifier", UNSET)
        )

        def _parse_authorizing_entity_identifier(
            data: object,
        ) -> EntityAuthorizationsAuthorizingEntityIdentifier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                authorizing_entity_identifier_type_1 = (
                    EntityAuthorizationsAuthorizingEntityIdentifier.from_dict(data)
                )

                return authorizing_entity_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EntityAuthorizationsAuthorizingEntityIdentifier | None | Unset, data)

        authorizing_entity_identifier = _parse_authorizing_entity_identifier(
            d.pop("authorizingEntityIdentifier", UNSET)
        )

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        id = _parse_id(d.pop("id", UNSET))

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

        def _parse_subject_entity_details(
            data: object,
        ) -> None | PermissionsSubjectEntityByIdentifierDetails | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                subject_entity_details_type_1 = (
                    PermissionsSubjectEntityByIdentifierDetails.from_dict(data)
                )

                return subject_entity_details_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PermissionsSubjectEntityByIdentifierDetails | Unset, data)

        subject_entity_details = _parse_subject_entity_details(d.pop("subjectEntityDetails", UNSET))

        entity_authorization_grant = cls(
            author_identifier=author_identifier,
            authorization_scope=authorization_scope,
            authorized_entity_identifier=authorized_entity_identifier,
            authorizing_entity_identifier=authorizing_entity_identifier,
            description=description,
            id=id,
            start_date=start_date,
            subject_entity_details=subject_entity_details,
        )

        entity_authorization_grant.additional_properties = d
        return entity_authorization_grant

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
