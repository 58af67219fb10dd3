"""Looking at a status until it is final, inside the limits, up to a deadline."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from ksef_facade._async.caller import AsyncCaller
from ksef_facade.errors import (
    BudgetExhausted,
    KsefError,
    PollingDeadlineExceeded,
    RateLimited,
    TransportError,
)
from ksef_facade.handles import Handle
from ksef_facade.models import InvoiceStatus, SessionStatus
from ksef_facade.planning.polling import Deadline, PollingPolicy, next_delay
from ksef_facade.settings import seconds_of

Status = TypeVar("Status", SessionStatus, InvoiceStatus)
DEFAULT_WAIT = timedelta(minutes=15)
"""How long a wait lasts unless told otherwise. Processing takes seconds as a rule and hours at
worst.
"""
POLLING = PollingPolicy()


async def poll(
    caller: AsyncCaller,
    look: Callable[[AsyncCaller], Awaitable[Status]],
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
    while True:
        attempt += 1
        left = deadline.remaining(clock.monotonic())
        try:
            last = await look(caller.with_settings(caller.settings.within(left)))
        except (RateLimited, BudgetExhausted) as error:
            if left is None:
                raise
            raise _over(what, handle, last, timeout) from error
        except KsefError as error:
            error.handle = handle
            out_of_time = deadline.remaining(clock.monotonic()) == 0
            if out_of_time and isinstance(error, TransportError):
                raise _over(what, handle, last, timeout) from error
            raise
        if on_poll is not None:
            on_poll(last)
        if done(last):
            return last
        delay = next_delay(
            POLLING, attempt, deadline.remaining(clock.monotonic()), jitter=clock.jitter()
        )
        if delay is None:
            raise _over(what, handle, last, timeout)
        await clock.sleep(delay)


def _over(
    what: str,
    handle: Handle,
    last: SessionStatus | InvoiceStatus | None,
    timeout: timedelta | float | None,
) -> PollingDeadlineExceeded:
    seen = f"last status {last.status}" if last is not None else "no status came"
    return PollingDeadlineExceeded(
        f"{what} is not final after {seconds_of(timeout) or 0:g} s; {seen}. It goes on in KSeF: wait again later",
        handle=handle,
        last_status=last,
    )
