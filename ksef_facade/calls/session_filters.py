"""The filters of the session history in the caller's words and in the contract's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ksef_facade.errors import ConfigurationError

SessionState = Literal["in_progress", "succeeded", "failed", "cancelled"]
_KINDS = {"online": "Online", "batch": "Batch"}
_STATES = {
    "in_progress": "InProgress",
    "succeeded": "Succeeded",
    "failed": "Failed",
    "cancelled": "Cancelled",
}
"""Contract enumerations `SessionType` and `CommonSessionStatus`."""


def kind_text(kind: str) -> str:
    """The contract's word for a kind of session.

    Raises:
        ConfigurationError: it is neither `online` nor `batch`.
    """
    return _word(kind, _KINDS, "kind of session")


def state_texts(statuses: Sequence[str] | str) -> list[str]:
    """The contract's words for states; one state may be given without a list.

    Raises:
        ConfigurationError: one of them is not a state.
    """
    given = [statuses] if isinstance(statuses, str) else statuses
    return [_word(state, _STATES, "state of a session") for state in given]


def _word(text: str, words: dict[str, str], what: str) -> str:
    for ours, theirs in words.items():
        if str(text).lower() in (ours, theirs.lower()):
            return theirs
    raise ConfigurationError(f"{text!r} is not a {what}; choose {', '.join(words)}")
