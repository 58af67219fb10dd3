"""What grants add up to: who may act where, directly or for the client of another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ..logins.credentials import Party
from .register import ALL_PARTNERS, Grant, GrantRegister

#: Grants that name no context to act in.
_ELSEWHERE = frozenset({"indirect", "authorization"})


def scopes(
    register: GrantRegister, context: Party, subjects: Collection[Party], at: datetime
) -> frozenset[str]:
    """Names of the permissions that some subjects were granted in a context."""
    found = set()
    for grant in register.of(subjects, at):
        if grant.kind == "indirect":
            holds = reaches(register, grant, context, at)
        else:
            holds = grant.kind not in _ELSEWHERE and grant.context == context
        if holds:
            found.add(grant.scope)
    return frozenset(found)


def reaches(register: GrantRegister, grant: Grant, client: Party, at: datetime) -> bool:
    """Whether an indirect grant lets its subject act for a client.

    It does when it is for this client or for all, and as long as the client lets the
    intermediary pass the permission on (documented rule of indirect permissions).
    """
    is_meant = grant.target in (client, ALL_PARTNERS)
    return is_meant and delegates(register, client, grant.granted_in, at, grant.scope)


def delegates(
    register: GrantRegister,
    client: Party,
    intermediary: Party,
    at: datetime,
    scope: str | None = None,
) -> bool:
    """Whether a client lets an intermediary pass a permission on; any when none is named."""
    return any(
        grant.kind == "entity"
        and grant.context == client
        and grant.can_delegate
        and scope in (None, grant.scope)
        for grant in register.of({intermediary}, at)
    )


def state(register: GrantRegister, grant: Grant, at: datetime) -> str:
    """PermissionState of the contract: an indirect grant rests while its client delegates not."""
    if grant.kind != "indirect" or grant.target is None or grant.target == ALL_PARTNERS:
        return "Active"
    return "Active" if reaches(register, grant, grant.target, at) else "Inactive"


def is_authorized(
    register: GrantRegister,
    seller: Party,
    issuers: Collection[Party],
    how: str,
    at: datetime,
) -> bool:
    """Whether a seller lets one of some issuers invoice on its behalf in a way."""
    return any(
        grant.kind == "authorization" and grant.context == seller and grant.scope == how
        for grant in register.of(issuers, at)
    )
