"""Granting: the seven operations, each with what it demands of subject and context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from attrs import define, frozen

from ..calls import Call, Handler
from ..identifiers import Identifiers, has_internal_checksum
from ..logins.credentials import Party
from ..messages import Response
from ..problems import Forbidden
from ..taxpayer_register import ENFORCEMENT_ROLES, PARENT_ROLES, EuEntity
from .proceedings import (
    DONE,
    NOT_FOR_IDENTIFIER,
    NOT_FOR_RELATION,
    UNRELATED,
    WRONG_ROLE,
    Proceedings,
)
from .register import ALL_PARTNERS, Grant, Kind
from .subject_details import entity_details, read_details

_ENFORCEMENT = "EnforcementOperations"
#: What an administrator of an entity of the Union is given (contract, POST
#: /permissions/eu-entities/administration/grants), and one of a subunit.
_EU_ADMINISTRATOR = ("VatUeManage", "InvoiceWrite", "InvoiceRead", "Introspection")
_SUBUNIT_ADMINISTRATOR = ("CredentialsManage",)
#: The authorisation that a Peppol provider is given, and nobody else.
_PEPPOL = "PefInvoicing"

#: Contexts in which companies and persons are let in directly (contract,
#: EntityPermissionsContextIdentifier and PersonPermissionsContextIdentifier).
_TAXPAYERS = ("Nip", "InternalId")


@frozen
class _Wish:
    """One permission that is asked for."""

    scope: str
    can_delegate: bool = False


@define
class Granting:
    """The operations that grant."""

    proceedings: Proceedings
    identifiers: Identifiers

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/permissions/persons/grants"): self._to_person,
            ("POST", "/permissions/entities/grants"): self._to_entity,
            ("POST", "/permissions/authorizations/grants"): self._authorization,
            ("POST", "/permissions/indirect/grants"): self._indirectly,
            ("POST", "/permissions/subunits/grants"): self._to_subunit_administrator,
            ("POST", "/permissions/eu-entities/administration/grants"): self._to_eu_administrator,
            ("POST", "/permissions/eu-entities/grants"): self._to_eu_representative,
        }

    def _to_person(self, call: Call) -> Response:
        request = self._request(call)
        subject = request.subject()
        details = request.details(subject)
        wishes = request.wishes(call.inputs.body["permissions"])
        request.refuse(*_TAXPAYERS)
        code = DONE
        if self._owns(subject, request.context):
            code = NOT_FOR_IDENTIFIER
        elif any(wish.scope == _ENFORCEMENT for wish in wishes) and not self._enforces(request):
            code = WRONG_ROLE
        return self._grant(request, "person", code, subject, wishes, person=details.person)

    def _to_entity(self, call: Call) -> Response:
        request = self._request(call)
        subject = request.subject()
        asked = call.inputs.body["permissions"]
        delegable = {item["type"]: item.get("canDelegate", False) for item in asked}
        wishes = [
            _Wish(wish.scope, delegable[wish.scope])
            for wish in request.wishes([item["type"] for item in asked])
        ]
        request.refuse(*_TAXPAYERS)
        code = NOT_FOR_IDENTIFIER if subject == request.context else DONE
        entity = entity_details(call.inputs.body["subjectDetails"])
        return self._grant(request, "entity", code, subject, wishes, entity=entity)

    def _authorization(self, call: Call) -> Response:
        request = self._request(call)
        subject = request.subject()
        request.refuse("Nip")
        scope: str = call.inputs.body["permission"]
        is_peppol = subject.kind == "PeppolId"
        is_fit = is_peppol == (scope == _PEPPOL) and subject != request.context
        code = DONE if is_fit else NOT_FOR_IDENTIFIER
        entity = entity_details(call.inputs.body["subjectDetails"])
        return self._grant(request, "authorization", code, subject, [_Wish(scope)], entity=entity)

    def _indirectly(self, call: Call) -> Response:
        request = self._request(call)
        subject = request.subject()
        target = request.identifiers.read(call.inputs.body, "targetIdentifier") or ALL_PARTNERS
        details = request.details(subject)
        wishes = request.wishes(call.inputs.body["permissions"])
        request.refuse("Nip")
        # Before its client has let the intermediary pass permissions on, such a grant rests
        # (observed; the contract says that it cannot be made).
        code = DONE
        if self._owns(subject, request.context) or target == request.context:
            code = NOT_FOR_IDENTIFIER
        return self._grant(
            request, "indirect", code, subject, wishes, target=target, person=details.person
        )

    def _to_subunit_administrator(self, call: Call) -> Response:
        request = self._request(call)
        subject = request.subject()
        unit = request.identifiers.require(call.inputs.body, "contextIdentifier")
        name = call.inputs.body.get("subunitName")
        details = request.details(subject)
        complaints = request.identifiers.complaints
        if unit.kind == "InternalId" and not complaints:
            if name is None:
                complaints.append("'subunitName': it is required for an InternalId")
            if not has_internal_checksum(unit.value):
                complaints.append("'contextIdentifier.value': the last digit is not its checksum")
        request.refuse("Nip")
        code = self._obstacle_of_unit(request.context, unit)
        if subject == unit:
            code = NOT_FOR_IDENTIFIER
        wishes = [_Wish(scope) for scope in _SUBUNIT_ADMINISTRATOR]
        return self._grant(
            request,
            "subunit",
            code,
            subject,
            wishes,
            context=unit,
            subunit_name=name,
            person=details.person,
        )

    def _obstacle_of_unit(self, context: Party, unit: Party) -> int:
        if unit.kind == "InternalId":
            return DONE if unit.nip == context.value else UNRELATED
        register = self.proceedings.taxpayers.register
        if not register.has_role(context.value, PARENT_ROLES):
            return WRONG_ROLE
        above = register.entities[context.value]
        return DONE if above.is_above(unit.value) else NOT_FOR_RELATION

    def _to_eu_administrator(self, call: Call) -> Response:
        body = call.inputs.body
        request = self._request(call)
        subject = request.subject()
        context = request.identifiers.require(body, "contextIdentifier")
        details = request.details(subject)
        request.refuse("Nip")
        code = DONE if context.nip == request.context.value else UNRELATED
        wishes = [_Wish(scope) for scope in _EU_ADMINISTRATOR]
        entity = body["euEntityDetails"]
        return self._grant(
            request,
            "eu-administrator",
            code,
            subject,
            wishes,
            context=context,
            person=details.person,
            entity=details.entity,
            eu_entity=EuEntity(body["euEntityName"], entity["fullName"], entity["address"]),
        )

    def _to_eu_representative(self, call: Call) -> Response:
        request = self._request(call)
        subject = request.subject()
        details = request.details(subject)
        wishes = request.wishes(call.inputs.body["permissions"])
        request.refuse("NipVatUe")
        return self._grant(
            request,
            "eu-representative",
            DONE,
            subject,
            wishes,
            person=details.person,
            entity=details.entity,
        )

    def _owns(self, subject: Party, context: Party) -> bool:
        return context in self.proceedings.taxpayers.register.identities(subject)

    def _enforces(self, request: _Request) -> bool:
        register = self.proceedings.taxpayers.register
        nip = request.context.nip
        return nip is not None and register.has_role(nip, ENFORCEMENT_ROLES)

    def _request(self, call: Call) -> _Request:
        identifiers = Identifiers(self.identifiers.patterns)
        assert call.caller.context is not None
        return _Request(call, call.caller.context, self.proceedings.due(), identifiers)

    def _grant(
        self,
        request: _Request,
        kind: Kind,
        code: int,
        subject: Party,
        wishes: Sequence[_Wish],
        context: Party | None = None,
        eu_entity: EuEntity | None = None,
        **more: Any,
    ) -> Response:
        call = request.call
        code, answer = self.proceedings.begin(call, request.due, code)
        if code != DONE:
            return answer
        if context is not None and eu_entity is not None:
            self.proceedings.taxpayers.register.eu_entities[context] = eu_entity
        author = call.caller.subject
        assert author is not None
        for wish in wishes:
            grant = Grant(
                id=self.proceedings.references.uuid(),
                kind=kind,
                context=context or request.context,
                granted_in=request.context,
                subject=subject,
                scope=wish.scope,
                description=call.inputs.body["description"],
                author=author,
                start=request.due,
                can_delegate=wish.can_delegate,
                **more,
            )
            self.proceedings.grants.add(grant)
        return answer


@frozen
class _Request:
    """A request to grant, and what is wrong with it so far."""

    call: Call
    context: Party
    due: datetime
    identifiers: Identifiers

    def subject(self) -> Party:
        """Who is to be given something."""
        return self.identifiers.require(self.call.inputs.body, "subjectIdentifier")

    def details(self, subject: Party) -> Any:
        """Who that is, in words."""
        document = self.call.inputs.body["subjectDetails"]
        return read_details(document, subject.kind, self.identifiers)

    def wishes(self, names: Iterable[str]) -> list[_Wish]:
        """The permissions asked for: some, and each of them once (documented rule)."""
        listed = list(names)
        if not listed:
            self.identifiers.complaints.append("'permissions': none is named")
        if len(set(listed)) < len(listed):
            self.identifiers.complaints.append("'permissions': one of them is named twice")
        return [_Wish(name) for name in listed]

    def refuse(self, *context_kinds: str) -> None:
        """Raise Forbidden in a context of another kind, Refusal for what is wrong."""
        if self.context.kind not in context_kinds:
            raise Forbidden(
                "context-type-not-allowed", {"contextIdentifierType": self.context.kind}
            )
        self.identifiers.refuse()
