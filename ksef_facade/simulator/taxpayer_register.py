"""What the tax office has on file of taxpayers: entities, persons, consents, blocks, withdrawals."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from attrs import define, field, frozen

from .logins.credentials import Party

#: Kinds of entity that have a role (contract, SubjectType).
EntityKind = Literal["EnforcementAuthority", "VatGroup", "JST"]
Withdrawal = Literal["revoked", "suspended"]

#: Roles of an entity of a kind, and of those below it (contract, EntityRoleType).
_ROLES: dict[EntityKind, str] = {
    "EnforcementAuthority": "EnforcementAuthority",
    "VatGroup": "VatGroupUnit",
    "JST": "LocalGovernmentUnit",
}
_SUBORDINATE_ROLES: dict[EntityKind, str] = {
    "VatGroup": "VatGroupSubUnit",
    "JST": "LocalGovernmentSubUnit",
}
#: Roles whose holder may appoint administrators of those below it (documented rule).
PARENT_ROLES = frozenset({"VatGroupUnit", "LocalGovernmentUnit"})
#: Roles that let a context grant EnforcementOperations (documented rule).
ENFORCEMENT_ROLES = frozenset({"EnforcementAuthority", "CourtBailiff"})


@frozen
class Subunit:
    """A member of a VAT group, or a unit of local government."""

    nip: str
    description: str


@frozen
class Entity:
    """An entity with a role, and those below it."""

    nip: str
    kind: EntityKind
    description: str
    created: datetime
    subunits: tuple[Subunit, ...] = ()

    def is_above(self, nip: str) -> bool:
        """Whether a tax number is one of those below this entity."""
        return any(subunit.nip == nip for subunit in self.subunits)


@frozen
class Person:
    """A person with a tax number and a PESEL, so that either of them names the same person."""

    nip: str
    pesel: str
    is_bailiff: bool
    is_deceased: bool
    description: str
    created: datetime


@frozen
class EuEntity:
    """An entity of another country of the Union, on whose behalf a taxpayer is invoiced."""

    name: str
    full_name: str
    address: str


@frozen
class Role:
    """A role of a tax number; that of a subordinate entity names the one above it."""

    nip: str
    name: str
    description: str
    start: datetime
    parent: str | None = None


@define
class TaxpayerRegister:
    """Everything on file, by tax number unless said otherwise."""

    entities: dict[str, Entity] = field(factory=dict)
    persons: dict[str, Person] = field(factory=dict)
    #: Dates at which entities and persons were created last, also of those removed since.
    created: dict[str, datetime] = field(factory=dict)
    #: Consents to attachments: when each ends, None when it does not.
    consents: dict[str, datetime | None] = field(factory=dict)
    #: Contexts that nobody can log in to.
    blocked: set[Party] = field(factory=set)
    #: PESEL or tax numbers of the dead.
    deceased: set[str] = field(factory=set)
    #: Withdrawn certificates, by the SHA-256 of their DER.
    withdrawn: dict[str, Withdrawal] = field(factory=dict)
    #: Entities of the Union, by the context that joins them with a taxpayer.
    eu_entities: dict[Party, EuEntity] = field(factory=dict)

    def roles_of(self, nip: str) -> list[Role]:
        """Every role of a tax number."""
        roles = []
        entity = self.entities.get(nip)
        if entity is not None:
            roles.append(Role(nip, _ROLES[entity.kind], entity.description, entity.created))
        person = self.persons.get(nip)
        if person is not None and person.is_bailiff:
            roles.append(Role(nip, "CourtBailiff", person.description, person.created))
        for parent in self.entities.values():
            roles += [role for role in self.roles_below(parent.nip) if role.nip == nip]
        return roles

    def roles_below(self, nip: str) -> list[Role]:
        """The roles of the entities below one."""
        entity = self.entities.get(nip)
        if entity is None or not entity.subunits:
            return []
        name = _SUBORDINATE_ROLES[entity.kind]
        return [
            Role(subunit.nip, name, subunit.description, entity.created, nip)
            for subunit in entity.subunits
        ]

    def has_role(self, nip: str, names: frozenset[str]) -> bool:
        """Whether a tax number has one of the roles that depend on nobody else."""
        entity, person = self.entities.get(nip), self.persons.get(nip)
        is_bailiff = person is not None and person.is_bailiff
        return (entity is not None and _ROLES[entity.kind] in names) or (
            is_bailiff and "CourtBailiff" in names
        )

    def are_related(self, one: str, other: str) -> bool:
        """Whether one of two tax numbers is above the other."""
        entities = self.entities.get(one), self.entities.get(other)
        return any(
            entity is not None and entity.is_above(below)
            for entity, below in zip(entities, (other, one), strict=True)
        )

    def identities(self, subject: Party) -> frozenset[Party]:
        """The subject, and what else is known to name the same person."""
        for person in self.persons.values():
            names = frozenset({Party("Nip", person.nip), Party("Pesel", person.pesel)})
            if subject in names:
                return names
        return frozenset({subject})

    def is_deceased(self, subject: Party) -> bool:
        """Whether a subject is dead, under whichever of its names."""
        return any(
            party.value in self.deceased
            or ((person := self.persons.get(party.value)) is not None and person.is_deceased)
            for party in self.identities(subject)
        )
