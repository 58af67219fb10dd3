"""What a failed request means for the thing it was to do: certainly nothing, or perhaps everything."""

from __future__ import annotations

from typing import Final, Literal

from ksef_facade.errors import (
    AuthenticationFailed,
    BudgetExhausted,
    ConfigurationError,
    KsefError,
    OperationUnavailable,
    RateLimited,
    ResponseError,
    TransportError,
)

# Answers by which something between here and the service says that it gave up waiting; what the
# service itself did is not known.
_GAVE_UP: Final = frozenset({408, 499})
_REFUSALS: Final = range(400, 500)

# What ends a request before it leaves, or after a 401.
_BEFORE: Final = (AuthenticationFailed, BudgetExhausted, ConfigurationError, OperationUnavailable)

SESSION_FULL: Final = 21155
CORRECTED_ALREADY: Final = 21166
NOT_CORRECTABLE: Final = 21167
UNKNOWN_SESSION: Final = 21173
STATUS_FORBIDS: Final = 21180
MAINTENANCE: Final = 21184
"""Exception codes of sending an invoice (contract `POST /sessions/online/{}/invoices`)."""

# Codes that speak of the invoice in the request, so that the next one may fare better.
_OF_THE_INVOICE: Final = frozenset({CORRECTED_ALREADY, NOT_CORRECTABLE, 21001, 21402, 21403, 21405})
_OF_THE_SESSION: Final = frozenset({SESSION_FULL, UNKNOWN_SESSION, STATUS_FORBIDS})

SendingFailure = Literal["in_doubt", "refused", "session_over", "later", "stop"]


def may_have_acted(error: KsefError) -> bool:
    """Whether a request that failed so may have done what it was to do.

    Only a refusal in the service's own words (a 4xx), or a request that never left, is certain;
    server errors, broken connections and answers that cannot be read are not (documented advice:
    after a 5xx nobody knows).
    """
    if isinstance(error, TransportError):
        return error.maybe_sent
    if isinstance(error, ResponseError):
        refused = error.status_code in _REFUSALS and error.status_code not in _GAVE_UP
        return not refused
    return not isinstance(error, _BEFORE)


def sending_failure(error: KsefError) -> SendingFailure:
    """What to do after sending an invoice failed.

    `in_doubt`: look for it, and never send it again before it is certain that no session has it.
    `refused`: KSeF says no to this invoice. `session_over`: the session takes no more; another one
    will. `later`: the service is busy or under maintenance. `stop`: no other invoice would fare
    better; this one was certainly not sent.
    """
    if may_have_acted(error):
        return "in_doubt"
    if isinstance(error, (RateLimited, BudgetExhausted)):
        return "later"
    codes = frozenset(error.codes) if isinstance(error, ResponseError) else frozenset()
    if codes & _OF_THE_SESSION:
        return "session_over"
    if MAINTENANCE in codes:
        return "later"
    return "refused" if codes & _OF_THE_INVOICE else "stop"
