"""Looking up what persons hold: one's own permissions, and those of others in a context."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock
from ..identifiers import Identifiers
from ..listing import numbered_page
from ..logins.access import OWNER
from ..logins.credentials import Party
from ..messages import Response, json_response, without_nulls
from ..taxpayers import Taxpayers
from .items import person_item, personal_item
from .register import ALL_PARTNERS, SYSTEM, Grant, GrantRegister
from .rights import reaches, state

#: Scopes that the lists can show (contract, PersonPermissionScope and PersonalPermissionScope).
_PERSONS = frozenset(
    {
        "CredentialsManage",
        "CredentialsRead",
        "InvoiceWrite",
        "InvoiceRead",
        "Introspection",
        "SubunitManage",
        "EnforcementOperations",
        "CollectiveIdentifierManage",
    }
)
_PERSONAL = _PERSONS | {"VatUeManage"}
#: What an owner holds without anybody granting it; the last needs a role too (contract,
#: OwnerPermissionScope).
_OWNED = (
    "CredentialsManage",
    "CredentialsRead",
    "InvoiceWrite",
    "InvoiceRead",
    "Introspection",
    "SubunitManage",
    "CollectiveIdentifierManage",
)
_ENFORCEMENT = "EnforcementOperations"
#: Grants that the list of persons leaves to other lists.
_NOT_OF_PERSONS = frozenset({"authorization", "eu-administrator", "eu-representative"})

Test = Callable[[Grant], bool]


@define
class PersonQueries:
    """The two lists of what persons and companies hold in a context."""

    clock: Clock
    grants: GrantRegister
    taxpayers: Taxpayers
    identifiers: Identifiers

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/permissions/query/personal/grants"): self._personal,
            ("POST", "/permissions/query/persons/grants"): self._persons,
        }

    def _personal(self, call: Call) -> Response:
        caller, body, now = call.caller, call.inputs.body, self.clock.now()
        assert caller.context is not None
        assert caller.subject is not None
        identifiers = Identifiers(self.identifiers.patterns)
        granting = identifiers.read(body, "contextIdentifier")
        target = identifiers.read(body, "targetIdentifier")
        identifiers.refuse()
        own = self.taxpayers.register.identities(caller.subject)
        is_owner = OWNER in caller.permissions
        found = [
            grant
            for grant in self.grants.active(now)
            if grant.scope in _PERSONAL
            and self._is_personal(grant, caller.context, own, is_owner, now)
            and (granting is None or (grant.kind == "entity" and grant.context == granting))
            and (target is None or grant.target == target)
            and _is_asked_for(body, grant, state(self.grants, grant, now))
        ]
        page, has_more = numbered_page(call, found)
        document = {
            "permissions": [
                personal_item(self.grants, grant, now, grant.subject == caller.subject)
                for grant in page
            ],
            "ownerPermissions": self._owned(caller.permissions) if is_owner else None,
            "hasMore": has_more,
        }
        return json_response(200, without_nulls(document))

    def _is_personal(
        self, grant: Grant, context: Party, own: Iterable[Party], is_owner: bool, now: datetime
    ) -> bool:
        if grant.kind == "authorization":
            return False
        if grant.kind == "entity" and is_owner and grant.subject == context:
            return True
        if grant.subject not in own:
            return False
        if grant.kind != "indirect":
            return grant.context == context
        # The context may be the intermediary, or the client that the grant is for.
        is_client = grant.target == context or (
            grant.target == ALL_PARTNERS and reaches(self.grants, grant, context, now)
        )
        return grant.granted_in == context or is_client

    def _owned(self, permissions: frozenset[str]) -> list[str]:
        return [*_OWNED, *([_ENFORCEMENT] if _ENFORCEMENT in permissions else [])]

    def _persons(self, call: Call) -> Response:
        body, now = call.inputs.body, self.clock.now()
        identifiers = Identifiers(self.identifiers.patterns)
        wanted = {
            name: identifiers.read(body, name)
            for name in (
                "authorIdentifier",
                "authorizedIdentifier",
                "contextIdentifier",
                "targetIdentifier",
            )
        }
        identifiers.refuse()
        is_listed = self._in_force(call)
        if body["queryType"] == "PermissionsGrantedInCurrentContext":
            is_listed = self._granted(call)
        found = [
            grant
            for grant in self.grants.active(now)
            if grant.scope in _PERSONS
            and grant.kind not in _NOT_OF_PERSONS
            and is_listed(grant)
            and _is_wanted(wanted, grant)
            and _is_asked_for(body, grant, state(self.grants, grant, now))
        ]
        page, has_more = numbered_page(call, found)
        items = [person_item(self.grants, grant, now) for grant in page]
        return json_response(200, {"permissions": items, "hasMore": has_more})

    def _in_force(self, call: Call) -> Test:
        """Who may work in the context, and whom the context lets work for its clients."""
        context = call.caller.context
        # The context of an indirect grant is the intermediary's.
        return lambda grant: grant.context == context

    def _granted(self, call: Call) -> Test:
        """What was granted in the context by anybody, those below and those of clients included.

        Observed; the contract speaks of what the caller has granted.
        """
        context = call.caller.context
        return lambda grant: grant.granted_in == context and grant.author != SYSTEM


def _is_wanted(wanted: dict[str, Party | None], grant: Grant) -> bool:
    has = {
        "authorIdentifier": grant.author,
        "authorizedIdentifier": grant.subject,
        "contextIdentifier": grant.context,
        "targetIdentifier": grant.target,
    }
    return all(party is None or has[name] == party for name, party in wanted.items())


def _is_asked_for(body: dict[str, Any], grant: Grant, current: str) -> bool:
    scopes, asked = body.get("permissionTypes"), body.get("permissionState")
    return (not scopes or grant.scope in scopes) and asked in (None, current)
