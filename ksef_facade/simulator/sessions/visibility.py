"""Which sessions a caller may look at."""

from __future__ import annotations

from ..calls import Call
from ..logins.access import OWNER
from ..problems import UNKNOWN_SESSION, Forbidden, Refusal
from .register import SessionRegister
from .state import Session, SessionKind

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
        raise Forbidden("insufficient-resource-access")
    return session


#: How a refusal says that there is no such session (documented wire texts).
_NOT_FOUND = {"online": "nie została odnaleziona", "batch": "nie została znaleziona"}


def session_to_change(call: Call, sessions: SessionRegister, kind: SessionKind) -> Session:
    """The session of a kind that the path names.

    Raises Refusal with 21173 when the context has none of that number.
    """
    reference = call.inputs.path["referenceNumber"]
    session = sessions.find(reference)
    if session is None or session.kind != kind or session.context != call.caller.context:
        detail = f"Sesja o numerze referencyjnym {reference} {_NOT_FOUND[kind]}."
        raise Refusal(UNKNOWN_SESSION, detail)
    return session


def require_creator(call: Call, session: Session) -> None:
    """Raise Forbidden unless the caller opened the session or owns the context (observed)."""
    if call.caller.subject != session.creator and OWNER not in call.caller.permissions:
        raise Forbidden("insufficient-resource-access")
