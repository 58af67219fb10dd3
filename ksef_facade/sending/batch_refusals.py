"""What KSeF means when it refuses to close a batch session."""

from __future__ import annotations

import re

from ksef_facade.errors import BadRequest, BatchExpired
from ksef_facade.store.batch_state import BatchState

PART_SIZE_DIFFERS = 21157
PART_MISSING = 21205
TIME_EXCEEDED = 21208
"""Exception codes of closing (contract `POST /sessions/batch/{referenceNumber}/close`)."""
_NAMED_PART = re.compile(r"'([0-9]{1,4})'")
"""Both refusals name the part's ordinal number in quotes (contract, table of the 400 answer)."""


def parts_to_repeat(error: BadRequest, state: BatchState) -> frozenset[int]:
    """The parts that have to be uploaded once more; all of them where the refusal names none.

    Raises:
        BatchExpired: the session is cancelled.
        BadRequest: the error itself, when it is not about parts.
    """
    if TIME_EXCEEDED in error.codes:
        raise BatchExpired(
            f"KSeF has cancelled session {state.reference}, because uploading and closing took too "
            "long; send the package anew",
            state.reference,
        ) from error
    if PART_MISSING not in error.codes and PART_SIZE_DIFFERS not in error.codes:
        raise error
    everything = frozenset(part.ordinal for part in state.parts)
    named = {int(number) for text in error.details for number in _NAMED_PART.findall(text)}
    return everything & named or everything
