"""The parts of a package on their way to the addresses that the session's opening named."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Sequence

from attrs import evolve

from ksef_facade._async.caller import AsyncCaller
from ksef_facade.concurrency.tasks import map_bounded
from ksef_facade.errors import BatchExpired, Forbidden, Unauthorized
from ksef_facade.packages.feeds import PartFeed
from ksef_facade.store.batch_state import BatchState, PartState, UploadTarget

_OF_THE_BODY = frozenset({"content-length", "host", "transfer-encoding"})
"""Headers that follow from the body and the address, so that a second one would contradict them."""


async def upload_parts(
    caller: AsyncCaller,
    state: BatchState,
    parts: Sequence[PartState],
    *,
    parallel: int,
    on_bytes: Callable[[int], object],
    on_part: Callable[[PartState], Awaitable[None]],
) -> None:
    """Upload parts, several at once; each is repeated from its start when its connection breaks.

    The first part that fails for good, or an interrupt, stops the others on their way. No metered
    request; no token goes along.

    Args:
        caller: makes the requests.
        state: the session.
        parts: which parts of it.
        parallel: how many at once.
        on_bytes: told how many more bytes were sent; a negative number takes back what was sent in
            vain.
        on_part: awaited for every part that arrived.

    Raises:
        BatchExpired: an address was refused, and the time for uploading is over.
        IntegrityFailure: a part is not on the disk any more, or not whole.
        UnsafeUrl: an address leads where this environment's links may not lead.
        ResponseError, TransportError: a part was refused, or could not be sent in spite of
            repeats.
    """
    abandoned = threading.Event()
    settings = caller.settings
    # One attempt may outlast the usual deadline; what counts is how long KSeF takes parts.
    window = (state.upload_ends - state.opened_at).total_seconds()
    patient = caller.with_settings(
        evolve(
            settings, retry=evolve(settings.retry, deadline=max(window, settings.retry.deadline))
        )
    )

    async def upload(part: PartState) -> None:
        target = part.target
        assert target is not None, "only a closed session has no addresses"
        feed = PartFeed(state.path_of(part), part.size, on_bytes, abandoned)
        try:
            await patient.upload_link(
                target.url, feed, method=target.method, headers=_headers(target)
            )
        except (Forbidden, Unauthorized) as error:
            if caller.clock.now() <= state.upload_ends:
                raise
            raise BatchExpired(
                f"part {part.ordinal} of session {state.reference} was refused, and the time for "
                f"uploading ended at {state.upload_ends:%Y-%m-%d %H:%M:%S %Z}; send the package anew",
                state.reference,
            ) from error
        finally:
            feed.close()
        await on_part(part)

    await map_bounded(upload, parts, parallel, abandoned.set)


def _headers(target: UploadTarget) -> dict[str, str]:
    return {
        name: value for name, value in target.headers.items() if name.lower() not in _OF_THE_BODY
    }
