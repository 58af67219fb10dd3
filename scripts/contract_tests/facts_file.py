"""`tests/contract/facts.toml`: what code and simulator take for true of the protocol, and the open questions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from scripts.layout import ROOT

FACTS: Final = ROOT / "tests" / "contract" / "facts.toml"


@frozen
class Fact:
    """One statement, where it comes from, what rests on it, and which test checks it."""

    id: str
    says: str
    source: str
    rests: tuple[str, ...]
    """Code that must change when the fact is refuted: `path` or `path:Name`."""
    test: str
    not_live: str = ""
    """Why a run against TEST cannot check it; empty where it can."""
    only_live: str = ""
    """Why only a run against TEST can check it; empty where the simulator can."""


@frozen
class Probe:
    """A question that the sources leave open or answer in two ways."""

    id: str
    asks: str
    source: str
    test: str
    not_live: str = ""


@frozen
class FactsFile:
    """The file, read."""

    facts: dict[str, Fact]
    probes: dict[str, Probe]


def read(path: Path = FACTS) -> FactsFile:
    """The facts and probes of a file, in its order.

    Raises:
        ValueError: an id stands there twice.
    """
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    facts = [_fact(entry) for entry in document.get("fact", ())]
    probes = [Probe(**entry) for entry in document.get("probe", ())]
    names = [*(fact.id for fact in facts), *(probe.id for probe in probes)]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"these ids stand in {path.name} twice: {', '.join(doubled)}")
    return FactsFile({fact.id: fact for fact in facts}, {probe.id: probe for probe in probes})


def _fact(entry: dict[str, Any]) -> Fact:
    return Fact(**{**entry, "rests": tuple(entry["rests"])})
