"""What goes wrong in a run: faults of the service and deaths of the sender, chosen by a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Literal

from attrs import field, frozen

from ksef_facade.simulator import Simulator
from scripts.chaos_send.child import TIMEOUT

_ONLINE = "/sessions/online"
_BATCH = "/sessions/batch"
_STATUS = "/sessions/{referenceNumber}"
_COMMON: Sequence[tuple[str, str, int]] = (
    ("GET", _STATUS, 2),
    ("GET", f"{_STATUS}/invoices", 3),
    ("POST", "/auth/challenge", 1),
    ("POST", "/auth/token/redeem", 1),
)
_OPERATIONS: Mapping[str, Sequence[tuple[str, str, int]]] = {
    "online": (
        ("POST", _ONLINE, 3),
        ("POST", _ONLINE + "/{referenceNumber}/invoices", 12),
        ("POST", _ONLINE + "/{referenceNumber}/close", 4),
        *_COMMON,
    ),
    "batch": (
        ("POST", _BATCH, 5),
        ("PUT", "/storage/{shard}/{session}/batch-parts/{name}", 4),
        ("POST", _BATCH + "/{referenceNumber}/close", 6),
        *_COMMON,
    ),
}
"""Method, path and weight of what faults fall upon."""

_FAULTS: Mapping[str, Mapping[str, Any]] = {
    "answer lost before processing": {"drop": "before"},
    "answer lost after processing": {"drop": "after"},
    "connection reset in the answer": {"drop": "midway"},
    "answer cut short": {"truncate": 7},
    "answer too late": {"delay": TIMEOUT * 1.5},
    "500": {"status": 500},
    "502": {"status": 502, "body": "<html><body>Bad Gateway</body></html>"},
    "503": {"status": 503},
    "504": {"status": 504},
    "429": {"status": 429, "retry_after": 1},
}
_REFUSALS = {"session over (21180)": 21180, "maintenance (21184)": 21184}
_SEND = _ONLINE + "/{referenceNumber}/invoices"
_MOST_FAULTS = 5
_MOST_DEATHS = 3

Kill = Literal["before a request", "after a request", "before a commit", "after a commit"]
KILLS: Sequence[Kill] = (
    "before a request",
    "after a request",
    "before a commit",
    "after a commit",
)


@frozen
class Death:
    """How an attempt ends: at the request or the journal's step of this number, from 1."""

    kill: Kill
    at: int

    @property
    def at_request(self) -> bool:
        """Whether the simulator is to kill; else the process does it itself."""
        return self.kill.endswith("request")


@frozen(kw_only=True)
class Mischief:
    """Everything that is to go wrong in one run; `deaths` are those of its first attempts."""

    deaths: tuple[Death, ...]
    _faults: tuple[tuple[str, Any, int], ...] = field(repr=False)

    @classmethod
    def plan(
        cls, simulator: Simulator, mode: Literal["online", "batch"], random: Random
    ) -> Mischief:
        """Choose, and lay the faults in the simulator's way."""
        faults = []
        for _ in range(random.randint(0, _MOST_FAULTS)):
            name, (method, path), settings = _choose(mode, random)
            times = random.choice((1, 1, 1, 2, 3))
            fault = simulator.faults.add(
                method, path, times=times, skip=random.choice((0, 0, 1, 2, 3)), **settings
            )
            faults.append((name, fault, times))
        for _ in range(random.choice((0, 0, 0, 1, 2))):
            simulator.outcomes.decide("invoice", 550)
        deaths = tuple(
            Death(kill=(kill := random.choice(KILLS)), at=random.randint(1, _lifetime(kill)))
            for _ in range(random.randint(0, _MOST_DEATHS))
        )
        return cls(deaths=deaths, faults=tuple(faults))

    def happened(self) -> Counter[str]:
        """How often each kind of fault struck."""
        return Counter(
            {
                name: sum(
                    times - (fault.times or 0)
                    for other, fault, times in self._faults
                    if other == name
                )
                for name, _, _ in self._faults
            }
        )


def _choose(mode: str, random: Random) -> tuple[str, tuple[str, str], Mapping[str, Any]]:
    if mode == "online" and random.random() < 0.1:
        name, code = random.choice(sorted(_REFUSALS.items()))
        return name, ("POST", _SEND), {"exception_code": code}
    operations = _OPERATIONS[mode]
    (method, path, _) = random.choices(operations, [weight for _, _, weight in operations])[0]
    name = random.choice(sorted(_FAULTS))
    return name, (method, path), _FAULTS[name]


def _lifetime(kill: Kill) -> int:
    # About what a small run takes; a death that is planned for later does not happen.
    return 26 if kill.endswith("request") else 20
