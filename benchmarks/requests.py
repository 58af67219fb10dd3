"""How many requests the defaults cost for 10,000 accepted and 25 rejected invoices."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from benchmarks.figures import Figure
from ksef_facade import Ksef, TokenAuth
from ksef_facade.simulator import Simulator

_NIP = "5265877635"
_LIST = "GET /sessions/{referenceNumber}/invoices"
_STATUS = "GET /sessions/{referenceNumber}"
_LINK = "GET /storage/{shard}/{session}/session-upo/{name}"


def measure() -> Iterator[Figure]:
    """Requests counted by the simulator."""
    with Simulator() as simulator, tempfile.TemporaryDirectory() as folder:
        reference = simulator.seed_session(_NIP, "batch", 10_000, 25, 2_500)
        auth = TokenAuth(simulator.issue_token(_NIP))
        with Ksef(base_url=simulator.base_url, auth=auth) as ksef:
            session = ksef.session(reference)
            found = len(list(session.invoices()))
            failed = len(list(session.failed_invoices()))
            assert (found, failed) == (10_025, 25), (found, failed)
            assert session.upo.save(folder).complete
        counts = simulator.requests.counts
    yield Figure("list of 10,025 invoices", counts[_LIST], "requests", 11)
    yield Figure("list of the failed ones", counts[_LIST + "/failed"], "requests", 1)
    yield Figure("UPO of 4 pages, metered", counts[_STATUS], "requests", 1)
    yield Figure("UPO of 4 pages, links", counts[_LINK], "downloads", 4)
