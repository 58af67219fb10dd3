"""Closing a session for sure: an answer that was lost is asked for again, and a refusal is looked into.

Closing acts once however often it is asked for, so repeating it is harmless, unlike sending. 21180
says only that the session's status forbids closing, which an attempt whose answer was lost may have
brought about; one look at the status settles that.
"""

from __future__ import annotations

from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.sessions.lookups import look_at_session
from ksef_facade.calls.describing import describe
from ksef_facade.errors import BadRequest, ServerError, TransportError, UnknownSession
from ksef_facade.identifiers import SessionReference

STATUS_FORBIDS = 21180
"""Exception code: the session's status does not allow sending or closing (contract)."""
_OPEN = 100
"""Status of a session of either kind that can be closed (contract)."""
_ATTEMPTS = 4
_PAUSE = 1.0


async def close_session(caller: AsyncCaller, path: str, reference: SessionReference) -> None:
    """Close a session; on return it is not open any more.

    Cost: 1 request of the operation's group; after a lost answer up to 3 more, and 1 of
    `sessionMisc`.

    Args:
        caller: makes the requests.
        path: the contract's path of the closing operation.
        reference: the session.

    Raises:
        BadRequest: the session cannot be closed (another code than 21180, or it is open after
            all).
        KsefError: it is not known to be closed.
    """
    call = describe("POST", path, reference)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            await caller.send(call)
            return
        except (TransportError, ServerError, UnknownSession):
            pause = _PAUSE * attempt
            left = caller.settings.time_left(caller.clock.monotonic())
            if attempt == _ATTEMPTS or pause >= left:
                raise
            await caller.clock.sleep(pause)
        except BadRequest as error:
            if STATUS_FORBIDS not in error.codes:
                raise
            # Closed by an attempt whose answer was lost, or over for another reason: not open in
            # any case.
            if (await look_at_session(caller, reference)).status.code == _OPEN:
                raise
            return
