"""Which sessions a caller may look at."""

from __future__ import annotations

from .access import OWNER
from .calls import Call
from .problems import UNKNOWN_SESSION, Forbidden, Refusal
from .sessions import Session, SessionRegister

#: Permissions that open every session of the context (contract, GET /sessions).
_SEE_ALL = (OWNER, "Introspection", "EnforcementOperations")


def sees_all(call: Call) -> bool:
    """Whether the caller sees sessions that others of its context opened."""
    return call.caller.has_any(_SEE_ALL)


def visible_session(call: Call, sessions: SessionRegister) -> Session:
    """The session that the path names.

    Raises Refusal with 21173 when the context has none of that number, and Forbidden when it was
    opened by another subject and the caller may see its own only.
    """
    reference = call.inputs.path["referenceNumber"]
    session = sessions.find(reference)
    if session is None or session.context != call.caller.context:
        detail = f"Sesja o numerze referencyjnym {reference} nie została znaleziona."
        raise Refusal(UNKNOWN_SESSION, detail)
    if session.creator != call.caller.subject and not sees_all(call):
        raise Forbidden("insufficient-resource-access", "Sesja została otwarta przez inny podmiot.")
    return session
