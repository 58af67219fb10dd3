"""Limits that were set for one context or subject, in place of the default ones."""

from __future__ import annotations

from attrs import define, field, frozen

from ..logins.credentials import Party

#: Written in a table of rates where a window has no limit (contract, GET /rate-limits).
UNLIMITED = -1


@frozen
class SessionLimits:
    """What one session of a kind may hold: bytes of one plain invoice, number of invoices."""

    invoice_size: int
    invoice_size_with_attachment: int
    invoices: int

    @property
    def largest_invoice(self) -> int:
        """Bytes of the largest invoice of any kind."""
        return max(self.invoice_size, self.invoice_size_with_attachment)


@frozen
class ContextLimits:
    """What a context may send."""

    online: SessionLimits
    batch: SessionLimits
    #: Invoices under one collective identifier.
    collective_identifier: int


@frozen
class SubjectLimits:
    """How many certificates a subject may ask for, and how many it may hold; None for none set."""

    enrolments: int | None
    certificates: int | None


@frozen
class Rates:
    """Requests allowed in a second, a minute and an hour; -1 where there is no limit."""

    per_second: int = UNLIMITED
    per_minute: int = UNLIMITED
    per_hour: int = UNLIMITED

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """Seconds and requests of every window that has a limit, the shortest first."""
        all_three = ((1, self.per_second), (60, self.per_minute), (3600, self.per_hour))
        return tuple((seconds, limit) for seconds, limit in all_three if limit != UNLIMITED)

    def times(self, factor: int) -> Rates:
        """The same, a number of times as wide."""
        wider = (
            limit if limit == UNLIMITED else limit * factor
            for limit in (self.per_second, self.per_minute, self.per_hour)
        )
        return Rates(*wider)


@define
class LimitOverrides:
    """Everything that was set and not restored."""

    contexts: dict[Party, ContextLimits] = field(factory=dict)
    subjects: dict[Party, SubjectLimits] = field(factory=dict)
    #: By context and group.
    rates: dict[Party, dict[str, Rates]] = field(factory=dict)
