"""The operations that set up taxpayers for tests; nobody has to log in for them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock
from ..identifiers import Identifiers
from ..logins.credentials import Party
from ..messages import Response
from ..moments import read_moment, start_of_polish_day
from ..permissions.register import GrantRegister
from ..problems import INVALID_INPUT, Refusal
from ..taxpayer_register import Entity, Person, Subunit, TaxpayerRegister
from ..taxpayers import Taxpayers

if TYPE_CHECKING:
    from ..core import Core

_EXISTS = 30001


@define
class Provision:
    """Says what the tax office knows."""

    clock: Clock
    register: TaxpayerRegister
    grants: GrantRegister
    taxpayers: Taxpayers
    identifiers: Identifiers

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/testdata/subject"): self._create_entity,
            ("POST", "/testdata/subject/remove"): self._remove_entity,
            ("POST", "/testdata/person"): self._create_person,
            ("POST", "/testdata/person/remove"): self._remove_person,
            ("POST", "/testdata/permissions"): self._grant,
            ("POST", "/testdata/permissions/revoke"): self._revoke,
            ("POST", "/testdata/attachment"): self._allow_attachments,
            ("POST", "/testdata/attachment/revoke"): self._forbid_attachments,
            ("POST", "/testdata/context/block"): self._block,
            ("POST", "/testdata/context/unblock"): self._unblock,
        }

    def _create_entity(self, call: Call) -> Response:
        body = call.inputs.body
        nip: str = body["subjectNip"]
        if nip in self.register.entities:
            raise Refusal(_EXISTS)
        subunits = tuple(
            Subunit(item["subjectNip"], item["description"]) for item in body.get("subunits") or ()
        )
        numbers = [nip, *(subunit.nip for subunit in subunits)]
        if len(set(numbers)) < len(numbers):
            raise Refusal(INVALID_INPUT, "'subunits': a tax number is named twice")
        if subunits and body["subjectType"] == "EnforcementAuthority":
            raise Refusal(INVALID_INPUT, "'subunits': this type of subject has none")
        created = self._date_of(nip, body)
        self.register.entities[nip] = Entity(
            nip, body["subjectType"], body["description"], created, subunits
        )
        return Response(200)

    def _remove_entity(self, call: Call) -> Response:
        nip = call.inputs.body["subjectNip"]
        entity = self.register.entities.pop(nip, None)
        if entity is not None:
            # Those below it are its no longer, and neither are the administrators it gave them.
            now = self.clock.now()
            units = {Party("Nip", subunit.nip) for subunit in entity.subunits}
            for grant in self.grants.active(now):
                if grant.granted_in == Party("Nip", nip) and grant.context in units:
                    self.grants.end(grant.id, now)
        return Response(200)

    def _create_person(self, call: Call) -> Response:
        body = call.inputs.body
        nip: str = body["nip"]
        persons = self.register.persons
        if nip in persons or any(person.pesel == body["pesel"] for person in persons.values()):
            raise Refusal(_EXISTS)
        created = self._date_of(nip, body)
        persons[nip] = Person(
            nip,
            body["pesel"],
            body["isBailiff"],
            body.get("isDeceased", False),
            body["description"],
            created,
        )
        return Response(200)

    def _remove_person(self, call: Call) -> Response:
        nip = call.inputs.body["nip"]
        if nip in self.register.persons:
            now = self.clock.now()
            for grant in self.grants.of(self.register.identities(Party("Nip", nip)), now):
                self.grants.end(grant.id, now)
            del self.register.persons[nip]
        return Response(200)

    def _date_of(self, nip: str, body: dict[str, Any]) -> datetime:
        """When test data begin to exist: later each time (contract, createdDate)."""
        text = body.get("createdDate")
        if text is None:
            created = self.clock.now()
        else:
            created = read_moment(text)
            before = self.register.created.get(nip)
            if before is not None and created <= before:
                raise Refusal(
                    INVALID_INPUT, "'createdDate': it is not later than that of the time before"
                )
        self.register.created[nip] = created
        return created

    def _grant(self, call: Call) -> Response:
        context, subject = self._parties(call)
        named = [
            (item["permissionType"], item["description"])
            for item in call.inputs.body["permissions"]
        ]
        if not named:
            raise Refusal(INVALID_INPUT, "'permissions': none is named")
        self.taxpayers.note(context, subject, named)
        return Response(200)

    def _revoke(self, call: Call) -> Response:
        context, subject = self._parties(call)
        now = self.clock.now()
        for grant in self.grants.of({subject}, now):
            if grant.kind == "system" and grant.context == context:
                self.grants.end(grant.id, now)
        return Response(200)

    def _parties(self, call: Call) -> tuple[Party, Party]:
        identifiers = Identifiers(self.identifiers.patterns)
        context = identifiers.require(call.inputs.body, "contextIdentifier")
        subject = identifiers.require(call.inputs.body, "authorizedIdentifier")
        identifiers.refuse()
        return context, subject

    def _allow_attachments(self, call: Call) -> Response:
        self.taxpayers.allow_attachments(call.inputs.body["nip"])
        return Response(200)

    def _forbid_attachments(self, call: Call) -> Response:
        body = call.inputs.body
        if body["nip"] in self.register.consents:
            day = body.get("expectedEndDate")
            self.taxpayers.forbid_attachments(
                body["nip"], start_of_polish_day(day) if day is not None else None
            )
        return Response(200)

    def _block(self, call: Call) -> Response:
        context = self._context(call)
        self.taxpayers.block(context.value, context.kind)
        return Response(200)

    def _unblock(self, call: Call) -> Response:
        context = self._context(call)
        self.taxpayers.unblock(context.value, context.kind)
        return Response(200)

    def _context(self, call: Call) -> Party:
        identifiers = Identifiers(self.identifiers.patterns)
        context = identifiers.require(call.inputs.body, "contextIdentifier")
        identifiers.refuse()
        return context


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """Setting up and removing test data."""
    identifiers = Identifiers(core.contract.patterns)
    data = Provision(core.clock, core.taxpayer_register, core.grants, core.taxpayers, identifiers)
    return data.handlers()
