"""A measured figure and the target it is held against."""

from __future__ import annotations

from attrs import frozen


@frozen
class Figure:
    """What was measured, how much it is, and the most that it may be."""

    what: str
    value: float
    unit: str
    target: float

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.value <= self.target

    def __str__(self) -> str:
        """One line of a report."""
        verdict = "holds" if self.holds else "MISSED"
        return f"{self.what}: {self.value:.2f} {self.unit} (target: at most {self.target:g}; {verdict})"
