"""Contract tests: what the facade and the simulator take for true, checked against a service.

`pytest tests/contract` checks the simulator. `python -m scripts.contract_tests` runs the same tests
against a target and writes the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scripts.contract_tests.checking import Checker, ContractRun, claims, run_of, take_down
from tests.contract.world import World, make_world


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    run = run_of(config)
    reasons = {}
    if run.target.kind != "simulator":
        reasons["simulator_only"] = "needs the suite's own simulator"
    if run.is_within_contract:
        reasons["beyond_contract"] = "a proxy that knows the contract alone would refuse it"
    for item in items:
        for name, reason in reasons.items():
            for marker in item.iter_markers(name):
                item.add_marker(pytest.mark.skip(reason=f"{reason}: {marker.args[0]}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if "contract" in item.nodeid and claims(item, "facts") + claims(item, "probes"):
        take_down(run_of(item.config), item, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Any:
    result = yield
    checker = pyfuncitem.funcargs.get("check")
    if isinstance(checker, Checker):
        checker.conclude()
    return result


@pytest.fixture(scope="session")
def contract_run(pytestconfig: pytest.Config) -> ContractRun:
    return run_of(pytestconfig)


@pytest.fixture
def check(request: pytest.FixtureRequest, contract_run: ContractRun) -> Checker:
    """Takes down what a check sees of the facts in its marker."""
    item = request.node
    return Checker(contract_run.findings, claims(item, "facts"), claims(item, "probes"))


@pytest.fixture(scope="session")
def world(contract_run: ContractRun) -> Iterator[World]:
    """A taxpayer of the run's own, logged in; what it leaves behind is cleaned up at the end."""
    with make_world(contract_run) as made:
        yield made


@pytest.fixture(scope="session")
def owner(world: World) -> World:
    """The run's own taxpayer, if it may do everything in its context."""
    if not world.is_owner:
        pytest.skip("the login is somebody's own: no rights or tokens are made in its context")
    return world
