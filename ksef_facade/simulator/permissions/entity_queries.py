"""Looking up what companies hold of one another, and the roles they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..identifiers import Identifiers
from ..listing import numbered_page
from ..logins.credentials import Party
from ..messages import Response, json_response, without_nulls
from ..taxpayer_register import Role
from ..taxpayers import Taxpayers
from .items import (
    authorization_item,
    entity_item,
    eu_item,
    role_item,
    subordinate_item,
    subunit_item,
    vat_number,
)
from .register import Grant, GrantRegister


@define
class EntityQueries:
    """The lists of companies, and the status of the consent to attachments."""

    clock: Clock
    grants: GrantRegister
    taxpayers: Taxpayers
    identifiers: Identifiers

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/permissions/query/subunits/grants"): self._subunits,
            ("POST", "/permissions/query/entities/grants"): self._entities,
            ("GET", "/permissions/query/entities/roles"): self._roles,
            ("POST", "/permissions/query/subordinate-entities/roles"): self._subordinates,
            ("POST", "/permissions/query/authorizations/grants"): self._authorizations,
            ("POST", "/permissions/query/eu-entities/grants"): self._eu_entities,
            ("GET", "/permissions/attachments/status"): self._attachments,
        }

    def _subunits(self, call: Call) -> Response:
        unit = self._filter(call, "subunitIdentifier")
        found = [
            grant
            for grant in self._active("subunit")
            if grant.granted_in == call.caller.context and unit in (None, grant.context)
        ]
        return _answer(call, found, subunit_item, "permissions")

    def _entities(self, call: Call) -> Response:
        granting = self._filter(call, "contextIdentifier")
        found = [
            grant
            for grant in self._active("entity")
            if grant.subject == call.caller.context and granting in (None, grant.context)
        ]
        return _answer(call, found, entity_item, "permissions")

    def _authorizations(self, call: Call) -> Response:
        body, context = call.inputs.body, call.caller.context
        identifiers = Identifiers(self.identifiers.patterns)
        authorizing = identifiers.read(body, "authorizingIdentifier")
        authorized = identifiers.read(body, "authorizedIdentifier")
        identifiers.refuse()
        # Each filter belongs to one of the two lists, and means nothing to the other.
        if body["queryType"] == "Granted":
            found = [
                grant
                for grant in self._active("authorization")
                if grant.context == context and authorized in (None, grant.subject)
            ]
        else:
            found = [
                grant
                for grant in self._active("authorization")
                if grant.subject == context and authorizing in (None, grant.context)
            ]
        found = _of_types(body, found)
        return _answer(call, found, authorization_item, "authorizationGrants")

    def _eu_entities(self, call: Call) -> Response:
        body, context = call.inputs.body, call.caller.context
        assert context is not None
        number = body.get("vatUeIdentifier")
        fingerprint = (body.get("authorizedFingerprintIdentifier") or "").upper()
        found = [
            grant
            for grant in _of_types(body, self._active("eu-administrator", "eu-representative"))
            if _shows_eu(context, grant)
            and number in (None, vat_number(grant))
            and fingerprint in grant.subject.value.upper()
        ]
        register = self.taxpayers.register
        return _answer(call, found, lambda grant: eu_item(register, grant), "permissions")

    def _roles(self, call: Call) -> Response:
        context = call.caller.context
        assert context is not None
        roles = self.taxpayers.register.roles_of(context.value) if context.kind == "Nip" else []
        return _answer(call, _in_order(roles), role_item, "roles")

    def _subordinates(self, call: Call) -> Response:
        context = call.caller.context
        assert context is not None
        wanted = self._filter(call, "subordinateEntityIdentifier")
        roles = self.taxpayers.register.roles_below(context.value) if context.kind == "Nip" else []
        found = [role for role in roles if wanted is None or role.nip == wanted.value]
        return _answer(call, _in_order(found), subordinate_item, "roles")

    def _attachments(self, call: Call) -> Response:
        context = call.caller.context
        assert context is not None
        nip = context.nip or ""
        end = self.taxpayers.register.consents.get(nip)
        document = {
            "isAttachmentAllowed": self.taxpayers.has_attachments(nip),
            "revokedDate": wire_time(end) if end is not None else None,
        }
        return json_response(200, without_nulls(document))

    def _active(self, *kinds: str) -> list[Grant]:
        return [grant for grant in self.grants.active(self.clock.now()) if grant.kind in kinds]

    def _filter(self, call: Call, name: str) -> Party | None:
        identifiers = Identifiers(self.identifiers.patterns)
        party = identifiers.read(call.inputs.body, name)
        identifiers.refuse()
        return party


def _shows_eu(context: Party, grant: Grant) -> bool:
    """In an entity's own context everything is shown, in its taxpayer's the administrators."""
    if grant.subject.kind != "Fingerprint":
        return False
    if context.kind == "NipVatUe":
        return grant.context == context
    return grant.kind == "eu-administrator" and grant.context.nip == context.value


def _of_types(body: dict[str, Any], grants: Iterable[Grant]) -> list[Grant]:
    types = body.get("permissionTypes")
    return [grant for grant in grants if not types or grant.scope in types]


def _in_order(roles: Iterable[Role]) -> list[Role]:
    ordered = sorted(roles, key=lambda role: (role.nip, role.name, role.parent or ""))
    ordered.sort(key=lambda role: role.start, reverse=True)
    return ordered


def _answer(
    call: Call, found: Sequence[Any], item: Callable[[Any], dict[str, Any]], name: str
) -> Response:
    page, has_more = numbered_page(call, found)
    return json_response(200, {name: [item(one) for one in page], "hasMore": has_more})
