"""Verdicts on receipts: each of one check, so that none hides another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from attrs import frozen

Outcome = Literal["ok", "warning", "failed", "unknown", "skipped"]
Check = Literal[
    "transport",
    "document",
    "schema",
    "pages",
    "semantics",
    "reconciliation",
    "signature",
    "trust",
]

MOST_DETAILS: Final = 20
"""So many findings are told one by one; of more, the number."""


@frozen
class Verdict:
    """What one check found.

    Attributes:
        name: which check: "transport" (are these the bytes that were sent), "document" (is it a
            UPO), "schema", "pages" (is each page there once, with the right counts), "semantics"
            (do its numbers, hashes, session and taxpayer fit), "reconciliation" (does it prove what
            was sent and what the session lists), "signature" (does it cover exactly this
            document) or "trust" (is the signer known).
        outcome: "ok"; "warning": not as it should be, without proving anything wrong; "failed";
            "unknown": it could not be found out; "skipped": nothing was given to compare with.
        message: one English sentence.
        details: every finding, one sentence each; of many, the first ones and how many more.
    """

    name: Check
    outcome: Outcome
    message: str
    details: tuple[str, ...] = ()


def judged(name: Check, problems: Iterable[str], fine: str, outcome: Outcome = "failed") -> Verdict:
    """A verdict from problems: `outcome` when there are any, else "ok" with the sentence `fine`."""
    found = Findings()
    for problem in problems:
        found.add(problem)
    return found.verdict(name, fine, outcome)


class Findings:
    """Collects problems: all are counted, the first ones are kept."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[str] = []

    def add(self, problem: str) -> None:
        """One more."""
        self.count += 1
        if self.count <= MOST_DETAILS:
            self._kept.append(printable(problem))

    @property
    def details(self) -> tuple[str, ...]:
        """The first ones, and how many more there are."""
        more = self.count - len(self._kept)
        return (*self._kept, *([f"and {more} more"] if more else []))

    def verdict(self, name: Check, fine: str, outcome: Outcome = "failed") -> Verdict:
        """The verdict that they lead to."""
        if not self.count:
            return Verdict(name, "ok", fine)
        first = self._kept[0]
        message = first if self.count == 1 else f"{first} (and {self.count - 1} more)"
        return Verdict(name, outcome, message, self.details)


def printable(text: str) -> str:
    """A text as a report may hold it: on one line, without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else "?" for c in text)


def worst(verdicts: Iterable[Verdict]) -> Literal["ok", "warning", "failed"]:
    """The verdicts in one word: "failed" when one did; "warning" when one warns or one could not be
    found out; else "ok".
    """
    outcomes = {verdict.outcome for verdict in verdicts}
    if "failed" in outcomes:
        return "failed"
    return "warning" if outcomes & {"warning", "unknown"} else "ok"
