"""What a check says: which facts it is about, what it saw of them, and what it could not see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from attrs import define, field

from scripts.contract_tests.facts_file import read
from scripts.contract_tests.findings import Findings
from scripts.contract_tests.targets import Target, choose

facts = pytest.mark.facts
"""`@facts("id", ...)`: the facts that a check is about; each must be mentioned by it."""
probes = pytest.mark.probes
"""`@probes("id", ...)`: the open questions that a check asks."""
simulator_only = pytest.mark.simulator_only
"""`@simulator_only("reason")`: a check that needs a simulator of the suite's own."""
beyond_contract = pytest.mark.beyond_contract
"""`@beyond_contract("reason")`: a check whose requests the contract does not allow, and which are
answered all the same; not for a target behind a proxy that refuses such requests."""


@define
class ContractRun:
    """One run of the suite: its target and what it finds out."""

    target: Target
    findings: Findings
    variables: dict[str, str] = field(factory=dict, repr=False)
    """Variables that hold credentials; empty where the suite makes its own."""
    is_within_contract: bool = False
    """Whether checks marked `beyond_contract` are passed over."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Let the fixtures find this run."""
        config.stash[RUN] = self


RUN: Final = pytest.StashKey[ContractRun]()


def run_of(config: pytest.Config) -> ContractRun:
    """The run that tests belong to; without one that was prepared, a run against the simulator."""
    if RUN not in config.stash:
        config.stash[RUN] = ContractRun(choose("simulator"), Findings(read()))
    return config.stash[RUN]


class RefutedFacts(AssertionError):
    """What was seen is not what the facts file says."""


class Checker:
    """Takes down, for one check, what it sees."""

    def __init__(
        self, findings: Findings, claimed: tuple[str, ...], asked: tuple[str, ...]
    ) -> None:
        self._findings = findings
        self._claimed = claimed
        self._asked = asked
        self._refuted: list[str] = []
        self._seen: set[str] = set()

    def __call__(self, fact: str, holds: object, observed: object = "") -> None:
        """The fact holds, or not, as far as this look at it goes; `observed` is what was seen."""
        self._expect(fact, self._claimed)
        self._findings.note(fact, bool(holds), observed)
        if not holds:
            says = self._findings.file.facts[fact].says
            self._refuted.append(f"{fact}: {says} Seen: {self._findings.of(fact).observed}")

    def probe(self, probe: str, observed: object) -> None:
        """What a probe was answered."""
        self._expect(probe, self._asked)
        self._findings.answer(probe, observed)

    def miss(self, fact: str, reason: str) -> None:
        """The fact cannot be checked here, and this is no fault of anybody."""
        self._expect(fact, self._claimed)
        self._findings.miss(fact, reason)

    @contextmanager
    def seen(self, fact: str) -> Iterator[None]:
        """The fact holds if what is inside does not raise."""
        try:
            yield
        except Exception as error:
            self(fact, False, f"{type(error).__name__}: {error}")
        else:
            self(fact, True)

    def conclude(self) -> None:
        """Fail the check for what is refuted, and for what it said it would look at and did not."""
        if self._refuted:
            raise RefutedFacts("\n".join(self._refuted))
        left = [name for name in (*self._claimed, *self._asked) if name not in self._seen]
        if left:
            raise AssertionError(f"the check did not look at {', '.join(left)}")

    def _expect(self, name: str, declared: tuple[str, ...]) -> None:
        if name not in declared:
            raise AssertionError(f"the check of {name} does not name it in its marker")
        self._seen.add(name)


def claims(item: pytest.Item, marker: str) -> tuple[str, ...]:
    """The ids that a check names in a marker."""
    return tuple(name for mark in item.iter_markers(marker) for name in mark.args)


def take_down(run: ContractRun, item: pytest.Item, report: Any) -> None:
    """Whatever a check left open was not checked, and the report of its test says why."""
    if report.when == "call" and report.passed:
        return
    if report.when == "teardown" and report.passed:
        for fact in claims(item, "facts"):
            run.findings.miss(fact, "its check did not look at it", broke=True)
        for probe in claims(item, "probes"):
            run.findings.leave(probe, "its check did not ask")
        return
    if report.passed:
        return
    reason, broke = _why(report), not report.skipped
    for fact in claims(item, "facts"):
        run.findings.miss(fact, reason, broke=broke)
    for probe in claims(item, "probes"):
        run.findings.leave(probe, reason)


def _why(report: Any) -> str:
    if report.skipped and isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash is not None else str(report.longrepr)
    return f"the check broke off: {text.splitlines()[0] if text else report.when}"
