"""The taxpayer of a run is made of nothing, and leaves nothing behind that can be taken away."""

import pytest

from ksef_facade.environments import Environment
from ksef_facade.identifiers import Nip
from ksef_facade.simulator import Simulator
from scripts.contract_tests.checking import ContractRun
from scripts.contract_tests.facts_file import read
from scripts.contract_tests.findings import Findings
from scripts.contract_tests.targets import Target
from tests.contract.submitting import opened
from tests.contract.test_ksef_tokens import generate
from tests.contract.world import make_world

CLOSE = "POST /sessions/online/{referenceNumber}/close"
REVOKE = "DELETE /tokens/{referenceNumber}"
LEAVE = "DELETE /auth/sessions/current"


@pytest.fixture
def simulator():
    with Simulator() as simulator:
        yield simulator
        assert simulator.contract_violations == []


def run_against(simulator: Simulator) -> ContractRun:
    environment = Environment("simulator", simulator.base_url)
    return ContractRun(Target("server", environment), Findings(read()))


def test_every_run_is_another_taxpayer_with_a_valid_nip(simulator) -> None:
    nips = set()
    for _ in range(2):
        with make_world(run_against(simulator)) as world:
            assert world.is_owner
            nips.add(Nip.parse(world.nip))
            assert world.ask.token
    assert len(nips) == 2


def test_sessions_tokens_and_logins_are_ended(simulator) -> None:
    run = run_against(simulator)
    with make_world(run) as world:
        opened(world)
        assert generate(world, ["InvoiceRead"]).status == 202
        _, _, stranger = world.stranger()
        assert stranger.token
        assert CLOSE not in simulator.requests.counts
    counts = simulator.requests.counts
    assert (counts[CLOSE], counts[REVOKE], counts[LEAVE]) == (1, 1, 2)
    assert run.findings.mess == []


def test_what_cannot_be_cleaned_up_is_told(simulator) -> None:
    run = run_against(simulator)
    with make_world(run) as world:
        opened(world)
        simulator.faults.add("POST", CLOSE.removeprefix("POST "), times=None, exception_code=21173)
    (told,) = run.findings.mess
    assert told.startswith("session 2")
    assert "21173" in told


def test_a_made_up_pesel_has_a_right_checksum(simulator) -> None:
    from ksef_facade.crypto.self_signed import self_signed_person

    with make_world(run_against(simulator)) as world:
        for _ in range(20):
            assert self_signed_person(pesel=world.pesel(), key="ec")
