"""What a run finds out: of each fact whether it holds, of each probe what was answered, and what is new."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Final, Literal

from attrs import define, field, frozen

from scripts.contract_tests.facts_file import FactsFile
from scripts.contract_tests.relied_on import WhatWasRead

Outcome = Literal["confirmed", "refuted", "unchecked"]

_LONGEST: Final = 300
_SECRETS: Final = (
    re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+"),
    re.compile(r"[0-9]{8}-EC-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}\|[^\s'\"]+"),
    re.compile(r"(?<=[?&])(?:sig|sv|st|se|sr|sp)=[^&\s'\"]+"),
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*", re.DOTALL),
)
"""Session tokens, KSeF tokens, what signs a link, keys: none of it belongs into a report."""


def tidy(value: object) -> str:
    """A value as one short line without secrets."""
    text = str(value) if isinstance(value, str | timedelta) else repr(value)
    for secret in _SECRETS:
        text = secret.sub("[secret]", text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@frozen
class Finding:
    """What became of one fact."""

    outcome: Outcome
    observed: str = ""
    reason: str = ""
    """Why it was not checked."""
    broke: bool = False
    """Not checked although it should have been: its check broke off."""


@define
class Findings:
    """Everything that a run found out so far."""

    file: FactsFile
    facts: dict[str, Finding] = field(factory=dict)
    answers: dict[str, str] = field(factory=dict)
    unanswered: dict[str, str] = field(factory=dict)
    new: Counter[tuple[str, str]] = field(factory=Counter)
    """What was seen and stands nowhere: (operation, observation)."""
    requests: Counter[str] = field(factory=Counter)
    """Requests made, by limit counter."""
    read: WhatWasRead = field(factory=WhatWasRead)
    asked: set[str] = field(factory=set)
    """The operations that were asked."""
    mess: list[str] = field(factory=list)
    """What could not be cleaned up."""

    def note(self, fact: str, holds: bool, observed: object) -> None:
        """Take down one look at a fact. One look that refutes it outweighs all that confirm it."""
        if fact not in self.file.facts:
            raise KeyError(f"{fact} is not in the facts file")
        known = self.facts.get(fact)
        if known is not None and known.outcome == "refuted":
            return
        self.facts[fact] = Finding("confirmed" if holds else "refuted", tidy(observed))

    def miss(self, fact: str, reason: str, *, broke: bool = False) -> None:
        """Take down that a fact was not checked, unless it was."""
        if fact not in self.facts:
            self.facts[fact] = Finding("unchecked", reason=tidy(reason), broke=broke)

    def answer(self, probe: str, observed: object) -> None:
        """Take down what a probe was answered."""
        if probe not in self.file.probes:
            raise KeyError(f"{probe} is not in the facts file")
        self.answers[probe] = tidy(observed)

    def leave(self, probe: str, reason: str) -> None:
        """Take down that a probe got no answer, unless it did."""
        if probe not in self.answers:
            self.unanswered.setdefault(probe, tidy(reason))

    def notice(self, operation: str, observation: str) -> None:
        """Take down something that nobody has written down."""
        self.new[operation, tidy(observation)] += 1

    def of(self, fact: str) -> Finding:
        """What became of a fact; one that no check mentioned was not checked."""
        return self.facts.get(fact, Finding("unchecked", reason="no check of it was run"))

    def count(self, outcome: Outcome) -> int:
        """How many facts came to this."""
        return sum(self.of(fact).outcome == outcome for fact in self.file.facts)

    @property
    def refuted(self) -> list[str]:
        """The facts that do not hold."""
        return [name for name in self.file.facts if self.of(name).outcome == "refuted"]

    @property
    def broken(self) -> list[str]:
        """The facts whose checks broke off."""
        return [name for name in self.file.facts if self.of(name).broke]
