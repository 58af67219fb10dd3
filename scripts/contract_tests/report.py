"""The report of a run: one JSON document, and the same for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from attrs import frozen

from ksef_api import operations
from scripts.contract_tests.facts_file import Fact
from scripts.contract_tests.findings import Findings
from scripts.contract_tests.targets import Target

_MARK = {"confirmed": "ok", "refuted": "REFUTED", "unchecked": "-"}


@frozen
class Report:
    """What a run found out, and under which circumstances."""

    target: Target
    findings: Findings
    started: datetime
    seconds: float
    exit_code: int
    verdict: str

    def document(self) -> dict[str, Any]:
        """Everything, for programs."""
        found = self.findings
        return {
            "target": self.target.name,
            "live": self.target.is_live,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 1),
            "contract": operations.API_VERSION,
            "build": operations.BUILD,
            "exitCode": self.exit_code,
            "verdict": self.verdict,
            "counts": counts(found),
            "facts": [
                {
                    "id": fact.id,
                    "says": fact.says,
                    "source": fact.source,
                    "outcome": found.of(fact.id).outcome,
                    "observed": found.of(fact.id).observed,
                    "reason": found.of(fact.id).reason,
                    "test": fact.test,
                    "rests": list(fact.rests),
                }
                for fact in found.file.facts.values()
            ],
            "probes": [
                {
                    "id": probe.id,
                    "asks": probe.asks,
                    "source": probe.source,
                    "answer": found.answers.get(probe.id),
                    "answeredBy": self.target.name if probe.id in found.answers else None,
                    "reason": found.unanswered.get(probe.id, ""),
                }
                for probe in found.file.probes.values()
            ],
            "new": [
                {"operation": operation, "observation": observation, "times": times}
                for (operation, observation), times in sorted(found.new.items())
            ],
            "operations": sorted(found.asked),
            "requests": dict(sorted(found.requests.items())),
            "leftBehind": found.mess,
        }

    def markdown(self) -> str:
        """Everything, for people: what must change first, what is well last."""
        return "\n".join(_markdown(self)) + "\n"


def counts(found: Findings) -> dict[str, int]:
    """How many facts came to what, and how many probes were answered."""
    return {
        "facts": len(found.file.facts),
        "confirmed": found.count("confirmed"),
        "refuted": found.count("refuted"),
        "unchecked": found.count("unchecked"),
        "broken": len(found.broken),
        "probes": len(found.file.probes),
        "answered": len(found.answers),
        "new": len(found.new),
    }


def fact_lines(found: Findings) -> list[str]:
    """A line for each fact: what became of it, its id, and its source."""
    wide = max(len(name) for name in found.file.facts)
    return [
        f"{_MARK[found.of(fact.id).outcome]:<8}{fact.id:<{wide}}  {fact.source}"
        for fact in found.file.facts.values()
    ]


def refuted_lines(found: Findings) -> list[str]:
    """What each refuted fact said, what was seen, and the code that must change."""
    lines = []
    for name in found.refuted:
        fact = found.file.facts[name]
        lines += [
            f"REFUTED {name}: {fact.says}",
            f"  seen     {found.of(name).observed or 'the opposite'}",
            f"  source   {fact.source}",
            f"  change   {', '.join(fact.rests)}",
            f"  test     {fact.test}",
        ]
    return lines


def _markdown(report: Report) -> list[str]:
    found, target = report.findings, report.target
    numbers = counts(found)
    lines = [
        f"# Contract tests against {target.name}",
        "",
        f"{report.verdict}",
        "",
        f"{report.started:%Y-%m-%d %H:%M} UTC, {report.seconds:.0f} s, "
        f"{sum(found.requests.values())} requests, {len(found.asked)} of "
        f"{len(operations.OPERATIONS)} operations, contract {operations.API_VERSION} "
        f"({operations.BUILD}).",
        "",
        "| facts | confirmed | refuted | not checked | probes answered | new |",
        "| --- | --- | --- | --- | --- | --- |",
        f"| {numbers['facts']} | {numbers['confirmed']} | {numbers['refuted']} | "
        f"{numbers['unchecked']} | {numbers['answered']} of {numbers['probes']} | {numbers['new']} |",
    ]
    if found.refuted:
        lines += ["", "## Refuted", ""]
        for name in found.refuted:
            lines += _refuted(found.file.facts[name], found.of(name).observed)
    lines += ["", "## Open questions", "", _answered_by(target), ""]
    lines += _table(
        ("question", "answer", "open because"),
        [
            (
                f"`{probe.id}` {probe.asks}",
                found.answers.get(probe.id, "no answer: " + found.unanswered.get(probe.id, "")),
                probe.source,
            )
            for probe in found.file.probes.values()
        ],
    )
    if found.new:
        lines += ["", "## New: seen, and written down nowhere", ""]
        lines += _table(
            ("operation", "observation", "times"),
            [(one, two, str(times)) for (one, two), times in sorted(found.new.items())],
        )
    unchecked = [name for name in found.file.facts if found.of(name).outcome == "unchecked"]
    if unchecked:
        lines += ["", "## Not checked", ""]
        lines += _table(
            ("fact", "reason"), [(f"`{one}`", found.of(one).reason) for one in unchecked]
        )
    confirmed = [name for name in found.file.facts if found.of(name).outcome == "confirmed"]
    if confirmed:
        lines += ["", "## Confirmed", ""]
        facts = found.file.facts
        rows = [(f"`{one}`", facts[one].says, facts[one].source) for one in confirmed]
        lines += _table(("fact", "what it says", "source"), rows)
    lines += ["", "## Requests", ""]
    counted = [(group, str(count)) for group, count in sorted(found.requests.items())]
    lines += _table(("limit group", "requests"), counted)
    if found.mess:
        lines += ["", "## Left behind", "", *(f"- {entry}" for entry in found.mess)]
    return lines


def _answered_by(target: Target) -> str:
    if target.is_live:
        return "Answered by the Ministry's TEST environment."
    return (
        "Answered by the simulator: this is what it does, and no evidence of what KSeF does. "
        "`make contract TARGET=test` asks TEST."
    )


def _refuted(fact: Fact, observed: str) -> list[str]:
    return [
        f"### `{fact.id}`",
        "",
        fact.says,
        "",
        f"- seen: {_cell(observed) or 'the opposite'}",
        f"- source: {fact.source}",
        f"- must change: {', '.join(f'`{path}`' for path in fact.rests)}",
        f"- test: `{fact.test}`",
        "",
    ]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    return lines + [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
