"""The fixture `ksef_simulator`, which pytest finds by itself where this package is installed.

Nothing of the simulator is imported before a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ksef_facade.simulator import Simulator

_MARKER = "ksef_simulator"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(**options): start the fixture ksef_simulator with options of "
        "ksef_facade.simulator.Simulator, such as limits='contract'",
    )


@pytest.fixture
def ksef_simulator_options() -> Mapping[str, Any]:
    """Options of `ksef_simulator`: none. Override it in a conftest.py or a test module; the marker
    `@pytest.mark.ksef_simulator(...)` counts before it."""
    return {}


@pytest.fixture
def ksef_simulator(
    request: pytest.FixtureRequest, ksef_simulator_options: Mapping[str, Any]
) -> Iterator[Simulator]:
    """A KSeF on this machine, fresh for each test, served over HTTP at `base_url`.

    When the test is over it fails if an answer of the simulator was not what the contract allows.
    Without the extra `simulator` the test fails with a sentence that says so.
    """
    options = dict(ksef_simulator_options)
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        if marker.args:
            pytest.fail(f"@pytest.mark.{_MARKER} takes options by name only", pytrace=False)
        options |= marker.kwargs
    from ksef_facade.simulator import Simulator, SimulatorExtraMissing

    try:
        simulator = Simulator(**options)
    except SimulatorExtraMissing as error:
        pytest.fail(str(error), pytrace=False)
    with simulator:
        yield simulator
    if simulator.contract_violations:
        broken = "\n".join(simulator.contract_violations)
        pytest.fail(f"the simulator broke the contract:\n{broken}", pytrace=False)
