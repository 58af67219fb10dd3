"""The contract that an environment publishes beside its API."""

from __future__ import annotations

from ksef_facade._async.caller import AsyncCaller
from ksef_facade.calls.bounded_sink import BoundedSink

LARGEST_CONTRACT = 16 << 20
"""Bytes; contract 2.9.0 has less than 1 MB, and what exceeds this is something else."""
CONTRACT = "GET /docs/v2/openapi.json"


async def fetch_contract(caller: AsyncCaller) -> bytes:
    """What `AsyncKsef.published_contract` does, which documents it."""
    sink = BoundedSink(LARGEST_CONTRACT, CONTRACT)
    await caller.download_link(caller.environment.contract_url, sink, label=CONTRACT)
    return sink.content
