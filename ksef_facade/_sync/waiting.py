# Derived from ksef_facade/_async/waiting.py by scripts/derive_sync.py; do not edit.
"""Looking at a status until it is final, inside the limits, up to a deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from ksef_facade._sync.caller import Caller
from ksef_facade.errors import (
    BudgetExhausted,
    KsefError,
    PollingDeadlineExceeded,
    RateLimited,
    ServerError,
    TransportError,
)
from ksef_facade.handles import Handle
from ksef_facade.models.sessions import InvoiceStatus, SessionStatus
from ksef_facade.planning.polling import Deadline, PollingPolicy, next_delay
from ksef_facade.settings import seconds_of

Status = TypeVar("Status", SessionStatus, InvoiceStatus)
POLLING = PollingPolicy()
_PASSING = (TransportError, ServerError)
_UNTOLD_SILENCE = 60.0
"""Seconds without a request after a 429 that names no time; the shortest window that it may be of,
beyond a second's, is a minute's.
"""


def poll(
    caller: Caller,
    look: Callable[[Caller], Status],
    done: Callable[[Status], bool],
    *,
    what: str,
    handle: Handle,
    timeout: timedelta | float | None,
    on_poll: Callable[[Status], object] | None = None,
) -> Status:
    """The first status that is done.

    Three clocks are kept apart: the time-out of a request, the retries of a request, and this
    wait's deadline, which the other two are cut to.

    Raises:
        PollingDeadlineExceeded: the deadline came first, or the service asks for a longer silence
            than it allows; `handle` and `last_status` are on it.
        KsefError: a look failed for good; `handle` is on it.
    """
    clock = caller.clock
    deadline = Deadline.after(seconds_of(timeout), clock.monotonic())
    attempt = 0
    last: Status | None = None
    passing: KsefError | None
    while True:
        attempt += 1
        now = clock.monotonic()
        left = deadline.remaining(now)
        silence = None
        try:
            last = look(caller.with_settings(caller.settings.within(left, now)))
        except (*_PASSING, RateLimited, BudgetExhausted) as error:
            # No news is not the end of a wait that has a deadline of its own.
            error.handle = handle
            if left is None:
                raise
            passing = error
            if isinstance(error, (RateLimited, BudgetExhausted)):
                silence = error.retry_after or _UNTOLD_SILENCE
        except KsefError as error:
            error.handle = handle
            raise
        else:
            passing = None
            if on_poll is not None:
                on_poll(last)
            if done(last):
                return last
        left = deadline.remaining(clock.monotonic())
        delay = next_delay(POLLING, attempt, left, retry_after=silence, jitter=clock.jitter())
        if delay is None:
            raise _over(what, handle, last, timeout, silence if left else None) from passing
        clock.sleep(delay)


def _over(
    what: str,
    handle: Handle,
    last: SessionStatus | InvoiceStatus | None,
    timeout: timedelta | float | None,
    silence: float | None,
) -> PollingDeadlineExceeded:
    seen = f"last status {last.status}" if last is not None else "no status came"
    why = f"is not final after {seconds_of(timeout) or 0:g} s"
    if silence is not None:
        why = f"cannot be asked for in time: the limits want {silence:.0f} s of silence first"
    return PollingDeadlineExceeded(
        f"{what} {why}; {seen}. It goes on in KSeF: wait again later",
        handle=handle,
        last_status=last,
    )
