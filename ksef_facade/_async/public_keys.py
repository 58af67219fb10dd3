"""The Ministry's public keys, fetched once and kept for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksef_facade._async.wire import AsyncWire
from ksef_facade.answers.responses import read_json
from ksef_facade.calls.describing import describe
from ksef_facade.concurrency.tasks import Lock
from ksef_facade.errors import IntegrityFailure, KsefError

# Loaded by the first login: who asks about nothing needs no keys.
if TYPE_CHECKING:
    from ksef_facade.crypto.public_keys import PublicKey, Usage

UNKNOWN_PUBLIC_KEY = 21470
"""Exception code of a request encrypted with a key that the service does not use any more
(contract).
"""
_KEPT_FOR = 24 * 3600.0
"""Seconds that fetched keys are used for; keys rotate rarely, and 21470 tells at once when one did."""


class AsyncPublicKeys:
    """A cache of `GET /security/public-key-certificates` (one request, group `anonymous`).

    One for a client and its copies, whatever their contexts: the keys belong to the environment.
    """

    def __init__(self, wire: AsyncWire) -> None:
        self._wire = wire
        self._lock = Lock()
        self._keys: tuple[PublicKey, ...] = ()
        self._fetched = 0.0

    async def get(
        self, usage: Usage, *, fresh: bool = False, wire: AsyncWire | None = None
    ) -> PublicKey:
        """The key to encrypt with for a usage; `fresh` asks the service again, over `wire` if given.

        Keys older than a day are asked for again, and used on as long as they are valid when that
        fails.

        Raises:
            IntegrityFailure: the service publishes no valid key for it.
            ResponseError, TransportError: the request failed.
        """
        from ksef_facade.crypto.public_keys import read_public_keys, select

        clock = self._wire.pool.clock
        async with self._lock:
            kept = None if fresh else self._valid(usage)
            if kept is not None and clock.monotonic() - self._fetched <= _KEPT_FOR:
                return kept
            try:
                call = describe("GET", "/security/public-key-certificates")
                keys = read_public_keys(read_json(await (wire or self._wire).send(call)))
                selected = select(keys, usage, clock.now())
            except KsefError:
                if kept is None:
                    raise
                return kept
            self._keys, self._fetched = keys, clock.monotonic()
            return selected

    def _valid(self, usage: Usage) -> PublicKey | None:
        from ksef_facade.crypto.public_keys import select

        try:
            return select(self._keys, usage, self._wire.pool.clock.now())
        except IntegrityFailure:
            return None
