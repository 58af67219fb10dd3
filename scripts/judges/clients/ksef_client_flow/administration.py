"""Permissions, tokens, limits."""

from __future__ import annotations

from typing import Any

from ksef_client import KsefClient
from ksef_client import models as m
from ksef_client.services.workflows import AuthCoordinator

from scripts.judges.clients.ksef_client_flow.case import NIP, OTHER_NIP, PESEL
from scripts.judges.clients.steps import need, step, until


def permissions(client: KsefClient, access: str) -> None:
    """Grant, find, revoke."""
    grant = m.PersonPermissionsGrantRequest(
        subject_identifier=m.PersonPermissionsSubjectIdentifier(
            type=m.PersonPermissionsSubjectIdentifierType.PESEL, value=PESEL
        ),
        permissions=[m.PersonPermissionType.INVOICEREAD],
        description="Dostęp do faktur",
        subject_details=m.PersonPermissionSubjectDetails(
            subject_details_type=m.PersonPermissionSubjectDetailsType.PERSONBYIDENTIFIER,
            person_by_id=m.PersonDetails(first_name="Anna", last_name="Kowalska"),
        ),
    )
    granted = step(
        "permissions: grant to a person",
        lambda: client.permissions.grant_person(grant, access_token=access),
    )
    entity = m.EntityPermissionsGrantRequest(
        subject_identifier=m.EntityPermissionsSubjectIdentifier(
            type=m.EntityPermissionsSubjectIdentifierType.NIP, value=OTHER_NIP
        ),
        permissions=[
            m.EntityPermission(type=m.EntityPermissionType.INVOICEWRITE, can_delegate=True)
        ],
        description="Biuro rachunkowe",
        subject_details=m.EntityDetails(full_name="Biuro Rachunkowe Alfa"),
    )
    step(
        "permissions: grant to a company",
        lambda: finished(
            client, access, client.permissions.grant_entity(entity, access_token=access)
        ),
    )
    if granted is not None:
        step("permissions: operation", lambda: finished(client, access, granted))
    query = m.PersonPermissionsQueryRequest(
        query_type=m.PersonPermissionsQueryType.PERMISSIONSGRANTEDINCURRENTCONTEXT
    )
    found = step(
        "permissions: of persons",
        lambda: client.permissions.query_persons_grants(query, access_token=access, page_size=10),
    )
    step(
        "permissions: of companies",
        lambda: need(
            client.permissions.query_entities_grants(
                m.EntityPermissionsQueryRequest(), access_token=access
            )
            is not None,
            "no",
        ),
    )
    step(
        "permissions: own",
        lambda: client.permissions.query_personal_grants(
            m.PersonalPermissionsQueryRequest(), access_token=access
        ),
    )
    step("permissions: roles", lambda: client.permissions.query_entities_roles(access_token=access))
    if found is not None:
        mine = [row for row in found.permissions if row.authorized_identifier.value == PESEL]
        step("permissions: granted is found", lambda: need(mine, f"not in {found}"))
        step(
            "permissions: revoke",
            lambda: finished(
                client,
                access,
                client.permissions.revoke_common_permission(mine[0].id, access_token=access),
            ),
        )


def finished(client: KsefClient, access: str, operation: Any) -> None:
    status = until(
        lambda: client.permissions.get_operation_status(
            operation.reference_number, access_token=access
        ),
        lambda found: found.status.code != 100,
    )
    need(status.status.code == 200, f"ended with {status}")


def tokens(client: KsefClient, access: str) -> None:
    """Make a token, log in with it, revoke it."""
    request = m.GenerateTokenRequest(
        description="Token programu księgowego",
        permissions=[m.TokenPermissionType.INVOICEREAD, m.TokenPermissionType.INVOICEWRITE],
    )
    made = step(
        "tokens: generate", lambda: client.tokens.generate_token(request, access_token=access)
    )
    if made is None:
        return
    reference = made.reference_number
    step(
        "tokens: becomes active",
        lambda: until(
            lambda: client.tokens.get_token_status(reference, access_token=access),
            lambda found: str(getattr(found.status, "value", found.status)) == "Active",
        ),
    )
    certificate = client.security.get_public_key_certificate("KsefTokenEncryption")
    step(
        "tokens: log in with the new one",
        lambda: AuthCoordinator(client.auth).authenticate_with_ksef_token(
            token=made.token,
            public_certificate=certificate.certificate,
            context_identifier_type="Nip",
            context_identifier_value=NIP,
            poll_interval_seconds=0.1,
        ),
    )
    step(
        "tokens: list",
        lambda: need(client.tokens.list_tokens(access_token=access, page_size=10).tokens, "none"),
    )
    step("tokens: revoke", lambda: client.tokens.revoke_token(reference, access_token=access))


def limits(client: KsefClient, access: str) -> None:
    """What may be asked, how often, how much."""
    step("peppol: providers", lambda: client.peppol.list_providers())
    step("limits: context", lambda: client.limits.get_context_limits(access))
    step("limits: subject", lambda: client.limits.get_subject_limits(access))
    step("limits: rates", lambda: client.rate_limits.get_rate_limits(access))
    step("limits: certificates", lambda: client.certificates.get_limits(access))
    step(
        "permissions: attachments",
        lambda: client.permissions.check_attachment_permission_status(access),
    )
