"""The result of a comparison: who compares with what, and the lines by impact."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from ksef_facade.contract.findings import Impact
from ksef_facade.contract.grouping import Line

SAME = 0
ADDITIONS = 1
BREAKING = 2

_BREAKING = {Impact.FACADE, Impact.RAW}


@frozen
class Side:
    """One of the two contracts."""

    version: str
    build: str
    operations: int
    schemas: int

    def __str__(self) -> str:
        return self.version or "(no version)"


@frozen
class Report:
    """All differences between two contracts."""

    old: Side
    new: Side
    lines: tuple[Line, ...]

    def of(self, impact: Impact) -> tuple[Line, ...]:
        """The lines of one impact."""
        return tuple(line for line in self.lines if line.impact is impact)

    @property
    def breaks(self) -> bool:
        """Whether anything breaks: the facade, or callers of the raw client."""
        return any(line.impact in _BREAKING for line in self.lines)

    @property
    def exit_code(self) -> int:
        """0: nothing but wording, 1: additions or other limits, 2: something breaks."""
        if self.breaks:
            return BREAKING
        return ADDITIONS if any(line.impact is not Impact.WORDING for line in self.lines) else SAME

    def document(self) -> dict[str, Any]:
        """The report as JSON; its keys are part of the interface."""
        return {
            "old": _side(self.old),
            "new": _side(self.new),
            "exit_code": self.exit_code,
            "counts": {impact.key: len(self.of(impact)) for impact in Impact},
            "differences": [_line(line) for line in self.lines],
        }


def _side(side: Side) -> dict[str, Any]:
    return {
        "version": side.version,
        "build": side.build,
        "operations": side.operations,
        "schemas": side.schemas,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "impact": line.impact.key,
        "topic": line.topic,
        "where": list(line.where),
        "subjects": list(line.subjects),
        "names": list(line.names),
        "detail": line.detail,
        "note": line.note,
        "operations": list(line.operations),
    }
