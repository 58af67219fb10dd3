"""A local KSeF over HTTP, for tests, demonstrations and other people's clients.

It performs every operation of the contract that comes with the package, as the contract and the
observed service do. Operations that another contract adds answer 501 with "not simulated yet:
METHOD path"; `Simulator.core.simulated` lists those that are performed.

It needs the extra: `pip install "ksef-facade[simulator]"`.
"""

from .clock import Clock
from .keeping.problems import StateError
from .settings import Latencies, Settings
from .simulator import Simulator, SimulatorExtraMissing, serve

__all__ = [
    "Clock",
    "Latencies",
    "Settings",
    "Simulator",
    "SimulatorExtraMissing",
    "StateError",
    "serve",
]
