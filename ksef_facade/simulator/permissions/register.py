"""Everything that was ever granted, and the operations that granted or revoked it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from attrs import define, evolve, field, frozen

from ..logins.credentials import Party

#: By which operation something was granted; "system" is what the tax office noted by itself.
Kind = Literal[
    "system",
    "person",
    "entity",
    "indirect",
    "subunit",
    "eu-administrator",
    "eu-representative",
    "authorization",
]
#: Author of what nobody granted through the API (contract, PersonPermissionsAuthorIdentifier).
SYSTEM = Party("System", "")
#: Clients of an indirect grant that holds for all of them (contract, targetIdentifier).
ALL_PARTNERS = Party("AllPartners", "")


@frozen
class Grant:
    """One permission of one subject, as it is listed and revoked."""

    id: str
    kind: Kind
    #: Where it lets the subject act; of an indirect one the intermediary's own context.
    context: Party
    #: The context whose administrator granted it.
    granted_in: Party
    subject: Party
    scope: str
    description: str
    author: Party
    start: datetime
    can_delegate: bool = False
    #: Clients that an indirect grant is for.
    target: Party | None = None
    subunit_name: str | None = None
    #: Who the subject is, as the contract writes persons and entities.
    person: dict[str, Any] | None = None
    entity: dict[str, Any] | None = None
    ended: datetime | None = None

    def is_active(self, at: datetime) -> bool:
        """Whether it holds at a moment."""
        return self.start <= at and (self.ended is None or at < self.ended)

    def repeats(self, other: Grant) -> bool:
        """Whether it lets the same subject do the same by the same way as another one."""
        return (self.kind, self.context, self.subject, self.scope, self.target) == (
            other.kind,
            other.context,
            other.subject,
            other.scope,
            other.target,
        )


@frozen
class Operation:
    """A request to grant or to revoke: the status it has from `done` on."""

    reference: str
    context: Party
    accepted: datetime
    done: datetime
    code: int
    details: tuple[str, ...] = ()


@define
class GrantRegister:
    """All grants and operations of a simulator."""

    _grants: dict[str, Grant] = field(factory=dict)
    _of_subject: dict[Party, list[str]] = field(factory=dict)
    _operations: dict[str, Operation] = field(factory=dict)

    def add(self, grant: Grant) -> None:
        """Keep a grant. What it repeats stays, or ends when they differ in being delegable."""
        for other in self.of({grant.subject}, grant.start):
            if grant.repeats(other):
                if grant.can_delegate == other.can_delegate:
                    return
                self.end(other.id, grant.start)
        self._grants[grant.id] = grant
        self._of_subject.setdefault(grant.subject, []).append(grant.id)

    def end(self, grant_id: str, at: datetime) -> None:
        """Let a grant end at a moment, unless it ends before."""
        grant = self._grants[grant_id]
        if grant.ended is None or at < grant.ended:
            self._grants[grant_id] = evolve(grant, ended=at)

    def find(self, grant_id: str, at: datetime) -> Grant | None:
        """The grant of an identifier that holds at a moment."""
        grant = self._grants.get(grant_id.lower())
        return grant if grant is not None and grant.is_active(at) else None

    def of(self, subjects: Iterable[Party], at: datetime) -> list[Grant]:
        """What some subjects hold at a moment."""
        # Packages are judged in threads of their own: no dictionary is walked through here.
        return [
            grant
            for subject in subjects
            for grant_id in self._of_subject.get(subject, ())
            if (grant := self._grants[grant_id]).is_active(at)
        ]

    def active(self, at: datetime) -> list[Grant]:
        """Everything that holds at a moment, the latest first, then by identifier.

        Source of the order: `x-sort` of the contract.
        """
        found = [grant for grant in self._grants.values() if grant.is_active(at)]
        found.sort(key=lambda grant: grant.id)
        found.sort(key=lambda grant: grant.start, reverse=True)
        return found

    def note(self, operation: Operation) -> None:
        """Keep an operation."""
        self._operations[operation.reference] = operation

    def operation(self, reference: str) -> Operation | None:
        """The operation of a reference number, in any letter case."""
        return self._operations.get(reference.upper())
