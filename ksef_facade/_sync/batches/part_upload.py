# Derived from ksef_facade/_async/batches/part_upload.py by scripts/derive_sync.py; do not edit.
"""The parts of a package on their way to the addresses that the session's opening named."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from attrs import evolve

from ksef_facade._sync.caller import Caller
from ksef_facade.concurrency.threads import map_bounded
from ksef_facade.errors import BatchExpired, Forbidden, Unauthorized
from ksef_facade.packages.feeds import PartFeed
from ksef_facade.store.batch_state import BatchState, PartState, UploadTarget

_OF_THE_BODY = frozenset({"content-length", "host", "transfer-encoding"})
"""Headers that follow from the body and the address, so that a second one would contradict them."""


def upload_parts(
    caller: Caller,
    state: BatchState,
    parts: Sequence[PartState],
    *,
    parallel: int,
    on_bytes: Callable[[int], object],
    on_part: Callable[[PartState], None],
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

    def upload(part: PartState) -> None:
        target = part.target
        assert target is not None, "only a closed session has no addresses"
        feed = PartFeed(state.path_of(part), part.size, on_bytes, abandoned)
        try:
            patient.upload_link(target.url, feed, method=target.method, headers=_headers(target))
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
        on_part(part)

    map_bounded(upload, parts, parallel, abandoned.set)


def _headers(target: UploadTarget) -> dict[str, str]:
    return {
        name: value for name, value in target.headers.items() if name.lower() not in _OF_THE_BODY
    }
