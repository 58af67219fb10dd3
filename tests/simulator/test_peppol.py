"""Peppol providers register themselves by their first login."""

from __future__ import annotations

from ksef_facade.simulator import Simulator
from tests.simulator.logins import submit
from tests.simulator.plain_client import Sender, codes
from tests.simulator.signers import seal


def test_providers_register_by_logging_in(simulator: Simulator, anyone: Sender) -> None:
    assert anyone.http.get("/peppol/query").json() == {"peppolProviders": [], "hasMore": False}
    for peppol_id in ("PPL000002", "PPL000001", "PPL000002"):
        submit(anyone, seal(peppol_id), peppol_id, context_kind="PeppolId")
        simulator.clock.advance(1)
    providers = anyone.http.get("/peppol/query").json()["peppolProviders"]
    assert [provider["id"] for provider in providers] == ["PPL000001", "PPL000002"]
    assert all(provider["name"] for provider in providers)


def test_failed_logins_register_nobody(simulator: Simulator, anyone: Sender) -> None:
    simulator.outcomes.decide("login", 500)
    submit(anyone, seal("PPL000001"), "PPL000001", context_kind="PeppolId")
    assert anyone.http.get("/peppol/query").json()["peppolProviders"] == []


def test_pages_by_number(simulator: Simulator, anyone: Sender) -> None:
    now = simulator.clock.now()
    for number in range(12):
        simulator.core.peppol.note_login(f"PPL{number:06d}", "Provider", now)
    first = anyone.http.get("/peppol/query").json()
    second = anyone.http.get("/peppol/query", params={"pageOffset": 1}).json()
    assert (first["hasMore"], second["hasMore"]) == (True, False)
    ids = [entry["id"] for page in (first, second) for entry in page["peppolProviders"]]
    # Of one moment, by identifier, rising.
    assert ids == [f"PPL{number:06d}" for number in range(12)]
    assert codes(anyone.http.get("/peppol/query", params={"pageSize": 101})) == [21405]
