"""In which roles a context stands on an invoice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from ..logins.credentials import Party
from ..sessions.particulars import Participant, Particulars

#: Contract, InvoiceQuerySubjectType.
Role = Literal["Subject1", "Subject2", "Subject3", "SubjectAuthorized"]
ROLES: tuple[Role, ...] = ("Subject1", "Subject2", "Subject3", "SubjectAuthorized")
#: Kind and value of an identifier on an invoice.
Key: TypeAlias = tuple[str, str]

#: Roles that a kind of context can have at all: a unit of a company is named as a third party
#: only, and a company of another EU country is no seller here. Our reading of the schema of
#: FA(3): only its Podmiot3 has an IDWew, and Podmiot1 a Polish tax number.
_ROLES_OF: dict[str, tuple[Role, ...]] = {
    "Nip": ROLES,
    "InternalId": ("Subject3",),
    "NipVatUe": ("Subject2", "Subject3"),
}


def can_have(context: Party, role: Role) -> bool:
    """Whether contexts of this kind can stand on an invoice in a role."""
    return role in _ROLES_OF.get(context.kind, ())


def keys(context: Party, role: Role) -> tuple[Key, ...]:
    """The identifiers by which a context is named in a role; none for a role it cannot have."""
    if not can_have(context, role):
        return ()
    if context.kind == "NipVatUe":
        return (("VatUe", context.value.partition("-")[2]),)
    return ((context.kind, context.value),)


def keys_of(particulars: Particulars) -> Iterator[tuple[Role, Key]]:
    """Roles on an invoice and who has them, each once."""
    parties: list[tuple[Role, Participant | None]] = [
        ("Subject1", particulars.seller),
        ("Subject2", particulars.buyer),
        *(("Subject3", third) for third in particulars.thirds),
        ("SubjectAuthorized", particulars.authorised),
    ]
    found = (
        (role, (party.kind, party.value))
        for role, party in parties
        if party is not None and party.value is not None
    )
    yield from dict.fromkeys(found)


def is_seen_by(context: Party, particulars: Particulars) -> bool:
    """Whether a context has any role on an invoice."""
    if context.kind == "NipVatUe" and particulars.seller.value != context.nip:
        # The context joins a company abroad to one Polish company: of others it sees nothing.
        return False
    return any(key in keys(context, role) for role, key in keys_of(particulars))
