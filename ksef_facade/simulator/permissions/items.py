"""Permissions as lists show them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..clock import wire_time
from ..identifiers import written
from ..messages import without_nulls
from ..taxpayer_register import Role, TaxpayerRegister
from .register import SYSTEM, Grant, GrantRegister
from .rights import state

#: Name of an entity of the Union that nobody registered through the API.
_NAMELESS = "Podmiot unijny"


def person_item(register: GrantRegister, grant: Grant, at: datetime) -> dict[str, Any]:
    """Contract, PersonPermission."""
    return without_nulls(
        {
            "id": grant.id,
            "authorizedIdentifier": written(grant.subject),
            "contextIdentifier": written(grant.context) if grant.kind == "subunit" else None,
            "targetIdentifier": written(grant.target),
            "authorIdentifier": written(grant.author),
            **_common(register, grant, at),
        }
    )


def personal_item(
    register: GrantRegister, grant: Grant, at: datetime, is_of_caller: bool
) -> dict[str, Any]:
    """Contract, PersonalPermission. It names whom it was granted to unless that is the caller."""
    return without_nulls(
        {
            "id": grant.id,
            "contextIdentifier": written(grant.context) if grant.kind == "entity" else None,
            "authorizedIdentifier": None if is_of_caller else written(grant.subject),
            "targetIdentifier": written(grant.target),
            **_common(register, grant, at),
        }
    )


def _common(register: GrantRegister, grant: Grant, at: datetime) -> dict[str, Any]:
    return {
        "permissionScope": grant.scope,
        "description": grant.description,
        "subjectPersonDetails": grant.person,
        "subjectEntityDetails": grant.entity,
        "permissionState": state(register, grant, at),
        "startDate": wire_time(grant.start),
        "canDelegate": grant.can_delegate,
    }


def subunit_item(grant: Grant) -> dict[str, Any]:
    """Contract, SubunitPermission."""
    return without_nulls(
        {
            "id": grant.id,
            "authorizedIdentifier": written(grant.subject),
            "subunitIdentifier": written(grant.context),
            "authorIdentifier": written(grant.author),
            "permissionScope": grant.scope,
            "description": grant.description,
            "subjectPersonDetails": grant.person,
            "subunitName": grant.subunit_name,
            "startDate": wire_time(grant.start),
        }
    )


def entity_item(grant: Grant) -> dict[str, Any]:
    """Contract, EntityPermissionItem."""
    return {
        "id": grant.id,
        "contextIdentifier": written(grant.context),
        "permissionScope": grant.scope,
        "description": grant.description,
        "startDate": wire_time(grant.start),
        "canDelegate": grant.can_delegate,
    }


def authorization_item(grant: Grant) -> dict[str, Any]:
    """Contract, EntityAuthorizationGrant, where the service itself is no author."""
    return without_nulls(
        {
            "id": grant.id,
            "authorIdentifier": written(grant.author) if grant.author != SYSTEM else None,
            "authorizedEntityIdentifier": written(grant.subject),
            "authorizingEntityIdentifier": written(grant.context),
            "authorizationScope": grant.scope,
            "description": grant.description,
            "subjectEntityDetails": grant.entity,
            "startDate": wire_time(grant.start),
        }
    )


def eu_item(register: TaxpayerRegister, grant: Grant) -> dict[str, Any]:
    """Contract, EuEntityPermission."""
    entity = register.eu_entities.get(grant.context)
    details = None
    if entity is not None:
        details = {"fullName": entity.full_name, "address": entity.address}
    return without_nulls(
        {
            "id": grant.id,
            "authorIdentifier": written(grant.author),
            "vatUeIdentifier": vat_number(grant),
            "euEntityName": entity.name if entity is not None else _NAMELESS,
            "authorizedFingerprintIdentifier": grant.subject.value,
            "permissionScope": grant.scope,
            "description": grant.description,
            "subjectPersonDetails": grant.person,
            "subjectEntityDetails": grant.entity,
            "euEntityDetails": details,
            "startDate": wire_time(grant.start),
        }
    )


def vat_number(grant: Grant) -> str:
    """The number of the entity of the Union that a grant is about."""
    return grant.context.value.partition("-")[2]


def role_item(role: Role) -> dict[str, Any]:
    """Contract, EntityRole."""
    parent = {"type": "Nip", "value": role.parent} if role.parent is not None else None
    return without_nulls(
        {
            "parentEntityIdentifier": parent,
            "role": role.name,
            "description": role.description,
            "startDate": wire_time(role.start),
        }
    )


def subordinate_item(role: Role) -> dict[str, Any]:
    """Contract, SubordinateEntityRole."""
    return {
        "subordinateEntityIdentifier": {"type": "Nip", "value": role.nip},
        "role": role.name,
        "description": role.description,
        "startDate": wire_time(role.start),
    }
