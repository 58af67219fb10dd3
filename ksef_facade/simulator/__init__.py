"""A local KSeF over HTTP, for tests, demonstrations and other people's clients.

It behaves as the contract and the observed service do for logging in with a KSeF token or a
signature, authentication sessions, online and batch sessions, statuses and UPOs. Operations of the
contract that it does not perform answer 501 with "not simulated yet: METHOD path";
`Simulator.core.simulated` lists those that it does.

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
