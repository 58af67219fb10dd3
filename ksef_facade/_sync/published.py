# Derived from ksef_facade/_async/published.py by scripts/derive_sync.py; do not edit.
"""The contract that an environment publishes beside its API."""

from __future__ import annotations

from ksef_facade._sync.caller import Caller
from ksef_facade.calls.bounded_sink import BoundedSink

LARGEST_CONTRACT = 16 << 20
"""Bytes; contract 2.9.0 has less than 1 MB, and what exceeds this is something else."""
CONTRACT = "GET /docs/v2/openapi.json"


def fetch_contract(caller: Caller) -> bytes:
    """What `Ksef.published_contract` does, which documents it."""
    sink = BoundedSink(LARGEST_CONTRACT, CONTRACT)
    caller.download_link(caller.environment.contract_url, sink, label=CONTRACT)
    return sink.content
