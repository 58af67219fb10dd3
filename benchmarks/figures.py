"""A measured figure and the target it is held against."""

from __future__ import annotations

from attrs import frozen


@frozen
class Figure:
    """What was measured, how much it is, and the most that it may be, or the least."""

    what: str
    value: float
    unit: str
    target: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        """One line of a report."""
        verdict = "holds" if self.holds else "MISSED"
        bound = "at least" if self.at_least else "at most"
        value = f"{self.value:.2f} {self.unit}".rstrip()
        return f"{self.what}: {value} (target: {bound} {self.target:g}; {verdict})"
